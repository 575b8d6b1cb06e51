"""Many inspection sheets at once, as a file of ten thousand brings them: checked one by one, written together.

The rules are those of `registering.file_sheet`: each sheet, suggestion and problem has its event, numbers have no gap,
the running figures are right. What is asked of units, posts and origins is asked once for all sheets of a part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.actions import action, create_all
from qingfeng.apps.work.campaigns.models import Campaign, ColumnTarget
from qingfeng.apps.work.inspections import actions as inspections
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.inspections.models import Sheet, Suggestion
from qingfeng.apps.work.problems.actions.columns import ColumnWriter
from qingfeng.apps.work.problems.actions.registering import (
    ProblemEntry,
    answering,
    name_others,
    new_problems,
)
from qingfeng.apps.work.problems.actions.summing import adjust, figures_of
from qingfeng.apps.work.problems.models import Problem


@dataclass(frozen=True)
class NewSheet:
    """A sheet that may be filed, with all that comes with it: nothing of it is numbered or written yet."""

    sheet: Sheet
    suggestions: list[Suggestion]
    problems: list[Problem]
    entries: tuple[ProblemEntry, ...]
    """One a problem."""
    columns: Mapping[str, Any]


def new_sheet(
    *,
    campaign: Campaign,
    entry: SheetEntry,
    problems: tuple[ProblemEntry, ...],
    by: User,
    writer: ColumnWriter,
    columns: Mapping[str, Any],
) -> NewSheet:
    """What `file_sheet` would write. BadInput or Refused says why it would not."""
    sheet, suggestions = inspections.new_sheet(campaign=campaign, entry=entry, by=by)
    writer.checked(ColumnTarget.SHEET, columns)
    for problem in problems:
        writer.checked(ColumnTarget.PROBLEM, problem.columns)
    return NewSheet(sheet, suggestions, new_problems(sheet, problems, by), problems, columns)


@action
def file_new_sheets(*, new: Sequence[NewSheet], by: User, writer: ColumnWriter) -> None:
    """All of them, made by `new_sheet` in this very transaction."""
    inspections.file_new_sheets(new=[(one.sheet, one.suggestions) for one in new], by=by)
    for one in new:
        for problem in one.problems:
            problem.number = f"{one.sheet.full_number}-{problem.ordinal}"
    problems = [problem for one in new for problem in one.problems]
    create_all(problems, by=by, kind="problem.found")
    _link(new)
    for one in new:
        writer.of_sheet(one.sheet, one.columns, by)
        for problem, entry in zip(one.problems, one.entries, strict=True):
            name_others(problem, entry, by)
            writer.of_problem(problem, entry.columns, by)
    adjust(taken=[], added=[figures_of(problem) for problem in problems])


def _link(new: Iterable[NewSheet]) -> None:
    """Each problem to the suggestions that answer it."""
    links = Problem.suggestions.through
    links.objects.bulk_create(
        links(problem=problem, suggestion=suggestion)
        for one in new
        for problem, entry in zip(one.problems, one.entries, strict=True)
        for suggestion in answering(entry, one.suggestions)
    )
