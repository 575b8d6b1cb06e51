"""The list of plans and campaigns, and the page of a campaign: stages, contents, groups, obligations, faults."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingfeng.apps.base.orgs.models import Group, Role, Unit, UnitClosure
from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.orgs.visibility import roles
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.base.web.moves import why_not
from qingfeng.apps.work.campaigns import slots
from qingfeng.apps.work.campaigns.actions import start as actions
from qingfeng.apps.work.campaigns.item_words import of_obligation
from qingfeng.apps.work.campaigns.models import (
    Campaign,
    CampaignGroup,
    CampaignState,
    CampaignUnit,
    ContentCategory,
    Decision,
    DraftItem,
    Duty,
    ExtraColumn,
    ItemKind,
    Mechanism,
    Obligation,
    Plan,
    PlanState,
    Stage,
)
from qingfeng.apps.work.campaigns.permissions import check_can_manage
from qingfeng.apps.work.campaigns.queries import totals
from qingfeng.apps.work.campaigns.views.lists import state_mark
from qingfeng.apps.work.campaigns.visibility import (
    DISTRICT_ROLES,
    found,
    visible_campaigns,
    visible_duties,
    visible_plans,
)


@require_GET
def list_(request: SignedInRequest) -> HttpResponse:
    """方案与任务: the campaigns I see, and for the office the plans under review."""
    campaigns = [
        {
            "campaign": one,
            "stages": stage_marks(one),
            "totals": totals(visible_duties(request.user).filter(campaign=one)),
            "state": state_mark(one),
            "address": f"{reverse('campaigns:duties', args=[one.pk])}?state=",
        }
        for one in _shown_at_once(request)
    ]
    plans = (
        visible_plans(request.user)
        .exclude(state=PlanState.STARTED)
        .select_related("root_unit", "handed_in_by__person")
    )
    plans = plans.order_by("-pk")
    context = {
        "campaigns": campaigns,
        "plans": [_plan_row(one) for one in plans],
        "may_hand_in": Role.OFFICE in roles(request.user),
        "sees_plans": bool(roles(request.user) & DISTRICT_ROLES),
    }
    return render(request, "campaigns/list.html", context)


def _shown_at_once(request: SignedInRequest) -> list[Campaign]:
    """Those that run, else the last one; the ledger of all holds the others."""
    rows = visible_campaigns(request.user).select_related("root_unit").order_by("-started_at", "-pk")
    return list(rows.filter(state=CampaignState.RUNNING)) or list(rows[:1])


@require_GET
def campaign(request: SignedInRequest, pk: int) -> HttpResponse:
    """A campaign as a whole, each task with its source sentence."""
    row = campaign_of(request, pk)
    duties = visible_duties(request.user).filter(campaign=row)
    manage = why_not(check_can_manage, request.user, row)
    stages = list(Stage.objects.filter(campaign=row))
    groups = CampaignGroup.objects.filter(campaign=row).prefetch_related("groups").order_by("pk")
    units = (
        CampaignUnit.objects.filter(campaign=row).select_related("unit").order_by("unit__order", "unit__code")
    )
    faults = DraftItem.objects.filter(plan_id=row.plan_id, kind=ItemKind.FAULT).exclude(
        decision=Decision.DROPPED
    )
    context = {
        "campaign": row,
        "state": state_mark(row),
        "totals": totals(duties),
        "manage": manage,
        "stages": [{"stage": stage, "mark": stage_mark(stage)} for stage in stages],
        "contents": ContentCategory.objects.filter(campaign=row),
        "extra_columns": ExtraColumn.objects.filter(campaign=row, ended_on=None),
        "mechanisms": Mechanism.objects.filter(campaign=row),
        "obligations": _obligation_rows(row, request),
        "groups": groups,
        "units": units,
        "faults": faults.order_by("order"),
        "sees_plan": visible_plans(request.user).filter(pk=row.plan_id).exists(),
        "panels": [panel for filler in slots.campaign_panels for panel in filler(request, row)],
        "addable": [] if manage else _units_to_add(row),
        "linkable": [] if manage else list(Group.objects.on(clock.today()).order_by("code")),
        "duties_address": reverse("campaigns:duties", args=[row.pk]),
    }
    return render(request, "campaigns/campaign.html", context)


@require_POST
def unit_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """A unit joins while the campaign runs."""
    row = campaign_of(request, pk)
    unit = Unit.objects.filter(pk=_number(request.POST.get("unit"))).first()
    if unit is None:
        raise BadInput(_("请选择要加入的单位。"))
    actions.add_unit(campaign=row, unit=unit, by=request.user)
    messages.success(request, _("%(unit)s已加入，从今天起的任务已下达。") % {"unit": unit})
    return redirect("campaigns:campaign", pk)


@require_POST
def group_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Real groups for a group of the plan."""
    rows = CampaignGroup.objects.filter(campaign__in=visible_campaigns(request.user))
    row: Any = found(rows, pk, related=("campaign__root_unit",))
    chosen = Group.objects.filter(
        pk__in=[number for value in request.POST.getlist("groups") if (number := _number(value)) is not None]
    )
    if not chosen:
        raise BadInput(_("请选择对应的组。"))
    actions.link_groups(campaign_group=row, groups=chosen, by=request.user)
    messages.success(request, _("已对应，从今天起的任务已下达。"))
    return redirect("campaigns:campaign", row.campaign_id)


