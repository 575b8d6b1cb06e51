"""The pages of the monthly form: who has handed in, the form itself, its words, and the rows behind a figure."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.orgs.visibility import visible_units
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Conflict, NotThere, Refused
from qingfeng.apps.base.web.ledgers import ledger_page
from qingfeng.apps.base.web.marks import Due
from qingfeng.apps.base.web.moves import MoveButton, why_not
from qingfeng.apps.work.campaigns.visibility import current_or_not_there
from qingfeng.apps.work.problems.views.downloads import attachment
from qingfeng.apps.work.problems.views.finding import user_of
from qingfeng.apps.work.returns import actions
from qingfeng.apps.work.returns.contents import Column, contents_of
from qingfeng.apps.work.returns.figures import ALL, FIGURES, Box
from qingfeng.apps.work.returns.forms import WordsForm
from qingfeng.apps.work.returns.models import MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.overview import overview_ledger, units_reporting
from qingfeng.apps.work.returns.papers import file_name, form_of, render_docx, render_xlsx
from qingfeng.apps.work.returns.periods import check_month, month_named, months_until, read_month
from qingfeng.apps.work.returns.permissions import (
    can,
    check_can_collect,
    check_can_correct,
    check_can_edit,
    check_can_hand_in,
    check_can_prepare,
    check_can_sign,
    check_can_take_back,
    signing_unit,
)
from qingfeng.apps.work.returns.queries import (
    duty_for,
    entries_of,
    in_force,
    mark_of,
    subjects_behind,
    versions,
)
from qingfeng.apps.work.returns.rows import rows_behind
from qingfeng.apps.work.returns.visibility import visible
from qingfeng.apps.work.returns.wording import STANDARD, in_figures, shown_words, typed_mark

_RENDER = {"xlsx": render_xlsx, "docx": render_docx}


@require_GET
def overview_page(request: HttpRequest) -> HttpResponse:
    """Units × months: who has prepared, signed, handed in; for a clerk of one unit its own months."""
    user, campaign = user_of(request), current_or_not_there(user_of(request))
    own = list(units_reporting(user, campaign)[:2])
    if len(own) != 1:
        ledger = overview_ledger(request, user, campaign)
        newest = next(iter(months_until(campaign, clock.today())), None)
        collects = newest if can(check_can_collect, user, campaign) else None
        shown = {"campaign": campaign, "collects": collects}
        return ledger_page(request, ledger, "returns/overview.html", shown)
    months = months_until(campaign, clock.today())
    entries = list(entries_of(user, campaign, own, months).values())
    context = {"campaign": campaign, "unit": own[0], "months": entries}
    return render(request, "returns/own_months.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def monthly(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """The unit's form of a month; where there is none yet, the offer to prepare it."""
    campaign = current_or_not_there(user_of(request))
    unit = visible_units(user_of(request)).filter(code=code).first()
    if unit is None:
        raise NotThere()
    name = read_month(month)
    if request.method == "POST":
        form = actions.prepare(campaign=campaign, unit=unit, month=name, by=user_of(request))
        messages.success(request, _("已从台账生成月报表。请核对数字、修改文字，再请单位负责人签字。"))
        return redirect("returns:return", form.pk)
    found = in_force(campaign, unit, name)
    if found and visible(user_of(request)).filter(pk=found.pk).exists():
        return redirect("returns:return", found.pk)
    named = month_named(campaign, name)
    check_month(campaign, named)
    duty = duty_for(campaign, unit, name)
    reason = why_not(check_can_prepare, user_of(request), campaign, unit)
    context = {
        "campaign": campaign,
        "unit": unit,
        "month": named,
        "reason": reason,
        "due": Due(duty.due, duty.first_due) if duty else None,
    }
    return render(request, "returns/not_prepared.html", context)


