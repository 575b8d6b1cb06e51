"""Ledgers as files: what was typed stays text, the foot says what it is, formats are made once a column."""

from __future__ import annotations

import csv
import re
import zipfile
from datetime import date
from io import BytesIO, StringIO
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from qingfeng.apps.base.documents import ledger_sheets
from qingfeng.apps.base.documents.excel import DANGEROUS
from qingfeng.apps.base.documents.ledger_files import content_of
from qingfeng.apps.base.documents.ledger_sheets import unmarked
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.base.web.ledgers import Column, Extract
from qingfeng.apps.base.web.marks import Due, Mark

COLUMNS = [
    Column("number", "编号"),
    Column("text", "存在问题", kind="long"),
    Column("sum", "金额（元）", kind="money"),
    Column("due", "时限", kind="due"),
    Column("state", "状态", kind="state"),
]


def record(**given: Any) -> SimpleNamespace:
    return SimpleNamespace(
        **{
            "number": "1号",
            "text": "名册未公示",
            "sum": 350_050,
            "due": Due(date(2026, 7, 1)),
            "state": Mark("整改中"),
            **given,
        }
    )


def extract(records: Any, columns: list[Column] = COLUMNS) -> Extract:
    return Extract("问题台账", columns, records, "一个问题计一条。", ("整改中",))


def table(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_dates_and_sums_are_values_and_marks_are_words() -> None:
    rows = table(content_of(extract([record()]), "xlsx", "林晓禾"))
    assert rows[0][0] == "问题台账" and rows[1] == [column.title for column in COLUMNS]
    assert rows[2] == ["1号", "名册未公示", 3500.5, date(2026, 7, 1), "整改中"]
    assert rows[3][0] == "共1条。筛选：整改中。" and "口径：一个问题计一条。" in rows[4][0]
    assert "林晓禾于" in rows[5][0]


@pytest.mark.parametrize("typed", ["=1+1", "+86", "-1", "@cmd", "\t=1"])
def test_nothing_that_was_typed_becomes_a_formula(typed: str) -> None:
    rows = table(content_of(extract([record(text=typed)]), "xlsx", "林晓禾"))
    assert rows[2][1] == typed
    text = content_of(extract([record(text=typed)]), "csv", "林晓禾").decode("utf-8-sig")
    assert f"1号,'{typed}," in text.replace('"', "")


def test_a_csv_begins_with_the_mark_that_excel_needs() -> None:
    content = content_of(extract([record(), record(sum=None, due=Due(None))]), "csv", "林晓禾")
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[1] == "1号,名册未公示,3500.5,2026-07-01,整改中" and lines[2] == "1号,名册未公示,,,整改中"
    assert lines[4] == "共2条。筛选：整改中。"


def test_a_ledger_without_rows_is_a_file_too() -> None:
    assert table(content_of(extract([]), "xlsx", "林晓禾"))[2][0] == "共0条。筛选：整改中。"


def test_formats_are_made_once_a_column_however_many_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    add = xlsxwriter.Workbook.add_format

    def counting(*given: Any) -> Any:
        made.append(given)
        return add(*given)

    monkeypatch.setattr(xlsxwriter.Workbook, "add_format", counting)
    content_of(extract([record()]), "xlsx", "林晓禾")
    for_one = len(made)
    content_of(extract([record(text=f"=第{number}") for number in range(50)]), "xlsx", "林晓禾")
    assert len(made) == 2 * for_one


@pytest.mark.parametrize(
    "typed", ["a<b>&c", " 前后 ", "一\n二", "_x0041_", '“引”"号"', "𠮷镕喆", "长" * 3000]
)
def test_a_cell_holds_what_was_typed_letter_by_letter(typed: str) -> None:
    assert table(content_of(extract([record(text=typed)]), "xlsx", "林晓禾"))[2][1] == typed


def test_what_no_cell_can_hold_is_left_out() -> None:
    (row,) = table(content_of(extract([record(text="一\x0b二\ud800三\x00&")]), "xlsx", "林晓禾"))[2:3]
    assert row[1] == "一二三&"


def test_columns_keep_their_alignment_and_texts_like_formulas_a_mark_of_their_own() -> None:
    content = content_of(extract([record(), record(text="=1+1")]), "xlsx", "林晓禾")
    page, styles = (
        zipfile.ZipFile(BytesIO(content)).read(name).decode()
        for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml")
    )
    formats = re.findall(r"<xf [^>]*?/?>", styles[styles.index("<cellXfs") :])
    plain, marked = (int(re.search(rf'r="B{row}" s="(\d+)"', page)[1]) for row in (3, 4))  # type: ignore[index]
    assert 'quotePrefix="1"' in formats[marked] and "quotePrefix" not in formats[plain]
    assert page.count("<row ") == 2 + 2 + 3 and '<autoFilter ref="A2:E4"/>' in page


@pytest.mark.parametrize("typed", ["＝1+1", "'=1", "''-", "\n=1", "'名册'", "-"])
def test_a_mark_on_a_text_of_a_csv_can_be_taken_off_again(typed: str) -> None:
    text = content_of(extract([record(text=typed)]), "csv", "林晓禾").decode("utf-8-sig")
    cell = list(csv.reader(StringIO(text, newline="")))[1][1]
    assert unmarked(cell) == typed and not cell.startswith(DANGEROUS)


def test_more_rows_than_a_worksheet_holds_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_sheets, "MOST_ROWS", 2)
    with pytest.raises(BadInput, match="超过2行"):
        content_of(extract([record()] * 3), "xlsx", "林晓禾")
