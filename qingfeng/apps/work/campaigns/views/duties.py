"""The grid of duties × bearers, lists behind its totals, and the pages of a duty and an obligation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.base.web.ledgers import extract_page
from qingfeng.apps.base.web.marks import Due
from qingfeng.apps.base.web.moves import why_not
from qingfeng.apps.work.campaigns import grid, queries, slots
from qingfeng.apps.work.campaigns.actions import duties as actions
from qingfeng.apps.work.campaigns.actions import receipts as receiving
from qingfeng.apps.work.campaigns.bearers import Bearers, resolve
from qingfeng.apps.work.campaigns.forms.duties import AmendForm, ReasonForm, ReceiveForm, TriggerForm
from qingfeng.apps.work.campaigns.forms.items import BearersForm, ObligationForm
from qingfeng.apps.work.campaigns.item_words import of_obligation
from qingfeng.apps.work.campaigns.models import (
    BearerKind,
    Campaign,
    Duty,
    Medium,
    Obligation,
    Receipt,
    Stage,
)
from qingfeng.apps.work.campaigns.permissions import (
    can,
    check_can_hand_in,
    check_can_manage,
    check_can_register,
    check_can_return,
    check_can_trigger,
    check_can_waive,
)
from qingfeng.apps.work.campaigns.views.duty_list import duty_list, grid_extract, is_list
from qingfeng.apps.work.campaigns.views.overview import campaign_of
from qingfeng.apps.work.campaigns.visibility import found, visible_duties, visible_obligations


@require_http_methods(["GET", "HEAD", "POST"])
def duties(request: SignedInRequest, pk: int) -> HttpResponse:
    """The grid; with a state in the address the list of those duties."""
    campaign = campaign_of(request, pk)
    seen = visible_duties(request.user).filter(campaign=campaign)
    rows = _in_stage(seen, request.GET.get("stage", ""), campaign)
    if is_list(request):
        return duty_list(request, campaign, rows)
    present = set(seen.order_by().values_list("obligation__bearer_kind", flat=True).distinct())
    kinds = [kind for kind in BearerKind.values if kind in present]
    kind = request.GET.get("bearer", "")
    kind = kind if kind in kinds else (kinds[0] if kinds else BearerKind.UNITS.value)
    of_kind = rows.filter(obligation__bearer_kind=kind)
    chosen = _chosen_obligation(request, of_kind)
    counted = of_kind.filter(obligation=chosen) if chosen else of_kind
    shown = _grid_of(counted, campaign, chosen, kind)
    if "export" in request.GET:
        narrowed = [str(BearerKind(kind).label), *([chosen.what[:20]] if chosen else [])]
        return extract_page(request, grid_extract(shown, narrowed), len(shown.rows))
    context = {
        "campaign": campaign,
        "grid": shown,
        "chosen": chosen,
        "totals": queries.totals(counted),
        "kind": kind,
        "stages": Stage.objects.filter(campaign=campaign),
        "stage": request.GET.get("stage", ""),
        "words": of_obligation(chosen) if chosen else None,
        "obligations": _offered(of_kind) if chosen else [(one.key, one.title) for one in shown.columns],
        "tabs": [(str(BearerKind(one).label), f"?bearer={one}", one == kind) for one in kinds],
        "list_address": _list_address(request, kind, chosen),
        "whole_list": reverse("campaigns:duties", args=[campaign.pk]) + "?view=all",
    }
    return render(request, "campaigns/duties.html", context)


def _offered(rows: QuerySet[Duty]) -> list[tuple[int, str]]:
    """The tasks of these duties, to choose one from."""
    found = Obligation.objects.filter(pk__in=rows.values("obligation_id")).order_by("line", "pk")
    return list(found.values_list("pk", "what"))


def _in_stage(rows: QuerySet[Duty], stage: str, campaign: Campaign) -> QuerySet[Duty]:
    """Duties that fall due within a stage."""
    row = Stage.objects.filter(campaign=campaign, pk=int(stage)).first() if stage.isdigit() else None
    return rows.filter(first_due__range=(row.starts_on, row.ends_on)) if row else rows


def _chosen_obligation(request: SignedInRequest, rows: QuerySet[Duty]) -> Obligation | None:
    key = request.GET.get("obligation", "")
    return (
        Obligation.objects.filter(pk__in=rows.values("obligation_id"), pk=int(key)).first()
        if key.isdigit()
        else None
    )


def _grid_of(rows: QuerySet[Duty], campaign: Campaign, chosen: Obligation | None, kind: str) -> grid.Grid:
    page = reverse("campaigns:duties", args=[campaign.pk])
    if chosen:
        return grid.over_periods(rows, address=lambda cell: reverse("campaigns:duty", args=[cell.first]))

    def address(cell: grid.Cell, obligation: Obligation, _bearer: grid.Key) -> str:
        if cell.total == 1:
            return reverse("campaigns:duty", args=[cell.first])
        return f"{page}?bearer={kind}&obligation={obligation.pk}"

    def heading(obligation: Obligation) -> grid.Column:
        words = of_obligation(obligation)
        return grid.Column(
            obligation.pk, obligation.what, words["when"], f"{page}?bearer={kind}&obligation={obligation.pk}"
        )

    return grid.over_obligations(rows, heading=heading, address=address)


def _list_address(request: SignedInRequest, kind: str, chosen: Obligation | None) -> str:
    """The list behind the totals of this grid; the state is put at its end."""
    parts = [f"bearer={kind}", *([f"obligation={chosen.pk}"] if chosen else [])]
    stage = request.GET.get("stage", "")
    return "?" + "&".join([*parts, *([f"stage={stage}"] if stage.isdigit() else []), "state="])


@require_GET
def duty(request: SignedInRequest, pk: int) -> HttpResponse:
    """One bearer's share of a task for one period: what is in, what is still wanted, what may be done."""
    row = _duty(request, pk)
    return _duty_page(request, row)


