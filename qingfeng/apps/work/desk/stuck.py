"""Where it is stuck: the longest overdue, what came back again and again, what was put off again and again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.marks import Due
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.desk.figures import address, rows_of
from qingfeng.apps.work.desk.matters import Matter
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.visibility import with_shown_number

SHOWN = 4


@dataclass(frozen=True)
class Stuck:
    """One way of being stuck, with its first few problems and the address of all."""

    title: str
    href: str
    matters: tuple[Matter, ...]


def stuck(user: User, campaign: Campaign, *, verb: str, instructing: bool) -> list[Stuck]:
    """Three lists, each problem in the first one only. Five queries."""
    wanted = {
        "overdue": _("逾期最久"),
        "returned_often": _("退回两次以上"),
        "extended_often": _("延期两次以上"),
    }
    taken: dict[int, str] = {}
    for key in wanted:
        for pk in _first(rows_of(key, user, campaign).exclude(pk__in=list(taken))):
            taken[pk] = key
    problems = _read(list(taken), user)
    return [
        Stuck(
            title,
            address(key),
            tuple(_matter(problem, verb, instructing) for problem in problems if taken[problem.pk] == key),
        )
        for key, title in wanted.items()
        if key in taken.values()
    ]


def _first(rows: QuerySet[Problem]) -> list[int]:
    return list(rows.order_by("due_date", "pk").values_list("pk", flat=True)[:SHOWN])


def _read(keys: list[int], user: User) -> list[Problem]:
    if not keys:
        return []
    rows = Problem.objects.filter(pk__in=keys).select_related("lead_unit")
    return sorted(with_shown_number(rows, user), key=lambda problem: keys.index(problem.pk))


def _matter(problem: Problem, verb: str, instructing: bool) -> Matter:
    href = reverse("problems:problem", args=[problem.reference])
    return Matter(
        "overdue",
        problem.text,
        f"{problem.lead_unit.short_name} · {problem.shown_number}",
        href,
        verb,
        f"{reverse('problems:instruction_new')}?problem={problem.reference}" if instructing else href,
        Due(problem.due_date, problem.first_due_date),
    )
