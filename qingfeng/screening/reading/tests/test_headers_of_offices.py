"""Headers as offices word them: what is read for sure, what is presumed and told, what is asked, what is left out."""

from __future__ import annotations

import pytest

from qingfeng.screening.catalogue import tables
from qingfeng.screening.cleaning import codes, ids
from qingfeng.screening.reading.grids import Head
from qingfeng.screening.reading.headers import header
from qingfeng.screening.reading.recognising import Reading, recognise, without_headers
from qingfeng.screening.reading.values import Verdict, verdict

ROWS = range(1, 7)


def number_of(place: int) -> str:
    first = f"99010119550301{place:03d}"
    return first + ids.check_digit(first)


def code_of(place: int) -> str:
    first = f"91990101MA000{place:04d}"
    return first + codes.check_character(first)


def values(kind: str, row: int) -> str:
    """A made-up value of a type."""
    return {
        "person_id": number_of(row),
        "firm_code": code_of(row),
        "person_name": "张王李赵钱孙周"[row] + "小明",
        "firm_name": f"清河区第{'一二三四五六七'[row]}建筑有限公司",
        "date": f"2026-03-{row:02d}",
        "from_day": f"2026-03-{row:02d}",
        "to_day": f"2026-03-{row:02d}",
        "timestamp": f"2026-03-{row:02d} 09:30",
        "month": f"2026年{row}月",
        "account": f"62284800000000{row:04d}",
        "phone": f"1380000000{row}",
        "plate": f"清A1234{row}",
        "official_plate": f"清A1234{row}",
        "boolean": "是",
        "place": "石桥村",
        "address": "石桥村3组12号",
        "public_address": "人民路8号",
        "text": "某种情形",
        "code": f"H{row:04d}",
    }.get(kind, f"{row}25.5")


def sheet(table: str, written: str, names: tuple[str, ...]) -> tuple[Reading, dict[str, str]]:
    """Reads `header=column` or `header:type` (for what is no column), with rows of that type below."""
    heads = [part.strip() for part in written.split(",")]
    meant = dict(part.split("=") for part in heads if "=" in part)
    kinds = [
        tables()[table].column(part.split("=")[1]).type if "=" in part else [*part.split(":"), "text"][1]
        for part in heads
    ]
    rows = [[part.split("=")[0].split(":")[0] for part in heads]]
    rows += [[values(kind, row) for kind in kinds] for row in ROWS]
    reading = recognise(Head(rows, list(range(1, len(rows) + 1))), names)
    assert reading is not None
    return reading, meant


