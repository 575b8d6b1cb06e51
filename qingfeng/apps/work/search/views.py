"""The result page. A number typed whole leads straight to its record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import LEDGER_ROLES, roles
from qingfeng.apps.work.campaigns.visibility import current
from qingfeng.apps.work.search.hits import Asked, exact
from qingfeng.apps.work.search.sources import all_for

LONGEST = 200


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """What this person may see and the words meet, a few of each kind. The number of queries is the same for all."""
    user: User = request.user  # type: ignore[assignment]
    query = " ".join(request.GET.get("q", "").split())[:LONGEST].replace("\x00", "")
    asked = Asked(user, query, current(user) if roles(user) & LEDGER_ROLES else None)
    groups = list(all_for(asked)) if asked.phrases else []
    record = exact(groups)
    if record is not None:
        return redirect(record.href)
    found = [group for group in groups if group.hits]
    has_ledgers = asked.campaign is not None
    return render(
        request,
        "search/results.html",
        {"query": query, "asked": asked, "groups": found, "has_ledgers": has_ledgers},
    )
