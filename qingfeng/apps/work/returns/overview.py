"""The overview of monthly forms as a ledger: a line a unit, a column a month, each cell the form or when it is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Unit, UnitKind, User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, View, in_order_of
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.work.campaigns.models import Campaign, CampaignUnit
from qingfeng.apps.work.returns.models import MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.periods import Month, months_until
from qingfeng.apps.work.returns.queries import Entry, entries_of
from qingfeng.apps.work.returns.visibility import visible

MONTHS_SHOWN = 6


def units_reporting(user: User, campaign: Campaign) -> QuerySet[Unit]:
    """Units in reach that take part, and those with a form that this user sees."""
    taking_part = CampaignUnit.objects.filter(campaign=campaign, unit_id__in=reach(user))
    forms = visible(user).filter(campaign=campaign).exclude(state=ReturnState.REPLACED)
    return Unit.objects.filter(Q(pk__in=taking_part.values("unit")) | Q(pk__in=forms.values("unit")))


def overview_ledger(request: HttpRequest, user: User, campaign: Campaign) -> Ledger:
    """Two queries more than a ledger has: the forms of the units on the page, and what they owe."""
    months = months_until(campaign, clock.today())
    return Ledger(
        request,
        units_reporting(user, campaign),
        _columns(months),
        filters=_filters(campaign, months),
        views=_views(campaign, months),
        ordering=("order", "code"),
        rule=_(
            "每格为该单位该月的月报表：有表的显示状态和报送日期，没有表的显示时限。作废、免报的不列时限。"
        ),
        name="returns",
        title=_("月报表报送情况"),
        prepare=partial(_with_months, user=user, campaign=campaign, months=months),
    )


def _columns(months: Sequence[Month]) -> list[Column]:
    return [
        Column("unit", _("单位"), "short_name", sort="code"),
        Column(
            "kind",
            _("类别"),
            lambda unit: unit.get_kind_display(),
            sort=in_order_of("kind", UnitKind.values),
            shown=False,
        ),
        *(
            Column(
                str(month),
                month.in_words,
                _cell(month),
                "state",
                href=_address(month),
                shown=place < MONTHS_SHOWN,
            )
            for place, month in enumerate(months)
        ),
    ]


def _cell(month: Month) -> Callable[[Any], Mark | Due]:
    def value(unit: Any) -> Mark | Due:
        entry: Entry = unit.months[month.name]
        if entry.mark is None:
            duty = entry.duty
            return Due(duty.due, duty.first_due) if duty else Mark(_("未编制"))
        if entry.done is None:
            return entry.mark
        return Mark(f"{entry.mark.label} {entry.done.isoformat()}", entry.mark.tone)

    return value


def _address(month: Month) -> Callable[[Any], str]:
    return lambda unit: reverse("returns:monthly", args=[unit.code, str(month)])


def _filters(campaign: Campaign, months: Sequence[Month]) -> list[Filter]:
    return [
        Filter("q", _("单位"), ("name__contains", "short_name__contains", "code__startswith"), kind="text"),
        Filter("kind", _("类别"), choices=UnitKind.choices),
        Filter(
            "owing",
            _("未报送"),
            choices=[(str(month), month.in_words) for month in months],
            apply=partial(_owing, campaign=campaign, months=months),
        ),
    ]


def _views(campaign: Campaign, months: Sequence[Month]) -> list[View]:
    """All units; those of which the newest month is not in, or in."""
    if not months:
        return []
    newest = months[0]
    words = {"month": newest.in_words}
    return [
        View("all", _("全部")),
        View("owing", _("%(month)s未报送") % words, lambda rows: _not_in(rows, campaign, newest)),
        View("in", _("%(month)s已报送") % words, lambda rows: _in(rows, campaign, newest)),
    ]


def _owing(rows: QuerySet, value: str, *, campaign: Campaign, months: Sequence[Month]) -> QuerySet:
    month = next(month for month in months if str(month) == value)
    return _not_in(rows, campaign, month)


def _not_in(rows: QuerySet, campaign: Campaign, month: Month) -> QuerySet:
    return rows.exclude(pk__in=_handed_in(campaign, month))


def _in(rows: QuerySet, campaign: Campaign, month: Month) -> QuerySet:
    return rows.filter(pk__in=_handed_in(campaign, month))


def _handed_in(campaign: Campaign, month: Month) -> Any:
    rows = MonthlyReturn.objects.filter(campaign=campaign, month=month.name, state=ReturnState.HANDED_IN)
    return rows.values("unit_id")


def _with_months(units: list[Any], *, user: User, campaign: Campaign, months: list[Month]) -> None:
    """The entries of these units by month."""
    found = entries_of(user, campaign, units, months)
    for unit in units:
        unit.months = {month.name: found[unit.pk, month.name] for month in months}
