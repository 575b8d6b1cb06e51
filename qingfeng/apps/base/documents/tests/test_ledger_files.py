"""Ledgers as files: what was typed stays text, the foot says what it is, formats are made once a column."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from qingfeng.apps.base.documents.ledger_files import content_of
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


def test_formats_are_made_once_a_column(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    add = xlsxwriter.Workbook.add_format
    monkeypatch.setattr(xlsxwriter.Workbook, "add_format", lambda *given: made.append(given) or add(*given))
    content_of(extract([record(text=f"=第{number}") for number in range(50)]), "xlsx", "林晓禾")
    assert len(made) < 4 * len(COLUMNS)
