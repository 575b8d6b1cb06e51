"""Figures of a whole campaign, by unit and by category, and the problems that do not move."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Unit, UnitClosure, User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.work.campaigns.models import Campaign, CampaignUnit, ContentCategory
from qingfeng.apps.work.problems.flow import OPEN, ProblemState
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.queries import ledger
from qingfeng.apps.work.reports.figures import FIGURES, LISTINGS, RATES, problems

WAITING_LONG = timedelta(days=7)
"""After so many days without a move a submitted or returned problem counts as stuck."""
STUCK_SHOWN = 10


@dataclass(frozen=True)
class Values:
    """Figures by key."""

    numbers: Mapping[str, int]

    def number(self, key: str) -> int:
        return self.numbers.get(key, 0)

    def share(self, rate: str) -> float | None:
        """A rate between 0 and 1; None where there is nothing to divide by."""
        whole = self.number(RATES[rate].whole)
        return self.number(RATES[rate].part) / whole if whole else None


@dataclass(frozen=True)
class UnitValues(Values):
    """The figures of a unit with all that is below it."""

    unit: Unit


@dataclass(frozen=True)
class CategoryValues(Values):
    """The figures of a content of the plan; None: not assigned to any."""

    category: ContentCategory | None


@dataclass(frozen=True)
class Stuck:
    """A problem that does not move, and why it is named."""

    problem: Problem
    why: str


def totals(user: User, campaign: Campaign, day: date) -> Values:
    """All figures. One query for the problems, one for each listing."""
    found = problems(user, campaign).aggregate(**_aggregates(day))
    listed = {key: listing.rows(user, campaign).count() for key, listing in LISTINGS.items()}
    return Values({**found, **listed})


def by_unit(user: User, campaign: Campaign, day: date) -> list[UnitValues]:
    """The figures of each unit that takes part, or of the units below where only one does. Four queries."""
    grouped = problems(user, campaign).order_by().values("lead_unit_id").annotate(**_aggregates(day))
    by_lead: dict[int, dict[str, int]] = {row.pop("lead_unit_id"): row for row in grouped}
    taking_part = set(
        CampaignUnit.objects.filter(campaign=campaign, unit_id__in=reach(user)).values_list(
            "unit_id", flat=True
        )
    )
    heads = _nearest(taking_part, by_lead) if len(taking_part) > 1 else {}
    sums: dict[int, Counter[str]] = defaultdict(Counter)
    for lead, numbers in by_lead.items():
        sums[heads.get(lead, lead)].update(numbers)
    if len(taking_part) > 1:
        for unit_id in taking_part:
            sums[unit_id].update({})
    units = Unit.objects.filter(pk__in=list(sums)).order_by("order", "code")
    return [UnitValues(dict(sums[unit.pk]), unit) for unit in units]


def by_category(user: User, campaign: Campaign, day: date) -> list[CategoryValues]:
    """The figures of each content of the plan. Two queries."""
    grouped = problems(user, campaign).order_by().values("category_id").annotate(**_aggregates(day))
    found: dict[int | None, dict[str, int]] = {row.pop("category_id"): row for row in grouped}
    categories: list[ContentCategory | None] = list(ContentCategory.objects.filter(campaign=campaign))
    if None in found:
        categories.append(None)
    return [CategoryValues(found.get(one.pk if one else None, {}), one) for one in categories]


def stuck(user: User, campaign: Campaign, day: date) -> list[Stuck]:
    """The open problems that wait longest: past their date, not decided, not taken up again. One query."""
    since = day - WAITING_LONG
    waiting = Q(
        state__in=(ProblemState.SUBMITTED, ProblemState.RETURNED, ProblemState.FOUND), state_since__lt=since
    )
    rows = ledger(user, campaign).filter(Q(state__in=OPEN, due_date__lt=day) | waiting)
    return [
        Stuck(problem, _why(problem, day))
        for problem in rows.order_by("due_date", "state_since", "pk")[:STUCK_SHOWN]
    ]


def within(unit: Unit) -> QuerySet:
    """Ids of a unit and of all below it."""
    return UnitClosure.objects.filter(ancestor=unit).values("descendant_id")


def _aggregates(day: date) -> dict[str, object]:
    return {key: figure.aggregate(day) for key, figure in FIGURES.items()}


def _nearest(heads: Iterable[int], leads: Iterable[int]) -> dict[int, int]:
    """For each unit the nearest of these above it or itself."""
    rows = UnitClosure.objects.filter(ancestor_id__in=list(heads), descendant_id__in=list(leads))
    return dict(rows.order_by("-depth").values_list("descendant_id", "ancestor_id"))


def _why(problem: Problem, day: date) -> str:
    if problem.due_date and problem.due_date < day:
        return _("逾期%(days)d天") % {"days": (day - problem.due_date).days}
    waited = (day - problem.state_since).days
    words = {
        ProblemState.SUBMITTED: _("申请销号后%(days)d天未决定"),
        ProblemState.RETURNED: _("退回后%(days)d天未再提交"),
    }
    return words.get(ProblemState(problem.state), _("登记后%(days)d天未交办")) % {"days": waited}
