"""What stands in no column but in the name of a file or sheet or in a title: above all which benefit a list pays.

A constant is always told and kept in the mapping file, where the user may write it himself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from qingfeng.screening.catalogue import Table
from qingfeng.screening.cleaning.text import closed_up

# A word in the name → the benefit as rules and reports call it; longer words first.
BENEFITS = {
    "城乡低保": "城乡最低生活保障金", "城乡最低生活保障": "城乡最低生活保障金", "城市低保": "城市低保", "城镇低保": "城市低保",
    "城市最低生活保障": "城市低保", "城市居民最低生活保障": "城市低保", "农村低保": "农村低保", "农村最低生活保障": "农村低保",
    "农村居民最低生活保障": "农村低保", "最低生活保障边缘": "低保边缘家庭救助", "低保边缘": "低保边缘家庭救助", "最低生活保障": "最低生活保障金", "低保": "低保金",
    "特困": "特困人员救助供养金", "五保": "特困人员救助供养金", "临时救助": "临时救助", "医疗救助": "医疗救助", "受灾": "受灾群众救助", "冬春救助": "冬春救助",
    "高龄": "高龄津贴", "养老服务补贴": "养老服务补贴", "失能": "失能老人补贴", "百岁": "高龄津贴", "尊老金": "高龄津贴",
    "孤儿": "孤儿基本生活费", "事实无人抚养": "事实无人抚养儿童基本生活补贴", "困境儿童": "困境儿童生活补贴",
    "困难残疾人生活补贴": "困难残疾人生活补贴", "重度残疾人护理补贴": "重度残疾人护理补贴",
    "城乡居民基本养老": "城乡居民基本养老金", "居民养老": "城乡居民基本养老金", "城乡居保": "城乡居民基本养老金", "新农保": "城乡居民基本养老金",
    "雨露计划": "雨露计划补助", "助学金": "助学金", "教育资助": "教育资助", "寄宿生": "寄宿生生活补助", "学生资助": "学生资助",
    "耕地地力": "耕地地力保护补贴", "地力补贴": "耕地地力保护补贴", "地力保护": "耕地地力保护补贴", "种粮": "种粮补贴", "农机购置": "农机购置补贴", "农机补贴": "农机购置补贴",
    "良种": "良种补贴", "农资综合": "农资综合补贴", "退耕还林": "退耕还林补助", "生态公益林": "生态公益林补偿", "公益林": "生态公益林补偿", "天然林": "天然林保护补助",
    "草原": "草原生态保护补助", "大豆": "大豆种植补贴", "玉米": "玉米种植补贴", "稻谷": "稻谷补贴", "危房改造": "农村危房改造补助", "危改": "农村危房改造补助",
    "廉租": "廉租住房租赁补贴", "公租房": "公租房租赁补贴", "住房租赁补贴": "住房租赁补贴", "改厕": "农村改厕补助", "厕所": "农村改厕补助",
    "优抚": "优抚对象抚恤补助", "抚恤": "抚恤金", "义务兵": "义务兵家庭优待金", "优待金": "优待金", "退役军人": "退役军人补助", "老党员": "老党员生活补贴",
    "独生子女": "独生子女父母奖励金", "计划生育": "计划生育家庭奖励扶助金", "计生": "计划生育家庭奖励扶助金", "失独": "计划生育特别扶助金",
    "移民": "移民后期扶持资金", "公益性岗位": "公益性岗位补贴", "公益岗": "公益性岗位补贴", "护林员": "生态护林员补助", "村医": "乡村医生补助", "乡村医生": "乡村医生补助",
    "丧葬": "丧葬补助", "物价": "价格临时补贴", "取暖": "取暖补贴", "渔业": "渔业补贴", "渔民": "渔民补助", "失业": "失业补助", "就业补贴": "就业补贴",
}  # fmt: skip
ROLES = {
    "股东": "股东", "出资": "股东", "投资人": "股东", "法定代表人": "法定代表人", "法人代表": "法定代表人", "监事": "监事", "董事": "董事",
    "高管": "高管", "高级管理": "高管", "主要人员": "高管",
}  # fmt: skip
ALLOWANCES = {
    "值班": "值班费", "加班": "加班费", "误餐": "误餐补助", "通讯": "通讯补贴", "交通补": "交通补贴", "公务交通": "公务交通补贴", "车补": "公务交通补贴",
    "下乡": "下乡补助", "伙食": "伙食补助", "绩效": "绩效奖金", "奖金": "奖金", "降温": "防暑降温费", "福利费": "福利费",
}  # fmt: skip
EVENTS = {"婚宴": "婚庆", "结婚": "婚庆", "婚庆": "婚庆", "丧事": "丧事", "升学": "升学宴", "乔迁": "乔迁宴"}
OWN_WORDS = re.compile(
    r"([\u4e00-\u9fff]{2,16}?(?:补贴|补助|津贴|救助|生活费|养老金|供养金|奖励金|扶助金|慰问金|补偿金|保险金))"
)
CALENDAR = re.compile(r"[\d〇一二三四五六七八九十]+(年|月|季度|日|批|期)+度?|[上下]半年|第[一二三四]季度")
# Of a project 二期 is part of its name, a year is not.
OF_YEARS = re.compile(r"[\d〇一二三四五六七八九十]+(年|月|季度|日)+度?|[上下]半年|第[一二三四]季度")
OF_WHOM = re.compile(
    r"(?:填报单位|编制单位|核算单位|单位名称|填报|村社区|村名|嘎查|账套名称|账套|(?<![\u4e00-\u9fff])单位)[:：]([\u4e00-\u9fff]{2,24})"
)
VILLAGE = re.compile(r".*(村|社区|嘎查|合作社|村委会|居委会|村民委员会|居民委员会)")
OFFICES = "局|委员会|办公室|办事处|中心|镇|乡|街道|学校|中学|小学|幼儿园|医院|卫生院|院|所|站|大队|支队|馆|公司|政府"
OFFICE_NAME = re.compile(rf"[\u4e00-\u9fff]+(?:{OFFICES}|村|社区|合作社|委会)")
# An office at the head of a title, before what it keeps a list of: 某县林业局2025年值班表, 某局公务接待清单.
AN_OFFICE = re.compile(
    rf"^([\u4e00-\u9fff]{{2,14}}?(?:{OFFICES}))(?=20\d\d|公务|国内|干部|职工|在职|在编|机关|全体|报销|会议|培训|接待|值班|加班|节|假|工资|请假"
    "|休假|车辆|公车|用车|银行|账户|发票|票据|双随机|行政|执法|领导|津贴|补贴|补助|人员|费用|差旅)"
)


def _worded(words: Mapping[str, str]) -> Callable[[str], set[str]]:
    """What a name says by the words of a list; a word within a longer one that is there too says nothing."""

    def said(name: str) -> set[str]:
        there = [word for word in words if word in name]
        kept = {words[w] for w in there if not any(w != other and w in other for other in there)}
        return {one for one in kept if not any(one != other and one in other for other in kept)}

    return said


def _benefit(name: str) -> set[str]:
    if _worded(ALLOWANCES)(name):
        return set()
    known = _worded(BENEFITS)(name)
    if known:
        return known
    own = OWN_WORDS.search(CALENDAR.sub("", name))
    return {re.sub(r"^.*?[市县区镇乡村]", "", own[1]) or own[1]} if own else set()


def _village(title: str) -> set[str]:
    return {name for name in OF_WHOM.findall(title) if VILLAGE.fullmatch(name)}


def _unit(title: str) -> set[str]:
    """The office that is named as the one that keeps the list, or the one at the head of the title."""
    named = {said[0] for name in OF_WHOM.findall(title) if (said := OFFICE_NAME.match(name))}
    return named or set(AN_OFFICE.findall(title))


def _labelled(labels: str, value: str) -> Callable[[str], set[str]]:
    """What stands behind a label of a title: 招标人：某街道办事处."""
    return lambda title: set(re.findall(f"(?:{labels})[:：]({value})", title))


DAY = r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?"
# A month by itself: neither part of a span nor of a day, nor the month in which a list was drawn up.
ONE_MONTH = re.compile(
    r"(?<![-—－~至到\d])(20\d{2})年(\d{1,2})月份?(?![\d份、和及]|[-—－~至到]|[底末止初前后制填印])"
)
# The project a title begins with; 片区房屋征收补偿表 speaks of 片区, but 片区老旧房屋征收 is what the project is called.
PROJECT = re.compile(
    r"^[^,，。：:()（）]{2,24}?(?:项目|工程)|^[\u4e00-\u9fff]{2,10}?片区(?:[\u4e00-\u9fff]{2,6}(?:房屋|住宅)(?:征收|拆迁))?"
    r"|^[\u4e00-\u9fff]{4,20}?(?:征地拆迁|棚户区改造|旧城改造|拆迁|征迁)"
)
SEVERAL = re.compile("等(项目|工程)?$|各项目|多个")
OFFICE = re.compile(r"^[\u4e00-\u9fff]{2,10}(局|中心|办|委|镇|乡|街道|公司)[-—_－]+")
# What a compensation is for, by the words of a title or of the column of sums.
ITEMS = {
    "附着物": "地上附着物补偿", "附属物": "附属物补偿", "青苗": "青苗补偿", "安置费": "人口安置费", "安置人口": "人口安置费", "安置补助": "安置补助费",
    "过渡费": "过渡费", "搬迁费": "搬迁费", "装修": "装修补偿", "房屋": "房屋补偿", "土地补偿": "土地补偿",
}  # fmt: skip
NO_PROJECT = re.compile("(重点|建设|征收|征地|安置|补偿|拆迁|惠民|惠农|补贴|补助|资金)*(项目|工程)")
OF_VILLAGE = re.compile(
    r"(?:^|[镇乡区县_\-（(]|街道)([\u4e00-\u9fff]{2,4}?(?:村|社区|嘎查))(?!镇|乡|级|[（(]社区)"
)
ANY_VILLAGE = re.compile(
    "全|各|农村|行政村|辖|所有|城中村|街道|镇|本村|示范|贫困|脱贫|重点|自然村|中心村|试点|若干|部分"
)


def _day(labels: str) -> Callable[[str], set[str]]:
    """The day behind a label of a title: 发放日期：2026年5月20日."""
    written = re.compile(rf"(?:{labels})[:：](?:{DAY}|(\d{{4}})(\d\d)(\d\d)(?!\d))")
    return lambda name: {
        f"{y or year}-{int(m or month):02d}-{int(d or day):02d}"
        for y, m, d, year, month, day in written.findall(name)
    }


def _month(name: str) -> set[str]:
    return {f"{year}-{int(month):02d}" for year, month in ONE_MONTH.findall(name) if 1 <= int(month) <= 12}


def _project(name: str) -> set[str]:
    said = PROJECT.search(OFFICE.sub("", OF_YEARS.sub("", name)))
    return {said[0]} if said and not NO_PROJECT.fullmatch(said[0]) and not SEVERAL.search(said[0]) else set()


def _one_village(name: str) -> set[str]:
    return _village(name) or {one for one in OF_VILLAGE.findall(name) if not ANY_VILLAGE.search(one)}


drawn_up = _day("制表日期|制表时间|填表日期|填报日期|编制日期|日期")
_paid = _day("发放日期|发放时间|打卡日期|支付日期|兑付日期|兑现日期|拨付日期|到账日期")
_announced = _day("公告日期|公告时间|征收决定日期|征收公告日期|征收公告时间|征收公告|征收决定")
_project_no = _labelled("项目编号|招标编号|采购编号|工程编号", r"[A-Za-z0-9〔〕\[\]\-_/]{4,40}")
# From one day to another: 公示时间：2025年5月6日至5月12日.
SPAN = re.compile(
    rf"(?:公示时间|公示日期|公示期限?)[:：]?(?:自|从)?{DAY}(?:起)?[至到—~－-]+(?:(\d{{4}})[年./-])?(\d{{1,2}})[月./-](\d{{1,2}})日?"
)


def _shown(last: bool) -> Callable[[str], set[str]]:
    """The first or the last day on which a list was shown to the public."""

    def said(name: str) -> set[str]:
        spans = [(y, m, d, until or y, month, day) for y, m, d, until, month, day in SPAN.findall(name)]
        days = [span[3:] if last else span[:3] for span in spans]
        return {f"{year}-{int(month):02d}-{int(day):02d}" for year, month, day in days}

    return said


# Columns that names tell wherever a table has them, and those that only in some tables are what a title speaks of.
ANYWHERE: dict[str, Callable[[str], set[str]]] = {
    "village": _one_village,
    "project_no": _project_no,
    "pay_date": _paid,
    "announce_date": _announced,
    "notice_from": _shown(last=False),
    "notice_to": _shown(last=True),
    "ceiling_amount": _labelled(
        "最高投标限价|最高限价|招标控制价|投标控制价|控制价|拦标价|采购限价", r"[\d,.]+(?:万元|元)"
    ),
}
OF_OFFICES = (
    "receptions", "trainings", "bank_accounts", "allowances_paid", "payroll", "duty_rosters", "leaves", "official_cars",
)  # fmt: skip
IN_TABLE: dict[tuple[str, str], Callable[[str], set[str]]] = {
    **{
        (table, "benefit"): _benefit
        for table in ("payments", "approved_list", "public_notices", "appropriations")
    },
    ("firm_people", "role"): _worded(ROLES),
    ("allowances_paid", "allowance"): _worded(ALLOWANCES),
    ("family_events", "event_kind"): _worded(EVENTS),
    ("payments", "period"): _month,
    ("approved_list", "period"): _month,
    ("payroll", "month"): _month,
    **{(table, "project"): _project for table in ("compensation", "resettlements", "image_checks")},
    ("compensation", "item"): _worded(ITEMS),
    ("bids", "bid_date"): _day("开标日期|开标时间"),
    ("bids", "unit"): _labelled("招标人|采购人|招标单位|采购单位|建设单位", r"[\u4e00-\u9fff]{4,24}"),
    ("invoices", "buyer"): _unit,
    **{(table, "unit"): _unit for table in OF_OFFICES},
}


def _found(table: str, column: str) -> Callable[[str], set[str]] | None:
    return IN_TABLE.get((table, column)) or ANYWHERE.get(column)


# What says of itself which table a sheet is; a project, a day, an office or a village of any sheet does not.
TELLING = {"benefit", "role", "allowance", "event_kind"}
# What is read even of a name that does not say which table the sheet is.
OF_ANY_NAME = TELLING | {"village", "unit"}


def besides(table: Table, given: Collection[str], names: Sequence[str]) -> dict[str, str]:
    """What names say for columns that need not be there. The month of a list that has days of its own is left alone:
    it may hold other months too."""
    made: dict[str, str] = {}
    for column in table.columns:
        dated = column.name == "period" and "pay_date" in given
        if column.name not in given and not column.required and not dated:
            value = constant(table, column.name, names)
            made |= {column.name: value} if value else {}
    return made


def constant(table: Table, column: str, names: Sequence[str]) -> str | None:
    """The value of a column by the nearest name that says exactly one: the sheet's, the title's, then the file's.
    A name that says two things says nothing, and those further off are not asked."""
    found = _found(table.name, column)
    for name in names if found else ():
        said = found(closed_up(name)) if found else set()
        if said:
            return said.pop() if len(said) == 1 else None
    return None
