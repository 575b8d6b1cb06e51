"""Which rows of a batch pay somebody, and what is told about its columns."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from qingfeng.screening.batch import check_writable, workbooks
from qingfeng.screening.batch.rows import FIRST_REC, Batch, batch_rows
from qingfeng.screening.batch.workbooks import Sheet
from qingfeng.screening.cleaning.ids import check_digit
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.errors import BadData
from qingfeng.screening.store.sheets import ROWS_PER_PART

KEYS = Keys(b"a key for tests only, not for data")
AS_OF = datetime.date(2026, 8, 5)
JIA, YI = (body + check_digit(body) for body in ("99010119500302123", "99010119610817451"))
HEADER = ["序号", "姓名", "身份证号", "金额"]
PAID: list[list[Any]] = [[1, "张建国", JIA, 600], [2, "李秀兰", YI, 600]]


def read(*rows: list[Any], file: str = "名单.xlsx", sheet: str = "Sheet1") -> Batch:
    return batch_rows(file, [Sheet(sheet, list(rows))], KEYS, AS_OF)


def test_totals_footers_and_headers_printed_again_pay_nobody() -> None:
    batch = read(
        HEADER,
        PAID[0],
        ["", "小计", "", 600],
        HEADER,
        PAID[1],
        ["合计", "", "", 1200],
        ["", "", "", ""],
        ["制表人：张三", "", "审核：李四", ""],
    )
    assert [row.number for row in batch.rows] == [2, 5]


@pytest.mark.parametrize(
    ("file", "sheet", "title"),
    [
        ("云泽区2026年7月农村低保金发放名单.xlsx", "Sheet1", []),
        ("名单.xlsx", "七月农村低保", []),
        ("名单.xlsx", "Sheet1", [["2026年7月农村低保发放花名册"]]),
    ],
)
def test_what_no_column_says_stands_in_the_name_or_title(
    file: str, sheet: str, title: list[list[Any]]
) -> None:
    batch = read(*title, HEADER, *PAID, file=file, sheet=sheet)
    assert set(batch.stored["benefit"]) == {"农村低保"}
    assert any("各行的“补贴项目”都作“农村低保”" in note for note in batch.notes)


def test_without_a_benefit_it_is_told_what_cannot_be_found() -> None:
    assert any("没有这些列：补贴项目" in note for note in read(HEADER, *PAID).notes)


def test_a_column_that_holds_something_else_is_told_and_not_taken() -> None:
    rows = [[*row, "2026年13月40日"] for row in PAID * 4]
    batch = read([*HEADER, "发放日期"], *rows)
    assert "工作表“Sheet1”的“发放日期”列里的内容不像发放日期，没有采用，请核对这一列" in batch.notes
    assert set(batch.stored["pay_date"]) == {AS_OF}


def test_a_formula_that_was_never_reckoned_is_told_in_its_row(tmp_path: Path) -> None:
    path = tmp_path / "公式.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        for place, (number, name, id_no, _) in enumerate(PAID, start=1):
            page.write_row(place, 0, [number, name, id_no])
            page.write_formula(place, 3, "=A2*300", None, "")
    batch = batch_rows(path.name, workbooks.read(path), KEYS, AS_OF)
    assert [title for row in batch.rows for title, _ in row.faults] == ["金额", "金额"]
    assert "重新计算并保存" in batch.rows[0].faults[0][1]


def test_a_text_merged_downwards_goes_on_and_a_sum_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "合并.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 4, "发放名单")
        page.write_row(1, 0, [*HEADER, "补贴项目"])
        for place, row in enumerate(PAID, start=2):
            page.write_row(place, 0, row[:3])
        page.merge_range(2, 3, 3, 3, 1200)
        page.merge_range(2, 4, 3, 4, "农村低保")
    batch = batch_rows(path.name, workbooks.read(path), KEYS, AS_OF)
    assert batch.stored["benefit"] == ["农村低保", "农村低保"]
    assert batch.stored["amount"] == [120_000, None]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "是空的"),
        ([HEADER], "没有一行发放记录"),
        ([["车牌号", "品牌"], ["云A12345", "红旗"]], "没有认出发放名单"),
    ],
)
def test_a_file_that_pays_nobody_is_refused_with_the_reason(rows: list[list[Any]], why: str) -> None:
    with pytest.raises(BadData, match=why):
        read(*rows)


@pytest.mark.parametrize(
    ("out", "why"),
    [
        ("核查.csv", "以 .xlsx 结尾"),
        ("名单.xlsx", "不能写到原文件上"),
        ("没有/核查.xlsx", "没有“.*”这个文件夹"),
    ],
)
def test_where_the_result_cannot_be_written_is_told_first(tmp_path: Path, out: str, why: str) -> None:
    with pytest.raises(BadData, match=why):
        check_writable(tmp_path / out, tmp_path / "名单.xlsx", tmp_path / "数据")


def test_records_of_a_batch_meet_no_record_of_a_store_that_was_loaded_a_million_times() -> None:
    assert ROWS_PER_PART * 1_000_000 < FIRST_REC
