"""What the entry pages offer to choose from: bodies for which a user files, units, people, categories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Appointment, Group, Person, Role, Unit, User
from qingfeng.apps.base.orgs.visibility import own_groups, own_units, reach, reaches
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.office_calendar import working_days
from qingfeng.apps.work.campaigns.models import (
    Campaign,
    CampaignUnit,
    ColumnKind,
    ColumnTarget,
    ContentCategory,
    Stage,
    StageKind,
)
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.inspections.permissions import UNIT_ROLES
from qingfeng.apps.work.problems.extra_columns import columns_of
from qingfeng.apps.work.problems.instruction_visibility import visible_instructions
from qingfeng.apps.work.problems.models import EntryDraft, Instruction, Origin, Problem
from qingfeng.calendars import YearUnknown

GROUP_ROLES = frozenset({Role.INSPECTOR, Role.OFFICE})


def bodies(user: User) -> list[Unit | Group]:
    """The user's own units and groups, then units below without a clerk of their own (代填)."""
    own = own_units(user, UNIT_ROLES)
    day = clock.today()
    clerks = Appointment.objects.on(day).filter(post__unit=OuterRef("pk"), post__role=Role.CLERK)
    below = Q(pk__in=reach(user, UNIT_ROLES)) & ~Exists(clerks)
    units = list(Unit.objects.on(day).filter(Q(pk__in=own) | below))
    groups = Group.objects.on(day).filter(pk__in=own_groups(user, GROUP_ROLES))
    return [
        *(unit for unit in units if unit.pk in own),
        *groups,
        *(unit for unit in units if unit.pk not in own),
    ]


def inspected_units(user: User) -> QuerySet[Unit]:
    """Units that the user may inspect: below the own unit, or overseen by the own group."""
    return Unit.objects.on(clock.today()).filter(pk__in=reach(user, UNIT_ROLES | GROUP_ROLES))


def partner_units(user: User, campaign: Campaign) -> QuerySet[Unit]:
    """Units to which a problem may go or that may help: those that take part, and those in the user's reach."""
    taking_part = CampaignUnit.objects.filter(campaign=campaign).values("unit_id")
    return Unit.objects.on(clock.today()).filter(Q(pk__in=taking_part) | Q(pk__in=reach(user)))


def people(units: QuerySet[Unit], limit: int = 400) -> list[Appointment]:
    """Who is in post in these units, for the list of names under 整改责任人."""
    rows = Appointment.objects.on(clock.today()).filter(post__unit__in=units)
    return list(rows.select_related("person", "post__unit").order_by("post__unit__order", "pk")[:limit])


def added_units(user: User, campaign: Campaign) -> list[Unit]:
    """The units offered under the campaign's added columns; none where no column asks for a unit."""
    columns = [column for target in ColumnTarget.values for column in columns_of(campaign, target)]
    asked = any(column.kind == ColumnKind.UNIT for column in columns)
    return list(partner_units(user, campaign)) if asked else []


def people_in_reach(user: User) -> QuerySet[Person]:
    """Persons with a post in the user's reach or in a group that sits there."""
    rows = Appointment.objects.on(clock.today()).filter(
        Q(post__unit_id__in=reach(user)) | Q(post__group__home_unit_id__in=reach(user))
    )
    return Person.objects.filter(pk__in=rows.values("person_id"))


def from_instruction(user: User, campaign: Campaign, asked: Mapping[str, str]) -> dict[str, Any]:
    """What an instruction named in the address says of a problem to be registered; two queries then."""
    row = instruction_named(user, campaign, asked.get("instruction", ""))
    if row is None:
        return {}
    origin = Origin.objects.filter(campaign=campaign, slug="instruction", active=True).first()
    return {
        "instruction": row.reference,
        "text": row.text,
        "origin": origin,
        "lead_unit": row.to_unit_id or row.about_unit_id,
        "due_date": row.due_date,
    }


def instruction_named(user: User, campaign: Campaign, reference: str) -> Instruction | None:
    """The instruction because of which something is registered, if it exists for this user. One query at most."""
    if not reference:
        return None
    return visible_instructions(user).filter(campaign=campaign, reference=reference).first()


def makes_problems(user: User, campaign: Campaign) -> bool:
    """Whether this user, of the campaign's office, may register what came from an instruction as a problem."""
    return reaches(user, campaign.root_unit_id, {Role.OFFICE})


LAST_SHEETS = 10
LAST_CATEGORIES = 3


@dataclass(frozen=True)
class DayOffer:
    """A time limit in words, and the day on which it ends when counted from today."""

    label: str
    day: date


@dataclass(frozen=True)
class LastValues:
    """What this person wrote on the latest sheets of the campaign, latest first, each value once."""

    inspectors: str = ""
    method: str = ""
    contents: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    term: int | None = None
    """Working days between inspection and time limit."""


def last_values(user: User, campaign: Campaign) -> LastValues:
    """One query."""
    rows = Sheet.objects.filter(campaign=campaign, filed_by=user).select_related("inspected_unit")
    sheets = list(rows.order_by("-pk")[:LAST_SHEETS])
    if not sheets:
        return LastValues()
    terms = (_working_days(sheet.inspected_on, sheet.due_date) for sheet in sheets if sheet.due_date)
    return LastValues(
        inspectors=sheets[0].inspectors,
        method=sheets[0].method,
        contents=tuple(dict.fromkeys(sheet.content for sheet in sheets))[:4],
        units=tuple(dict.fromkeys(sheet.inspected_unit for sheet in sheets))[:6],
        term=next(terms, None),
    )


def last_categories(user: User, campaign: Campaign) -> list[int]:
    """Ids of the categories that this person chose last. One query."""
    rows = Problem.objects.filter(campaign=campaign, registered_by=user).exclude(category=None)
    chosen = rows.order_by("-pk").values_list("category_id", flat=True)[:30]
    return list(dict.fromkeys(chosen))[:LAST_CATEGORIES]


def category_offers(user: User, campaign: Campaign) -> list[ContentCategory]:
    """All categories, those last chosen first. Two queries."""
    last = last_categories(user, campaign)
    rows = list(ContentCategory.objects.filter(campaign=campaign))
    return sorted(rows, key=lambda row: last.index(row.pk) if row.pk in last else len(last))


def day_offers(campaign: Campaign, last_term: int | None) -> list[DayOffer]:
    """Time limits in working days from today: the last one used, those of the settings, the end of the stage.

    A year whose days off are not known offers none: the date is then picked by hand.
    """
    today, calendar = clock.today(), working_days()
    terms = dict.fromkeys([*([last_term] if last_term else []), *settings.RECTIFICATION_DAYS])
    found = []
    for term in terms:
        try:
            day = calendar.add_working_days(today, term)
        except YearUnknown:
            break
        found.append(DayOffer(_("%(days)s个工作日") % {"days": term}, day))
    end = Stage.objects.filter(campaign=campaign, kind=StageKind.RECTIFICATION, ends_on__gte=today).first()
    if end is not None:
        found.append(DayOffer(_("整改阶段结束"), end.ends_on))
    return found


def drafts_of(user: User, campaign: Campaign) -> QuerySet[EntryDraft]:
    """The user's own drafts within their term; nobody else's exist."""
    return EntryDraft.objects.filter(owner=user, campaign=campaign).current()  # type: ignore[attr-defined]


def _working_days(start: date, end: date) -> int | None:
    try:
        return working_days().working_days_between(start, end) or None
    except YearUnknown:
        return None
