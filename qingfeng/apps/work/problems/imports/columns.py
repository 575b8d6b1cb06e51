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

from qingfeng.apps.work.problems.imports.boxes import NAMES, box_named
from qingfeng.apps.work.problems.imports.grids import Grid
from qingfeng.apps.work.problems.imports.model import EXTRA, Fault

HEADER_WITHIN = 15
LEAST_HEADS = 4
FEWEST_HEADS = 3
"""Enough where the names stand side by side, as in a header row and not in the paper form."""
NEEDED = ("inspected_on", "inspected_unit", "inspectors", "content")
ALIKE = 0.7
SAMPLE = 40
Chosen = Mapping[str, Mapping[str, Any]]
"""What a person said of the columns: {worksheet: {"row": 3, "columns": {"4": "inspectors", "5": ""}, "all": {"content": "…"}}}."""
_LEFT_OUT = frozenset(
    [
        "序号",
        "编码",
        "备注",
        "说明",
        "整改措施",
        "整改情况",
        "整改结果",
        "整改进展",
        "完成情况",
        "是否完成",
        "是否整改",
        "是否销号",
        "销号时间",
        "销号日期",
        "整改状态",
        "状态",
        "联系人",
        "联系电话",
        "电话",
        "附件",
        "问题来源",
        "问题数",
        "问题数量",
        "问题个数",
        "检查地点",
        "地点",
        "处理情况",
        "处理结果",
        "佐证材料",
    ]
)


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

    @cached_property
    def boxes(self) -> dict[int, str]:
        return {column.at: column.box for column in self.columns if column.box}

    @property
    def missing(self) -> list[str]:
        known = {*self.boxes.values(), *self.given, *self.told}
        return [box for box in NEEDED if box not in known]

    @property
    def for_all(self) -> list[tuple[str, str, str]]:
        """(box, its name, words) of the needed boxes without a column: what may be said once for all rows."""
        boxes = [box for box in NEEDED if box in self.missing or box in self.told]
        return [(box, NAMES[box][0], self.told.get(box, "")) for box in boxes]

    @property
    def unsure(self) -> list[Column]:
        return [column for column in self.columns if not column.sure]

    def fault(self) -> Fault | None:
        """What is said of a table that lacks a column without which there is no sheet."""
        if not self.missing:
            return None
        names = "、".join(f"“{NAMES[box][0]}”" for box in self.missing)
        return Fault(
            self.worksheet,
            self.place,
            _(
                "表头里没有%(names)s列，这张表没有读。请在“列的对应”里指定是哪一列或为各行填同一内容，"
                "也可以在Excel里补上这一列后重新选择文件。"
            )
            % {"names": names},
        )


def heading(grid: Grid, chosen: Mapping[str, Any] | None = None) -> Heading | None:
    """The header as told, else as found within the first rows; None when there is none."""
    if chosen is not None:
        row = min(max(int(chosen.get("row", 0)), 0), max(len(grid.rows) - 1, 0))
        columns = {
            int(at): box
            for at, box in chosen.get("columns", {}).items()
            if not box or box in NAMES or box.startswith(EXTRA)
        }
        if not grid.rows:
            return None
        head = _heading(grid, row, columns)
        told = {box: str(words) for box, words in chosen.get("all", {}).items() if box in NEEDED and words}
        return replace(
            head, told={box: words for box, words in told.items() if box not in head.boxes.values()}
        )
    candidates = [row for row in range(min(HEADER_WITHIN, len(grid.rows))) if _looks_like_one(grid, row)]
    return _heading(grid, max(candidates, key=lambda row: _named(grid, row)), {}) if candidates else None


def _looks_like_one(grid: Grid, row: int) -> bool:
    """Enough names that we know, among all that we know or guess the unit or the problems."""
    at = sorted(column for column, text in grid.filled(row) if box_named(text))
    if not at:
        return False
    sure = {box_named(grid.text(row, column)) for column in at} | set(_second_row(grid, row).values())
    beside = any(right - left == 1 for left, right in itertools.pairwise(at))
    if len(sure) < FEWEST_HEADS or not (beside or len(sure) >= LEAST_HEADS):
        return False
    return bool({"inspected_unit", "problems"} & {*sure, *_heading(grid, row, {}).boxes.values()})


def _named(grid: Grid, row: int) -> int:
    return len({box_named(text) for _column, text in grid.filled(row)} - {""}) + len(_second_row(grid, row))


def _second_row(grid: Grid, row: int) -> dict[int, str]:
    """Boxes that the row below names under a heading of several columns; nothing when it says more than that."""
    if row + 1 >= len(grid.rows):
        return {}
    below = {column: box_named(text) for column, text in grid.filled(row + 1)}
    own = {column for column, text in grid.filled(row) if box_named(text) and not grid.is_wide(row, column)}
    if own & set(below):
        return {}
    return {column: box for column, box in below.items() if box}


def _heading(grid: Grid, row: int, told: Mapping[int, str]) -> Heading:
    second = _second_row(grid, row)
    below = row + 2 if second else row + 1
    texts = dict(grid.filled(row))
    texts |= dict(grid.filled(row + 1)) if second else {}
    columns: list[Column] = []
    taken = set(told.values())
    for column in sorted({*texts, *told}):
        box, sure = _box_of(texts.get(column, ""), taken) if column not in told else (told[column], True)
        taken |= {box} if box else set()
        sample = _sample(grid, below, column)
        letter = grid.column_called(row, column)
        columns.append(Column(column, texts.get(column, ""), box, sure, sample, letter))
    return Heading(grid.name, row, below, tuple(columns), place=grid.place(row, 0), number=grid.called(row))


def _box_of(text: str, taken: set[str]) -> tuple[str, bool]:
    """(box, sure) of a heading that nobody has told us about."""
    name = re.sub(r"\s|[:：*]", "", re.sub(r"[(（][^)）]*[)）]", "", text))
    box = box_named(text)
    if box:
        return (box, True) if box not in taken else ("", False)
    if name in _LEFT_OUT:
        return "", True
    alike = [
        (SequenceMatcher(None, name, other).ratio(), box) for box, names in NAMES.items() for other in names
    ]
    ratio, box = max(alike)
    return (box, False) if ratio >= ALIKE and box not in taken else ("", False)


def _sample(grid: Grid, first: int, column: int) -> str:
    """The first words under the heading, by which a person knows the column again."""
    texts = (grid.text(row, column) for row in range(first, min(first + HEADER_WITHIN, len(grid.rows))))
    return next((text[:SAMPLE] for text in texts if text), "")