@require_POST
def campaign_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """The campaign is over."""
    actions.end(campaign=campaign_of(request, pk), by=request.user)
    messages.success(request, _("专项治理已结束，台账只供查阅。"))
    return redirect("campaigns:campaign", pk)


def campaign_of(request: SignedInRequest, pk: int) -> Campaign:
    """The campaign, if it exists for this person."""
    row = found(visible_campaigns(request.user), pk, related=("root_unit", "office", "plan"))
    assert isinstance(row, Campaign)
    return row


def stage_mark(stage: Stage) -> Mark:
    """Not begun, how many days are left, or over."""
    today = clock.today()
    if today < stage.starts_on:
        return Mark(_("%(day)s开始") % {"day": stage.starts_on.isoformat()})
    if today > stage.ends_on:
        return Mark(_("已结束"))
    left = Due(stage.ends_on).mark
    assert left is not None  # the date is set
    return Mark(_("进行中，%(left)s") % {"left": left.label}, "active")


def stage_marks(row: Campaign) -> list[tuple[Stage, Mark]]:
    """The stages of today with what is left."""
    today: date = clock.today()
    rows = Stage.objects.filter(campaign=row, starts_on__lte=today, ends_on__gte=today)
    return [(stage, stage_mark(stage)) for stage in rows]


def _plan_row(row: Plan) -> dict[str, Any]:
    counts = DraftItem.objects.filter(plan=row).aggregate(
        total=Count("pk"), decided=Count("pk", filter=~Q(decision=Decision.PENDING))
    )
    return {"plan": row, "state": Mark(str(PlanState(row.state).label), "waiting"), **counts}


def _obligation_rows(row: Campaign, request: SignedInRequest) -> list[dict[str, Any]]:
    """Each obligation in words, with how many of its duties in sight are past their date."""
    seen = visible_duties(request.user).filter(campaign=row)
    late = seen.overdue(clock.today())
    owed = dict(seen.order_by().values_list("obligation_id").annotate(Count("pk")))
    overdue = dict(late.order_by().values_list("obligation_id").annotate(Count("pk")))
    borne = set(
        Duty.objects.filter(campaign=row).order_by().values_list("obligation_id", flat=True).distinct()
    )
    found_rows = (
        Obligation.objects.filter(campaign=row).select_related("stage").order_by("voided_at", "line", "pk")
    )
    return [
        {
            "obligation": one,
            "words": of_obligation(one),
            "owed": owed.get(one.pk, 0),
            "overdue": overdue.get(one.pk, 0),
            "unborne": one.pk not in borne and not one.on_demand and one.voided_at is None,
            "timeless": not (one.due or one.recurrence or one.on_demand),
        }
        for one in found_rows
    ]


def _units_to_add(row: Campaign) -> list[Unit]:
    below = UnitClosure.objects.filter(ancestor_id=row.root_unit_id, depth__gt=0).values("descendant_id")
    part = CampaignUnit.objects.filter(campaign=row).values("unit_id")
    return list(Unit.objects.on(clock.today()).filter(pk__in=below).exclude(pk__in=part))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None