OFFICES = [
    (
        "project_dates",
        "项目编号=project_no,项目名称=project_name,建设单位=unit,公告日期=tender_date,开标时间=open_date,"
        "中标通知书日期=award_date,合同签订=contract_date,开工=start_date,验收=accept_date,末次付款=paid_date,"
        "合同价（元）=contract_amount",
        ("住建局", "项目进度"),
    ),
    ("account_owners", "账号=account,户名=name,开户证件号=id_no", ("农商行", "代发账户户名核对")),
    (
        "proxies",
        "委托人=name,委托人身份证号=id_no,受托人=agent_name,受托人身份证号=agent_id_no,与委托人关系=relation,"
        "收款账户=account,委托日期=from_date",
        ("民政局", "委托登记"),
    ),
    (
        "land_claims",
        "申报人=name,身份证号=id_no,地块编码=parcel_no,季别=season,申报面积（亩）=area,申报日期=claim_date",
        ("农业农村局", "种粮补贴申报"),
    ),
    (
        "benefit_filings",
        "干部姓名=cadre_name,享受待遇人=name,身份证=id_no,待遇名称=benefit,备案日期=filed_date,评议结果=result",
        ("民政局", "近亲属备案"),
    ),
    (
        "benefit_members",
        "户主姓名=head_name,户主身份证号=head_id_no,成员姓名=name,成员身份证号=id_no,与户主关系=relation",
        ("民政局", "低保家庭成员信息"),
    ),
    (
        "evaluation_reports",
        "报告编号=report_no,项目名称=project,评估机构=evaluator_name,评估机构代码=evaluator_code,拆除单位=party_name,"
        "拆除单位代码=party_code,报告日期=report_date",
        ("征收中心", "评估报告"),
    ),
    (
        "unit_reports",
        "填报单位=unit,报告月份=month,工作开展情况=content,排查问题数=problems,已整改数=done",
        ("集中整治", "工作月报"),
    ),
    (
        "verdicts",
        "线索编号=clue_no,被反映单位=unit,反映问题=matter,发生日期=event_date,受理日期=received_date,核查结果=result",
        ("线索核查结果",),
    ),
    ("allowances_paid", "姓名=name,身份证号=id_no,月份=month,标准=amount", ("机关事务", "车补发放表")),
    (
        "payments",
        "镇（街道）=street,居委会=village,长者姓名:person_name,老人姓名=name,老人证件号码=id_no,实发津贴金额=amount,"
        "应发金额:money,划卡时间=pay_date,社保卡金融账号=account",
        ("高龄津贴", "2026年一季度"),
    ),
    (
        "payments",
        "补贴类别=benefit,受助学生姓名:person_name,户主姓名:person_name,学生姓名=name,学生公民身份号码=id_no,"
        "家长身份证号:person_id,资助金额=amount,支付时间=pay_date",
        ("教育资助", "发放"),
    ),
    (
        "payments",
        "种植农户姓名=name,种植农户身份证号=id_no,面积（亩）=area,补贴资金（元）=amount,下拨时间=pay_date",
        ("稻谷补贴", "x"),
    ),
    (
        "deaths",
        "逝者名字=name,逝者身份证件号=id_no,亡故时间=death_date,家属姓名:person_name,家属身份证号:person_id",
        ("火化", ""),
    ),
    (
        "firms",
        "主体名称=firm_name,社会信用代码=firm_code,负责人姓名=legal_name,负责人证件号码=legal_id_no,注册资金万元=capital",
        ("工商户",),
    ),
    (
        "asset_contracts",
        "合同编码=contract_no,村集体=village,承包户姓名=tenant_name,承包户证件号=tenant_id_no,承包期起=start_date,"
        "承包期止=end_date,年承包费=annual_rent,应缴费时间=due_date",
        ("鱼塘承包合同", ""),
    ),
    (
        "land_transfers",
        "流出方名称=from_name,流出方证件号码=from_id_no,流入方名称=to_name,流入方证件号码=to_id_no,流转亩数=area",
        ("土地流转", ""),
    ),
    (
        "awards",
        "招标人名称=unit,工程名称=project_name,中标供应商=winner_name,中标供应商统一社会信用代码=winner_code,"
        "成交价=amount,成交时间=award_date",
        ("交易结果", ""),
    ),
    (
        "relatives",
        "申报人姓名=cadre_name,申报人身份证号=cadre_id_no,亲属名字=name,亲属证件号码=id_no,称谓=relation",
        ("亲属", ""),
    ),
    (
        "compensation",
        "征迁项目=project,被搬迁户姓名=name,被搬迁户证件号码=id_no,补偿类型=item,补偿款=amount,打款时间=pay_date",
        ("征收补偿", ""),
    ),
    (
        "bid_deposits",
        "标书编号=project_no,投标企业名称=bidder_name,缴纳金额=amount,缴纳时间=paid_date,汇款账号=payer_account,退还账号:account",
        ("投标保证金", ""),
    ),
    (
        "vehicles",
        "机动车号牌号码=plate,登记所有人=name,所有人身份证号码=id_no,购车金额=price,上牌时间=register_date",
        ("车辆", ""),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "written", "names"), OFFICES)
def test_headers_are_read_by_whose_and_what_kind_they_say(
    table: str, written: str, names: tuple[str, ...]
) -> None:
    reading, meant = sheet(table, written, names)
    assert reading.table and (reading.table.name, reading.questions) == (table, [])
    assert {reading.headers[place]: column for column, place in reading.places.items()} == _plain(meant)


def _plain(meant: dict[str, str]) -> dict[str, str]:
    return {written.replace("（", "(").replace("）", ")"): column for written, column in meant.items()}


def test_another_wording_is_presumed_and_told_where_its_values_agree() -> None:
    written = "补贴项目=benefit,姓名=name,身份证号=id_no,支付时间=pay_date,金额=amount"
    reading, _ = sheet("payments", written, ("补贴",))
    assert reading.sure and reading.presumed == []
    reading, _ = sheet("payments", written.replace("金额", "发放补贴数额"), ("补贴",))
    assert reading.sure and reading.presumed == ["“发放补贴数额”作“金额”"]


