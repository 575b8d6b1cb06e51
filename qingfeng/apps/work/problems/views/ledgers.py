"""The pages of the two ledgers and the four lists: page, export and bulk moves at one address each."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, roles
from qingfeng.apps.base.web.ledgers import ledger_page
from qingfeng.apps.work.problems import ledgers, lists
from qingfeng.apps.work.problems.lists import ListKind
from qingfeng.apps.work.problems.views.drafts import offered
from qingfeng.apps.work.problems.views.finding import campaign_of, user_of

READ_OR_MOVE = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_MOVE
def problem_list(request: HttpRequest) -> HttpResponse:
    """The problem ledger."""
    user, campaign = user_of(request), campaign_of(request)
    ledger = ledgers.problem_ledger(request, user, campaign)
    return ledger_page(request, ledger, "problems/list.html", _may_file(request))


@READ_OR_MOVE
def sheets(request: HttpRequest) -> HttpResponse:
    """The inspection ledger."""
    user, campaign = user_of(request), campaign_of(request)
    ledger = ledgers.sheet_ledger(request, user, campaign)
    shown = _may_file(request)
    drafts = offered(user, campaign) if shown["may_file"] else []
    return ledger_page(request, ledger, "problems/sheets.html", {**shown, "drafts": drafts})


@READ_OR_MOVE
def four_lists(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the four lists; the filters go along from one to the next."""
    if kind not in ListKind:
        raise Http404
    user, campaign = user_of(request), campaign_of(request)
    filters = lists.address_of(request.GET)
    tabs = [
        (label, reverse("problems:four_lists", args=[value]) + filters, value == kind)
        for value, label in ListKind.choices
    ]
    ledger = lists.four_list(request, kind, user, campaign)
    return ledger_page(request, ledger, "problems/four_lists.html", {"kind": ListKind(kind), "lists": tabs})


def _may_file(request: HttpRequest) -> dict[str, Any]:
    return {"may_file": bool(roles(user_of(request)) & WRITING_ROLES)}