@require_POST
def duty_receive(request: SignedInRequest, pk: int) -> HttpResponse:
    """A copy is handed in or registered."""
    row = _duty(request, pk)
    form = ReceiveForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            receiving.receive(
                duty=row,
                medium=given["medium"],
                by=request.user,
                received_on=given["received_on"],
                note=given["note"],
                **form.upload,
            )
            row.refresh_from_db()
            done = _("已登记，本任务已报齐。") if row.fulfilled_at else _("已登记，还缺另一种形式。")
            messages.success(request, done)
            return redirect("campaigns:duty", pk)
        except BadInput as error:
            form.add_error(None, str(error))
    return _duty_page(request, _duty(request, pk), wrong=form)


@require_POST
def receipt_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """What came in goes back, with the reason."""
    receipts = Receipt.objects.filter(duty__in=visible_duties(request.user))
    row: Any = found(receipts, pk, related=("duty__campaign__root_unit", "duty__obligation__campaign"))
    receiving.return_receipt(receipt=row, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("已退回，任务重新打开。"))
    return redirect("campaigns:duty", row.duty_id)


@require_POST
def duty_waive(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office releases the bearer."""
    actions.waive(duty=_duty(request, pk), reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("已免报。"))
    return redirect("campaigns:duty", pk)


@require_POST
def duty_amend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another date, with the reason."""
    form = AmendForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("请填写新的期限，写成2026-06-20的样式。"))
    given = form.cleaned_data
    actions.amend_duty(duty=_duty(request, pk), due=given["due"], reason=given["reason"], by=request.user)
    messages.success(request, _("期限已改为%(day)s。") % {"day": given["due"]})
    return redirect("campaigns:duty", pk)


@require_GET
def obligation(request: SignedInRequest, pk: int) -> HttpResponse:
    """A task of the plan with its sentence, and who owes it when."""
    row = _obligation(request, pk)
    seen = visible_duties(request.user).filter(obligation=row)
    bearers = _bearers_for(request, row)
    context = {
        "obligation": row,
        "words": of_obligation(row),
        "campaign": row.campaign,
        "totals": queries.totals(seen),
        "triggered": queries.with_state(seen.exclude(occasion="")).select_related("unit", "group")[:50],
        "manage": why_not(check_can_manage, request.user, row.campaign),
        "may_trigger": bool(bearers) and (row.on_demand or not (row.due or row.recurrence)),
        "trigger": TriggerForm(bearers=bearers),
        "entries": entries(timeline(row)),
        "grid": grid.over_periods(seen, address=lambda cell: reverse("campaigns:duty", args=[cell.first])),
    }
    return render(request, "campaigns/obligation.html", context)


