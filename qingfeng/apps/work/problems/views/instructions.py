"""Instructions: the list, one of them, and what is done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.orgs.visibility import visible_units
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, View
from qingfeng.apps.base.web.moves import why_not
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.forms.instructions import AnswerForm, InstructionForm
from qingfeng.apps.work.problems.instruction_permissions import (
    check_can_answer,
    check_can_close,
    check_can_instruct,
    check_can_instruct_about,
    check_can_send_back,
    check_can_settle,
)
from qingfeng.apps.work.problems.instruction_visibility import visible_instructions
from qingfeng.apps.work.problems.marks import instruction_due, instruction_mark
from qingfeng.apps.work.problems.models import Instruction, InstructionReply, InstructionState, Problem
from qingfeng.apps.work.problems.models.instructions import RUNNING
from qingfeng.apps.work.problems.offers import makes_problems
from qingfeng.apps.work.problems.views.finding import campaign_of, the_problem, user_of
from qingfeng.apps.work.problems.visibility import visible, with_shown_number

RELATED = ("problem", "about_unit", "to_unit", "to_group", "given_by__person", "campaign__root_unit")


@require_GET
def instructions(request: HttpRequest) -> HttpResponse:
    """Every instruction that this user gave, has to answer, or watches over."""
    user, campaign = user_of(request), campaign_of(request)
    rows = visible_instructions(user).filter(campaign=campaign).select_related(*RELATED)
    ledger = Ledger(
        request,
        rows,
        _columns(),
        filters=_filters(rows),
        views=_views(),
        rule=_("您作出的、交您单位或者专治办办理的批示；作废的另列。逾期指未办结且今天已过办理期限。"),
    )
    may_give = not why_not(check_can_instruct, user, campaign)
    return render(request, "problems/instructions.html", {"ledger": ledger, "may_give": may_give})


def _columns() -> list[Column]:
    return [
        Column(
            "text",
            _("批示内容"),
            kind="long",
            href=lambda row: reverse("problems:instruction", args=[row.reference]),
        ),
        Column("about", _("事由"), about),
        Column("to", _("承办"), lambda row: row.addressee.short_name),
        Column("by", _("批示人"), lambda row: str(row.given_by)),
        Column("given", _("批示日期"), "given_on", "date", sort="given_on"),
        Column("state", _("状态"), instruction_mark, "state"),
        Column("due", _("办理期限"), instruction_due, "due", sort="due_date"),
    ]


def about(row: Instruction) -> str:
    """What it is about, without naming a problem that the reader may not see: its page does that."""
    if row.problem_id:
        return _("问题")
    return row.about_unit.short_name if row.about_unit else _("整个专项治理")


def _views() -> list[View]:
    return [
        View("running", _("未办结"), lambda rows: rows.filter(state__in=RUNNING)),
        View("given", _("待办理"), lambda rows: rows.filter(state=InstructionState.GIVEN)),
        View("answered", _("已报办理情况"), lambda rows: rows.filter(state=InstructionState.ANSWERED)),
        View("closed", _("已办结"), lambda rows: rows.filter(state=InstructionState.CLOSED)),
        View("void", _("作废"), lambda rows: rows.filter(state=InstructionState.VOID)),
    ]


def _filters(rows: QuerySet) -> list[Filter]:
    units = Unit.objects.filter(pk__in=rows.exclude(to_unit=None).values("to_unit_id"))
    return [
        Filter("q", _("查找"), "text__icontains", kind="text"),
        Filter("unit", _("承办单位"), "to_unit__code", choices=list(units.values_list("code", "short_name"))),
        Filter("from", _("批示不早于"), "given_on__gte", kind="date"),
        Filter("to", _("批示不晚于"), "given_on__lte", kind="date"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def instruction_new(request: HttpRequest) -> HttpResponse:
    """A leader writes an instruction on a problem, a unit, or the campaign."""
    user, campaign = user_of(request), campaign_of(request)
    problem, unit = _matter(request)
    check_can_instruct_about(user, campaign, problem=problem, unit=unit)
    form = InstructionForm(
        request.POST if request.method == "POST" else None,
        user=user,
        campaign=campaign,
        problem=problem,
        about_unit=unit,
    )
    reason = ""
    if form.is_bound and form.is_valid():
        try:
            given = actions.give_instruction(
                campaign=campaign, by=user, problem=problem, about_unit=unit, **form.cleaned_data
            )
        except (BadInput, Refused) as error:
            reason = str(error)
        else:
            messages.success(request, _("批示已交%(body)s，对方在“今日”页看到。") % {"body": given.addressee})
            return redirect("problems:instruction", given.reference)
    context = {"form": form, "reason": reason, "problem": problem, "unit": unit, "campaign": campaign}
    return render(request, "problems/instruction_new.html", context, status=422 if form.is_bound else 200)


def _matter(request: HttpRequest) -> tuple[Problem | None, Unit | None]:
    """What the address says it is about."""
    user, reference, code = user_of(request), request.GET.get("problem"), request.GET.get("unit")
    if reference:
        return the_problem(user, reference), None
    if not code:
        return None, None
    unit = visible_units(user).filter(code=code).first()
    if unit is None:
        raise NotThere()
    return None, unit


@require_GET
def instruction(request: HttpRequest, reference: str) -> HttpResponse:
    """One instruction: its words, what was answered, and what may be done next."""
    return _page(request, _the_instruction(request, reference), AnswerForm())


@require_POST
def instruction_answer(request: HttpRequest, reference: str) -> HttpResponse:
    """The addressee reports."""
    row, form = _the_instruction(request, reference), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    actions.answer_instruction(instruction=row, text=form.cleaned_data["text"], by=user_of(request))
    messages.success(request, _("办理情况已报，等批示人或者专治办办结。"))
    return redirect("problems:instruction", reference)


@require_POST
def instruction_send_back(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer does not do."""
    row = _the_instruction(request, reference)
    actions.send_back_instruction(instruction=row, reason=request.POST.get("reason", ""), by=user_of(request))
    messages.success(request, _("已请%(body)s继续办理。") % {"body": row.addressee})
    return redirect("problems:instruction", reference)


