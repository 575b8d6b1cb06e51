"""Which column of a ledger is which box: the header row, found or told, and how sure we are of each column."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.work.problems.imports.boxes import INSPECTION
from qingfeng.apps.work.problems.imports.grids import Grid
from qingfeng.apps.work.problems.imports.model import EXTRA, Fault
from qingfeng.apps.work.problems.imports.vocabulary import Vocabulary

HEADER_WITHIN = 15
LEAST_HEADS = 4
FEWEST_HEADS = 3
"""Enough where the names stand side by side, as in a header row and not in the paper form."""
ALIKE = 0.7
SAMPLE = 40
Chosen = Mapping[str, Mapping[str, Any]]
"""What a person said of the columns: {worksheet: {"row": 3, "columns": {"4": "inspectors", "5": ""}, "all": {"content": "…"}}}."""


@dataclass(frozen=True)
class Column:
    """One column: its heading, the box it fills (none: left out) and whether the heading says so beyond doubt."""

    at: int
    heading: str
    box: str
    sure: bool
    sample: str = ""
    letter: str = ""
    """What it is called in the file: C."""


@dataclass(frozen=True)
class Heading:
    """The header of one worksheet, of one row or of two."""

    worksheet: str
    row: int
    below: int
    """The row after it, where the data begin."""
    columns: tuple[Column, ...]
    given: frozenset[str] = frozenset()
    """Boxes that a line above the table fills for all of its rows."""
    told: Mapping[str, str] = field(default_factory=dict)
    """Words that a person gave for all rows, where the table has no such column."""
    place: str = ""
    """Its first cell."""
    number: str = ""
    """The row in words: 第3行."""
    words: Vocabulary = INSPECTION

    @cached_property
    def boxes(self) -> dict[int, str]:
        return {column.at: column.box for column in self.columns if column.box}

    @property
    def missing(self) -> list[str]:
        known = {*self.boxes.values(), *self.given, *self.told}
        return [box for box in self.words.needed if box not in known]

    @property
    def for_all(self) -> list[tuple[str, str, str]]:
        """(box, its name, words) of the needed boxes without a column: what may be said once for all rows."""
        boxes = [box for box in self.words.needed if box in self.missing or box in self.told]
        return [(box, self.words.name_of(box), self.told.get(box, "")) for box in boxes]

    @property
    def unsure(self) -> list[Column]:
        return [column for column in self.columns if not column.sure]

    def fault(self) -> Fault | None:
        """What is said of a table that lacks a column without which there is no sheet."""
        if not self.missing:
            return None
        names = "、".join(f"“{self.words.name_of(box)}”" for box in self.missing)
        return Fault(
            self.worksheet,
            self.place,
            _(
                "表头里没有%(names)s列，这张表没有读。请在“列的对应”里指定是哪一列或为各行填同一内容，"
                "也可以在Excel里补上这一列后重新选择文件。"
            )
            % {"names": names},
        )


def heading(
    grid: Grid, chosen: Mapping[str, Any] | None = None, words: Vocabulary = INSPECTION
) -> Heading | None:
    """The header as told, else as found within the first rows; None when there is none."""
    if chosen is not None:
        row = min(max(int(chosen.get("row", 0)), 0), max(len(grid.rows) - 1, 0))
        columns = {
            int(at): box
            for at, box in chosen.get("columns", {}).items()
            if not box or box in words.names or box.startswith(EXTRA)
        }
        if not grid.rows:
            return None
        head = _heading(grid, row, columns, words)
        told = {box: str(said) for box, said in chosen.get("all", {}).items() if box in words.needed and said}
        return replace(head, told={box: said for box, said in told.items() if box not in head.boxes.values()})
    rows = range(min(HEADER_WITHIN, len(grid.rows)))
    candidates = [row for row in rows if _looks_like_one(grid, row, words)]
    if not candidates:
        return None
    return _heading(grid, max(candidates, key=lambda row: _named(grid, row, words)), {}, words)


def _looks_like_one(grid: Grid, row: int, words: Vocabulary) -> bool:
    """Enough names that we know, among all that we know or guess those that tell this paper from others."""
    at = sorted(column for column, text in grid.filled(row) if words.box_named(text))
    if not at:
        return False
    sure = {words.box_named(grid.text(row, column)) for column in at}
    sure |= set(_second_row(grid, row, words).values())
    beside = any(right - left == 1 for left, right in itertools.pairwise(at))
    if len(sure) < FEWEST_HEADS or not (beside or len(sure) >= LEAST_HEADS):
        return False
    known = {*sure, *_heading(grid, row, {}, words).boxes.values()}
    return all(known & one_of for one_of in words.telling)


def _named(grid: Grid, row: int, words: Vocabulary) -> int:
    first = {words.box_named(text) for _column, text in grid.filled(row)} - {""}
    return len(first) + len(_second_row(grid, row, words))


def _second_row(grid: Grid, row: int, words: Vocabulary) -> dict[int, str]:
    """Boxes that the row below names under a heading of several columns; nothing when it says more than that."""
    if row + 1 >= len(grid.rows):
        return {}
    below = {column: words.box_named(text) for column, text in grid.filled(row + 1)}
    filled = grid.filled(row)
    own = {column for column, text in filled if words.box_named(text) and not grid.is_wide(row, column)}
    if own & set(below):
        return {}
    return {column: box for column, box in below.items() if box}


def _heading(grid: Grid, row: int, told: Mapping[int, str], words: Vocabulary) -> Heading:
    second = _second_row(grid, row, words)
    below = row + 2 if second else row + 1
    texts = dict(grid.filled(row))
    texts |= dict(grid.filled(row + 1)) if second else {}
    columns: list[Column] = []
    taken = set(told.values())
    for column in sorted({*texts, *told}):
        text = texts.get(column, "")
        box, sure = _box_of(text, taken, words) if column not in told else (told[column], True)
        taken |= {box} if box else set()
        sample = _sample(grid, below, column)
        letter = grid.column_called(row, column)
        columns.append(Column(column, text, box, sure, sample, letter))
    place, number = grid.place(row, 0), grid.called(row)
    return Heading(grid.name, row, below, tuple(columns), place=place, number=number, words=words)


def _box_of(text: str, taken: set[str], words: Vocabulary) -> tuple[str, bool]:
    """(box, sure) of a heading that nobody has told us about."""
    name = re.sub(r"\s|[:：*]", "", re.sub(r"[(（][^)）]*[)）]", "", text))
    box = words.box_named(text)
    if box:
        return (box, True) if box not in taken else ("", False)
    if name in words.left_out:
        return "", True
    names = words.names.items()
    alike = [(SequenceMatcher(None, name, other).ratio(), box) for box, known in names for other in known]
    ratio, box = max(alike)
    return (box, False) if ratio >= ALIKE and box not in taken else ("", False)


def _sample(grid: Grid, first: int, column: int) -> str:
    """The first words under the heading, by which a person knows the column again."""
    texts = (grid.text(row, column) for row in range(first, min(first + HEADER_WITHIN, len(grid.rows))))
    return next((text[:SAMPLE] for text in texts if text), "")
