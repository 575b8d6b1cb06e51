"""Whose publications a user sees, and which names the gate may know for that user."""

from __future__ import annotations

from django.db.models import Q

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import own_groups, reach, reaches, visible_people
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.campaigns.visibility import DISTRICT_ROLES
from qingfeng.apps.work.problems.models import PersonInvolved
from qingfeng.apps.work.problems.visibility import visible as visible_problems
from qingfeng.apps.work.reports.publishing.models import Publication, PublicationQuerySet


def visible_publications(user: User) -> PublicationQuerySet:
    """The office, leaders and auditors of the whole campaign: who else reads it finds it where it hangs."""
    rows = Publication.objects.filter(campaign__root_unit_id__in=reach(user, DISTRICT_ROLES))
    return rows.select_related("campaign__root_unit", "campaign__office", "file", "submitted_by__person")


def sees_publications(user: User, campaign: Campaign) -> bool:
    """Whether the ledger of publications exists for this user."""
    return reaches(user, campaign.root_unit, DISTRICT_ROLES)


def known_names(user: User, campaign: Campaign) -> set[str]:
    """People whom the ledgers of the campaign name and who exist for this user, and the staff that the user sees.

    Nobody else's: a refusal must not tell that a name out of reach is known here.
    """
    office, unit = reach(user, {Role.OFFICE}), reach(user, {Role.CLERK, Role.HEAD})
    allowed = (
        Q(problem__finding_group_id__in=own_groups(user))
        | Q(problem__lead_unit_id__in=office)
        | Q(problem__finding_unit_id__in=unit)
    )
    involved = PersonInvolved.objects.filter(
        allowed, campaign=campaign, problem__in=visible_problems(user).values("pk")
    )
    staff = visible_people(user).values_list("name", flat=True)
    return {*involved.values_list("name", flat=True), *staff}
