"""Where a duty of the monthly form is answered: fills the slot `duty_links` of the campaign's pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.models import Duty


def duty_links(user: User, duty: Duty) -> list[tuple[str, str]]:
    """(label, address) of the unit's form of that month."""
    if duty.unit is None or not duty.obligation.is_monthly_form:
        return []
    month = duty.period_end.strftime("%Y-%m")
    return [(_("办理月报表"), reverse("returns:monthly", args=[duty.unit.code, month]))]
