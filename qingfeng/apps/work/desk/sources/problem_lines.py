"""Problems that wait, before they are read: all sources of a desk share one reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.marks import Due
from qingfeng.apps.work.desk.matters import Kind, Matter, kind_of
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.visibility import with_shown_number


@dataclass(frozen=True)
class OfProblem:
    """A problem by its key, what waits to be done with it, and which of its dates counts."""

    pk: int
    verb: str
    move: str = ""
    kind: Kind | None = None
    """None: overdue, or due."""
    dated: Literal["due", "look_back", "review"] = "due"
    by_clerk: bool = False


def read(lines: Iterable[Matter | OfProblem], user: User) -> list[Matter]:
    """Matters, each problem with its number as this user may read it. Two queries, none without problems."""
    listed = list(lines)
    keys = {line.pk for line in listed if isinstance(line, OfProblem)}
    rows = Problem.objects.filter(pk__in=keys).select_related("lead_unit")
    problems = {row.pk: row for row in with_shown_number(rows, user)} if keys else {}
    return [
        line if isinstance(line, Matter) else _matter(line, problems[line.pk])
        for line in listed
        if isinstance(line, Matter) or line.pk in problems
    ]


def _matter(line: OfProblem, problem: Problem) -> Matter:
    due = {
        "due": Due(problem.due_date, problem.first_due_date),
        "look_back": Due(problem.look_back_on),
        "review": Due(problem.review_on),
    }[line.dated]
    return Matter(
        line.kind or kind_of(due.day),
        problem.text,
        f"{problem.shown_number} · {problem.lead_unit.short_name}",
        reverse("problems:problem", args=[problem.reference]),
        line.verb,
        reverse("problems:move", args=[problem.reference, line.move]) if line.move else "",
        due if due.day else None,
        by_clerk=line.by_clerk,
    )
