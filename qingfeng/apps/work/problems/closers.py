"""Who may strike a problem off.

A closer neither rectified it nor belongs to the unit that has it. What a unit found itself is closed by the street's
discipline committee or the dispatched group; what a group found, by that group. If nobody there qualifies, the right
moves one level up; it is never waived (RULES §4, sealing by a second person).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Appointment, Group, GroupKind, Role, User
from qingfeng.apps.base.orgs.queries import members, overseeing_groups
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.work.problems.models import CoUnit, Evidence, Measure, Problem, Submission

COMMITTEES = (GroupKind.STREET_COMMITTEE, GroupKind.DISPATCHED_GROUP)


@dataclass(frozen=True)
class Closers:
    """The body whose turn it is, and who of it qualifies."""

    groups: tuple[Group, ...]
    users: tuple[User, ...]

    @property
    def body(self) -> str:
        return "、".join(group.name for group in self.groups)


@dataclass(frozen=True)
class Bars:
    """Who is barred from deciding about a problem: accounts that had a hand in it, persons who belong to its units."""

    accounts: frozenset[int]
    persons: frozenset[int]

    def against(self, user: User, problem: Problem) -> str:
        """Why this person may not close it out whatever the level, in the user's words; empty if nothing hinders."""
        if user.pk in self.accounts or user.person_id == problem.responsible_person_id:
            return _("您参与了该问题的整改，不能由您审核。")
        if user.person_id in self.persons:
            return _("您属于问题单位，不能由您审核。")
        return ""


def bars_of(problem: Problem) -> Bars:
    """Two queries, however many people are then asked about."""
    helping = CoUnit.objects.filter(problem=problem).values("unit_id")
    posts = Appointment.objects.on(clock.today()).filter(
        Q(post__unit=problem.lead_unit_id) | Q(post__unit__in=helping)
    )
    return Bars(frozenset(rectifiers(problem)), frozenset(posts.values_list("person_id", flat=True)))


def closers(problem: Problem, bars: Bars | None = None) -> Closers:
    """The first level at which somebody qualifies; the last level with nobody if there is none."""
    level, bars = Closers((), ()), bars or bars_of(problem)
    for groups in levels(problem):
        level = Closers(groups, tuple(user for user in _people(groups) if not bars.against(user, problem)))
        if level.users:
            return level
    return level


def levels(problem: Problem) -> Iterator[tuple[Group, ...]]:
    """The bodies that may close, nearest first; the campaign office last."""
    if problem.finding_group:
        yield (problem.finding_group,)
    else:
        overseeing = overseeing_groups(problem.lead_unit, COMMITTEES, clock.today())
        for _depth, rows in groupby(overseeing, key=lambda row: row[1]):
            yield tuple(group for group, _ in rows)
    if problem.finding_group_id != problem.campaign.office_id:
        yield (problem.campaign.office,)


def hindrance(user: User, problem: Problem) -> str:
    """Why this person may not close it out whatever the level, in the user's words; empty if nothing hinders."""
    return bars_of(problem).against(user, problem)


def rectifiers(problem: Problem) -> set[int]:
    """Ids of all accounts that had a hand in putting it right: measures, proof, submissions, signatures, sub-tasks."""
    hands = [
        rows.objects.filter(problem=problem).order_by().values_list(field, flat=True)
        for rows, field in (
            (Measure, "entered_by"),
            (Evidence, "added_by"),
            (Submission, "submitted_by"),
            (Submission, "signed_by"),
            (CoUnit, "done_by"),
        )
    ]
    return {account for account in hands[0].union(*hands[1:]) if account is not None}


def check_is_closer(user: User, problem: Problem) -> None:
    """Refused with the reason unless it is this user's turn to decide about this problem."""
    bars = bars_of(problem)
    reason = bars.against(user, problem)
    turn = closers(problem, bars)
    if reason:
        others = _("应由%(body)s办理。") % {"body": turn.body} if turn.users else ""
        raise Refused(reason + others)
    if user.pk not in {other.pk for other in turn.users}:
        if not turn.users:
            raise Refused(_("各级均没有符合条件的销号人，请专治办增派人员后再办。"))
        raise Refused(_("该问题应由%(body)s销号。") % {"body": turn.body})


def _people(groups: tuple[Group, ...]) -> list[User]:
    day = clock.today()
    people: dict[int, User] = {}
    for group in groups:
        people |= {user.pk: user for user in members(group, {Role.INSPECTOR, Role.OFFICE}, day)}
    return list(people.values())
