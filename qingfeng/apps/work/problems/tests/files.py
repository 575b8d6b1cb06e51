"""Files as offices send them: the paper form and ledgers, written cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

HEADER = (
    "序号",
    "编号",
    "检查时间",
    "被检查单位",
    "检查人员",
    "检查内容",
    "发现的问题",
    "整改建议",
    "整改时限",
    "责任人",
)
ROW = (
    1,
    "自检1号",
    date(2026, 6, 8),
    "临江街道",
    "林晓禾、陈立群",
    "惠民补贴发放",
    "发放名册未公示",
    "补充公示",
    "2026-07-20",
    "林晓禾",
)

PAPER: dict[str, Any] = {
    "A1": "开展专项治理工作检查台账",
    "A2": "填报单位（盖章）：临江街道",
    "C2": "编号：（自检3号）",
    "E2": "填报时间：2026年6月9日",
    "A3": "时  间",
    "B3": "2026年6月8日",
    "C3": "被检查单位",
    "D3": "柳荫社区",
    "A4": "检查人员",
    "B4": "林晓禾、陈立群",
    "C4": "检查内容",
    "D4": "惠民补贴发放",
    "A5": "发现的问题",
    "B5": "1. 发放名册未公示\n2. 代领签字不全",
    "A6": "整改建议",
    "B6": "1. 补充公示\n2. 补签",
    "A7": "整改时限",
    "B7": "1. 2026年7月20日；2. 2026.7.31",
    "C7": "整改责任人",
    "D7": "林晓禾",
}


def workbook(*worksheets: tuple[str, dict[str, Any]], merged: Sequence[str] = ()) -> bytes:
    """A workbook from cells by address; dates as real dates."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, cells in worksheets:
            sheet = book.add_worksheet(name)
            for place in merged:
                sheet.merge_range(place, "")
            for address, value in cells.items():
                write = sheet.write_datetime if isinstance(value, date) else sheet.write
                write(address, value)
    return out.getvalue()


def paper(**changed: Any) -> bytes:
    """The form of attachment 2 with some cells changed."""
    return workbook(("检查台账", {**PAPER, **changed}), merged=("A1:E1", "B5:E5"))


def table(*rows: Sequence[Any], header: Sequence[str] = HEADER, above: int = 0) -> bytes:
    """A ledger: header row, then the rows; `above` empty or title rows before it."""
    cells = {f"{chr(65 + at)}{above + 1}": name for at, name in enumerate(header)}
    for number, row in enumerate(rows, above + 2):
        cells |= {f"{chr(65 + at)}{number}": value for at, value in enumerate(row) if value not in (None, "")}
    return workbook(("台账", cells))


def row(**changed: Any) -> tuple[Any, ...]:
    """A line of the ledger with some columns changed (by header name)."""
    return tuple(changed.get(name, value) for name, value in zip(HEADER, ROW, strict=True))
