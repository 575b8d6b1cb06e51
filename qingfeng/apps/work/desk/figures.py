"""Figures of the first screens of office and leader. Each opens the rows behind it and says its counting rule."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.templatetags.marks import yuan
from qingfeng.apps.work.campaigns import queries as campaigns
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import UnitSummary
from qingfeng.apps.work.problems.visibility import visible


@dataclass(frozen=True)
class Figure:
    label: str
    value: str
    unit: str
    href: str
    rule: str


def of_campaign(user: User, campaign: Campaign) -> list[Figure]:
    """Found, closed, overdue, people affected, money returned. Three queries: sums are kept, overdue is indexed."""
    day = clock.today()
    kept = UnitSummary.objects.filter(campaign=campaign, unit_id__in=reach(user)).exclude(
        state=ProblemState.VOID
    )
    sums = kept.aggregate(Sum("problems"), Sum("people_affected"), Sum("sum_returned"))
    closed = kept.filter(state=ProblemState.CLOSED_OUT).aggregate(Sum("problems"))["problems__sum"] or 0
    late = visible(user).filter(campaign=campaign).overdue(day).count()  # type: ignore[attr-defined]
    rows = reverse("problems:list")
    whole = _("到%(day)s，牵头单位在您范围内、未作废的问题") % {"day": day.isoformat()}
    return [
        Figure(_("发现问题"), _number(sums["problems__sum"]), _("个"), rows, f"{whole}。"),
        Figure(_("已销号"), _number(closed), _("个"), f"{rows}?view=closed", _("其中已由销号人同意销号的。")),
        Figure(
            _("逾期"),
            _number(late),
            _("个"),
            f"{rows}?view=late",
            _("时限早于今日、尚未销号的；长期坚持的不计。"),
        ),
        Figure(
            _("涉及群众"),
            _number(sums["people_affected__sum"]),
            _("人"),
            rows,
            _("%(whole)s登记的人数之和。") % {"whole": whole},
        ),
        Figure(
            _("清退金额"),
            yuan(sums["sum_returned__sum"] or 0),
            _("元"),
            rows,
            _("%(whole)s登记的清退金额之和。") % {"whole": whole},
        ),
    ]


def of_duties(user: User, campaign: Campaign) -> list[Figure]:
    """What is late in handing in. One query."""
    late = campaigns.overdue_duties(user).filter(campaign=campaign).count()
    address = reverse("campaigns:duties", args=[campaign.pk])
    return [
        Figure(
            _("缺报逾期"),
            _number(late),
            _("项"),
            f"{address}?state=overdue",
            _("时限已过、还没有报齐的任务。"),
        )
    ]


def _number(value: int | None) -> str:
    return f"{value or 0:,}"
