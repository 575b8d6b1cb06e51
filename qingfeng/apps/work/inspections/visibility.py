"""Which inspection sheets exist for a user."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import has_wide_reach, own_groups, reach
from qingfeng.apps.base.records.hints import Unindexed
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet, SheetState


def visible(user: User) -> QuerySet[Sheet]:
    """Sheets filed in the user's reach or by the user's group, and sheets about a unit in the user's reach."""
    units = reach(user)
    return Sheet.objects.filter(
        Q(filing_unit_id__in=units) | Q(inspected_unit_id__in=units) | Q(filing_group_id__in=own_groups(user))
    )


def listed(user: User, campaign: Campaign) -> QuerySet[Sheet]:
    """Those of one campaign, for lists: where the reach is small its keys are collected first, by index."""
    if has_wide_reach(user):
        return visible(user).filter(campaign=campaign)
    first, *others = (part.values("pk") for part in _parts(user, Sheet.objects.order_by()))
    return _of_campaign(campaign).filter(pk__in=first.union(*others, all=True))


def parts(user: User, campaign: Campaign) -> list[QuerySet[Sheet]]:
    """The same rows in parts that have none in common, for lists of a small reach. What leads to each, and all by which
    it is filtered and sorted, stands in an index."""
    return _parts(user, _of_campaign(campaign).order_by())


def number_listed(user: User, campaign: Campaign) -> int:
    """How many of them are not void, for somebody of a small reach. One query."""
    first, *others = (part.exclude(state=SheetState.VOID).values("pk") for part in parts(user, campaign))
    return first.union(*others, all=True).count()


def _of_campaign(campaign: Campaign) -> QuerySet[Sheet]:
    return Sheet.objects.alias(of_campaign=Unindexed("campaign_id")).filter(of_campaign=campaign.pk)


def _parts(user: User, rows: QuerySet[Sheet]) -> list[QuerySet[Sheet]]:
    """Those about units in reach; those that such units filed about others; those of the user's groups about others."""
    units, groups = reach(user), own_groups(user)
    about, filed = Q(inspected_unit_id__in=units), Q(filing_unit_id__in=units)
    elsewhere = rows.exclude(about)
    seen = [rows.filter(about), elsewhere.filter(filed)]
    return [*seen, elsewhere.filter(filing_group_id__in=groups)] if groups else seen
