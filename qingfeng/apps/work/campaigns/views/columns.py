"""The columns that a campaign adds to its sheets: the office adds, changes, reorders and ends them on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.base.web.moves import why_not
from qingfeng.apps.work.campaigns.actions import columns as actions
from qingfeng.apps.work.campaigns.forms.columns import AddColumnForm, AmendColumnForm
from qingfeng.apps.work.campaigns.models import Campaign, ColumnTarget, ExtraColumn
from qingfeng.apps.work.campaigns.permissions import check_can_manage
from qingfeng.apps.work.campaigns.views.overview import campaign_of

Sent = Callable[[SignedInRequest, Campaign, ExtraColumn | None, Any], str]


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """All columns by what they are asked of; below them the form for a new one, or for the one that is changed."""
    campaign = campaign_of(request, pk)
    named = request.POST.get("column") or request.GET.get("column", "")
    column = _column(campaign, named) if named else None
    form = _form(request, column)
    if request.method == "POST":
        verb = request.POST.get("verb", "")
        if verb not in _DONE:
            raise BadInput(_("这一页不完整，请重新打开后再办。"))
        if verb in _WITHOUT_FORM or form.is_valid():
            try:
                messages.success(request, _DONE[verb](request, campaign, column, form))
                return redirect("campaigns:columns", pk)
            except (BadInput, Refused) as error:
                if verb in _WITHOUT_FORM:
                    raise
                form.add_error(None, str(error))
    rows = list(ExtraColumn.objects.filter(campaign=campaign))
    context = {
        "campaign": campaign,
        "tables": [_table(target, rows) for target in ColumnTarget],
        "ended": [row for row in rows if row.ended_on],
        "column": column,
        "form": form,
        "refusal": why_not(check_can_manage, request.user, campaign),
        "address": reverse("campaigns:columns", args=[pk]),
        "entries": entries(timeline(*rows)) if rows else [],
    }
    return render(request, "campaigns/columns.html", context, status=422 if form.is_bound else 200)


def _form(request: SignedInRequest, column: ExtraColumn | None) -> AmendColumnForm:
    verb = request.POST.get("verb", "")
    data = request.POST if request.method == "POST" and verb not in _WITHOUT_FORM else None
    if column is None or verb == "add":
        return AddColumnForm(data)
    return AmendColumnForm(data, initial=AmendColumnForm.of(column))


def _column(campaign: Campaign, code: str) -> ExtraColumn:
    row = ExtraColumn.objects.filter(campaign=campaign, code=code).select_related("campaign__root_unit")
    found = row.first()
    if found is None:
        raise NotThere()
    return found


def _table(target: ColumnTarget, rows: list[ExtraColumn]) -> dict[str, Any]:
    return {
        "title": target.label,
        "rows": [row for row in rows if row.target == target and row.ended_on is None],
    }


def _add(request: SignedInRequest, campaign: Campaign, _column: ExtraColumn | None, form: Any) -> str:
    made = actions.add_column(campaign=campaign, by=request.user, **form.cleaned_data)
    return _("已增设“%(name)s”，今后填报、导入、台账和表样上都有这一栏。") % {"name": made.name}


def _amend(request: SignedInRequest, _campaign: Campaign, column: ExtraColumn | None, form: Any) -> str:
    made = actions.amend_column(column=_named(column), by=request.user, **form.cleaned_data)
    return _("“%(name)s”已修改。") % {"name": made.name}


def _up(request: SignedInRequest, _campaign: Campaign, column: ExtraColumn | None, _form: Any) -> str:
    made = actions.move_column(column=_named(column), up=True, by=request.user)
    return _("“%(name)s”已上移。") % {"name": made.name}


def _down(request: SignedInRequest, _campaign: Campaign, column: ExtraColumn | None, _form: Any) -> str:
    made = actions.move_column(column=_named(column), up=False, by=request.user)
    return _("“%(name)s”已下移。") % {"name": made.name}


def _end(request: SignedInRequest, _campaign: Campaign, column: ExtraColumn | None, _form: Any) -> str:
    made = actions.end_column(column=_named(column), by=request.user)
    return _("“%(name)s”已停用，已填的内容保留。") % {"name": made.name}


def _named(column: ExtraColumn | None) -> ExtraColumn:
    if column is None:
        raise NotThere()
    return column


_DONE: dict[str, Sent] = {"add": _add, "amend": _amend, "up": _up, "down": _down, "end": _end}
_WITHOUT_FORM = ("up", "down", "end")
