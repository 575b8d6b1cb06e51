"""Who is where: reads over units, groups, posts and the people who hold them on a day."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import (
    Appointment,
    Group,
    GroupOversight,
    Person,
    Role,
    Unit,
    UnitClosure,
    User,
)
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.memory import remembered

_NO_PASSWORD = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def without_first_password(accounts: QuerySet[User]) -> QuerySet[User]:
    """Of these accounts those in use for which no first password was handed out."""
    return accounts.filter(_NO_PASSWORD, is_active=True)


def with_first_password(accounts: QuerySet[User]) -> QuerySet[User]:
    """Of these accounts those in use whose holder has not set a password of their own."""
    return accounts.filter(~_NO_PASSWORD, is_active=True, must_change_password=True)


def has_clerk(unit: Unit, day: date) -> bool:
    """Whether this very unit has a clerk that day; where it has none, a parent may file on its behalf."""
    return Appointment.objects.on(day).filter(post__unit=unit, post__role=Role.CLERK).exists()


def unserved_below(units: Iterable[int], day: date) -> QuerySet[Unit]:
    """The units right below these that have neither clerk nor head that day: the unit above acts for them."""
    served = Appointment.objects.on(day).filter(
        post__unit__isnull=False, post__role__in=(Role.CLERK, Role.HEAD)
    )
    return Unit.objects.filter(parent_id__in=list(units)).exclude(pk__in=served.values("post__unit_id"))


def overseeing_groups(unit: Unit, kinds: Iterable[str], day: date) -> list[tuple[Group, int]]:
    """Groups of these kinds that oversee the unit or one above it, nearest first, with how many levels up.

    Two queries. A group that oversees on several levels stands once, with the nearest.
    """
    depths = dict(UnitClosure.objects.filter(descendant=unit).values_list("ancestor_id", "depth"))
    rows = (
        GroupOversight.objects.on(day)
        .filter(unit_id__in=depths, group__kind__in=list(kinds), group__in=Group.objects.on(day))
        .select_related("group")
    )
    nearest: dict[Group, int] = {}
    for row in rows:
        nearest[row.group] = min(depths[row.unit_id], nearest.get(row.group, depths[row.unit_id]))
    return sorted(nearest.items(), key=lambda found: (found[1], found[0].code))


def members(group: Group, roles: Iterable[Role], day: date) -> QuerySet[User]:
    """Active accounts of those who hold one of these roles in the group that day."""
    held = Appointment.objects.on(day).filter(post__group=group, post__role__in=list(roles))
    return _accounts(held.values("person_id"))


def belongs_to(user: User, unit: Unit, day: date) -> bool:
    """Whether the user holds a post of this very unit that day. A post in a group does not make one its member."""
    return Appointment.objects.on(day).filter(person_id=user.person_id, post__unit=unit).exists()


def is_there(unit: Unit, day: date) -> bool:
    """Whether the unit existed on that day, as the database says now."""
    days = remembered(("days of unit", unit.pk), lambda: _days_of(unit))
    return days is not None and days[0] <= day and (days[1] is None or days[1] >= day)


def _days_of(unit: Unit) -> tuple[date, date | None] | None:
    return Unit.objects.filter(pk=unit.pk).values_list("valid_from", "valid_to").first()


def person_named(unit: Unit, name: str, day: date) -> Person | None:
    """The one person of that name with a post in this unit or below; None when there is none or more than one."""
    below = UnitClosure.objects.filter(ancestor=unit).values("descendant_id")
    held = Appointment.objects.on(day).filter(post__unit_id__in=below).values("person_id")
    found = list(Person.objects.filter(name=name.strip(), pk__in=held)[:2])
    return found[0] if len(found) == 1 else None


def left_on(unit: Unit, name: str, day: date) -> date | None:
    """The last day of whoever of that name held a post in this unit or below and holds none any more; else None."""
    below = UnitClosure.objects.filter(ancestor=unit).values("descendant_id")
    rows = Appointment.objects.filter(post__unit_id__in=below, person__name=name.strip())
    days = list(rows.values_list("valid_to", flat=True))
    if not days or any(last is None or last >= day for last in days):
        return None
    return max(last for last in days if last)


def renamed_from(name: str) -> list[tuple[Unit, date]]:
    """Units that once bore this name, with the day on which it ended; told by the events of their renaming."""
    told = f'"from": {json.dumps(name, ensure_ascii=False)}'
    rows = Event.objects.filter(kind="unit.renamed", payload__content__contains=told).order_by("pk")
    told_of = rows.values_list("subject", "business_date")
    days = {int(subject.rpartition(":")[2]): day for subject, day in told_of}
    units = Unit.objects.in_bulk(days)
    return [(units[key], day) for key, day in days.items() if key in units]


def people_of(unit: Unit, day: date) -> QuerySet[Appointment]:
    """Who holds a post in this very unit that day, heads first."""
    rows = Appointment.objects.on(day).filter(post__unit=unit)
    return rows.select_related("person", "post").order_by("-post__role", "pk")


def people_below(unit: Unit, day: date) -> QuerySet[Appointment]:
    """Who holds a post in this unit or in one below it that day, the unit's own people first."""
    below = UnitClosure.objects.filter(ancestor=unit).values("descendant_id")
    rows = Appointment.objects.on(day).filter(post__unit_id__in=below)
    return rows.select_related("person", "post__unit").order_by("post__unit__kind", "post__unit__order", "pk")


