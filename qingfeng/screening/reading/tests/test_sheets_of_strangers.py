"""Kinds of sheets that offices nobody asked before send: what the reader makes of them by itself, and what it does not."""

from __future__ import annotations

import pytest

from qingfeng.screening.reading.grids import Head
from qingfeng.screening.reading.recognising import Reading, recognise
from qingfeng.screening.reading.tests.test_headers_of_offices import code_of, number_of, values

ROWS = range(1, 7)
PERSONS = ["王春梅", "李国强", "张秀英", "刘长河", "陈小满", "杨立冬"]


def read(heads: str, names: tuple[str, ...], above: tuple[list[str], ...] = ()) -> Reading:
    """A sheet of `header:type` (or `header:=value`), below the lines that stand above its header."""
    pairs = [part.strip().split(":", 1) for part in heads.split(",")]
    rows = [*above, [pair[0] for pair in pairs]]
    for row in ROWS:
        rows.append([cell(pair[1], row) for pair in pairs])
    reading = recognise(Head(rows, list(range(1, len(rows) + 1))), names)
    assert reading is not None
    return reading


def cell(kind: str, row: int) -> str:
    if kind.startswith("="):
        return kind[1:]
    if kind == "somebody":
        return PERSONS[row - 1]
    return values(kind, row)


def read_as(reading: Reading) -> dict[str, str]:
    return {column: reading.headers[place] for column, place in reading.places.items()}


def test_an_asset_is_known_by_its_number_where_no_column_names_the_village() -> None:
    reading = read(
        "卡片号:code,资产名称:text,核查面积:area,现场使用情况:text,核查日期:date", ("某镇", "资产清查")
    )
    assert reading.sure and reading.table is not None and reading.table.name == "assets"
    assert any("没有“村社区”这一列，各行凭“资产编号”认" in said for said in reading.presumed)


def test_a_lot_stands_for_its_project_where_bids_have_no_other_number() -> None:
    reading = read(
        "标包号:code,竞标人:firm_name,竞标人代码:firm_code,总报价:money,上限价:money", ("开标情况", "Sheet1")
    )
    assert reading.sure and reading.table is not None and reading.table.name == "bids"
    assert read_as(reading)["project_no"] == "标包号"


def test_unit_prices_of_goods_need_neither_winner_nor_total() -> None:
    reading = read(
        "采购人:text,物品名称:text,采购数量:decimal,商品单价:money,成交日期:date",
        ("货物采购成交情况", "价格明细"),
    )
    assert reading.sure and reading.table is not None and reading.table.name == "awards"
    assert {"winner_name", "amount"}.isdisjoint(reading.places)


@pytest.mark.parametrize(("start", "end"), [("起", "止"), ("开始", "结束"), ("起始日", "截止日")])
def test_columns_that_say_only_from_and_to_are_the_term_a_table_has(start: str, end: str) -> None:
    reading = read(
        f"休假人:person_name,身份证号:person_id,假期类型:text,{start}:date,{end}:date", ("人事", "休假登记")
    )
    assert reading.sure and reading.table is not None and reading.table.name == "leaves"
    assert read_as(reading)["from_date"] == start and read_as(reading)["to_date"] == end


def test_a_from_without_its_to_is_not_guessed() -> None:
    reading = read(
        "休假人:person_name,身份证号:person_id,假期类型:text,起:date,天数:integer", ("人事", "休假登记")
    )
    assert not reading.sure and "from_date" not in reading.places


def test_the_second_of_two_inspectors_is_never_taken_for_the_first() -> None:
    reading = read(
        "任务号:code,抽查日期:date,抽查对象:firm_name,检查员1:person_name,证件号1:person_id,检查员2:person_name,证件号2:person_id",
        ("双随机抽查", "结果"),
    )
    assert reading.sure and read_as(reading)["officer_name"] == "检查员1"
    assert read_as(reading)["officer_id_no"] == "证件号1"


def test_the_only_sum_of_a_list_of_payments_is_what_was_paid_and_told_so() -> None:
    heads = "补贴对象:person_name,身份证号:person_id,津贴标准:money,打款日期:date"
    reading = read(heads, ("百岁老人营养补贴发放", "6月"))
    assert reading.sure and read_as(reading)["amount"] == "津贴标准"
    assert "“津贴标准”作“金额”" in reading.presumed


@pytest.mark.parametrize("besides", ["保障人数:integer", "面积:area"])
def test_a_rate_for_each_person_or_mu_is_no_sum(besides: str) -> None:
    heads = f"补贴对象:person_name,身份证号:person_id,{besides},补助标准:money,打款日期:date"
    reading = read(heads, ("某项补贴发放", "6月"))
    assert "amount" not in reading.places and (reading.questions or reading.without == ["金额"])