@pytest.mark.parametrize("whose", ["监护人", "代领人", "经办人", "配偶", "家属", "受托人"])
def test_somebody_else_is_never_taken_for_the_subject(whose: str) -> None:
    written = (
        f"补贴项目=benefit,{whose}姓名:person_name,{whose}身份证号:person_id,发放日期=pay_date,金额=amount"
    )
    reading, _ = sheet("payments", written, ("补贴发放",))
    assert "id_no" not in reading.places and "name" not in reading.places
    assert reading.questions == ["没有“姓名”这一列，是哪一列？"]


def test_the_name_goes_with_the_number_of_the_same_person() -> None:
    written = "户主姓名:person_name,儿童姓名=name,儿童身份证号=id_no,发放金额=amount,发放日期=pay_date"
    reading, _ = sheet("payments", written, ("孤儿生活费",))
    assert [reading.headers[reading.places[one]] for one in ("name", "id_no")] == ["儿童姓名", "儿童身份证号"]


def test_who_is_known_by_a_number_needs_no_name() -> None:
    reading, _ = sheet("payments", "补贴名称=benefit,身份证号=id_no,发放日期=pay_date,金额=amount", ("补贴",))
    assert reading.sure and "name" not in reading.places


def test_what_was_paid_goes_before_what_was_owed_whichever_way_it_is_said() -> None:
    reading, _ = sheet(
        "payments",
        "补贴项目=benefit,姓名=name,发放日期=pay_date,金额(应发):money,金额(实发)=amount",
        ("补贴",),
    )
    assert reading.headers[reading.places["amount"]] == "金额(实发)"


def test_values_forbid_a_column_and_say_what_they_are() -> None:
    reading, _ = sheet("payments", "补贴项目=benefit,姓名=name,发放日期:month,金额=amount", ("补贴发放",))
    assert reading.questions == ["“发放日期”里多半是年月，没有日，不能作“发放日期”，是哪一列？"]
    column = tables()["payments"].column("id_no")
    assert verdict(column, ["张三", "李四", "王五"]) is Verdict.AGAINST
    assert verdict(column, [number_of(1), number_of(2), "不详"]) is Verdict.AGREES
    assert verdict(column, ["", "/"]) is Verdict.SILENT


@pytest.mark.parametrize(
    ("names", "title", "benefit"),
    [
        (("惠民补贴", "农村低保"), "", "农村低保"),
        (("80岁以上高龄津贴发放表", ""), "", "高龄津贴"),
        (("2026年发放表", "Sheet1"), "石桥村耕地地力保护补贴发放清册", "耕地地力保护补贴"),
        (("义务兵家庭优待金", "Sheet1"), "", "义务兵家庭优待金"),
        (("石桥镇渔船更新补贴发放表", ""), "", "渔船更新补贴"),
    ],
)
def test_a_benefit_that_only_a_name_tells_is_a_constant(
    names: tuple[str, ...], title: str, benefit: str
) -> None:
    rows = [[title]] if title else []
    rows += [["姓名", "身份证号", "发放日期", "金额"], ["张三", number_of(1), "2026-03-01", "600"]]
    reading = recognise(Head(rows, list(range(1, len(rows) + 1))), names)
    assert reading and reading.sure and reading.constants["benefit"] == benefit
    assert f"都作“{benefit}”" in reading.presumed[0]


def test_a_name_that_tells_two_benefits_tells_none() -> None:
    reading, _ = sheet(
        "payments", "姓名=name,身份证号=id_no,发放日期=pay_date,金额=amount", ("低保和特困人员", "")
    )
    assert reading.constants == {} and reading.doubts == ["没有“补贴项目”这一列，是哪一列？"]


def test_people_of_firms_are_not_the_firms() -> None:
    reading, _ = sheet(
        "firm_people",
        "统一社会信用代码=firm_code,企业名称=firm_name,股东名称=name,股东证件号码=id_no,出资比例=share_percent",
        ("企业登记信息", "股东名册"),
    )
    assert reading.table and reading.table.name == "firm_people" and reading.constants == {"role": "股东"}


def test_a_date_stands_in_for_one_that_a_table_does_not_have() -> None:
    written = "采购单位=unit,供应商=winner_name,合同金额=amount,签约日期=award_date"
    reading, _ = sheet("awards", written, ("采购结果",))
    assert reading.sure and reading.presumed == ["“签约日期”作“中标日期”"]


