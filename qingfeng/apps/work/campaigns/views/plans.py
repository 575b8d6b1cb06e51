"""Plans: handing one in, reviewing its draft beside the source, starting the campaign."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.apps.base.orgs.models import Role, Unit
from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.base.web.moves import why_not
from qingfeng.apps.work.campaigns.actions import plans as actions
from qingfeng.apps.work.campaigns.actions import start as starting
from qingfeng.apps.work.campaigns.forms.items import FORMS, ItemForm, ObligationForm
from qingfeng.apps.work.campaigns.forms.starting import PlanForm, StartForm, needs_choice, roots
from qingfeng.apps.work.campaigns.item_words import view_of
from qingfeng.apps.work.campaigns.models import (
    Campaign,
    DayOffRule,
    Decision,
    DraftItem,
    ItemKind,
    Plan,
    PlanState,
)
from qingfeng.apps.work.campaigns.permissions import check_can_review
from qingfeng.apps.work.campaigns.visibility import found, visible_items, visible_plans
from qingfeng.calendars import add_months

ORDER = [
    ItemKind.FAULT,
    ItemKind.STAGE,
    ItemKind.OBLIGATION,
    ItemKind.CONTENT,
    ItemKind.GROUP,
    ItemKind.MECHANISM,
    ItemKind.FORM,
]


@require_http_methods(["GET", "POST"])
def plan_new(request: SignedInRequest) -> HttpResponse:
    """The office hands in a plan document; what is no plan comes back with the reasons."""
    units = roots(Unit.objects.on(clock.today()).filter(pk__in=reach(request.user, {Role.OFFICE})))
    if not units.exists():
        raise Refused(_("方案由专治办读入。"))
    form = PlanForm(request.POST or None, request.FILES or None, units=units)
    refusal: BadInput | None = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            plan = actions.hand_in(
                file_name=file.name,
                content=file.read(),
                by=request.user,
                root_unit=form.cleaned_data["root_unit"],
            )
            messages.success(request, _("已读入。请逐项核对，全部核对后启动。"))
            return redirect("campaigns:plan", plan.pk)
        except BadInput as error:
            refusal = error
    context = {"form": form, "reason": str(refusal or ""), "places": refusal.places if refusal else []}
    return render(request, "campaigns/plan_new.html", context, status=422 if refusal or form.errors else 200)


@require_GET
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft beside the numbered lines of the document."""
    row = _plan(request, pk)
    items = list(DraftItem.objects.filter(plan=row).order_by("order", "pk"))
    only_pending = request.GET.get("view") == "pending"
    sections = []
    for kind in ORDER:
        of_kind = [item for item in items if item.kind == kind]
        shown = [view_of(item) for item in of_kind if not only_pending or item.decision == Decision.PENDING]
        sections.append(
            {
                "kind": kind,
                "items": shown,
                "total": len(of_kind),
                "addable": kind != ItemKind.FAULT,
                "pending": sum(item.decision == Decision.PENDING for item in of_kind),
            }
        )
    pending = sum(section["pending"] for section in sections)
    context = {
        "plan": row,
        "sections": sections,
        "pending": pending,
        "decided": len(items) - pending,
        "total": len(items),
        "lines": _lines(row, items),
        "only_pending": only_pending,
        "state": PlanState(row.state).label,
        "refusal": why_not(check_can_review, request.user, row),
        "campaign": Campaign.objects.filter(plan=row).first(),
        "tabs": [
            (
                _("全部 %(count)d") % {"count": len(items)},
                reverse("campaigns:plan", args=[pk]),
                not only_pending,
            ),
            (_("待核对 %(count)d") % {"count": pending}, "?view=pending", only_pending),
        ],
    }
    return render(request, "campaigns/plan.html", context)


@require_POST
def plan_item_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """One click beside the sentence: taken or dropped; the page returns to the item."""
    item = _item(request, pk)
    actions.decide(item=item, decision=request.POST.get("decision", ""), by=request.user)
    if request.POST.get("view") == "pending":
        return redirect(f"{reverse('campaigns:plan', args=[item.plan_id])}?view=pending#kind-{item.kind}")
    return redirect(f"{reverse('campaigns:plan', args=[item.plan_id])}#item-{item.pk}")


