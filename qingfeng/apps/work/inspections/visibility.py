"""Which inspection sheets exist for a user."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import has_wide_reach, own_groups, reach
from qingfeng.apps.base.records.hints import Unindexed
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet


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
    units, rows = reach(user), Sheet.objects.order_by()
    within = rows.filter(filing_unit_id__in=units).values("pk")
    about, by_group = (
        rows.filter(inspected_unit_id__in=units),
        rows.filter(filing_group_id__in=own_groups(user)),
    )
    of_campaign = Sheet.objects.alias(of_campaign=Unindexed("campaign_id")).filter(of_campaign=campaign.pk)
    return of_campaign.filter(pk__in=within.union(about.values("pk"), by_group.values("pk"), all=True))
