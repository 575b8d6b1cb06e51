"""Columns that the campaign adds, in a rectification ledger: what it says under them, and what of it is new.

An empty box says nothing, as everywhere in a rectification ledger: what the platform knows stays. Columns of sheets as a
whole are not taken from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import ColumnTarget, ExtraColumn
from qingfeng.apps.work.problems.extra_columns import ValuesOf, on_page, told_apart
from qingfeng.apps.work.problems.imports.columns import Heading
from qingfeng.apps.work.problems.imports.extra_columns import Extra, ExtraChecks, TakenOff, words_under
from qingfeng.apps.work.problems.imports.grids import Grid
from qingfeng.apps.work.problems.imports.model import EXTRA, ReadExtra
from qingfeng.apps.work.problems.imports.rectification.model import Piece, ReadAnswer
from qingfeng.apps.work.problems.models import Problem


def of_problems(extra: Extra) -> list[ExtraColumn]:
    """Those that a rectification ledger may fill."""
    return [column for column in extra if column.target == ColumnTarget.PROBLEM]


def with_columns(
    grid: Grid, head: Heading, answers: Iterable[ReadAnswer], extra: Extra
) -> Iterator[ReadAnswer]:
    """The rows of a table with what stands under the added columns in them."""
    at = {box.removeprefix(EXTRA): column for column, box in head.boxes.items() if box.startswith(EXTRA)}
    found = [(column.code, at[column.code]) for column in extra if column.code in at]
    for answer in answers:
        told = []
        for code, place in found:
            rows = [row - 1 for row in answer.rows]
            words = ((words_under(grid, row, place, head.below), grid.place(row, place)) for row in rows)
            told += [ReadExtra(code, text, cell) for text, cell in words if text][:1]
        yield _said_of(answer, told)


def back_on(form: TakenOff, answers: Iterable[ReadAnswer]) -> Iterator[ReadAnswer]:
    """The forms that were read without the boxes of added columns, with what stood in them."""
    for answer in answers:
        own = [one for one in form.found if one[1] + 1 in answer.rows and one[2]]
        problems = [one for one in own if one[0].target == ColumnTarget.PROBLEM]
        yield _said_of(
            answer, [ReadExtra(column.code, words, cell) for column, _row, words, cell in problems]
        )


def _said_of(answer: ReadAnswer, told: Sequence[ReadExtra]) -> ReadAnswer:
    """Of a box that speaks for several problems, the part of this one."""
    own = [replace(one, words=told_apart(one.words, answer.out_of)[answer.ordinal - 1]) for one in told]
    return replace(answer, extra=tuple(one for one in own if one.words))


class AddedValues:
    """What the platform knows of these problems under the added columns. One query, where there are columns."""

    def __init__(self, checks: ExtraChecks, problems: Iterable[Problem]) -> None:
        self._checks = checks
        self._known = ValuesOf(problems, ColumnTarget.PROBLEM)
        self._columns = {column.code: column for column in of_problems(checks.columns)}

    def pieces(self, read: ReadAnswer, problem: Problem) -> Iterator[Piece]:
        """A column that was ended since the file was read says nothing."""
        for one in read.extra:
            column = self._columns.get(one.code)
            if column is not None:
                yield from self._piece(column, one.words, problem)

    def _piece(self, column: ExtraColumn, words: str, problem: Problem) -> Iterator[Piece]:
        try:
            value = self._checks.value(column, words)
        except BadInput as error:
            yield Piece("column", words, "left", str(error), code=column.code, name=column.name)
            return
        if value is None:
            return
        said, known = on_page(value.shown), on_page(self._known.value(problem.pk, column))
        why = _("平台上原为“%(known)s”，将改成附件写的。") % {"known": known} if known else ""
        yield Piece(
            "column",
            said,
            "same" if said == known else "new",
            "" if said == known else why,
            code=column.code,
            name=column.name,
        )