@require_GET
def return_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as a paper: figures open, words can be edited while it is a draft."""
    form = _fetch(request, pk)
    editable = can(check_can_edit, user_of(request), form)
    duty = form.duty or duty_for(form.campaign, form.unit, form.month)
    context = {
        "return": form,
        "state": mark_of(form.state),
        "paper": form_of(form, contents_of(form), editable=editable),
        "month": month_named(form.campaign, form.month),
        "next_step": _next_step(form),
        "moves": _moves(request, form),
        "may_take_back": can(check_can_take_back, user_of(request), form),
        "may_correct": can(check_can_correct, user_of(request), form),
        "due": Due(duty.due, duty.first_due, form.handed_in_on) if duty else None,
        "versions": [(version, mark_of(version.state)) for version in versions(form, user_of(request))],
        "entries": entries(timeline(form)),
    }
    return render(request, "returns/return.html", context)


@require_POST
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Signs, takes the signature back, hands in or corrects."""
    form, by, reason = _fetch(request, pk), user_of(request), request.POST.get("reason", "")
    if verb == "sign":
        actions.sign(monthly_return=form, by=by)
        messages.success(request, _("已签字，文字不再更改。下一步：报送。"))
    elif verb == "take_back":
        actions.take_back(monthly_return=form, reason=reason, by=by)
        messages.success(request, _("签字已撤回，可以继续修改。"))
    elif verb == "hand_in":
        actions.hand_in(monthly_return=form, by=by)
        messages.success(request, _("已报送，内容留存；以后补录的台账计入下月并注明补报。"))
        if form.duty is not None and form.duty.obligation.wants_paper:
            messages.info(request, _("方案还要纸质稿：请打印、签字盖章后送专治办，由其登记收到。"))
    elif verb == "correct":
        form = actions.correct(monthly_return=form, reason=reason, by=by)
        messages.success(
            request, _("已建立第%(version)d版，请核对后重新签字、报送。") % {"version": form.version}
        )
    else:
        raise Http404
    return redirect("returns:return", form.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: int, code: str, box: str) -> HttpResponse:
    """The words of one box of one column, with the figure marks beside it."""
    monthly_return = _fetch(request, pk)
    column = _column(monthly_return, code)
    if box not in Box.values:
        raise Http404
    check_can_edit(user_of(request), monthly_return)
    form = WordsForm(request.POST or None, initial={"text": shown_words(column.words[box])})
    if request.method == "POST" and form.is_valid():
        text = STANDARD[Box(box)] if "standard" in request.POST else form.cleaned_data["text"]
        try:
            actions.edit_words(
                monthly_return=monthly_return,
                column_unit=Unit.objects.get(pk=column.unit_id),
                box=box,
                text=text,
                by=user_of(request),
            )
        except Conflict:
            raise
        except (BadInput, Refused) as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("文字已保存。"))
            return redirect("returns:return", pk)
    marks = [
        (typed_mark(figure), in_figures(figure, column.value(figure.key).number), figure.counting_rule)
        for figure in sorted(ALL, key=lambda figure: figure.box != box)
    ]
    context = {
        "return": monthly_return,
        "column": column,
        "box": Box(box).label,
        "form": form,
        "marks": marks,
        "preview": column.text(box),
    }
    return render(request, "returns/words.html", context, status=422 if form.errors else 200)


@require_GET
def row_figures(request: HttpRequest, pk: int, code: str, figure: str) -> HttpResponse:
    """The records behind one figure, late entries marked."""
    monthly_return = _fetch(request, pk)
    column = _column(monthly_return, code)
    if figure not in FIGURES:
        raise Http404
    counted = FIGURES[figure]
    subjects = subjects_behind(monthly_return, column.unit_id, figure)
    context = {
        "return": monthly_return,
        "column": column,
        "figure": counted,
        "late": sum(subjects.values()),
        "value": in_figures(counted, column.value(figure).number),
        "as_of": contents_of(monthly_return).as_of,
        "ledger": rows_behind(request, monthly_return.campaign, counted, subjects),
        "total": len(subjects),
        "frozen": bool(monthly_return.handed_in_at),
        "month": month_named(monthly_return.campaign, monthly_return.month),
    }
    return render(request, "returns/row_figures.html", context)


@require_GET
def download(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The form as an Excel or Word file."""
    form = _fetch(request, pk)
    if ending not in _RENDER:
        raise Http404
    return attachment(_RENDER[ending](form), file_name(form, ending), ending)


def _fetch(request: HttpRequest, pk: int) -> MonthlyReturn:
    found = visible(user_of(request)).filter(pk=pk).first()
    if found is None:
        raise NotThere()
    return found


def _column(monthly_return: MonthlyReturn, code: str) -> Column:
    column = contents_of(monthly_return).column(code)
    if column is None:
        raise NotThere()
    return column


def _next_step(form: MonthlyReturn) -> str:
    if form.state == ReturnState.DRAFT:
        signer = signing_unit(form.unit)
        return _("下一步：核对数字和文字，由%(unit)s的负责人签字。") % {"unit": signer} if signer else ""
    return _("下一步：报送。签字后台账如有变化，须撤回重签。") if form.state == ReturnState.SIGNED else ""


def _moves(request: HttpRequest, form: MonthlyReturn) -> list[MoveButton]:
    def button(verb: str, label: str, check: Any, **more: Any) -> MoveButton:
        href = reverse("returns:move", args=[form.pk, verb])
        return MoveButton(label, href, why_not(check, user_of(request), form), post=True, **more)

    verbs = [
        button("sign", _("签字"), check_can_sign, primary=True),
        button("hand_in", pgettext("动作", "报送"), check_can_hand_in, primary=True),
    ]
    asked = [
        button("take_back", _("撤回签字"), check_can_take_back),
        button("correct", _("更正"), check_can_correct),
    ]
    return verbs + [one for one in asked if not one.allowed]