def test_a_list_of_members_of_households_is_no_list_of_payments() -> None:
    heads = "户主姓名:person_name,户主证件号:person_id,家庭成员:person_name,成员证件号:person_id,称谓:text"
    reading = read(heads, ("农村低保家庭人口信息", "Sheet1"))
    assert reading.table is None or reading.table.name != "payments"


def test_holders_of_accounts_who_are_persons_are_no_accounts_of_units() -> None:
    reading = read("账户:account,户名:somebody,证件号:person_id,开户行:text", ("代发账户开户信息", "Sheet1"))
    assert not (reading.sure and reading.table is not None and reading.table.name == "bank_accounts")


def test_accounts_of_villages_stay_accounts_of_units() -> None:
    reading = read("账户号:account,存款人:place,开户银行:text,开户日期:date", ("银行账户清单", "Sheet1"))
    assert reading.sure and reading.table is not None and reading.table.name == "bank_accounts"


def test_an_official_car_has_no_owner_to_be_asked_for() -> None:
    reading = read("号牌:plate,编制单位:text,厂牌:text,油箱容量:decimal", ("公务用车底册", "车辆"))
    assert reading.sure and reading.table is not None and reading.table.name == "official_cars"


def test_a_list_paid_by_the_area_of_houses_is_compensation_for_the_house() -> None:
    reading = read(
        "户主:person_name,户主身份证号:person_id,门牌号:code,认定面积:area_m2,单价:money,补偿款:money",
        ("拆迁补偿兑付", "Sheet1"),
        (["城北新区三期征地拆迁（征收公告：20250901）", "", "", "", "", ""],),
    )
    assert reading.sure and reading.table is not None and reading.table.name == "compensation"
    assert reading.constants["project"] == "城北新区三期征地拆迁"
    assert reading.constants["announce_date"] == "2025-09-01"
    assert reading.constants["item"] == "房屋补偿"


def test_a_project_named_together_with_others_is_no_project() -> None:
    heads = "安置房号:code,分房对象:person_name,身份证号:person_id,旧房编号:code,交房日期:date"
    reading = read(heads, ("征收中心-城北片区等项目资料", "安置房"))
    assert "project" not in reading.constants


def test_a_figure_in_two_units_is_not_taken_at_all() -> None:
    reading = read(
        "合同编号:code,发包方:place,承租人:person_name,租赁面积（㎡/亩）:area,年租金:money,签订日期:date,到期日期:date",
        ("集体资产租赁合同台账", "Sheet1"),
    )
    assert reading.sure and "area" not in reading.places


def test_what_a_header_leaves_open_its_brackets_may_say_but_never_of_whom() -> None:
    reading = read(
        "车牌号:plate,出车时间:timestamp,返回时间:timestamp,末站（停车地点）:text,代领（户主）:person_name",
        ("公务用车出车登记", "Sheet1"),
    )
    assert read_as(reading)["parked_at"] == "末站(停车地点)"
    paid = read(
        "补贴项目:=某某补贴,姓名:person_name,身份证号:person_id,金额:money,发放日期:date,代领人（户主）:person_name",
        ("补贴发放", "Sheet1"),
    )
    assert read_as(paid)["name"] == "姓名"


def test_a_number_of_a_party_is_known_by_its_values() -> None:
    heads = "产权人:person_name,产权人证号:person_id,不动产权证号:code,坐落:address,建筑面积:area_m2,登记时间:date"
    reading = read(heads, ("不动产登记查询", "Sheet1"))
    assert read_as(reading)["id_no"] == "产权人证号"
    other = read(heads.replace("产权人证号:person_id", "产权人证号:code"), ("不动产登记查询", "Sheet1"))
    assert "id_no" not in other.places


def test_a_year_before_a_header_and_the_name_of_its_group_say_nothing() -> None:
    reading = read(
        "合同编号:code,发包方:place,承租人:person_name,年租金:money,签订日期:date,到期日期:date,2027年应缴租日:date",
        ("集体资产租赁合同台账", "Sheet1"),
    )
    assert read_as(reading)["due_date"] == "2027年应缴租日"
    below = read(
        "合同编号:code,发包方:place,承租人:person_name,年租金:money,约定内容签订日期:date,约定内容交租日期:date",
        ("集体资产租赁合同台账", "Sheet1"),
    )
    assert read_as(below)["due_date"] == "约定内容交租日期"


def test_made_up_numbers_are_valid() -> None:
    assert len(number_of(1)) == 18 and len(code_of(1)) == 18
