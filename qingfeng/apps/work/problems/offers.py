"""What the entry pages offer to choose from: bodies for which a user files, units, people, categories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from qingfeng.apps.base.orgs.models import Appointment, Group, Person, Role, Unit, User
from qingfeng.apps.base.orgs.visibility import own_groups, own_units, reach, reaches
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign, CampaignUnit
from qingfeng.apps.work.inspections.permissions import UNIT_ROLES
from qingfeng.apps.work.problems.instruction_visibility import visible_instructions
from qingfeng.apps.work.problems.models import Origin

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


def people_in_reach(user: User) -> QuerySet[Person]:
    """Persons with a post in the user's reach or in a group that sits there."""
    rows = Appointment.objects.on(clock.today()).filter(
        Q(post__unit_id__in=reach(user)) | Q(post__group__home_unit_id__in=reach(user))
    )
    return Person.objects.filter(pk__in=rows.values("person_id"))


def from_instruction(user: User, campaign: Campaign, asked: Mapping[str, str]) -> dict[str, Any]:
    """What an instruction named in the address says of a problem to be registered; two queries then."""
    rows = visible_instructions(user).filter(campaign=campaign, reference=asked.get("instruction", ""))
    row = rows.first() if asked.get("instruction") else None
    if row is None:
        return {}
    origin = Origin.objects.filter(campaign=campaign, slug="instruction", active=True).first()
    return {
        "text": row.text,
        "origin": origin,
        "lead_unit": row.to_unit_id or row.about_unit_id,
        "due_date": row.due_date,
    }


def makes_problems(user: User, campaign: Campaign) -> bool:
    """Whether this user, of the campaign's office, may register what came from an instruction as a problem."""
    return reaches(user, campaign.root_unit_id, {Role.OFFICE})
