"""Which monthly forms exist for a user."""

from __future__ import annotations

from django.db.models import QuerySet

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.work.returns.models import MonthlyReturn


def visible(user: User) -> QuerySet[MonthlyReturn]:
    """The forms of units in the user's reach: one's own and those below, all for the office."""
    rows = MonthlyReturn.objects.filter(unit_id__in=reach(user))
    return rows.select_related("unit", "campaign", "duty", "prepared_by", "signed_by", "handed_in_by")
