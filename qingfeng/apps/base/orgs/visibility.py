"""Reach: which units exist for a user. Every query of every ledger starts here.

Reach is a set, written as a subquery over the closure table and never listed in Python. Only the few units at its top
are named, because a database that is told which they are knows whether it is asked for much of the district.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Aggregate, OuterRef, Q, QuerySet, Subquery, TextField

from qingfeng.apps.base.orgs.models import (
    Appointment,
    Group,
    GroupKind,
    GroupOversight,
    Person,
    Role,
    Unit,
    UnitClosure,
    UnitKind,
    User,
    running_on,
)
from qingfeng.apps.base.records.questions import Question, words_of
from qingfeng.apps.base.web import clock

LEDGER_ROLES = frozenset(Role) - {Role.ADMINISTRATOR}
NEAR_GROUPS = frozenset({GroupKind.STREET_COMMITTEE, GroupKind.DISPATCHED_GROUP})
WRITING_ROLES = frozenset({Role.OFFICE, Role.CLERK, Role.HEAD, Role.INSPECTOR})


@dataclass(frozen=True)
class Holding:
    """A post held today: the role and the unit or group in which it is held."""

    role: Role
    unit_id: int | None
    group_id: int | None
    title: str
    is_wide: bool = False
    """Held in the district itself, or in a group that oversees much of it."""
    overseen: tuple[int, ...] = ()
    """The units that the group oversees today."""


class Joined(Aggregate):
    """Keys in one text: 3,7,12."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')", **context
        )


def holdings(user: User) -> tuple[Holding, ...]:
    """The posts that this user's person holds on the business date. One query; kept for the day on the user."""
    day = clock.today()
    kept: dict[Any, tuple[Holding, ...]] = user.__dict__.setdefault("_holdings", {})
    if day not in kept:
        overseen = GroupOversight.objects.on(day).filter(group_id=OuterRef("post__group_id")).order_by()
        rows = (
            Appointment.objects.on(day)
            .filter(person_id=user.person_id)
            .order_by("pk")
            .annotate(
                overseen=Subquery(overseen.values("group_id").annotate(keys=Joined("unit_id")).values("keys"))
            )
            .values_list(
                "post__role",
                "post__unit_id",
                "post__group_id",
                "post__title",
                "post__unit__kind",
                "post__group__kind",
                "overseen",
            )
        )
        kept[day] = tuple(
            Holding(Role(role), unit, group, title, _is_wide(unit_kind, group_kind), _keys(overseen))
            for role, unit, group, title, unit_kind, group_kind, overseen in rows
        )
    return kept[day]


def standing(user: User) -> tuple[Any, ...]:
    """All by which what exists for this user is asked: the person, the posts, the day. For `records.questions`."""
    return user.pk, user.person_id, holdings(user), clock.today()


def _keys(joined: str | None) -> tuple[int, ...]:
    return tuple(sorted(map(int, joined.split(",")))) if joined else ()


def _is_wide(unit_kind: str | None, group_kind: str | None) -> bool:
    return group_kind not in NEAR_GROUPS if group_kind else unit_kind == UnitKind.DISTRICT


def roles(user: User) -> frozenset[Role]:
    """All roles that the user holds anywhere today."""
    return frozenset(holding.role for holding in holdings(user))


class Reached(QuerySet[UnitClosure, Any]):
    """Ids of units. Asked within other questions, as it is a dozen times a page, its words are put together once."""

    below: tuple[int, ...] | None = None
    """Of which units it was asked; nothing where it was narrowed since, which is another question."""

    def resolve_expression(self, *given: Any, **named: Any) -> Any:
        return super().resolve_expression(*given, **named) if self.below is None else _words(self.below)


def reach(user: User, roles: Iterable[Role] = LEDGER_ROLES) -> Reached:
    """Ids of the units that these roles of the user reach: for `unit_id__in=`. The question, never its answer."""
    wanted = frozenset(roles)
    held = [holding for holding in holdings(user) if holding.role in wanted]
    top = {holding.unit_id for holding in held if holding.unit_id}.union(
        *(holding.overseen for holding in held)
    )
    units = tuple(sorted(top))
    found: Reached = _below(units).all()
    found.below = units
    return found


@lru_cache(maxsize=1024)
def _below(units: tuple[int, ...]) -> Reached:
    """Ids of these units and of all below them."""
    rows: Any = Reached(UnitClosure).filter(ancestor_id__in=units)
    return rows.values("descendant_id")  # type: ignore[no-any-return]


@lru_cache(maxsize=1024)
def _words(units: tuple[int, ...]) -> Question:
    return words_of(_below(units))


def has_wide_reach(user: User) -> bool:
    """Whether much of the district lies in reach: then a list is sooner walked than collected unit by unit."""
    return any(holding.is_wide and holding.role in LEDGER_ROLES for holding in holdings(user))


def reaches(user: User, unit: Unit | int, roles: Iterable[Role] = LEDGER_ROLES) -> bool:
    """Whether one of these roles of the user reaches this unit. One query."""
    return reach(user, roles).filter(descendant_id=unit if isinstance(unit, int) else unit.pk).exists()


def own_groups(user: User, roles: Iterable[Role] = LEDGER_ROLES) -> list[int]:
    """Ids of the groups in which the user holds a post."""
    wanted = frozenset(roles)
    return [h.group_id for h in holdings(user) if h.group_id and h.role in wanted]


def own_units(user: User, roles: Iterable[Role] = LEDGER_ROLES) -> list[int]:
    """Ids of the units in which the user holds a post (not those below)."""
    wanted = frozenset(roles)
    return [h.unit_id for h in holdings(user) if h.unit_id and h.role in wanted]


def visible_units(user: User) -> QuerySet[Unit]:
    """The units that exist for this user. An administrator of accounts sees the whole tree, but no ledger."""
    if Role.ADMINISTRATOR in roles(user):
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=reach(user))


def units_of_today(user: User) -> QuerySet[Unit]:
    """Those of them that are on the books today: what one may choose from."""
    return visible_units(user).filter(running_on(clock.today()))


def visible_groups(user: User) -> QuerySet[Group]:
    """Groups the user belongs to, that sit in the user's reach, or that oversee a unit in it."""
    if Role.ADMINISTRATOR in roles(user):
        return Group.objects.all()
    overseeing = GroupOversight.objects.filter(unit_id__in=reach(user)).values("group_id")
    return Group.objects.filter(
        Q(pk__in=own_groups(user)) | Q(home_unit_id__in=reach(user)) | Q(pk__in=overseeing)
    )


def visible_people(user: User) -> QuerySet[Person]:
    """People who hold or held a post where the user sees; whoever keeps the organisation also sees those without."""
    held = Q(post__unit__in=visible_units(user)) | Q(post__group__in=visible_groups(user))
    seen = Q(pk__in=Appointment.objects.filter(held).values("person_id")) | Q(pk=user.person_id)
    if roles(user) & {Role.OFFICE, Role.ADMINISTRATOR}:
        seen |= ~Q(pk__in=Appointment.objects.values("person_id"))
    return Person.objects.filter(seen)


def visible_appointments(user: User) -> QuerySet[Appointment]:
    """Appointments to posts of the units and groups that exist for this user."""
    return Appointment.objects.filter(
        Q(post__unit__in=visible_units(user))
        | Q(post__group__in=visible_groups(user))
        | Q(person_id=user.person_id)
    )
