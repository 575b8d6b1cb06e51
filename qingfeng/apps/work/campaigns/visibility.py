"""Which plans, campaigns, duties, meetings and activities exist for a user."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When

from qingfeng.apps.base.orgs.models import Role, UnitClosure, User
from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, own_groups, own_units, reach, reaches, standing
from qingfeng.apps.base.records.questions import answers
from qingfeng.apps.base.web.errors import NotThere
from qingfeng.apps.base.web.memory import remembered
from qingfeng.apps.work.campaigns.models import (
    Activity,
    Campaign,
    CampaignGroup,
    CampaignState,
    DraftItem,
    Duty,
    DutyQuerySet,
    ExtraColumn,
    Meeting,
    Obligation,
    Plan,
    PlanState,
)

DISTRICT_ROLES = frozenset({Role.OFFICE, Role.LEADER, Role.AUDITOR})
"""Who see a campaign as a whole: plans under review, and what groups owe."""
HANDING_IN_ROLES = frozenset({Role.CLERK, Role.HEAD})


def visible_plans(user: User) -> QuerySet[Plan]:
    """Plans are seen by the office and by those who read for the whole district."""
    return Plan.objects.filter(root_unit_id__in=reach(user, DISTRICT_ROLES)).exclude(
        state=PlanState.SET_ASIDE
    )


def visible_items(user: User) -> QuerySet[DraftItem]:
    """The items of the drafts of those plans."""
    return DraftItem.objects.filter(plan__in=visible_plans(user)).select_related("plan")


def visible_campaigns(user: User) -> QuerySet[Campaign]:
    """Campaigns of a unit above or within the user's reach, or in which one of the user's groups stands."""
    above = UnitClosure.objects.filter(descendant_id__in=reach(user)).values("ancestor_id")
    linked = CampaignGroup.groups.through.objects.filter(group_id__in=own_groups(user)).values(
        "campaigngroup_id"
    )
    taking_part = CampaignGroup.objects.filter(pk__in=linked).values("campaign_id")
    return Campaign.objects.filter(
        Q(root_unit_id__in=above) | Q(pk__in=taking_part) | Q(office_id__in=own_groups(user))
    )


def current(user: User) -> Campaign | None:
    """The campaign whose ledgers this user works in: the running one begun last, else the last one that ended."""
    return remembered(("current campaign", user.pk), lambda: _current(user))


def _current(user: User) -> Campaign | None:
    found = answers(("current campaign", standing(user)), lambda: _running_first(user)[:1])
    return found[0] if found else None


def _running_first(user: User) -> QuerySet[Campaign]:
    added = ExtraColumn.objects.filter(
        campaign=OuterRef("pk")
    )  # most have none, and no page need ask for them
    rows = (
        visible_campaigns(user)
        .select_related("root_unit", "office")
        .annotate(has_extra_columns=Exists(added))
    )
    ended = Case(When(state=CampaignState.RUNNING, then=0), default=1, output_field=IntegerField())
    return rows.order_by(ended, "-started_at", "-pk")


def current_or_not_there(user: User) -> Campaign:
    """The current campaign; NotThere when the user sees none."""
    found = current(user)
    if found is None:
        raise NotThere()
    return found


def sees_whole(user: User, campaign: Campaign) -> bool:
    """Whether every unit of the campaign is in reach. One query a page."""
    root = campaign.root_unit_id
    return remembered(("reaches", user.pk, root), lambda: reaches(user, root))


def visible_obligations(user: User) -> QuerySet[Obligation]:
    """What the plan asks of whom is known to all who see the campaign."""
    return Obligation.objects.filter(campaign__in=visible_campaigns(user))


def visible_duties(user: User) -> DutyQuerySet:
    """Duties of units in reach, of the user's own groups, and for district roles those of all groups at home there.

    A group to which something is handed in sees it too, because its units are in the group's reach.
    """
    whole = reach(user, DISTRICT_ROLES)
    return Duty.objects.filter(
        Q(unit_id__in=reach(user)) | Q(group_id__in=own_groups(user)) | Q(group__home_unit_id__in=whole)
    )


def own_duties(user: User) -> DutyQuerySet:
    """Duties that the user's own units and groups bear: those that wait for this user to hand them in."""
    return Duty.objects.filter(
        Q(unit_id__in=own_units(user, HANDING_IN_ROLES)) | Q(group_id__in=own_groups(user, WRITING_ROLES))
    )


def visible_meetings(user: User) -> QuerySet[Meeting]:
    """Meetings of units in reach and of the user's groups; for district roles those of all groups."""
    return Meeting.objects.filter(_held_in_sight(user))


def visible_activities(user: User) -> QuerySet[Activity]:
    """Entries of units in reach, and instructions that became a task of one of them."""
    return Activity.objects.filter(Q(unit_id__in=reach(user)) | Q(task_for_id__in=reach(user)))


def _held_in_sight(user: User) -> Q:
    whole = reach(user, DISTRICT_ROLES)
    return Q(unit_id__in=reach(user)) | Q(group_id__in=own_groups(user)) | Q(group__home_unit_id__in=whole)


def found(rows: QuerySet, key: int | str, *, related: Iterable[str] = ()) -> object:
    """One of these rows; NotThere when it is not among them: out of reach and not there look alike."""
    row = rows.select_related(*related).filter(pk=key).first() if related else rows.filter(pk=key).first()
    if row is None:
        raise NotThere()
    return row
