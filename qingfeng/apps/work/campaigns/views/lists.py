"""All campaigns and all plans that exist for a user, as ledgers: what is running stands on the page above them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.apps.base.orgs.models import Role
from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.orgs.visibility import roles
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, View, ledger_page
from qingfeng.apps.base.web.marks import Mark, Tone
from qingfeng.apps.work.campaigns.models import Campaign, CampaignState, Decision, DraftItem, Plan, PlanState
from qingfeng.apps.work.campaigns.queries import totals
from qingfeng.apps.work.campaigns.visibility import (
    DISTRICT_ROLES,
    visible_campaigns,
    visible_duties,
    visible_plans,
)

_TONES: dict[str, Tone] = {PlanState.STARTED: "done", PlanState.SET_ASIDE: "neutral"}


@require_GET
def campaigns(request: SignedInRequest) -> HttpResponse:
    """Every campaign, those that have ended too, with what was handed in."""

    def count(rows: list[Any]) -> None:
        for row in rows:
            row.totals = totals(visible_duties(request.user).filter(campaign=row))

    ledger = Ledger(
        request,
        visible_campaigns(request.user).select_related("root_unit"),
        [
            Column("title", _("专项治理"), href=lambda row: reverse("campaigns:campaign", args=[row.pk])),
            Column("unit", _("单位"), "root_unit__short_name"),
            Column("state", _("状态"), state_mark, "state", sort="state"),
            Column("starts", _("开始"), "starts_on", "date", sort="starts_on"),
            Column("ends", _("结束"), "ends_on", "date", sort="ends_on"),
            Column("total", _("应报"), lambda row: row.totals.total, "number"),
            Column("reported", _("已报"), lambda row: row.totals.reported, "number"),
            Column("overdue", _("逾期未报"), lambda row: row.totals.overdue, "number", href=_overdue),
        ],
        filters=[Filter("q", _("查找"), "title__icontains", kind="text")],
        views=[
            View("all", _("全部"), lambda rows: rows),
            View("running", _("进行中"), lambda rows: rows.filter(state=CampaignState.RUNNING)),
            View("ended", _("已结束"), lambda rows: rows.filter(state=CampaignState.ENDED)),
        ],
        ordering=("-starts_on", "-pk"),
        rule=_("应报、已报只计您能看到的单位和组；免报的不计已报。"),
        prepare=count,
        title=_("专项治理"),
    )
    return ledger_page(request, ledger, "campaigns/campaign_list.html")


@require_GET
def plans(request: SignedInRequest) -> HttpResponse:
    """Every plan that was handed in, with how far its review is."""
    if not roles(request.user) & DISTRICT_ROLES:
        raise Refused(_("方案由专治办核对，其他单位看启动后的任务。"))
    ledger = Ledger(
        request,
        visible_plans(request.user).select_related("root_unit", "handed_in_by__person"),
        [
            Column("title", _("方案"), href=lambda row: reverse("campaigns:plan", args=[row.pk])),
            Column("unit", _("单位"), "root_unit__short_name"),
            Column("state", _("状态"), _plan_mark, "state", sort="state"),
            Column("pending", _("待核对"), lambda row: row.pending, "number"),
            Column("items", _("读出"), lambda row: row.total, "number"),
            Column("by", _("读入人"), lambda row: str(row.handed_in_by)),
            Column("at", _("读入时间"), "handed_in_at", "moment", sort="handed_in_at"),
        ],
        filters=[Filter("q", _("查找"), "title__icontains", kind="text")],
        views=[
            View("all", _("全部"), lambda rows: rows),
            View("review", _("核对中"), lambda rows: rows.exclude(state=PlanState.STARTED)),
            View("started", _("已启动"), lambda rows: rows.filter(state=PlanState.STARTED)),
        ],
        ordering=("-handed_in_at", "-pk"),
        rule=_("读出指从文件里读到、需要核对的条目；搁置的方案不列。"),
        prepare=_count_items,
        title=_("方案"),
    )
    return ledger_page(
        request, ledger, "campaigns/plan_list.html", {"may_hand_in": Role.OFFICE in roles(request.user)}
    )


def state_mark(row: Campaign) -> Mark:
    """Running or ended."""
    running = row.state == CampaignState.RUNNING
    return Mark(str(CampaignState(row.state).label), "active" if running else "neutral")


def _overdue(row: Campaign) -> str:
    return f"{reverse('campaigns:duties', args=[row.pk])}?state=overdue"


def _plan_mark(row: Plan) -> Mark:
    return Mark(str(PlanState(row.state).label), _TONES.get(row.state, "waiting"))


def _count_items(rows: list[Plan]) -> None:
    counted = DraftItem.objects.filter(plan__in=rows).values("plan_id").order_by()
    numbers = counted.annotate(total=Count("pk"), pending=Count("pk", filter=Q(decision=Decision.PENDING)))
    by_plan = {row["plan_id"]: row for row in numbers}
    for plan in rows:
        found = by_plan.get(plan.pk, {"total": 0, "pending": 0})
        plan.total, plan.pending = found["total"], found["pending"]  # type: ignore[attr-defined]