def unit_heads(unit: Unit, day: date | None = None) -> QuerySet[User]:
    """Active accounts of those who sign for this unit."""
    held = Appointment.objects.on(day or clock.today()).filter(post__unit=unit, post__role=Role.HEAD)
    return _accounts(held.values("person_id"))


def posts_of(person: Person, day: date | None = None) -> QuerySet[Appointment]:
    """The posts of a person: those of that day, or without a day all that there ever were, the newest first."""
    rows = Appointment.objects.on(day) if day else Appointment.objects.all()
    return (
        rows.filter(person=person).select_related("post__unit", "post__group").order_by("-valid_from", "-pk")
    )


def units_above(unit: Unit) -> list[Unit]:
    """The units above this one and itself, from the district down."""
    rows = UnitClosure.objects.filter(descendant=unit).order_by("-depth").select_related("ancestor")
    return [row.ancestor for row in rows]


def path(unit: Unit) -> list[str]:
    """Names from the district down to the unit."""
    return [one.name for one in units_above(unit)]


def hindrances_to_ending(unit: Unit, last_day: date, leaving: Iterable[int] = ()) -> list[str]:
    """Why a unit cannot be dissolved on that day: units below it, people in post, groups that sit there.

    `leaving` are ids of units below it that end or move in the same act.
    """
    after = last_day + timedelta(days=1)
    below = Unit.objects.filter(parent=unit).exclude(pk__in=list(leaving))
    found = (
        (_("下属单位%(count)d个尚未撤销或划转"), below.exclude(valid_to__lt=after).count()),
        (
            _("%(count)d人仍在任，请先办理免职"),
            Appointment.objects.filter(post__unit=unit).exclude(valid_to__lt=after).count(),
        ),
        (
            _("设在该单位的组%(count)d个尚未撤销"),
            Group.objects.filter(home_unit=unit).exclude(valid_to__lt=after).count(),
        ),
    )
    return [words % {"count": count} for words, count in found if count]


def administrators(day: date) -> QuerySet[User]:
    """Active accounts that may keep accounts. There must always be one."""
    held = Appointment.objects.on(day).filter(post__role=Role.ADMINISTRATOR)
    return _accounts(held.values("person_id"))


def _accounts(people: QuerySet) -> QuerySet[User]:
    return User.objects.filter(is_active=True, person_id__in=people).select_related("person").order_by("pk")
