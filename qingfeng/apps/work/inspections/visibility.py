"""Which inspection sheets exist for a user."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import own_groups, reach
from qingfeng.apps.work.inspections.models import Sheet


def visible(user: User) -> QuerySet[Sheet]:
    """Sheets filed in the user's reach or by the user's group, and sheets about a unit in the user's reach."""
    units = reach(user)
    return Sheet.objects.filter(
        Q(filing_unit_id__in=units) | Q(inspected_unit_id__in=units) | Q(filing_group_id__in=own_groups(user))
    )
