"""Where it is stuck: the longest overdue, what came back again and again, what was put off again and again."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.marks import Due
from qingfeng.apps.work.desk.figures import Counting, address, rows_of
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


def stuck(counting: Counting, *, verb: str, instructing: bool) -> list[Stuck]:
    """Three lists, each problem in the first one only. Two queries beside those of the counting."""
    wanted = {
        "overdue": _("逾期最久"),
        "returned_often": _("退回两次以上"),
        "extended_often": _("延期两次以上"),
    }
    late = rows_of("overdue", counting.user, counting.campaign).order_by("due_date", "pk")
    longest = list(late.values_list("pk", flat=True)[:SHOWN])
    taken: dict[int, str] = {}
    for key, keys in {"overdue": longest, **counting.often}.items():
        taken |= dict.fromkeys([pk for pk in keys if pk not in taken][:SHOWN], key)
    problems = _read(list(taken), counting.user)
    return [
        Stuck(
            title,
            address(key),
            tuple(_matter(problem, verb, instructing) for problem in problems if taken[problem.pk] == key),
        )
        for key, title in wanted.items()
        if key in taken.values()
    ]


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
