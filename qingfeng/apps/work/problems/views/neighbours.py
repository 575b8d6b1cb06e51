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
from qingfeng.apps.work.problems import ledgers
from qingfeng.apps.work.problems.carried import came_from, carrying
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.views.finding import user_of
from qingfeng.apps.work.problems.visibility import visible


@require_GET
def previous(request: HttpRequest, reference: str) -> HttpResponse:
    """The problem above this one in the list."""
    return _step(request, reference, backwards=True)


@require_GET
def following(request: HttpRequest, reference: str) -> HttpResponse:
    """The problem below this one in the list."""
    return _step(request, reference, backwards=False)


def _step(request: HttpRequest, reference: str, *, backwards: bool) -> HttpResponse:
    user, listed = user_of(request), came_from(request)
    problem = visible(user).filter(reference=reference).select_related("campaign").first()
    if problem is None:
        raise NotThere()
    found = _neighbour(request, problem, listed, backwards=backwards)
    if found is None:
        end = _("这已经是列表里的第一个。") if backwards else _("这已经是列表里的最后一个。")
        messages.info(request, end)
    target = found.reference if found else reference
    return redirect(carrying(reverse("problems:problem", args=[target]), listed))


def _neighbour(request: HttpRequest, problem: Problem, listed: str, *, backwards: bool) -> Problem | None:
    user = user_of(request)
    asked = copy(request)
    asked.GET, asked.path = QueryDict(listed), reverse("problems:list")
    ledger = ledgers.problem_ledger(asked, user, problem.campaign)
    return cast(Problem | None, ledger.beside(problem.pk, backwards=backwards))