def test_a_tenant_that_is_a_firm_by_all_values_is_read_as_one() -> None:
    rows = [["合同编号", "村", "承租方", "承租方证件号码"]]
    rows += [[f"H{row}", "石桥村", values("firm_name", row), code_of(row)] for row in ROWS]
    reading = recognise(Head(rows, list(range(1, len(rows) + 1))), ("租赁合同",))
    assert reading and reading.sure
    assert {"tenant_firm_name", "tenant_firm_code"} < set(reading.places)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("学号,学生姓名:person_name,身份证号:person_id,学校,入学时间:date", ("学籍", "")),
        ("姓名:person_name,单位,职务,联系电话:phone", ("签到表", "")),
        ("补贴项目,补贴标准,补贴对象,政策依据", ("政策汇编", "")),
        ("姓名:person_name,身份证号:person_id,入党时间:date,所在支部", ("党员名册", "")),
    ],
)
def test_what_is_no_standard_table_is_left_out_without_a_question(
    written: str, names: tuple[str, ...]
) -> None:
    heads = [[*part.split(":"), "text"][:2] for part in written.split(",")]
    rows = [[name for name, _ in heads], *([values(kind, row) for _, kind in heads] for row in ROWS)]
    reading = recognise(Head(rows, list(range(1, len(rows) + 1))), names)
    assert reading is None or reading.left_out and not reading.places


def test_a_sheet_without_headers_is_asked_about_when_it_holds_numbers_of_people() -> None:
    people = Head([["张三", number_of(row)] for row in ROWS], list(ROWS))
    assert without_headers(people).questions and not without_headers(people).left_out
    assert without_headers(Head([["甲", "乙"], ["1", "2"]], [1, 2])).left_out


def test_first_letters_of_pinyin_are_headers_when_the_values_agree() -> None:
    rows = [
        ["XM", "SFZH", "SWRQ", "XB"],
        *(["张三", number_of(row), f"2026-03-0{row}", "男"] for row in ROWS),
    ]
    reading = recognise(Head(rows, list(range(1, len(rows) + 1))), ("死亡人员",))
    assert reading and reading.sure and reading.places == {"name": 0, "id_no": 1, "death_date": 2}
    assert reading.presumed == ["“XM”作“姓名”", "“SFZH”作“身份证号”", "“SWRQ”作“死亡日期”"]


def test_two_header_lines_keep_whose_a_repeated_header_is() -> None:
    rows = [
        ["补贴项目", "学生信息", "", "监护人信息", "", "金额", "发放日期"],
        ["", "姓名", "身份证号", "姓名", "身份证号", "", ""],
    ]
    rows += [
        ["助学金", "张三", number_of(row), "李四", number_of(row + 9), "500", "2026-03-01"] for row in ROWS
    ]
    reading = recognise(Head(rows, list(range(1, len(rows) + 1))), ("资助",))
    assert reading and reading.sure
    assert (reading.places["name"], reading.places["id_no"]) == (1, 2)


@pytest.mark.parametrize(
    ("written", "factor"), [("金额万元", 10_000), ("金额（万）", 10_000), ("金额（元）", 1)]
)
def test_a_unit_is_read_with_brackets_or_without(written: str, factor: int) -> None:
    column = tables()["payments"].column("amount")
    assert header(written).core == "金额" and header(written).factor(column) == factor


def asked_of(rows: list[str], *names: str) -> Reading:
    cells = [row.split(",") for row in rows]
    reading = recognise(Head(cells, list(range(1, len(cells) + 1))), names)
    assert reading is not None
    return reading


def test_a_count_of_persons_is_no_sum() -> None:
    head = "审批文号,户主姓名,保障人数,月核定金额"
    rows = [f"石民〔2026〕{row},张小明,{row},{row}20" for row in ROWS]
    reading = asked_of([head, *rows], "城市低保审批名单")
    assert reading.table and reading.table.name == "approved_list"
    assert reading.headers[reading.places["amount"]] == "月核定金额"


@pytest.mark.parametrize("classes", ["ABC", "一二三"])
def test_classes_of_a_benefit_do_not_say_which_benefit_it_is(classes: str) -> None:
    rows = [f"张小明,{number_of(row)},{classes[row % 3]}类,2026-01-0{row},{row}00" for row in ROWS]
    reading = asked_of(["户主姓名,身份证号码,保障类别,发放日期,发放金额", *rows], "农村低保金发放")
    assert reading.sure and "benefit" not in reading.places
    assert reading.constants["benefit"].startswith("农村低保")


