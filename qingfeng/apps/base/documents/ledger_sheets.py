"""A ledger of any length as .xlsx or .csv, row by row: nothing is kept in memory but the row at hand.

Formats are made once a column, not once a cell; 10,000 rows of the inspection form cost little more than writing the
bare cells. Every text is a string: nothing that somebody typed becomes a formula, neither in Excel nor from a CSV.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from qingfeng.apps.base.documents.excel import ColumnKind, TableColumn, Value
from qingfeng.apps.base.documents.papers import BODY_FONT, TITLE_FONT, printable

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
MOST_ROWS = 1_000_000
"""A worksheet holds 1,048,576."""
_LONGEST_TEXT = 32_000
_CUT = "……（余下内容见平台）"
_LINE = 15.0
_HIGHEST = 409.0
_KINDS: dict[ColumnKind, dict[str, object]] = {
    "text": {"align": "left"},
    "short": {"align": "center"},
    "number": {"align": "right", "num_format": "#,##0"},
    "money": {"align": "right", "num_format": "#,##0.00"},
    "date": {"align": "center", "num_format": "yyyy-mm-dd"},
}


@dataclass(frozen=True)
class LedgerSheet:
    """What goes on the sheet; `foot` is known only once the rows are written, so it is asked with their number."""

    title: str
    columns: Sequence[TableColumn]
    rows: Iterable[Sequence[Value]]
    foot: Callable[[int], Sequence[str]]


def ledger_xlsx(sheet: LedgerSheet) -> bytes:
    """A4 landscape, one page wide, the head row fixed and printed on each page, the foot below the last row."""
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "Arial", "font_size": 10},
    }
    import xlsxwriter  # slow to load, and only files need it

    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"author": "", "comments": ""})
        _Drawing(book, sheet).draw()
    return out.getvalue()


def ledger_csv(sheet: LedgerSheet) -> bytes:
    """The same table for other programs: UTF-8 with a mark that Excel needs, the foot after an empty line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.title for column in sheet.columns])
    count = 0
    for row in sheet.rows:
        writer.writerow([_plain(value) for value in row])
        count += 1
    writer.writerow([])
    for line in sheet.foot(count):
        writer.writerow([_plain(line)])
    return out.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> str:
    """A value as text; what a spreadsheet would take for a formula is marked as text by an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    text = printable(value.isoformat() if isinstance(value, date) else value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


class _Drawing:
    """One worksheet, from the top to the bottom."""

    def __init__(self, book: Any, sheet: LedgerSheet) -> None:
        self.book, self.data = book, sheet
        self.sheet = book.add_worksheet("台账")
        self.formats = [self._format(**_KINDS[column.kind]) for column in sheet.columns]
        self.guarded = [self._format(**_KINDS[column.kind], quote_prefix=True) for column in sheet.columns]
        self.rooms = [max(column.width - 1, 4) for column in sheet.columns]
        self.at = 0

    def draw(self) -> None:
        self._paper()
        self._across(self.data.title, 28, font_name=TITLE_FONT, font_size=18, align="center", border=0)
        self._head()
        first = self.at
        for row in self.data.rows:
            self._row(row)
        count = self.at - first
        if count:
            self.sheet.autofilter(first - 1, 0, self.at - 1, len(self.data.columns) - 1)
        width = sum(self.rooms)
        for line in self.data.foot(count):
            self._across(line, _LINE * math.ceil(_letters(line) / width), font_size=10, border=0)
        self.sheet.print_area(0, 0, self.at - 1, len(self.data.columns) - 1)

    def _format(self, **given: object) -> Any:
        plain = {"font_name": BODY_FONT, "font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True}
        return self.book.add_format({**plain, **given})

    def _paper(self) -> None:
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C第&P页，共&N页")
        for number, column in enumerate(self.data.columns):
            self.sheet.set_column(number, number, column.width)

    def _head(self) -> None:
        style = self._format(bold=True, align="center", bg_color="#EEF1F2")
        for number, column in enumerate(self.data.columns):
            self.sheet.write_string(self.at, number, column.title, style)
        self.sheet.repeat_rows(self.at)
        self.sheet.freeze_panes(self.at + 1, 1)
        self.at += 1

    def _row(self, row: Sequence[Value]) -> None:
        at, sheet, lines = self.at, self.sheet, 1
        for number, value in enumerate(row):
            style = self.formats[number]
            if value is None or value == "":
                sheet.write_blank(at, number, None, style)
            elif isinstance(value, str):
                text = _fitting(value)
                if text.startswith(DANGEROUS):
                    style = self.guarded[number]
                sheet.write_string(at, number, text, style)
                lines = max(lines, _lines(text, self.rooms[number]))
            elif isinstance(value, date):
                sheet.write_datetime(at, number, value, style)
            else:
                sheet.write_number(at, number, value, style)
        sheet.set_row(at, min(3.0 + _LINE * lines, _HIGHEST))
        self.at += 1

    def _across(self, text: str, height: float, **properties: object) -> None:
        style = self._format(**properties)
        if len(self.data.columns) > 1:
            self.sheet.merge_range(self.at, 0, self.at, len(self.data.columns) - 1, "", style)
        self.sheet.write_string(self.at, 0, _fitting(text), style)
        self.sheet.set_row(self.at, height)
        self.at += 1


def _fitting(text: str) -> str:
    text = printable(text)
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - len(_CUT)] + _CUT


def _letters(text: str) -> int:
    """Width in letters: a Chinese one counts twice, and GB 18030 happens to spell it with two bytes."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))


def _lines(text: str, room: float) -> int:
    """Lines that a text takes in a box as wide as so many letters of the measuring font."""
    if len(text) * 2.2 <= room and "\n" not in text:
        return 1
    if "\n" not in text:
        return math.ceil(_letters(text) * 1.1 / room)
    return sum(max(1, math.ceil(_letters(line) * 1.1 / room)) for line in text.split("\n"))
