"""Whose turn it is to decide about many problems at once: the same answer as `closers`, in eight queries for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from qingfeng.apps.base.orgs.models import (
    Appointment,
    Group,
    GroupOversight,
    Role,
    UnitClosure,
    User,
)
from qingfeng.apps.base.orgs.visibility import own_groups, reach, roles
from qingfeng.apps.base.records.hints import Unindexed
from qingfeng.apps.base.records.questions import GivenKeys, answers
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.problems.closers import COMMITTEES
from qingfeng.apps.work.problems.models import CoUnit, Evidence, Measure, Problem, Submission
from qingfeng.apps.work.problems.visibility import visible

DECIDING = frozenset({Role.INSPECTOR, Role.OFFICE})
CANDIDATES = 200
"""So many are looked at, those most likely this user's own first, then by date; a desk needs no more."""


def my_turn(user: User, rows: QuerySet[Problem]) -> list[Problem]:
    """Those of these problems about which this user decides now, most urgent first. Eight queries at most."""
    if not own_groups(user, DECIDING):
        return []
    return decided_by(user, list(candidates(user, rows).select_related("campaign", "lead_unit")))


def candidates(user: User, *parts: QuerySet[Problem]) -> QuerySet[Problem]:
    """Those of these problems that are looked at. Of each part only so many are sought, in the order of an index where it
    has one; their rows are read only then."""
    some = [row.values("pk")[:CANDIDATES] for part in parts for row in _stretches(user, _near(user, part))]
    first, *others = (Problem.objects.order_by().filter(pk__in=keys).values("pk") for keys in some)
    found = first.union(*others, all=True) if others else first
    return _in_order(user, visible(user).filter(pk__in=found))[:CANDIDATES]


def decided_by(user: User, found: list[Problem]) -> list[Problem]:
    """Those of them about which this user decides now. Seven queries at most."""
    turns = turns_of(found) if found else {}
    return [problem for problem in found if user.pk in turns[problem.pk]]


def turns_of(problems: Sequence[Problem]) -> dict[int, frozenset[int]]:
    """For each problem the accounts whose turn it is: of the first level at which somebody qualifies."""
    known = _Known(problems)
    return {problem.pk: known.turn(problem) for problem in problems}


