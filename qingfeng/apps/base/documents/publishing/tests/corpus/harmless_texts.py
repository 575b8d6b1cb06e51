"""Tables and texts that must pass."""

from __future__ import annotations

from qingfeng.apps.base.documents.publishing.tests.corpus.cases import harmless
from qingfeng.apps.base.documents.publishing.tests.corpus.made_up import CARD18, ID1, IDX1, IDX2


@harmless("csv", "hc-postcodes", "“邮编”列", "Postal codes and villages.", probe="990103")
def _(end: str) -> str:
    return f"镇街,邮编,行政村数\n石桥镇,990103,14\n柳溪街道,990104,9\n{end}\n"


@harmless(
    "csv",
    "hc-document-list",
    "“文号”列",
    "A list of documents with numbers and dates.",
    probe="〔2026〕1590号",
)
def _(end: str) -> str:
    return f"\ufeff文号,标题,成文日期\n云纪发〔2026〕1590号,关于专项督查的通知,20260630\n云府办〔2026〕186号,关于汛期值守的通知,20260701\n{end}\n"


@harmless(
    "csv",
    "hc-masked",
    "各列",
    "Masked numbers beside approved names, in GB18030.",
    known=["晏秋实", "逯春生"],
    probe="177****6483",
)
def _(end: str) -> bytes:
    return f"姓名,手机,证件末四位\r\n晏秋实,177****6483,{IDX1[-4:]}\r\n逯春生,139****7258,{IDX2[-4:]}\r\n{end}\r\n".encode(
        "gb18030"
    )


@harmless("csv", "hc-water-quality", "整表", "Measured values with many digits.", probe="0.0013862")
def _(end: str) -> str:
    return f"监测点,日期,氨氮,总磷\n青禾水厂,2026-10-08,0.138,0.0013862\n北塘水厂,2026-10-09,0.159,0.0018600\n{end}\n"


@harmless("csv", "hc-case-counts", "整表", "Counts of a campaign by kind.", probe="残疾人补贴")
def _(end: str) -> str:
    return f"类别,发现问题数,涉及金额（元）,已整改\n低保,38,186020.00,36\n残疾人补贴,15,41386.00,15\n医保基金,9,159083.50,8\n{end}\n"


@harmless(
    "txt",
    "ht-phone-like-numbers",
    "正文编号",
    "File and contract numbers of eleven digits.",
    probe="13820260138",
)
def _(end: str) -> str:
    return f"村级合同清理公告\n本次清理合同档案卷号13820260138至13820260159，共22卷；会议纪要第138期存档。\n{end}\n"


@harmless(
    "txt", "ht-street-names", "正文地名", "Streets and villages without a house number.", probe="槐荫路"
)
def _(end: str) -> str:
    return f"停水通告\n因管网检修，柳溪街道槐荫路、杨柳巷，石桥镇青禾村、桃湾村将于11月28日8时至18时停水。\n{end}\n"


@harmless("txt", "ht-laws", "正文条款", "Article numbers and years.", probe="第一千零八十六条")
def _(end: str) -> str:
    return f"普法公告\n本期学习民法典第一百三十八条、第一千零八十六条及2024年修订的纪律处分条例第五条、第一百五十九条。\n{end}\n"


@harmless("txt", "ht-years-quarters", "正文年份", "Years, ranges and shares.", probe="1998—2026")
def _(end: str) -> str:
    return f"土地延包试点公告\n一轮承包1983—1998年，二轮承包1998—2026年，本轮延包至2056年，涉及9个村民小组、2138户、15900亩。\n{end}\n"


@harmless(
    "txt", "ht-masked-words", "正文", "Masks in words: last four digits.", known=["覃远山"], probe="末四位"
)
def _(end: str) -> str:
    return f"补缴社会保险费公告\n覃远山（身份证末四位{ID1[-4:]}，银行卡末四位{CARD18[-4:]}）的补贴已核定。\n{end}\n"


@harmless("txt", "ht-hotline-only", "正文", "Hotlines and opening hours.", probe="12315")
def _(end: str) -> str:
    return f"消费维权公告\n遇缺斤短两可拨打12315；火警119，急救120。受理时间9:00—17:00，法定节假日除外。\n{end}\n"


@harmless("txt", "ht-illness-prevention", "正文", "Disease as health education, no person.", probe="流感")
def _(end: str) -> str:
    return f"冬季流感疫苗接种公告\n6月龄以上人群可自愿接种；患慢性阻塞性肺病、糖尿病的居民建议优先接种。石桥镇中心小学统一组织，凭通知单登记。\n{end}\n"


@harmless(
    "txt", "ht-equipment-serials", "正文设备号", "Equipment and meter model numbers.", probe="SB-138-5908"
)
def _(end: str) -> str:
    return f"公共资产处置公告\n处置水泵一台（资产编号SB-138-5908，型号QJ-186/26-13），评估价3860元；旧办公桌15张，评估价590元。\n{end}\n"


@harmless("txt", "ht-minors-policy", "正文", "Policy for children, no child named.", probe="困境儿童")
def _(end: str) -> str:
    return f"关于提高困境儿童保障标准的公告\n自2027年1月起，14周岁以下困境儿童基本生活费提高到每人每月1386元，全区现有保障对象159名。\n{end}\n"


@harmless(
    "txt",
    "ht-approved-cadre",
    "正文",
    "A cadre on the approved list with post and decision.",
    known=["贺兰舟"],
    probe="贺兰舟",
)
def _(end: str) -> str:
    return f"任前公示\n贺兰舟，男，中共党员，现任石桥镇农业服务中心副主任，拟任主任。\n{end}\n"
