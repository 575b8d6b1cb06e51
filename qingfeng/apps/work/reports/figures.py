"""The named figures of the reports: what each counts, as a condition, so that a figure and its rows cannot differ.

Every figure counts problems whose lead unit is in the reach of the user who looks; void ones never count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.orgs.visibility import has_wide_reach, reach
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.campaigns.visibility import sees_whole
from qingfeng.apps.work.inspections.models import Sheet, SheetState
from qingfeng.apps.work.inspections.queries import number_of_sheets
from qingfeng.apps.work.inspections.visibility import listed, number_listed
from qingfeng.apps.work.problems.flow import OPEN, ProblemState
from qingfeng.apps.work.problems.models import Problem, Recusal
from qingfeng.apps.work.problems.queries import units_at_zero

Words = str | Promise
_CLOSED = Q(state=ProblemState.CLOSED_OUT)
_LONG_TERM = Q(state=ProblemState.LONG_TERM)
_OPEN = Q(state__in=OPEN, closed_out_on=None)
"""The second is true of every open problem, and names the index of those that are not closed."""


@dataclass(frozen=True)
class Figure:
    """A count or sum over problems."""

    key: str
    name: Words
    measure: Words
    counting_rule: Words
    condition: Callable[[date], Q]
    """Of a day, because some figures change with the calendar alone."""
    amount: str = ""
    is_money: bool = False
    ordering: tuple[str, ...] = ("-pk",)
    """Of its rows, at first."""

    def aggregate(self, day: date) -> Count | Sum:
        """As part of one query that counts them all."""
        if self.amount:
            return Sum(self.amount, filter=self.condition(day), default=0)
        return Count("pk", filter=self.condition(day))


@dataclass(frozen=True)
class Rate:
    """A share: of `whole`, how many are `part`."""

    key: str
    name: Words
    counting_rule: Words
    part: str
    whole: str


def _unknown(user: User, campaign: Campaign) -> None:
    return None


@dataclass(frozen=True)
class Listing:
    """A figure that counts something else than problems."""

    key: str
    name: Words
    measure: Words
    counting_rule: Words
    rows: Callable[[User, Campaign], QuerySet]
    known: Callable[[User, Campaign], int | None] = _unknown
    """Their number, where it is known without counting them."""

    def number(self, user: User, campaign: Campaign) -> int:
        known = self.known(user, campaign)
        return self.rows(user, campaign).count() if known is None else known


def _all(day: date) -> Q:
    return Q()


def _ended_term(day: date) -> Q:
    return (_CLOSED & Q(first_due_date__isnull=False)) | (_OPEN & Q(first_due_date__lt=day))


def _sheets(user: User, campaign: Campaign) -> QuerySet[Sheet]:
    """Whoever reaches the whole campaign is spared the comparison with every unit."""
    rows = Sheet.objects.filter(campaign=campaign) if sees_whole(user, campaign) else listed(user, campaign)
    return rows.exclude(state=SheetState.VOID)


def _number_of_sheets(user: User, campaign: Campaign) -> int | None:
    if sees_whole(user, campaign):
        return number_of_sheets(campaign)
    return None if has_wide_reach(user) else number_listed(user, campaign)


def _at_zero(user: User, campaign: Campaign) -> QuerySet[Unit]:
    return units_at_zero(campaign).filter(pk__in=reach(user))


FIGURES = {
    figure.key: figure
    for figure in (
        Figure(
            "found", _("发现问题"), _("个"), _("已登记、未作废的问题，一个问题只在牵头单位计一次。"), _all
        ),
        Figure(
            "closed_out",
            _("已销号"),
            _("个"),
            _("现在处于已销号状态的问题；重新整改的不计。"),
            lambda day: _CLOSED,
        ),
        Figure("rated", _("计率问题"), _("个"), _("发现问题中扣除长期坚持的。"), lambda day: ~_LONG_TERM),
        Figure("open", _("未销号"), _("个"), _("尚未销号的问题，长期坚持的不计。"), lambda day: _OPEN),
        Figure(
            "overdue",
            _("逾期"),
            _("个"),
            _("未销号且统计日已过现行整改时限的问题；批准延期的按延期后的时限。"),
            lambda day: _OPEN & Q(due_date__lt=day),
            ordering=("due_date", "-pk"),
        ),
        Figure(
            "in_time",
            _("期内未销号"),
            _("个"),
            _("未销号且现行整改时限未到或尚未确定时限的问题。"),
            lambda day: _OPEN & (Q(due_date__isnull=True) | Q(due_date__gte=day)),
        ),
        Figure(
            "submitted",
            _("待销号"),
            _("个"),
            _("已申请销号、尚未作出决定的问题。"),
            lambda day: Q(state=ProblemState.SUBMITTED),
        ),
        Figure(
            "long_term",
            _("长期坚持"),
            _("个"),
            _("转为长期坚持的问题，每年复核，不计入销号率。"),
            lambda day: _LONG_TERM,
        ),
        Figure(
            "reopened",
            _("重新整改"),
            _("个"),
            _("销号后因反弹等原因重新整改、现在仍未销号的问题。"),
            lambda day: Q(state=ProblemState.REOPENED),
        ),
        Figure(
            "ended_term", _("到期问题"), _("个"), _("已销号的，和原定时限已过而未销号的问题。"), _ended_term
        ),
        Figure(
            "on_time",
            _("按期销号"),
            _("个"),
            _("销号日期不晚于原定时限的问题；延期不改变原定时限。"),
            lambda day: _CLOSED & Q(closed_out_on__lte=F("first_due_date")),
        ),
        Figure(
            "people", _("涉及群众"), _("人"), _("发现问题所登记的涉及群众人数之和。"), _all, "people_affected"
        ),
        Figure(
            "sum_involved",
            _("涉及金额"),
            _("元"),
            _("发现问题所登记的涉及金额之和。"),
            _all,
            "sum_involved",
            True,
        ),
        Figure(
            "sum_returned",
            _("清退金额"),
            _("元"),
            _("发现问题所登记的清退、追缴金额之和，不论是否已销号。"),
            _all,
            "sum_returned",
            True,
        ),
        Figure(
            "new_rules",
            _("新建制度"),
            _("项"),
            _("已销号的问题中写明新建或修订了制度的，一个问题计一项。"),
            lambda day: _CLOSED & ~Q(new_rule=""),
        ),
    )
}
RATES = {
    rate.key: rate
    for rate in (
        Rate(
            "close_out_rate",
            _("销号率"),
            _("已销号的问题占发现问题的比例；长期坚持的问题不计入分母。"),
            "closed_out",
            "rated",
        ),
        Rate(
            "on_time_rate",
            _("按期率"),
            _("按原定时限销号的，占已销号和原定时限已过的问题的比例；延期不改变原定时限。"),
            "on_time",
            "ended_term",
        ),
    )
}
LISTINGS = {
    listing.key: listing
    for listing in (
        Listing(
            "sheets",
            _("检查台账"),
            _("张"),
            _("已填报、未作废的检查台账，零问题的也计。"),
            _sheets,
            _number_of_sheets,
        ),
        Listing(
            "units_at_zero",
            _("零问题单位"),
            _("个"),
            _("参加专项治理、本单位及下级都没有登记问题的单位。"),
            _at_zero,
        ),
    )
}


def problems(user: User, campaign: Campaign) -> QuerySet[Problem]:
    """The problems over which this user's figures are counted."""
    return counted(user, campaign, Problem.objects.all())


