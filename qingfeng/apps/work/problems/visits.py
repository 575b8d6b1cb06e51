"""Where an inspector goes today: the visits planned for the day, and what else is known.

Beside them stand the units that one's groups oversee, with when each was last inspected by them and what is still open
there, and what the plan asks of the group these days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.orgs.visibility import own_groups
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign, Duty
from qingfeng.apps.work.campaigns.queries import open_duties
from qingfeng.apps.work.inspections.models import Sheet, SheetState
from qingfeng.apps.work.problems import offers
from qingfeng.apps.work.problems.flow import OPEN
from qingfeng.apps.work.problems.models import PlannedVisit, Problem
from qingfeng.apps.work.problems.queries import look_backs_due, reviews_due
from qingfeng.apps.work.problems.visibility import visible, with_shown_number

SOON = timedelta(days=7)
MOST = 30


@dataclass(frozen=True)
class Visit:
    """A unit that may be inspected: when that was done last, and how many problems are open there."""

    unit: Unit
    last: date | None
    open_problems: int


def visits(user: User, campaign: Campaign) -> list[Visit]:
    """Units in reach of the user's posts, never inspected ones first, then the longest ago. Three queries."""
    sheets = Sheet.objects.filter(campaign=campaign).exclude(state=SheetState.VOID)
    groups = own_groups(user, offers.GROUP_ROLES)
    by_us = sheets.filter(Q(filing_group_id__in=groups) | Q(filed_by=user))
    last = dict(by_us.order_by().values_list("inspected_unit").annotate(day=Max("inspected_on")))
    open_ones = visible(user).filter(campaign=campaign, state__in=OPEN).order_by()
    waiting = dict(open_ones.values_list("lead_unit").annotate(number=Count("pk")))
    found = [Visit(unit, last.get(unit.pk), waiting.get(unit.pk, 0)) for unit in offers.inspected_units(user)]
    return sorted(found, key=lambda visit: (visit.last or date.min, -visit.open_problems))[:MOST]


def planned(user: User, campaign: Campaign) -> list[PlannedVisit]:
    """The user's own visits of today and of days past that were not made. One query."""
    rows: Any = PlannedVisit.objects.filter(campaign=campaign, inspector=user, day__lte=clock.today())
    return list(rows.waiting().select_related("unit").order_by("-day", "pk")[:MOST])


def duties_soon(user: User, campaign: Campaign) -> QuerySet[Duty]:
    """What the plan asks of the user's own groups and units until a week from now, late ones included."""
    rows = open_duties(user, mine=True).filter(campaign=campaign, due__lte=clock.today() + SOON)
    return rows.select_related("obligation").order_by("due", "pk")[:5]


def rechecks(user: User) -> list[Problem]:
    """Look-backs and yearly reviews whose day has come. Two queries."""
    today = clock.today()
    found: list[Problem] = []
    for rows, day in ((look_backs_due(user, today), "look_back_on"), (reviews_due(user, today), "review_on")):
        shown = with_shown_number(rows.select_related("lead_unit"), user)
        found += list(shown.annotate(recheck_on=F(day)).order_by(day)[:MOST])  # type: ignore[no-redef]
    return found
