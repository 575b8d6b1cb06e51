"""Workbooks, CSV files and the tables of Word files as grids of cells with their addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.base.documents.ledger_rows import column_name
from qingfeng.apps.base.documents.ledger_sheets import unmarked
from qingfeng.apps.base.documents.word_tables import check_readable, is_word, read_word_tables
from qingfeng.apps.base.records.workbooks import ENDINGS, Worksheet, read_worksheets
from qingfeng.apps.base.web.errors import BadInput

CellName = Callable[[int, int], str]
"""How a cell is called, by its row and column."""

MOST_MERGED = 100_000
"""Cells of one merged area that are looked into; larger ones are decoration."""


def address(row: int, column: int) -> str:
    """C5, as Excel calls it."""
    return f"{column_name(column)}{row + 1}"


@dataclass(frozen=True)
class Grid:
    """A worksheet: rows of values, the first row and column at nought."""

    name: str
    rows: list[list[Any]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """(first row, first column, last row, last column) of cells that are one."""
    place: CellName = address
    """How its cells are called: as Excel does, or as somebody counts who looks at a page of Word."""

    numbers: tuple[int, ...] = ()
    """Of Word: the number of each row in its table, nought for a line of text above it."""

    def called(self, row: int) -> str:
        """第3行, as the program counts in which the file is looked at."""
        number = self.numbers[row] if self.numbers else row + 1
        return _("第%(row)d行") % {"row": number} if number else _("表格上方")

    def column_called(self, row: int, column: int) -> str:
        """The column of this cell: C in Excel, the cell itself in Word."""
        return self.place(row, column) if self.numbers else column_name(column)

    def text(self, row: int, column: int) -> str:
        """What the cell says, in words; whole numbers without their “.0”."""
        cells = self.rows[row]
        value = cells[column] if column < len(cells) else None
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value).replace("\r\n", "\n").strip()

    def value(self, row: int, column: int) -> Any:
        """The cell as it was stored: dates stay dates."""
        cells = self.rows[row]
        value = cells[column] if column < len(cells) else None
        return value.date() if isinstance(value, datetime) else value

    def filled(self, row: int) -> list[tuple[int, str]]:
        """(column, text) of the cells of a row that say something."""
        known = self._filled.get(row)
        if known is None:
            texts = ((column, self.text(row, column)) for column in range(len(self.rows[row])))
            known = self._filled[row] = [(column, text) for column, text in texts if text]
        return known

    @property
    def is_blank(self) -> bool:
        """Whether no cell says anything."""
        return not any(self.filled(row) for row in range(len(self.rows)))

    @cached_property
    def _filled(self) -> dict[int, list[tuple[int, str]]]:
        """Looked at again and again while a table is understood."""
        return {}

    def head_of(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds the value for this one: the first of those merged with it, else itself."""
        return self._heads.get((row, column), (row, column))

    @cached_property
    def _heads(self) -> dict[tuple[int, int], tuple[int, int]]:
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.merged
            if (bottom - top + 1) * (right - left + 1) <= MOST_MERGED
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }

    def is_wide(self, row: int, column: int) -> bool:
        """Whether the cell that begins here goes over several columns."""
        return any(left == column and right > left for left, right in self._begun.get(row, ()))

    def is_across(self, row: int) -> bool:
        """Whether one cell goes over the whole row: a title or the heading of a section, no data."""
        filled = self.filled(row)
        return len(filled) == 1 and any(
            left == filled[0][0] and right - left >= 2 for left, right in self._begun.get(row, ())
        )

    @cached_property
    def _begun(self) -> dict[int, list[tuple[int, int]]]:
        """(first column, last column) of the merged cells that begin in each row."""
        begun: dict[int, list[tuple[int, int]]] = {}
        for top, left, _bottom, right in self.merged:
            begun.setdefault(top, []).append((left, right))
        return begun


def grids(content: bytes, name: str) -> list[Grid]:
    """The worksheets of a file, or the tables of a Word file. BadInput when it holds no table that can be read."""
    check_readable(content, name)
    if is_word(content):
        tables = read_word_tables(content, name)
        return [Grid(one.name, one.rows, one.merged, one.place, one.numbers) for one in tables]
    if content and Path(name).suffix.lower() not in ENDINGS:
        raise BadInput(
            _(
                "只能导入Excel（.xlsx、.xls、.et）、Word（.docx）或.csv文件，“%(name)s”不是。"
                "请另存为其中一种后再传。"
            )
            % {"name": name}
        )
    packed = content.startswith((b"PK", b"\xd0\xcf"))
    return [_grid(sheet, from_text=not packed) for sheet in read_worksheets(content, name)]


def _grid(sheet: Worksheet, *, from_text: bool) -> Grid:
    rows = sheet.rows
    if from_text:
        rows = [[unmarked(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    return Grid(sheet.name, rows, sheet.merged)
