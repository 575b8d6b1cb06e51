"""Today, for each role its own first screen; and the rows behind a figure of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.apps.base.orgs.models import Role, Unit, User
from qingfeng.apps.base.orgs.visibility import LEDGER_ROLES, roles, visible_units
from qingfeng.apps.base.web.ledgers import Filter, Ledger, ledger_page
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.campaigns.visibility import current_or_not_there
from qingfeng.apps.work.desk.figures import (
    FIGURES,
    SPANS,
    Counting,
    in_words,
    lines_of,
    rows_of,
    since_of,
    under,
    value_of,
)
from qingfeng.apps.work.desk.screens import desk_of
from qingfeng.apps.work.desk.sources import gathered
from qingfeng.apps.work.desk.waiting import count_anew, fact_of, remember
from qingfeng.apps.work.problems.ledgers import problem_columns, problem_filters

_COLUMN_OF = {"people_affected": "people", "sum_returned": "returned"}


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """One first screen for each role: what to do, what is late, and for a leader how it goes."""
    user = cast(User, request.user)
    desk = desk_of(user, gathered(user), _days(request))
    remember(request, desk.waiting)
    held = roles(user)
    context = {
        "desk": desk,
        "spans": [(days, days == _days(request)) for days in SPANS],
        "has_ledgers": bool(held & LEDGER_ROLES),
        "is_office": Role.OFFICE in held,
        "is_inspector": Role.INSPECTOR in held,
        "is_auditor": Role.AUDITOR in held,
        "is_administrator": Role.ADMINISTRATOR in held,
    }
    return render(request, "desk/today.html", context)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """The number that waits, counted anew, as a piece of the frame; nothing when nothing waits."""
    fact = fact_of(count_anew(request, cast(User, request.user)))
    return render(request, "web/_waiting.html", {"fact": fact}) if fact else HttpResponse()


@require_GET
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """Exactly the problems that a figure of the first screen counts, with its rule and the day of counting."""
    user, found = cast(User, request.user), FIGURES.get(key)
    campaign = current_or_not_there(user)
    if found is None:
        raise Http404
    days = _days(request)
    number = cache(partial(Counting(user, campaign, days).number, key))
    wanted = _COLUMN_OF.get(found.amount)
    columns = [replace(one, shown=True) if one.key == wanted else one for one in problem_columns()]
    ledger = Ledger(
        request,
        lines_of(key, user, campaign, days),
        columns,
        filters=[_filter(one, user, campaign) for one in problem_filters(user, campaign)],
        ordering=found.ordering,
        rule=str(found.rule),
        title=str(found.label),
        surely=lambda ledger: 0 if ledger.chosen or found.amount else number(),
    )
    left = rows_of(key, user, campaign, days)
    for choice in ledger.chosen:
        left = choice.on(left)
    shown = {
        "figure": found,
        "value": in_words(found, value_of(found, left) if ledger.chosen else number()),
        "since": since_of(days) if key.endswith("_new") else None,
    }
    return ledger_page(request, ledger, "desk/figure.html", shown)


def _days(request: HttpRequest) -> int:
    """The span for which the page says what is new; the first one unless another is asked for."""
    asked = request.GET.get("days", "")
    return int(asked) if asked in {str(days) for days in SPANS} else SPANS[0]


def _filter(given: Filter, user: User, campaign: Campaign) -> Filter:
    """The ledger's filters; here a unit takes in what the table of units counts with it."""
    if given.name != "unit":
        return given

    def apply(rows: QuerySet, code: str) -> QuerySet:
        return under(rows, Unit.objects.get(code=code), campaign)

    units = list(visible_units(user).values_list("code", "short_name"))
    return replace(given, label=_("单位（含下级）"), choices=units, lookups=(), apply=apply)