@require_http_methods(["GET", "POST"])
def plan_item(request: SignedInRequest, pk: int) -> HttpResponse:
    """An item in its typed form, beside its sentence."""
    item = _item(request, pk)
    check_can_review(request.user, item.plan)
    if item.kind not in FORMS:
        raise NotThere()
    form = _form(item.kind, item.plan, request, initial=FORMS[item.kind].initial_of(item.data))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_item(item=item, data=form.data_for_action, by=request.user)
            messages.success(request, _("已按修改后的内容采用。"))
            return redirect(f"{reverse('campaigns:plan', args=[item.plan_id])}#item-{item.pk}")
        except BadInput as error:
            form.add_error(None, str(error))
    context = {
        "form": form,
        "item": item,
        "plan": item.plan,
        "kind": ItemKind(item.kind),
        "quote": item.quote,
        "line": item.line,
    }
    return render(request, "campaigns/plan_item.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def plan_item_new(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """An item that the reader missed, with the number of its line."""
    row = _plan(request, pk)
    check_can_review(request.user, row)
    if kind not in FORMS:
        raise NotThere()
    form = _form(kind, row, request, initial={"wants_electronic": True})
    line = _line_number(request, row)
    if request.method == "POST" and form.is_valid():
        try:
            item = actions.add_item(
                plan=row, kind=kind, data=form.data_for_action, line=line, by=request.user
            )
            messages.success(request, _("已补充。"))
            return redirect(f"{reverse('campaigns:plan', args=[pk])}#item-{item.pk}")
        except BadInput as error:
            form.add_error(None, str(error))
    context = {
        "form": form,
        "plan": row,
        "kind": ItemKind(kind),
        "line": line,
        "numbers": row.lines,
        "quote": next((one["text"] for one in row.lines if one["number"] == line), ""),
    }
    return render(request, "campaigns/plan_item.html", context, status=422 if form.errors else 200)


@require_POST
def plan_accept_all(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes the rest as it stands: an explicit button, never a default."""
    row = _plan(request, pk)
    count = actions.accept_all(plan=row, by=request.user)
    messages.success(request, _("其余%(count)d项已全部采用。下一步：启动专项治理。") % {"count": count})
    return redirect("campaigns:plan", pk)


@require_POST
def plan_set_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    """A plan that will not be started."""
    actions.set_aside(plan=_plan(request, pk), reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("方案已搁置。"))
    return redirect("campaigns:list")


@require_http_methods(["GET", "POST"])
def plan_start(request: SignedInRequest, pk: int) -> HttpResponse:
    """The choices of the start, and the start itself."""
    row = _plan(request, pk)
    check_can_review(request.user, row)
    groups = [item for item in _items_taken(row, ItemKind.GROUP) if needs_choice(item)]
    form = StartForm(
        request.POST or None, root_unit=row.root_unit, groups=groups, initial=_start_initial(row)
    )
    refusal: BadInput | None = None
    if request.method == "POST" and form.is_valid():
        first = row.period_start or form.cleaned_data["starts_on"]
        choices = form.choices_for_action(first, period_given=row.period_start is not None)
        try:
            campaign = starting.start(plan=row, by=request.user, **choices)
            messages.success(request, _("专项治理已启动，任务已下达。"))
            return redirect("campaigns:campaign", campaign.pk)
        except BadInput as error:
            refusal = error
    pending = DraftItem.objects.filter(plan=row, decision=Decision.PENDING).count()
    context = {
        "form": form,
        "plan": row,
        "pending": pending,
        "reason": str(refusal or ""),
        "places": refusal.places if refusal else [],
    }
    return render(
        request, "campaigns/plan_start.html", context, status=422 if refusal or form.errors else 200
    )


def _plan(request: SignedInRequest, pk: int) -> Plan:
    row = found(visible_plans(request.user), pk, related=("root_unit", "file", "handed_in_by__person"))
    assert isinstance(row, Plan)
    return row


def _item(request: SignedInRequest, pk: int) -> DraftItem:
    row = found(visible_items(request.user), pk, related=("plan__root_unit",))
    assert isinstance(row, DraftItem)
    return row


def _form(kind: str, row: Plan, request: SignedInRequest, initial: dict[str, Any]) -> ItemForm:
    data = request.POST if request.method == "POST" else None
    if FORMS[kind] is not ObligationForm:
        return FORMS[kind](data, initial=initial)
    stages = [(item.data["number"], item.data["name"]) for item in _items_taken(row, ItemKind.STAGE)]
    return ObligationForm(data, initial=initial, stages=stages)


def _items_taken(row: Plan, kind: str) -> list[DraftItem]:
    return list(
        DraftItem.objects.filter(plan=row, kind=kind).exclude(decision=Decision.DROPPED).order_by("order")
    )


def _lines(row: Plan, items: list[DraftItem]) -> list[dict[str, Any]]:
    """The numbered lines that say something, each with the items that refer to it."""
    by_line: dict[int, list[DraftItem]] = {}
    for item in items:
        for number in item.data.get("lines") or [item.line]:
            by_line.setdefault(number, []).append(item)
    return [
        {**line, "items": by_line.get(line["number"], [])} for line in row.lines if str(line["text"]).strip()
    ]


def _line_number(request: SignedInRequest, row: Plan) -> int | None:
    given = request.POST.get("line") or request.GET.get("line") or ""
    numbers = {line["number"] for line in row.lines}
    return int(given) if given.isdigit() and int(given) in numbers else None


def _start_initial(row: Plan) -> dict[str, Any]:
    monthly = [
        item.data for item in _items_taken(row, ItemKind.OBLIGATION) if item.data.get("is_monthly_form")
    ]
    days = [(data.get("recurrence") or {}).get("day") for data in monthly]
    cut_off = next((day for day in days if day and day > 0), 31)
    return {
        "short_title": starting.short_title_of(row.title),
        "starts_on": _suggested_start(row),
        "ends_on": row.period_end,
        "day_off_rule": DayOffRule.KEEP,
        "cut_off_day": cut_off,
        "units": [unit.pk for unit in starting.participants(row.root_unit)],
    }


def _suggested_start(row: Plan) -> date | None:
    """The plan's first day, moved by whole years until its span is not over."""
    if row.period_start is None or row.period_end is None:
        return row.period_start
    years = 0
    while add_months(row.period_end, 12 * years) < clock.today():
        years += 1
    return add_months(row.period_start, 12 * years)
