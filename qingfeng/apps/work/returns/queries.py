"""Reads over monthly forms: which is in force, who handed in for which month, what stands behind a figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.web.marks import Mark, Tone
from qingfeng.apps.work.campaigns.models import Campaign, Duty
from qingfeng.apps.work.returns.contents import recount
from qingfeng.apps.work.returns.flow import FROZEN
from qingfeng.apps.work.returns.models import CountedRow, MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.periods import Month
from qingfeng.apps.work.returns.visibility import visible
from qingfeng.calendars import month_end

_TONES: dict[str, Tone] = {
    ReturnState.DRAFT: "waiting",
    ReturnState.SIGNED: "active",
    ReturnState.HANDED_IN: "done",
}


def mark_of(state: str) -> Mark:
    """The state of a form as a mark."""
    return Mark(str(ReturnState(state).label), _TONES.get(state, "neutral"))


def in_force(campaign: Campaign, unit: Unit, month: date) -> MonthlyReturn | None:
    """The unit's form of that month that has not been replaced."""
    rows = MonthlyReturn.objects.filter(campaign=campaign, unit=unit, month=month.replace(day=1))
    return rows.exclude(state=ReturnState.REPLACED).select_related("unit", "campaign").first()


def versions(monthly_return: MonthlyReturn, user: User) -> QuerySet[MonthlyReturn]:
    """All versions of the form, the newest first."""
    rows = visible(user).filter(
        campaign=monthly_return.campaign_id, unit=monthly_return.unit_id, month=monthly_return.month
    )
    return rows.order_by("-version")


def duty_for(campaign: Campaign, unit: Unit, month: date) -> Duty | None:
    """The monthly form that the unit owes for that month; None where the plan asks for none."""
    last = month_end(month.year, month.month)
    rows = Duty.objects.filter(
        campaign=campaign,
        unit=unit,
        obligation__is_monthly_form=True,
        obligation__voided_at__isnull=True,
        waived_at__isnull=True,
        period_start__lte=last,
        period_end__gte=month.replace(day=1),
    )
    return rows.select_related("obligation", "campaign", "unit").order_by("period_start").first()


def subjects_behind(monthly_return: MonthlyReturn, unit_id: int, figure: str) -> dict[str, bool]:
    """The records behind a figure, each with whether it is a late entry."""
    if monthly_return.state in FROZEN:
        rows = CountedRow.objects.filter(monthly_return=monthly_return, column_unit=unit_id, figure=figure)
        return dict(rows.values_list("subject", "late"))
    counted = recount(monthly_return).rows.get((unit_id, figure), [])
    return {row.subject: row.late for row in counted}


def keys_of(subjects: Iterable[str]) -> list[int]:
    """The primary keys in the names of records of one kind."""
    return [int(subject.rpartition(":")[2]) for subject in subjects]


@dataclass(frozen=True)
class Entry:
    """One unit's form of one month: the form, if there is one, and what the plan asks for."""

    unit: Unit
    month: Month
    form: MonthlyReturn | None
    duty: Duty | None

    @property
    def mark(self) -> Mark | None:
        return mark_of(self.form.state) if self.form else None

    @property
    def done(self) -> date | None:
        """When it was handed in."""
        return self.form.handed_in_on if self.form and self.form.state == ReturnState.HANDED_IN else None


def entries_of(
    user: User, campaign: Campaign, units: Iterable[Unit], months: list[Month]
) -> dict[tuple[int, date], Entry]:
    """What each of these units has and owes for each month, as far as this user sees it. Two queries."""
    by_key = {unit.pk: unit for unit in units}
    found = visible(user).filter(campaign=campaign, unit_id__in=by_key).exclude(state=ReturnState.REPLACED)
    forms = {(form.unit_id, form.month): form for form in found}
    duties = _duties_by_month(campaign, by_key, months)
    return {
        (key, month.name): Entry(unit, month, forms.get((key, month.name)), duties.get((key, month.name)))
        for key, unit in by_key.items()
        for month in months
    }


def _duties_by_month(
    campaign: Campaign, units: Iterable[int], months: list[Month]
) -> dict[tuple[int, date], Duty]:
    rows = Duty.objects.filter(
        campaign=campaign,
        unit_id__in=list(units),
        obligation__is_monthly_form=True,
        obligation__voided_at__isnull=True,
        waived_at__isnull=True,
    ).order_by("-period_start")
    found = {}
    for duty in rows:
        for month in months:
            if (
                duty.period_start <= month_end(month.name.year, month.name.month)
                and duty.period_end >= month.name
            ):
                assert duty.unit_id is not None  # asked for above
                found[duty.unit_id, month.name] = duty
    return found


def to_sign(user: User, units: Iterable[int]) -> QuerySet[MonthlyReturn]:
    """Drafts of these units: they wait for the head's signature."""
    return visible(user).filter(unit_id__in=list(units), state=ReturnState.DRAFT, campaign__state="running")


def to_hand_in(user: User, units: Iterable[int]) -> QuerySet[MonthlyReturn]:
    """Signed forms of these units that wait to be handed in."""
    return visible(user).filter(unit_id__in=list(units), state=ReturnState.SIGNED, campaign__state="running")
