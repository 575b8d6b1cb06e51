"""Figures of the first screens of office and leader. Each opens the rows behind it and says its counting rule."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.templatetags.marks import yuan
from qingfeng.apps.work.campaigns import queries as campaigns
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import Problem, Recusal, UnitSummary
from qingfeng.apps.work.problems.visibility import visible


@dataclass(frozen=True)
class Figure:
    label: str
    value: str
    unit: str
    href: str
    rule: str


def of_campaign(user: User, campaign: Campaign) -> list[Figure]:
    """Found, closed, overdue, people affected, money returned. Four queries: sums are kept, overdue is indexed."""
    day = clock.today()
    sums = _sums(user, campaign)
    late = visible(user).filter(campaign=campaign).overdue(day).count()  # type: ignore[attr-defined]
    rows = reverse("problems:list")
    whole = _("到%(day)s，牵头单位在您范围内、未作废的问题") % {"day": day.isoformat()}
    return [
        Figure(_("发现问题"), _number(sums["found"]), _("个"), rows, f"{whole}。"),
        Figure(
            _("已销号"),
            _number(sums["closed"]),
            _("个"),
            f"{rows}?view=closed",
            _("其中已由销号人同意销号的。"),
        ),
        Figure(
            _("逾期"),
            _number(late),
            _("个"),
            f"{rows}?view=late",
            _("时限早于今日、尚未销号的；长期坚持的不计。"),
        ),
        Figure(
            _("涉及群众"),
            _number(sums["people"]),
            _("人"),
            rows,
            _("%(whole)s登记的人数之和。") % {"whole": whole},
        ),
        Figure(
            _("清退金额"),
            yuan(sums["returned"]),
            _("元"),
            rows,
            _("%(whole)s登记的清退金额之和。") % {"whole": whole},
        ),
    ]


def _sums(user: User, campaign: Campaign) -> dict[str, int]:
    """The running figures in reach, less what the user is recused from: for them it does not exist."""
    kept = UnitSummary.objects.filter(campaign=campaign, unit_id__in=reach(user)).exclude(
        state=ProblemState.VOID
    )
    closed = Q(state=ProblemState.CLOSED_OUT)
    whole = kept.aggregate(
        found=Sum("problems"),
        people=Sum("people_affected"),
        returned=Sum("sum_returned"),
        closed=Sum("problems", filter=closed),
    )
    recused = Recusal.objects.filter(person=user.person_id).values("problem_id")
    hidden = Problem.objects.filter(pk__in=recused, campaign=campaign, lead_unit_id__in=reach(user)).exclude(
        state=ProblemState.VOID
    )
    less = hidden.aggregate(
        found=Count("pk"),
        people=Sum("people_affected"),
        returned=Sum("sum_returned"),
        closed=Count("pk", filter=closed),
    )
    return {name: (whole[name] or 0) - (less[name] or 0) for name in whole}


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