def test_a_list_of_attendance_is_no_list_of_cadres() -> None:
    rows = [f"{row},张小明,党政办,22,{row},0" for row in ROWS]
    reading = asked_of(["序号,姓名,科室,应到天数,缺勤天数,加班天数", *rows], "机关干部出勤统计")
    assert reading.left_out


def test_a_standard_or_another_day_is_not_asked_about_as_the_day_of_payment() -> None:
    rows = [f"张小明,{number_of(row)},200,2026-01-0{row},{row}00" for row in ROWS]
    reading = asked_of(["姓名,身份证号码,救助标准,入院日期,救助金额", *rows], "医疗救助发放")
    assert reading.questions == ["没有“发放日期”这一列，是哪一列？"]


def test_the_day_a_list_was_drawn_up_is_put_forward_as_the_day_of_payment() -> None:
    rows = [f"石桥村,张小明,{number_of(row)},{row}00,62284800000000{row:04d},张小明" for row in ROWS]
    rows = ["制表日期：2026年3月8日", "社区,姓名,身份证号码,补贴金额,社保卡账号,户名", *rows]
    reading = asked_of(rows, "高龄津贴发放")
    assert not reading.sure and "2026-03-08" in reading.questions[0]
    assert reading.constants["pay_date"] == "2026-03-08"


def test_what_stands_above_a_list_of_bids_is_said_for_all_of_them() -> None:
    above = "采购编号：QH2026-018    开标时间：2026年5月6日"
    rows = [f"{row},{values('firm_name', row)},{row}90000" for row in ROWS]
    reading = asked_of(["开标一览表", above, "序号,供应商名称,投标报价（元）", *rows], "开标")
    assert reading.sure and reading.constants == {"project_no": "QH2026-018", "bid_date": "2026-05-06"}


def test_a_project_in_the_title_is_the_one_of_all_rows() -> None:
    head = "姓名,身份证号,安置房号,安置面积（㎡）,交房日期"
    rows = [f"张小明,{number_of(row)},{row}栋,90,2026-01-0{row}" for row in ROWS]
    reading = asked_of(["柳河片区改造项目安置房分配表", head, *rows], "安置房")
    assert reading.sure and reading.constants == {"project": "柳河片区改造项目"}


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("2026年4月统发工资表", "2026-04"),
        ("2026年1月-3月统发工资表", None),
        ("工资表 制表：2026年4月8日", None),
        ("2026年4月底在册人员工资", None),
    ],
)
def test_the_month_of_a_payroll_is_said_by_its_title(title: str, month: str | None) -> None:
    rows = [f"张小明,{number_of(row)},党政办,{row}900" for row in ROWS]
    reading = asked_of([title, "姓名,身份证号,单位名称,实发工资", *rows], "工资")
    assert reading.sure and reading.constants.get("month") == month


def test_a_question_of_yes_or_no_is_known_by_most_of_its_words() -> None:
    rows = [f"清A1234{row},清河镇,否,是" for row in ROWS]
    reading = asked_of(["车牌号,使用单位,是否未应急值班,是否应急值班车辆", *rows], "公务用车")
    assert reading.headers[reading.places["on_call"]] == "是否应急值班车辆"


@pytest.mark.parametrize(
    ("title", "village"),
    [("清河镇石桥村高龄津贴", "石桥村"), ("各村社区高龄津贴", None), ("张家村镇高龄津贴", None)],
)
def test_a_village_in_the_title_is_the_one_of_all_rows(title: str, village: str | None) -> None:
    rows = [f"张小明,{number_of(row)},{row}00,2026-03-01,62284800000000{row:04d}" for row in ROWS]
    reading = asked_of([title, "姓名,身份证号码,补贴金额,发放日期,社保卡账号", *rows], "发放")
    assert reading.sure and reading.constants.get("village") == village


def test_a_ledger_of_a_projects_dates_that_names_who_won_is_no_list_of_awards() -> None:
    heads = "标段编号,项目名称,建设单位,施工单位,招标公告日期,中标通知书日期,合同签订日期,合同价,实际开工日期,竣工验收日期,尾款支付日期"
    days = ",".join(f"2026-0{month}-0{{row}}" for month in (1, 2, 3))
    rows = [
        f"QH-{row}-01,石桥路改造{row},区住建局,某某建设有限公司,{days.format(row=row)},98000{row},2026-04-0{row},2026-07-0{row},2026-08-0{row}"
        for row in ROWS
    ]
    reading = asked_of([heads, *rows], "政府投资项目履约台账")
    assert reading.sure and reading.table and reading.table.name == "project_dates"