@require_POST
def instruction_close(request: HttpRequest, reference: str) -> HttpResponse:
    """What was asked is done."""
    row = _the_instruction(request, reference)
    actions.close_instruction(instruction=row, note=request.POST.get("note", ""), by=user_of(request))
    messages.success(request, _("批示已办结，记录保留。"))
    return redirect("problems:instruction", reference)


@require_POST
def instruction_void(request: HttpRequest, reference: str) -> HttpResponse:
    """Given by mistake, or overtaken."""
    row = _the_instruction(request, reference)
    actions.void_instruction(instruction=row, reason=request.POST.get("reason", ""), by=user_of(request))
    messages.success(request, _("批示已作废，记录和理由保留。"))
    return redirect("problems:instruction", reference)


def _the_instruction(request: HttpRequest, reference: str) -> Instruction:
    rows = visible_instructions(user_of(request)).select_related(
        *RELATED, "closed_by__person", "voided_by__person"
    )
    row = rows.filter(reference=reference).first()
    if row is None:
        raise NotThere()
    return row


def _page(request: HttpRequest, row: Instruction, form: AnswerForm) -> HttpResponse:
    user = user_of(request)
    replies = list(InstructionReply.objects.filter(instruction=row).select_related("replied_by__person"))
    context: dict[str, Any] = {
        "row": row,
        "mark": instruction_mark(row),
        "due": instruction_due(row),
        "about": about(row),
        "problem": _shown_problem(request, row),
        "replies": replies,
        "became": _made_of(request, row),
        "entries": entries(timeline(row, *replies)),
        "form": form,
        "why_not_answer": why_not(check_can_answer, user, row),
        "why_not_close": why_not(check_can_close, user, row),
        "may_send_back": not why_not(check_can_send_back, user, row),
        "may_void": not why_not(check_can_settle, user, row),
        "may_register": bool(row.problem_id is None and makes_problems(user, row.campaign)),
        "is_running": row.state in RUNNING,
    }
    return render(request, "problems/instruction.html", context, status=422 if form.is_bound else 200)


def _made_of(request: HttpRequest, row: Instruction) -> list[Problem]:
    """The problems registered because of it, as far as they exist for this reader."""
    user = user_of(request)
    return list(with_shown_number(visible(user), user).filter(pk__in=row.became.values("pk")).order_by("pk"))


def _shown_problem(request: HttpRequest, row: Instruction) -> Problem | None:
    """The problem it is about, when it exists for this reader."""
    if row.problem_id is None:
        return None
    user = user_of(request)
    return with_shown_number(visible(user), user).filter(pk=row.problem_id).first()
