"""Which table a sheet is, which column is which; and what is asked instead of guessed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from qingfeng.screening.catalogue import tables
from qingfeng.screening.reading.grids import Head
from qingfeng.screening.reading.header_rows import find_headers
from qingfeng.screening.reading.headers import header
from qingfeng.screening.reading.recognising import Reading, recognise
from qingfeng.screening.reading.text_files import TextGrid, scan
from qingfeng.screening.reading.workbooks import number_text


def read(*rows: str, names: tuple[str, ...] = ("表",)) -> Reading:
    cells = [row.split(",") for row in rows]
    reading = recognise(Head(cells, list(range(1, len(cells) + 1))), names)
    assert reading is not None
    return reading


@pytest.mark.parametrize("name", list(tables()))
def test_every_table_is_recognised_by_its_own_titles(name: str) -> None:
    table = tables()[name]
    reading = read(",".join(column.title for column in table.columns), names=(table.title,))
    assert reading.sure and reading.table == table
    assert list(reading.places) == [column.name for column in table.columns] or len(reading.places) == len(
        table.columns
    )


@pytest.mark.parametrize(
    "written", ["身份证号", "身 份 证 号 码", "*公民身份号码：", "居民身份证号码（18位）", "身份证\n号码"]
)
def test_headers_are_brought_to_one_wording(written: str) -> None:
    assert header(written).core == "身份证号"


def test_the_header_may_stand_anywhere_in_the_first_fifteen_rows() -> None:
    above = [f"说明第{number}条" for number in range(12)]
    assert read(*above, "姓名,死亡日期", "张三,2026-03-01").header_end == 13


def test_two_header_lines_are_one() -> None:
    head = Head(
        [["姓名", "享受时间", "", "金额"], ["", "起始日期", "终止日期", ""], ["张三", "2026-01-01", "", "5"]],
        [1, 2, 3],
    )
    found = find_headers(head)
    assert found is not None and (found.headers, found.end) == (["姓名", "起始日期", "终止日期", "金额"], 2)


def test_a_month_stands_for_its_first_or_last_day_where_a_term_begins_and_ends() -> None:
    rows = [f"清河某公司,张小明,2021{month:02d},2024年{month}月" for month in range(1, 8)]
    reading = read("参保单位,姓名,缴费起,缴费止", *rows, names=("参保人员",))
    assert {"from_date", "to_date"} <= set(reading.places)
    assert "“缴费起”只有年月，按当月第一天算" in reading.presumed
    assert "“缴费止”只有年月，按当月最后一天算" in reading.presumed


def test_the_number_of_a_row_is_no_number_of_a_contract() -> None:
    reading = read("序号,合同代码,村社区,资产名称", "1,HT0007,石桥村,东塘", names=("集体三资合同",))
    assert reading.headers[reading.places["contract_no"]] == "合同代码"
    assert (
        "voucher_no" not in read("序号,村社区,凭证日期,摘要,金额", "1,石桥村,2026-03-01,办公用品,80").places
    )


def test_a_unit_in_the_header_or_above_it_counts() -> None:
    heads = "采购单位,中标单位,中标日期,中标金额"
    assert read(heads + "（万元）").factors == {"amount": Decimal(10_000)}
    assert read("单位：万元", heads).factors == {"amount": Decimal(10_000)}
    assert read("单位：清河区交易中心", heads).factors == {}


def test_of_two_headers_for_one_column_the_first_named_in_the_contract_is_taken() -> None:
    reading = read("补贴项目,姓名,发放日期,应发金额,实发金额", names=("补贴发放",))
    assert reading.sure and reading.headers[reading.places["amount"]] == "实发金额"
    assert reading.unused == ["应发金额"]


def test_a_required_column_under_an_unknown_header_is_asked_for() -> None:
    reading = read("补贴项目,姓名,发放日期,本月补贴金额数", names=("补贴发放",))
    assert not reading.sure and "“本月补贴金额数”是不是“金额”？" in reading.questions
    assert reading.proposal["本月补贴金额数"] == "amount"


def test_an_identity_number_under_an_unknown_header_is_asked_for() -> None:
    reading = read("姓名,死亡日期,死者之家身份证号", names=("死亡人员",))
    assert reading.questions == ["“死者之家身份证号”是不是“身份证号”？"]


def test_a_sheet_that_could_be_two_tables_is_asked_about() -> None:
    reading = read("票据号,收款日期,金额", names=("表一",))
    assert not reading.sure and "是哪一张" in reading.questions[0]


def test_no_header_is_no_reading() -> None:
    assert recognise(Head([["甲", "乙"], ["1", "2"]], [1, 2]), ("表",)) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (600.0, "600"),
        (600.5, "600.5"),
        (3.301021990010113e17, "330102199001011300"),
        (1e-5, "0.00001"),
        (-3.0, "-3"),
    ],
)
def test_numbers_of_a_workbook_become_what_was_typed(number: float, text: str) -> None:
    assert number_text(number) == text


def test_bytes_of_no_encoding_are_replaced_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "坏.csv"
    path.write_bytes("姓名,死亡日期\n张三,2026-03-01\n".encode("gb18030") + b"\xff\xff\n")
    scanned = scan(path)
    assert scanned.encoding == "gb18030"
    assert TextGrid(path, scanned).relation(1, 2, tmp_path, frozenset()).notes


def test_a_cell_over_two_lines_stays_one_row(tmp_path: Path) -> None:
    path = tmp_path / "换行.csv"
    path.write_text('姓名,备注\n"张\n三",好\n李四,好\n')
    assert TextGrid(path, scan(path)).head.rows == [["姓名", "备注"], ["张\n三", "好"], ["李四", "好"]]
