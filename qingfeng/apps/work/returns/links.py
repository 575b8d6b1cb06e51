"""What lower pages learn of monthly forms: where a duty of one is answered, which problems one has counted."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.models import Duty
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.returns.models import CountedRow, ReturnState

_CHUNK = 500


def handed_in_with(problems: QuerySet[Problem]) -> str:
    """Why an import of these problems is not taken back: a monthly form that was handed in counts them."""
    subjects = [f"{Problem._meta.label_lower}:{key}" for key in problems.values_list("pk", flat=True)]
    for start in range(0, len(subjects), _CHUNK):
        rows = CountedRow.objects.filter(
            subject__in=subjects[start : start + _CHUNK], monthly_return__state=ReturnState.HANDED_IN
        )
        row = rows.select_related("monthly_return__unit").first()
        if row:
            form = row.monthly_return
            return _(
                "其中的问题已计入%(unit)s%(month)s的月报表并报送，这次导入不能撤销；请由专治办逐个作废。"
            ) % {
                "unit": form.unit.short_name,
                "month": form.month.strftime("%Y-%m"),
            }
    return ""


def duty_links(user: User, duty: Duty) -> list[tuple[str, str]]:
    """(label, address) of the unit's form of that month."""
    if duty.unit is None or not duty.obligation.is_monthly_form:
        return []
    month = duty.period_end.strftime("%Y-%m")
    return [(_("办理月报表"), reverse("returns:monthly", args=[duty.unit.code, month]))]
