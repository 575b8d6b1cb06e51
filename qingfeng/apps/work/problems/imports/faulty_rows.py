"""What could not be taken, as a workbook of its own with the reason beside each row: to be put right and sent again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.work.problems.imports.boxes import INSPECTION
from qingfeng.apps.work.problems.imports.columns import Chosen, Heading, heading
from qingfeng.apps.work.problems.imports.grids import Grid, grids
from qingfeng.apps.work.problems.imports.model import ReadPart
from qingfeng.apps.work.problems.imports.vocabulary import Vocabulary

WIDEST = 40
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


Left = Sequence[tuple[ReadPart, str]]
"""What was not taken, each with the reason."""


def faulty_rows(
    content: bytes, name: str, chosen: Chosen, left: Left, words: Vocabulary = INSPECTION
) -> bytes:
    """Worksheet by worksheet the rows of these sheets as they came, headers and lines above with them."""
    by_sheet: dict[str, list[tuple[ReadPart, str]]] = {}
    for read, reason in _once(left):
        by_sheet.setdefault(read.worksheet, []).append((read, reason))
    out = BytesIO()
    import xlsxwriter  # slow to load, and only files need it

    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        writer = _Writer(book)
        for grid in grids(content, name):
            if grid.name in by_sheet:
                head = heading(grid, chosen.get(grid.name), words)
                if head:
                    writer.table(grid, head, by_sheet[grid.name])
                else:
                    writer.forms(grid, by_sheet[grid.name])
        if not book.worksheets():
            book.add_worksheet()
    return out.getvalue()


def _once(left: Left) -> Iterator[tuple[ReadPart, str]]:
    """The rows of a form that speaks of several problems go back once, with the reasons of all."""
    together: dict[tuple[str, tuple[int, ...]], list[tuple[ReadPart, str]]] = {}
    for number, (read, reason) in enumerate(left):
        rows = read.rows or (-number,)
        together.setdefault((read.worksheet, rows), []).append((read, reason))
    for parts in together.values():
        yield parts[0][0], "\n".join(dict.fromkeys(reason for _read, reason in parts))


class _Writer:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.dated = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.bold = book.add_format({"bold": True, "bottom": 1})
        self.red = book.add_format({"font_color": "#B02A37", "text_wrap": True, "valign": "top"})

    def table(self, grid: Grid, head: Heading, left: Left) -> None:
        """Lines above, header, the rows; a merged cell is written out in each of its rows."""
        page, last = self._page(grid.name), max(len(row) for row in grid.rows)
        for row in range(head.below):
            self._row(page, row, [grid.value(row, column) for column in range(last)], self.bold)
        page.write(head.row, last, _("原因"), self.bold)
        page.set_column(last, last, 2 * WIDEST)
        at = head.below
        for read, reason in left:
            for number in read.rows or range(head.below + 1, len(grid.rows) + 1):
                self._row(page, at, [grid.value(*grid.head_of(number - 1, column)) for column in range(last)])
                page.write_string(at, last, reason, self.red)
                at += 1
        page.freeze_panes(head.below, 0)

    def forms(self, grid: Grid, left: Left) -> None:
        """The paper forms as they stood, the reason as a remark under each."""
        page, at = self._page(grid.name), 0
        for read, reason in left:
            for number in read.rows or range(1, len(grid.rows) + 1):
                self._row(page, at, grid.rows[number - 1])
                at += 1
            page.write_string(at, 0, _("备注：原因——%(reason)s") % {"reason": reason}, self.red)
            at += 2

    def _page(self, name: str) -> Any:
        page = self.book.add_worksheet(name.translate(_FORBIDDEN)[:31] or None)
        page.set_column(0, 30, WIDEST // 2)
        return page

    def _row(self, page: Any, at: int, values: Sequence[Any], style: Any = None) -> None:
        for column, value in enumerate(values):
            if isinstance(value, date):
                page.write_datetime(at, column, value, self.dated)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                page.write_number(at, column, value, style or self.wrapped)
            elif value not in (None, ""):
                page.write_string(at, column, str(value), style or self.wrapped)
