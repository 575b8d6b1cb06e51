"""Columns that the campaign adds, recognised by their names in the files that offices hand in.

Beside the readers of tables and forms, which know nothing of them: a table's header is told of them before it is read,
and what stands under them is added to the sheets that were read; of a paper form their boxes are taken off first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.column_names import same
from qingfeng.apps.work.campaigns.models import Campaign, ColumnTarget, ExtraColumn
from qingfeng.apps.work.problems.extra_columns import columns_of, told_apart
from qingfeng.apps.work.problems.extra_reading import Value, ValueReader
from qingfeng.apps.work.problems.imports.boxes import NAMES, box_named
from qingfeng.apps.work.problems.imports.columns import Column, Heading
from qingfeng.apps.work.problems.imports.grids import Grid
from qingfeng.apps.work.problems.imports.model import EXTRA, Fault, ReadExtra, ReadProblem, ReadSheet

Extra = Sequence[ExtraColumn]


def extra_of(campaign: Campaign) -> list[ExtraColumn]:
    """The columns in use, those of problems and of sheets."""
    return [column for target in ColumnTarget.values for column in columns_of(campaign, target)]


def own_names() -> Iterable[str]:
    """The names that boxes of sheets and ledgers go by: no added column may bear one."""
    return (name for names in NAMES.values() for name in names)


def box_choices(extra: Extra) -> list[tuple[str, str]]:
    """As boxes to choose for a column of a file."""
    return [(f"{EXTRA}{column.code}", column.name) for column in extra]


# Tables


def recognised(head: Heading, extra: Extra, chosen: Mapping[str, Any] | None = None) -> Heading:
    """The header with the added columns that it names; what a person said of a column stands."""
    told = (chosen or {}).get("columns", {})
    names = {same(column.name): f"{EXTRA}{column.code}" for column in extra}
    known = set(names.values())
    columns = []
    for column in head.columns:
        box = names.get(same(column.heading), "")
        if str(column.at) in told or not box:
            lost = column.box.startswith(EXTRA) and column.box not in known
            columns.append(replace(column, box="") if lost else column)
        else:
            columns.append(replace(column, box=box, sure=True))
    return replace(head, columns=tuple(_named_again(head, columns, told)))


def _named_again(head: Heading, columns: list[Column], told: Mapping[str, Any]) -> Iterator[Column]:
    """A column whose box had been given to one that is like it, and is an added column, gets its box back."""
    taken = {column.box for column in columns}
    for column in columns:
        box = head.words.box_named(column.heading)
        if box and not column.box and box not in taken and str(column.at) not in told:
            taken.add(box)
            yield replace(column, box=box, sure=True)
        else:
            yield column


def with_columns(grid: Grid, head: Heading, sheets: Iterable[ReadSheet], extra: Extra) -> Iterator[ReadSheet]:
    """The sheets of a table with what stands under the added columns in their rows."""
    at = {box.removeprefix(EXTRA): column for column, box in head.boxes.items() if box.startswith(EXTRA)}
    found = [(column, at[column.code]) for column in extra if column.code in at]
    if not found:
        yield from sheets
        return
    problems_at = next((column for column, box in head.boxes.items() if box == "problems"), 0)
    for sheet in sheets:
        rows = [row - 1 for row in sheet.rows]
        of_place = {grid.place(row, problems_at): row for row in rows}
        yield _with(
            sheet,
            [
                (column, place, words_under(grid, row, place_at, head.below), grid.place(row, place_at))
                for column, place_at in found
                for place, row in of_place.items()
            ],
        )


def words_under(grid: Grid, row: int, column: int, first: int) -> str:
    """What the cell says, or the one with which it is merged."""
    top, left = grid.head_of(row, column)
    return _plain(grid.value(top, left)) if top >= first else ""


def _plain(value: Any) -> str:
    """A cell as text that is read again as the same value."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


# Paper forms


@dataclass(frozen=True)
class TakenOff:
    """A form without its added boxes, and what stood in them: (column, row, words, cell)."""

    grid: Grid
    found: tuple[tuple[ExtraColumn, int, str, str], ...] = ()

    def back_on(self, sheets: Iterable[ReadSheet]) -> Iterator[ReadSheet]:
        """The forms that were read without them, with what stood in them."""
        for sheet in sheets:
            own = [one for one in self.found if one[1] + 1 in sheet.rows]
            yield _with(sheet, [(column, "", words, cell) for column, _row, words, cell in own])


