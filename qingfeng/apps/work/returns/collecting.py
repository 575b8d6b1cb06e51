"""The office's page of a month: which units have handed in, and all forms in one bundle."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingfeng.apps.base.jobs import actions as jobs
from qingfeng.apps.base.jobs.views import to_job
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import NotThere
from qingfeng.apps.work.campaigns.visibility import current_or_not_there
from qingfeng.apps.work.problems.views.finding import user_of
from qingfeng.apps.work.returns.district import UnitMonth, units_of_month
from qingfeng.apps.work.returns.jobs import KIND
from qingfeng.apps.work.returns.periods import check_month, month_named, months_until, read_month
from qingfeng.apps.work.returns.permissions import can, check_can_collect


@require_http_methods(["GET", "HEAD", "POST"])
def month_page(request: HttpRequest, month: str) -> HttpResponse:
    """Every unit's form of that month; sent, all of them are put into one bundle by the worker."""
    user = user_of(request)
    campaign = current_or_not_there(user)
    if not can(check_can_collect, user, campaign):
        raise NotThere()
    named = month_named(campaign, read_month(month))
    check_month(campaign, named)
    if request.method == "POST":
        job = jobs.start(
            KIND,
            by=user,
            about=_("%(campaign)s %(month)s") % {"campaign": campaign.short_title, "month": named.in_words},
            stream=campaign.stream_key(),
            campaign=campaign.pk,
            month=str(named),
        )
        return to_job(request, job)
    units = units_of_month(user, campaign, named)
    context = {
        "campaign": campaign,
        "month": named,
        "tabs": [
            (one.in_words, reverse("returns:month", args=[one]), one == named)
            for one in months_until(campaign, clock.today())
        ],
        "units": units,
        "counts": _counted(units),
    }
    return render(request, "returns/month.html", context)


def _counted(units: list[UnitMonth]) -> list[tuple[str, int]]:
    """How many units there are in each state, in words."""
    return list(Counter(str(one.mark) for one in units).items())
