"""Workbooks and CSV files as grids of cells with their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from qingfeng.apps.base.records.workbooks import read_worksheets

MOST_MERGED = 100_000
"""Cells of one merged area that are looked into; larger ones are decoration."""


@dataclass(frozen=True)
class Grid:
    """A worksheet: rows of values, the first row and column at nought."""

    name: str
    rows: list[list[Any]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """(first row, first column, last row, last column) of cells that are one."""

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

    def filled(self, row: int) -> Iterator[tuple[int, str]]:
        """(column, text) of the cells of a row that say something."""
        for column in range(len(self.rows[row])):
            text = self.text(row, column)
            if text:
                yield column, text

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

    def is_across(self, row: int) -> bool:
        """Whether one cell goes over the whole row: a title or the heading of a section, no data."""
        filled = [column for column, _text in self.filled(row)]
        return len(filled) == 1 and any(
            top == row and left == filled[0] and right - left >= 2 for top, left, _b, right in self.merged
        )


def address(row: int, column: int) -> str:
    """C5, as Excel calls it."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def grids(content: bytes, name: str) -> list[Grid]:
    """The worksheets of a file. BadInput when it is not a table that can be read."""
    return [Grid(sheet.name, sheet.rows, sheet.merged) for sheet in read_worksheets(content, name)]