def taken_off(grid: Grid, extra: Extra) -> TakenOff:
    """The boxes whose labels are names of added columns, each with the words to its right."""
    names = {same(column.name): column for column in extra}
    rows, found = [list(row) for row in grid.rows], []
    for row in range(len(grid.rows)):
        filled = list(grid.filled(row))
        for place, (at, text) in enumerate(filled):
            column = names.get(same(text))
            if column is None:
                continue
            rows[row][at] = None
            words, cell = "", grid.place(row, at)
            if place + 1 < len(filled) and not _is_label(filled[place + 1][1], names):
                value_at = filled[place + 1][0]
                words, cell = _plain(grid.value(row, value_at)), grid.place(row, value_at)
                rows[row][value_at] = None
            found.append((column, row, words, cell))
    return TakenOff(replace(grid, rows=rows), tuple(found)) if found else TakenOff(grid)


def _is_label(text: str, names: Mapping[str, ExtraColumn]) -> bool:
    return bool(box_named(text)) or same(text) in names


# What was read


def _with(sheet: ReadSheet, found: Sequence[tuple[ExtraColumn, str, str, str]]) -> ReadSheet:
    """`found`: (column, cell of the problems of which it is said or empty for all, words, cell)."""
    of_sheet = [one for one in found if one[0].target == ColumnTarget.SHEET and one[2]]
    own = {
        column.code: ReadExtra(column.code, words, cell) for column, _at, words, cell in reversed(of_sheet)
    }
    problems = list(sheet.problems)
    for column, at, words, cell in found:
        if column.target != ColumnTarget.PROBLEM or not words:
            continue
        meant = [place for place, problem in enumerate(problems) if at in ("", problem.place)]
        if not meant:
            said = _("没有问题，“%(name)s”的“%(text)s”没有导入。")
            sheet = sheet.doubtful(cell, said % {"name": column.name, "text": words[:30]})
        for place, part in zip(meant, told_apart(words, len(meant)), strict=True):
            if part:
                problems[place] = _said_of(problems[place], ReadExtra(column.code, part, cell))
    return replace(sheet, extra=tuple(own.values()), problems=tuple(problems))


def _said_of(problem: ReadProblem, extra: ReadExtra) -> ReadProblem:
    return replace(problem, extra=(*problem.extra, extra))


class ExtraChecks:
    """What filing would say of the added values, said before with the very cell; and the values as filing takes them."""

    def __init__(self, campaign: Campaign) -> None:
        self.columns = extra_of(campaign)
        self._by_code = {column.code: column for column in self.columns}
        self._reader = ValueReader(campaign)

    def checked(self, read: ReadSheet) -> ReadSheet:
        """The sheet with a fault for each value that does not fit, and for each that is missing."""
        if not self.columns:
            return read
        found = [*self._faults(read, ColumnTarget.SHEET, read.extra, read.place)]
        for number, problem in enumerate(read.problems, 1):
            which = _("第%(number)d个问题") % {"number": number} if len(read.problems) > 1 else ""
            found += self._faults(read, ColumnTarget.PROBLEM, problem.extra, problem.place, which)
        return replace(read, faults=tuple(dict.fromkeys((*read.faults, *found)))) if found else read

    def value(self, column: ExtraColumn, words: str) -> Value | None:
        """What was written, as it is kept; BadInput says why it does not fit."""
        return self._reader.read(column, words)

    def given(self, extra: Iterable[ReadExtra]) -> dict[str, str]:
        """As the actions take them; a column that was ended since is left out."""
        return {one.code: one.words for one in extra if one.code in self._by_code}

    def _faults(
        self, read: ReadSheet, target: str, extra: Iterable[ReadExtra], place: str, which: str = ""
    ) -> Iterator[Fault]:
        written = {one.code: one for one in extra}
        for column in self.columns:
            if column.target != target:
                continue
            one = written.get(column.code, ReadExtra(column.code, "", place))
            try:
                if self._reader.read(column, one.words) is None and column.required:
                    raise BadInput(_("“%(name)s”没有填写，本专项要求必填。") % {"name": column.name})
            except BadInput as error:
                said = f"{which}{_('，')}{error}" if which else str(error)
                yield Fault(read.worksheet, one.cell or place, said)