def _near(user: User, rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """Found by the user's group, or by a unit in its reach; any of them in the reach of an office."""
    groups = own_groups(user, DECIDING)
    inspected = Q(found_by=None, led_by__in=reach(user, {Role.INSPECTOR}))
    if Role.OFFICE in roles(user):
        inspected = Q(led_by__in=reach(user))
    return _unindexed(rows).filter(Q(found_by__in=groups) | inspected)


def _unindexed(rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """With who found and who leads each, by which none is sought: what waits are fewer."""
    return rows.alias(found_by=Unindexed("finding_group_id"), led_by=Unindexed("lead_unit_id"))


def _stretches(user: User, rows: QuerySet[Problem]) -> list[QuerySet[Problem]]:
    """By date; for an office, which comes last in every case, those with no body nearer than the user's apart."""
    by_date = rows.order_by("due_date", "pk")
    if Role.OFFICE not in roles(user):
        return [by_date]
    likely = _nobody_nearer(user)
    return [by_date.filter(likely), by_date.exclude(likely)]


def _in_order(user: User, rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """By date; for an office first those with no body nearer."""
    if Role.OFFICE not in roles(user):
        return rows.order_by("due_date", "pk")
    likely = Case(When(_nobody_nearer(user), then=Value(0)), default=Value(1), output_field=IntegerField())
    return _unindexed(rows).annotate(likely=likely).order_by("likely", "due_date", "pk")


def _nobody_nearer(user: User) -> Q:
    """Problems that no body nearer than the user's decides about."""
    found = Q(found_by__in=own_groups(user, DECIDING))
    overseen = GroupOversight.objects.on(clock.today()).filter(group__kind__in=COMMITTEES)
    under = UnitClosure.objects.filter(ancestor_id__in=overseen.values("unit_id"))
    return found | Q(found_by=None) & ~Q(led_by__in=under.values("descendant_id"))


@dataclass(frozen=True)
class _Member:
    person: int
    account: int


class _Known:
    """Bodies, their members, and who had a hand in or belongs to what, for all problems of a page."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self._ladders = _ladders({p.lead_unit_id for p in problems if not p.finding_group_id})
        groups = {group for ladder in self._ladders.values() for rung in ladder for group in rung}
        groups |= {p.finding_group_id for p in problems if p.finding_group_id}
        self._members = _members(groups | {p.campaign.office_id for p in problems})
        self._hands = _hands(problems)
        self._units = defaultdict(set, {p.pk: {p.lead_unit_id} for p in problems})
        for problem_id, unit_id in _helping(problems):
            self._units[problem_id].add(unit_id)
        self._people: dict[int, set[int]] = defaultdict(set)
        for unit_id, person_id in _working(set().union(*self._units.values())):
            self._people[unit_id].add(person_id)

    def turn(self, problem: Problem) -> frozenset[int]:
        barred = {person for unit in self._units[problem.pk] for person in self._people[unit]}
        for rung in self._rungs(problem):
            able = frozenset(
                member.account
                for group in rung
                for member in self._members[group]
                if member.account not in self._hands[problem.pk]
                and member.person not in barred
                and member.person != problem.responsible_person_id
            )
            if able:
                return able
        return frozenset()

    def _rungs(self, problem: Problem) -> Iterator[Iterable[int]]:
        if problem.finding_group_id:
            yield (problem.finding_group_id,)
        else:
            yield from self._ladders.get(problem.lead_unit_id, ())
        if problem.finding_group_id != problem.campaign.office_id:
            yield (problem.campaign.office_id,)


def _asked(what: str, keys: Collection[int], rows: Callable[[GivenKeys], QuerySet]) -> list[Any]:
    """What is asked about so many keys, put together once a day."""
    listed = sorted(keys)
    key = ("turns", what, clock.today())
    return answers(key, lambda: rows(GivenKeys("keys", listed)), {"keys": listed}) if listed else []


def _helping(problems: Sequence[Problem]) -> list[tuple[int, int]]:
    """(problem, unit with a sub-task)"""
    rows = CoUnit.objects.order_by()
    return _asked(
        "co-units",
        {problem.pk for problem in problems},
        lambda keys: rows.filter(problem__in=keys).values_list("problem_id", "unit_id"),
    )


def _working(units: set[int]) -> list[tuple[int, int]]:
    """(unit, person in a post there)"""
    posts = Appointment.objects.on(clock.today())
    return _asked(
        "people",
        units,
        lambda keys: posts.filter(post__unit__in=keys).values_list("post__unit_id", "person_id"),
    )


def _ladders(units: set[int]) -> dict[int, list[tuple[int, ...]]]:
    """For each unit the committees that oversee it or what is above it, nearest first."""
    above = _asked(
        "above",
        units,
        lambda keys: UnitClosure.objects.filter(descendant_id__in=keys).values_list(
            "descendant_id", "ancestor_id", "depth"
        ),
    )
    overseeing: dict[int, set[int]] = defaultdict(set)
    for unit_id, group_id in _asked(
        "committees", {ancestor for _unit, ancestor, _depth in above}, _committees
    ):
        overseeing[unit_id].add(group_id)
    nearest: dict[int, dict[int, int]] = defaultdict(dict)
    for unit, ancestor, depth in sorted(above, key=lambda row: row[2]):
        for group in overseeing[ancestor]:
            nearest[unit].setdefault(group, depth)
    return {unit: _rungs_of(found) for unit, found in nearest.items()}


def _committees(units: GivenKeys) -> QuerySet:
    """(unit, committee that oversees it)"""
    day = clock.today()
    rows = GroupOversight.objects.on(day).filter(
        unit_id__in=units, group__kind__in=COMMITTEES, group__in=Group.objects.on(day)
    )
    return rows.values_list("unit_id", "group_id")


def _rungs_of(depths: dict[int, int]) -> list[tuple[int, ...]]:
    ordered = sorted(depths.items(), key=lambda row: row[1])
    return [tuple(group for group, _ in rows) for _depth, rows in groupby(ordered, key=lambda row: row[1])]


def _members(groups: set[int]) -> dict[int, list[_Member]]:
    """Active accounts of inspectors and office members of these groups."""
    held = Appointment.objects.on(clock.today()).filter(post__role__in=DECIDING)
    posts = _asked(
        "members",
        groups,
        lambda keys: held.filter(post__group__in=keys).values_list("post__group_id", "person_id"),
    )
    active = User.objects.filter(is_active=True)
    accounts = dict(
        _asked(
            "accounts",
            {person for _group, person in posts},
            lambda keys: active.filter(person_id__in=keys).values_list("person_id", "pk"),
        )
    )
    found: dict[int, list[_Member]] = defaultdict(list)
    for group, person in posts:
        if person in accounts:
            found[group].append(_Member(person, accounts[person]))
    return found


def _hands(problems: Sequence[Problem]) -> dict[int, set[int]]:
    """Accounts that had a hand in putting each problem right."""
    found: dict[int, set[int]] = defaultdict(set)
    for problem_id, account in _asked("hands", {problem.pk for problem in problems}, _worked):
        if account is not None:
            found[problem_id].add(account)
    return found


def _worked(problems: GivenKeys) -> QuerySet:
    """(problem, account)"""
    first, *others = (
        model.objects.filter(problem__in=problems).order_by().values_list("problem_id", field)  # type: ignore[attr-defined]
        for model, field in (
            (Measure, "entered_by"),
            (Evidence, "added_by"),
            (Submission, "submitted_by"),
            (Submission, "signed_by"),
            (CoUnit, "done_by"),
        )
    )
    return first.union(*others)
