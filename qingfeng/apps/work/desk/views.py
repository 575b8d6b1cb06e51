"""Today: what is due, returned, overdue, for me and below me."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import LEDGER_ROLES, roles
from qingfeng.apps.work.campaigns.visibility import current
from qingfeng.apps.work.desk import figures, sources
from qingfeng.apps.work.desk.matters import Matter, sections
from qingfeng.apps.work.desk.waiting import remember

COUNTING = frozenset({Role.OFFICE, Role.LEADER, Role.AUDITOR, Role.HEAD})
LOOKING_BELOW = frozenset({Role.OFFICE, Role.LEADER, Role.HEAD, Role.CLERK})
FILING = frozenset({Role.OFFICE, Role.CLERK, Role.HEAD, Role.INSPECTOR})


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """One first screen for each role: figures that open, what to do, and what is late below."""
    user: User = request.user  # type: ignore[assignment]
    found = sources.all_for(user)
    remember(request, found)
    return render(request, "desk/today.html", first_screen(user, found))


def first_screen(user: User, found: list[Matter]) -> dict[str, Any]:
    held = roles(user)
    campaign = current(user) if held & LEDGER_ROLES else None
    shown: dict[str, Any] = {
        "held": held,
        "sections": sections(found),
        "campaign": campaign,
        "is_filing": bool(campaign and held & FILING),
        "has_ledgers": bool(held & LEDGER_ROLES),
        "is_office": Role.OFFICE in held,
        "is_administrator": Role.ADMINISTRATOR in held,
        "is_auditor": Role.AUDITOR in held,
        "is_reader": bool(campaign and held == {Role.LEADER}),
    }
    if campaign and held & COUNTING:
        shown["figures"] = [*figures.of_campaign(user, campaign), *figures.of_duties(user, campaign)]
    if campaign and held & LOOKING_BELOW:
        shown["below"] = sources.below(user)
    return shown