@require_http_methods(["GET", "POST"])
def obligation_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """A task that the plan does not name."""
    campaign = campaign_of(request, pk)
    check_can_manage(request.user, campaign)
    stages = [(stage.number, stage.name) for stage in Stage.objects.filter(campaign=campaign)]
    form = ObligationForm(request.POST or None, stages=stages, initial={"wants_electronic": True})
    for name in form.of_the_document:
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        try:
            laid = actions.add_obligation(campaign=campaign, data=form.data_for_action, by=request.user)
            messages.success(request, _("任务已增加，从今天起的已下达。"))
            return redirect("campaigns:obligation", laid[0].pk)
        except BadInput as error:
            form.add_error(None, str(error))
    return render(
        request,
        "campaigns/obligation_form.html",
        {"form": form, "campaign": campaign},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def obligation_amend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another date, or other bearers."""
    row = _obligation(request, pk)
    check_can_manage(request.user, row.campaign)
    now = {"kind": row.bearer_kind, "classes": row.bearer_classes, "names": row.bearer_names}
    form = BearersForm(request.POST or None, initial=BearersForm.initial_bearers([now]))
    dates = AmendForm(request.POST or None, initial={"due": row.due})
    if row.recurrence or row.on_demand:
        del dates.fields["due"]
    else:
        dates.fields["due"].required = False
    if request.method == "POST" and form.is_valid() and dates.is_valid():
        try:
            _amend(row, form.chosen_bearers(), now, dates.cleaned_data, request)
            messages.success(request, _("任务已调整。"))
            return redirect("campaigns:obligation", pk)
        except BadInput as error:
            form.add_error(None, str(error))
    return render(
        request,
        "campaigns/obligation_amend.html",
        {"form": form, "dates": dates, "obligation": row, "campaign": row.campaign},
        status=422 if form.errors or dates.errors else 200,
    )


def _amend(
    row: Obligation,
    bearers: list[dict[str, Any]],
    now: dict[str, Any],
    given: dict[str, Any],
    request: SignedInRequest,
) -> None:
    if len(bearers) != 1:
        raise BadInput(_("一项任务只能由单位、组或办公室中的一类承担；另一类请另加任务。"))
    due = given.get("due")
    changed = Bearers.of(bearers[0]) if bearers[0] != now else None
    actions.amend_obligation(
        obligation=row,
        reason=given["reason"],
        by=request.user,
        bearers=changed,
        due=due if due != row.due else None,
    )


@require_POST
def obligation_void(request: SignedInRequest, pk: int) -> HttpResponse:
    """A task no longer asked for."""
    actions.void_obligation(
        obligation=_obligation(request, pk), reason=request.POST.get("reason", ""), by=request.user
    )
    messages.success(request, _("任务已撤销，未报的一并免报。"))
    return redirect("campaigns:obligation", pk)


@require_POST
def obligation_trigger(request: SignedInRequest, pk: int) -> HttpResponse:
    """An event has made it due for somebody."""
    row = _obligation(request, pk)
    form = TriggerForm(request.POST, bearers=_bearers_for(request, row))
    if not form.is_valid():
        raise BadInput(_("请选择承担者并填写触发日期。"))
    given = form.cleaned_data
    made = actions.trigger_obligation(
        obligation=row,
        bearer=given["bearer"],
        on=given["on"],
        by=request.user,
        occasion=given["occasion"],
        due=given["due"],
    )
    messages.success(request, _("已登记，期限为%(day)s。") % {"day": made.due})
    return redirect("campaigns:duty", made.pk)


def _duty(request: SignedInRequest, pk: int) -> Duty:
    related = ("obligation__campaign__office", "obligation__stage", "campaign__root_unit", "unit", "group")
    row = found(visible_duties(request.user), pk, related=related)
    assert isinstance(row, Duty)
    return row


def _obligation(request: SignedInRequest, pk: int) -> Obligation:
    row = found(
        visible_obligations(request.user), pk, related=("campaign__root_unit", "campaign__office", "stage")
    )
    assert isinstance(row, Obligation)
    return row


def _bearers_for(request: SignedInRequest, row: Obligation) -> list[Any]:
    """Those of its bearers for whom this person may enter an event."""
    units, groups = resolve(row)
    return [body for body in (*units, *groups) if can(check_can_trigger, request.user, row.campaign, body)]


def _duty_page(request: SignedInRequest, row: Duty, wrong: ReceiveForm | None = None) -> HttpResponse:
    user = request.user
    receipts = list(
        Receipt.objects.filter(duty=row).select_related("file", "received_by__person").order_by("pk")
    )
    have = {receipt.medium for receipt in receipts if receipt.returned_at is None}
    still = [] if row.waived_at else [medium for medium in receiving.wanted(row) if medium not in have]
    checks = {Medium.ELECTRONIC: check_can_hand_in, Medium.PAPER: check_can_register}
    ways = [
        {
            "medium": Medium(medium),
            "refusal": why_not(checks[Medium(medium)], user, row),
            "form": wrong
            if wrong and wrong.data.get("medium") == medium
            else ReceiveForm(
                auto_id=f"id_{medium}_%s", initial={"medium": medium, "received_on": clock.today()}
            ),
        }
        for medium in still
    ]
    tab = "" if wrong or request.GET.get("tab") != "timeline" else "timeline"
    address = reverse("campaigns:duty", args=[row.pk])
    state = queries.with_state(Duty.objects.filter(pk=row.pk)).get().cell_state  # type: ignore[attr-defined]
    context = {
        "duty": row,
        "obligation": row.obligation,
        "campaign": row.campaign,
        "words": of_obligation(row.obligation),
        "mark": queries.mark_of(state),
        "receipts": receipts,
        "ways": ways,
        "due": Due(row.due, row.first_due, row.fulfilled_on),
        "tab": tab,
        "tabs": [
            (_("办理"), address, not tab),
            (_("办理记录"), f"{address}?tab=timeline", bool(tab)),
        ],
        "steps": queries.around_it(row),
        "entries": entries(timeline(row, *receipts)) if tab else [],
        "links": [link for filler in slots.duty_links for link in filler(user, row)],
        "papers": [link for filler in slots.duty_papers for link in filler(user, row)],
        "may_return": can(check_can_return, user, row),
        "may_waive": bool(still) and can(check_can_waive, user, row),
        "registers": can(check_can_register, user, row),
        "reason_form": ReasonForm(),
        "meeting_address": reverse("campaigns:meeting_new", args=[row.campaign_id]) + f"?duty={row.pk}",
    }
    return render(request, "campaigns/duty.html", context, status=422 if wrong else 200)
