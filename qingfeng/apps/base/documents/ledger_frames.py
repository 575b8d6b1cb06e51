"""The workbook around the rows of a ledger: paper, title, heads, foot, formats. Drawn by XlsxWriter, which knows Excel.

The rows between head and foot are no part of it: there may be a hundred thousand of them, so they are written as XML
straight into the file (`ledger_rows`). What they need to know of the workbook is the numbers of its formats. These are
read off a last row with one empty cell in each of them, which does not get into the file.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from qingfeng.apps.base.documents.excel import ColumnKind, TableColumn, fitting
from qingfeng.apps.base.documents.papers import BODY_FONT, TITLE_FONT

SHEET = "xl/worksheets/sheet1.xml"
CONTENT_TYPES = "[Content_Types].xml"
LINE = 15.0
KINDS: dict[ColumnKind, dict[str, object]] = {
    "text": {"align": "left"},
    "short": {"align": "center"},
    "number": {"align": "right", "num_format": "#,##0"},
    "decimal": {"align": "right", "num_format": "General"},
    "money": {"align": "right", "num_format": "#,##0.00"},
    "date": {"align": "center", "num_format": "yyyy-mm-dd"},
}
_TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ROW = re.compile(r"<row .*?</row>", re.DOTALL)
_STYLE = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"')
_DIMENSION = re.compile(r"<dimension [^>]*/>")


class Frame:
    """The parts of the package; the worksheet cut open where its rows go."""

    def __init__(
        self, title: str, head_line: str, columns: Sequence[TableColumn], count: int, foot: Sequence[str]
    ) -> None:
        self.top = 3 if head_line else 2
        """Rows above the data: the title, the line to fill in, the heads."""
        self.parts = _parts(title, head_line, columns, count, foot)
        page = self.parts.pop(SHEET).decode()
        begin, end = page.index("<sheetData>") + len("<sheetData>"), page.index("</sheetData>")
        *rows, formats = _ROW.findall(page[begin:end])
        numbers = [int(number) for number in _STYLE.findall(formats)]
        self.styles = numbers[: len(columns)]
        """The format of each column, as cells name it."""
        self.guarded = numbers[len(columns) :]
        """The same for texts that look like formulas: marked as text for whoever edits the cell."""
        # How far the sheet reaches is known only once the rows are written; programs find out for themselves.
        self.before = (_DIMENSION.sub("", page[:begin]) + "".join(rows[: self.top])).encode()
        self.after = ("".join(rows[self.top :]) + page[end:]).encode()


def _parts(
    title: str, head_line: str, columns: Sequence[TableColumn], count: int, foot: Sequence[str]
) -> dict[str, bytes]:
    out = io.BytesIO()
    # Columns are measured in digits of this font: one that every office machine has, or a twin of the same widths.
    measure = {"default_format_properties": {"font_name": "Arial", "font_size": 10}}
    import xlsxwriter  # slow to load, and only files need it

    with xlsxwriter.Workbook(out, {"in_memory": True, **_TEXT_STAYS_TEXT, **measure}) as book:
        book.set_properties({"author": "", "comments": ""})
        _Drawing(book, columns).draw(title, head_line, count, foot)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class _Drawing:
    """One worksheet without its rows. The formats of the columns come first, so that they are numbered alike."""

    def __init__(self, book: Any, columns: Sequence[TableColumn]) -> None:
        self.book, self.columns = book, columns
        self.sheet = book.add_worksheet("台账")

    def draw(self, title: str, head_line: str, count: int, foot: Sequence[str]) -> None:
        top = 3 if head_line else 2
        below = top + count
        self._formats(below + len(foot))
        self._paper()
        self._across(0, title, 28, font_name=TITLE_FONT, font_size=18, align="center", border=0)
        if head_line:
            self._across(1, head_line, 21, font_size=11, border=0)
        self._head(top - 1)
        width = sum(room(column) for column in self.columns)
        for at, line in enumerate(foot, below):
            height = LINE * math.ceil(letters(line) / width)
            self._across(at, line, height, font_size=10, border=0)
        if count:
            self.sheet.autofilter(top - 1, 0, below - 1, len(self.columns) - 1)
        self.sheet.print_area(0, 0, below + len(foot) - 1, len(self.columns) - 1)

    def _formats(self, at: int) -> None:
        plain = [self._format(**KINDS[column.kind]) for column in self.columns]
        guarded = [self._format(**KINDS[column.kind], quote_prefix=True) for column in self.columns]
        for place, style in enumerate((*plain, *guarded)):
            self.sheet.write_blank(at, place, None, style)

    def _format(self, **given: object) -> Any:
        plain = {"font_name": BODY_FONT, "font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True}
        return self.book.add_format({**plain, **given})

    def _paper(self) -> None:
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C第&P页，共&N页")
        for number, column in enumerate(self.columns):
            self.sheet.set_column(number, number, column.width)

    def _head(self, at: int) -> None:
        style = self._format(bold=True, align="center", bg_color="#EEF1F2")
        for number, column in enumerate(self.columns):
            self.sheet.write_string(at, number, fitting(column.title), style)
        lines = max((lines_of(column.title, room(column)) for column in self.columns), default=1)
        self.sheet.set_row(at, 3.0 + LINE * lines)
        self.sheet.repeat_rows(at)
        self.sheet.freeze_panes(at + 1, 1)

    def _across(self, at: int, text: str, height: float, **properties: object) -> None:
        style = self._format(**properties)
        if len(self.columns) > 1:
            self.sheet.merge_range(at, 0, at, len(self.columns) - 1, "", style)
        self.sheet.write_string(at, 0, fitting(text), style)
        self.sheet.set_row(at, height)


def room(column: TableColumn) -> float:
    """Letters of the measuring font that stand side by side in this column."""
    return max(column.width - 1, 4)


def letters(text: str) -> int:
    """Width in letters: a Chinese one counts twice, and GB 18030 happens to spell it with two bytes."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))


def lines_of(text: str, wide: float) -> int:
    """Lines that a text takes in a box as wide as so many letters of the measuring font."""
    if len(text) * 2.2 <= wide and "\n" not in text:
        return 1
    if "\n" not in text:
        return math.ceil(letters(text) * 1.1 / wide)
    return sum(max(1, math.ceil(letters(line) * 1.1 / wide)) for line in text.split("\n"))