def counted(user: User, campaign: Campaign, rows: QuerySet) -> QuerySet:
    """Of these problems those that count: the lead unit in reach, not void, not withheld by a recusal. Two queries."""
    return Sight(user, campaign).counted(rows)


@dataclass(frozen=True)
class Sight:
    """What of a campaign a user sees, asked once for several figures.

    Whoever reaches the whole campaign is spared the comparison with every single unit.
    """

    user: User
    campaign: Campaign

    @cached_property
    def is_whole(self) -> bool:
        return sees_whole(self.user, self.campaign)

    @cached_property
    def hidden(self) -> list[int]:
        """Problems that do not exist for this user although the unit is in reach: a handful at most."""
        return list(Recusal.objects.filter(person=self.user.person_id).values_list("problem_id", flat=True))

    def counted(self, rows: QuerySet) -> QuerySet:
        rows = self.led(rows)
        return rows.exclude(pk__in=self.hidden) if self.hidden else rows

    def led(self, rows: QuerySet) -> QuerySet:
        """Those that would count if nothing were hidden: for sums from which the few hidden are taken afterwards."""
        rows = rows.filter(campaign=self.campaign).exclude(state=ProblemState.VOID)
        return rows if self.is_whole else rows.filter(lead_unit_id__in=reach(self.user))

    def withheld(self) -> QuerySet[Problem]:
        """The hidden ones among those."""
        return self.led(Problem.objects.filter(pk__in=self.hidden)).order_by()


def rows_of(key: str, user: User, campaign: Campaign, day: date) -> QuerySet:
    """The rows behind a figure; of a rate, its whole."""
    if key in LISTINGS:
        return LISTINGS[key].rows(user, campaign)
    figure = FIGURES[RATES[key].whole if key in RATES else key]
    return problems(user, campaign).filter(figure.condition(day))
