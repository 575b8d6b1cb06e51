"""What stands under the columns that the campaign adds: filled in later or put right, of a problem and of a sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingfeng.apps.base.web.errors import BadInput, Conflict
from qingfeng.apps.work.campaigns.models import ColumnTarget
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import actions, offers
from qingfeng.apps.work.problems.extra_columns import columns_of, values_of
from qingfeng.apps.work.problems.forms.extra_boxes import FillForm
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.permissions import check_fills_columns, check_fills_sheet_columns
from qingfeng.apps.work.problems.views.finding import the_problem, the_sheet, user_of


@require_http_methods(["GET", "HEAD", "POST"])
def problem_columns(request: HttpRequest, reference: str) -> HttpResponse:
    """The added columns of one problem."""
    found = the_problem(user_of(request), reference)
    check_fills_columns(user_of(request), found)
    return _page(request, found, ColumnTarget.PROBLEM, found.shown_number, found.text)  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_columns(request: HttpRequest, reference: str) -> HttpResponse:
    """Those of a sheet as a whole."""
    found = the_sheet(user_of(request), reference)
    check_fills_sheet_columns(user_of(request), found)
    return _page(request, found, ColumnTarget.SHEET, found.full_number, found.content)


def _page(request: HttpRequest, record: Problem | Sheet, target: str, number: str, note: str) -> HttpResponse:
    user, sent = user_of(request), request.method == "POST"
    asked = columns_of(record.campaign, target)
    back = reverse(f"problems:{target}", args=[record.reference])
    form = FillForm(request.POST if sent else None, asked=asked, initial=values_of(record, asked))
    context: dict[str, Any] = {"form": form, "number": number, "note": note[:60], "back": back}
    if sent and form.is_valid():
        try:
            fill = actions.fill_problem if isinstance(record, Problem) else actions.fill_sheet
            fill(**{target: record}, given=form.columns, by=user)  # type: ignore[arg-type]
        except (BadInput, Conflict) as error:
            context["reason"] = str(error)
        else:
            messages.success(request, _("%(number)s的增设栏目已保存。") % {"number": number})
            return redirect(back)
    context["people"] = offers.people(offers.inspected_units(user))
    context["added_units"] = offers.added_units(user, record.campaign)
    return render(request, "problems/columns_fill.html", context, status=422 if sent else 200)
