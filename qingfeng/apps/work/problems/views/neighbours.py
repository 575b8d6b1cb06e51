"""One step up or down in the list that the reader came from.

The list's address travels with the record (`list`). Its filters are asked only when somebody takes the step, so that
the record page costs nothing more; the keyset makes a step deep in a long list as quick as the first.
"""

from __future__ import annotations

from copy import copy
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.apps.base.web.errors import NotThere
from qingfeng.apps.base.web.ledgers import Ledger
from qingfeng.apps.work.inspections import visibility as sheets
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import ledgers
from qingfeng.apps.work.problems.carried import came_from, carrying
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.views.finding import user_of
from qingfeng.apps.work.problems.visibility import visible


@require_GET
def previous(request: HttpRequest, reference: str) -> HttpResponse:
    """The problem above this one in the list."""
    return _step_problem(request, reference, backwards=True)


@require_GET
def following(request: HttpRequest, reference: str) -> HttpResponse:
    """The problem below this one in the list."""
    return _step_problem(request, reference, backwards=False)


@require_GET
def sheet_previous(request: HttpRequest, reference: str) -> HttpResponse:
    """The sheet above this one in the list."""
    return _step_sheet(request, reference, backwards=True)


@require_GET
def sheet_following(request: HttpRequest, reference: str) -> HttpResponse:
    """The sheet below this one in the list."""
    return _step_sheet(request, reference, backwards=False)


def _step_problem(request: HttpRequest, reference: str, *, backwards: bool) -> HttpResponse:
    user = user_of(request)
    problem = visible(user).filter(reference=reference).select_related("campaign").first()
    if problem is None:
        raise NotThere()
    ledger = ledgers.problem_ledger(_as_listed(request, "problems:list"), user, problem.campaign)
    return _to(request, "problems:problem", problem, ledger, backwards=backwards)


def _step_sheet(request: HttpRequest, reference: str, *, backwards: bool) -> HttpResponse:
    user = user_of(request)
    sheet = sheets.visible(user).filter(reference=reference).select_related("campaign").first()
    if sheet is None:
        raise NotThere()
    ledger = ledgers.sheet_ledger(_as_listed(request, "problems:sheets"), user, sheet.campaign)
    return _to(request, "problems:sheet", sheet, ledger, backwards=backwards)


def _as_listed(request: HttpRequest, page: str) -> HttpRequest:
    """The request for the list that the reader came from."""
    asked = copy(request)
    asked.GET, asked.path = QueryDict(came_from(request)), reverse(page)
    return asked


def _to(
    request: HttpRequest, page: str, here: Problem | Sheet, ledger: Ledger, *, backwards: bool
) -> HttpResponse:
    beside = cast("Problem | Sheet | None", ledger.beside(here.pk, backwards=backwards))
    if beside is None:
        end = _("这已经是列表里的第一个。") if backwards else _("这已经是列表里的最后一个。")
        messages.info(request, end)
    return redirect(carrying(reverse(page, args=[(beside or here).reference]), came_from(request)))
