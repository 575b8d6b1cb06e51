"""Forms and ledgers as .xlsx. Every text is a string cell: nothing that somebody typed becomes a formula or a link."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from qingfeng.apps.base.documents.papers import (
    BODY_FONT,
    HEAD_LINE_SIZE,
    TITLE_FONT,
    TITLE_SIZE,
    Cell,
    Form,
    Page,
    Row,
    printable,
)
from qingfeng.apps.base.documents.typesetting import MM_A_POINT, height_needed

_PIXELS_A_MM = 96 / 25.4
_HIGHEST_ROW = 140.0  # Excel holds no row above 409 points
_LONGEST_TEXT = 32_000  # nor a cell above 32,767 letters
CUT = "……（余下内容见平台）"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text begins that some spreadsheet takes for a formula: Chinese and Japanese ones know the wide signs too."""
_PORTRAIT_MARGINS = {"left": 0.83, "right": 0.83, "top": 0.98, "bottom": 0.79}
_LANDSCAPE_MARGINS = {"left": 0.79, "right": 0.79, "top": 0.83, "bottom": 0.71}


def to_xlsx(form: Form) -> bytes:
    """The form, one worksheet a page (Excel drops page breaks where it fits to a page's width)."""
    out = io.BytesIO()
    with _workbook(out) as book:
        styles = _Styles(book)
        for number, page in enumerate(form.pages, 1):
            name = form.name if len(form.pages) == 1 else f"{form.name}{number}"
            _FormSheet(book.add_worksheet(name), styles, page).draw(landscape=form.landscape)
    return out.getvalue()


ColumnKind = Literal["text", "short", "number", "decimal", "money", "date"]
Value = str | int | Decimal | float | date | None


@dataclass(frozen=True)
class TableColumn:
    """A column of a ledger: its head, its width in letters, and what stands in it."""

    title: str
    width: float = 12.0
    kind: ColumnKind = "text"


def _workbook(out: io.BytesIO) -> Any:
    text_stays_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    # Columns are measured in digits of this font: one that every office machine has, or a twin of the same widths.
    measure = {"default_format_properties": {"font_name": "Arial", "font_size": 10}}
    import xlsxwriter  # slow to load, and only files need it

    book = xlsxwriter.Workbook(out, {"in_memory": True, **text_stays_text, **measure})
    book.set_properties({"author": "", "comments": ""})
    return book


def fitting(text: str) -> str:
    """What a cell can hold of it, which is 32,767 letters; what was cut off is said."""
    text = printable(text)
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - len(CUT)] + CUT


class _Styles:
    """The formats of one workbook, made when first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def get(self, **properties: object) -> Any:
        wanted = {"font_name": BODY_FONT, "valign": "vcenter", "text_wrap": True, **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def for_text(self, text: str, **properties: object) -> Any:
        """As `get`; a text that looks like a formula is also marked as text for whoever edits the cell."""
        if text.startswith(DANGEROUS):
            properties["quote_prefix"] = True
        return self.get(**properties)


class _FormSheet:
    """One page of a form on one worksheet."""

    def __init__(self, sheet: Any, styles: _Styles, page: Page) -> None:
        self.sheet, self.styles, self.page = sheet, styles, page
        self.at = 0

    def draw(self, *, landscape: bool) -> None:
        self._set_paper(landscape)
        last = len(self.page.columns) - 1
        title = self.styles.get(font_name=TITLE_FONT, font_size=TITLE_SIZE, align="center")
        self._box(0, last, self.page.title, title, rows=1)
        self._height(14.0)
        self._line(self.page.head_line, HEAD_LINE_SIZE, border=0)
        for row in self.page.rows:
            self._row(row)
        if self.page.note:
            self._box(0, last, self.page.note, self.styles.get(font_size=10), rows=1)
            self._height(height_needed(self.page.note, sum(self.page.columns), 10))
        self.sheet.print_area(0, 0, self.at - 1, last)

    def _set_paper(self, landscape: bool) -> None:
        self.sheet.set_paper(9)
        if landscape:
            self.sheet.set_landscape()
        self.sheet.set_margins(**(_LANDSCAPE_MARGINS if landscape else _PORTRAIT_MARGINS))
        self.sheet.fit_to_pages(1, 0)
        self.sheet.center_horizontally()
        self.sheet.hide_gridlines(2)
        for number, width in enumerate(self.page.columns):
            self.sheet.set_column_pixels(number, number, round(width * _PIXELS_A_MM))

    def _height(self, millimetres: float) -> None:
        self.sheet.set_row(self.at, min(millimetres / MM_A_POINT, 409))
        self.at += 1

    def _line(self, cells: tuple[Cell, ...], font_size: float, border: int) -> None:
        tallest = self._tallest(cells, font_size)
        for column, last, cell in self._places(cells):
            self._box(column, last, cell.text, self.styles.get(font_size=font_size, border=border), rows=1)
        self._height(max(8.0, tallest))

    def _row(self, row: Row) -> None:
        height = max(row.height, self._tallest(row.cells, self.page.font_size))
        parts = math.ceil(height / _HIGHEST_ROW)
        if row.repeated:
            self.sheet.repeat_rows(self.at, self.at + parts - 1)
        for column, last, cell in self._places(row.cells):
            align = "center" if cell.centred else "left"
            valign = "top" if row.tall and not cell.label else "vcenter"
            style = self.styles.for_text(
                cell.text, font_size=self.page.font_size, border=1, align=align, valign=valign
            )
            self._box(column, last, cell.text, style, rows=parts)
        for _part in range(parts):
            self._height(height / parts)

    def _box(self, column: int, last: int, text: str, style: Any, rows: int) -> None:
        if column != last or rows > 1:
            self.sheet.merge_range(self.at, column, self.at + rows - 1, last, "", style)
        self.sheet.write_string(self.at, column, fitting(text), style)

    def _places(self, cells: tuple[Cell, ...]) -> Iterable[tuple[int, int, Cell]]:
        column = 0
        for cell in cells:
            yield column, column + cell.span - 1, cell
            column += cell.span

    def _tallest(self, cells: tuple[Cell, ...], font_size: float) -> float:
        return max(
            height_needed(cell.text, sum(self.page.columns[column : last + 1]), font_size)
            for column, last, cell in self._places(cells)
        )


_TABLE_STYLES: dict[ColumnKind, dict[str, object]] = {
    "text": {"align": "left"},
    "short": {"align": "center"},
    "number": {"align": "right", "num_format": "#,##0"},
    "decimal": {"align": "right", "num_format": "General"},
    "money": {"align": "right", "num_format": "#,##0.00"},
    "date": {"align": "center", "num_format": "yyyy-mm-dd"},
}
