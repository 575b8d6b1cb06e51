"""Figures of a whole campaign, by unit and by category, and the problems that do not move."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Unit, UnitClosure, User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.work.campaigns.models import Campaign, CampaignUnit
from qingfeng.apps.work.problems.flow import OPEN, ProblemState
from qingfeng.apps.work.problems.kept import overdue_by_lead
from qingfeng.apps.work.problems.models import Problem, UnitSummary
from qingfeng.apps.work.problems.queries import ledger
from qingfeng.apps.work.reports.figures import LISTINGS, RATES, Sight

S = ProblemState
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
class Stuck:
    """A problem that does not move, and why it is named."""

    problem: Problem
    why: str


KEPT = (
    "found",
    "closed_out",
    "rated",
    "open",
    "submitted",
    "long_term",
    "reopened",
    "people",
    "sum_involved",
    "sum_returned",
)
"""Figures that the running summaries of the units hold by state; the others come of the dates."""
SUMMED = (*KEPT, "overdue", "in_time", "ended_term", "on_time")
Leads = dict[int, Counter[str]]


def totals(user: User, campaign: Campaign, day: date, leads: Leads | None = None) -> Values:
    """The figures of all units together, and two queries for each listing."""
    found = _all_together(by_lead(user, campaign, day) if leads is None else leads)
    listed = {key: listing.number(user, campaign) for key, listing in LISTINGS.items()}
    return Values({**found, **listed})


def _all_together(leads: Leads) -> Counter[str]:
    found = Counter(dict.fromkeys(SUMMED, 0))
    for numbers in leads.values():
        found.update(numbers)
    return found


def whole(user: User, campaign: Campaign, day: date) -> Values:
    """The same figures of all units together, without what stands beside the problems; summed in the database."""
    sight = Sight(user, campaign)
    sums = {f"all_{column}": Sum(column) for column in _COLUMNS}
    by_state = _kept(sight).order_by().values("state").annotate(**sums)
    found = _figures(sight, [(0, *row) for row in by_state.values_list("state", *sums)], day)
    return Values(_all_together(found))


def by_lead(user: User, campaign: Campaign, day: date) -> Leads:
    """The figures of each lead unit by itself, from what is kept of it: two queries, and one where something is hidden."""
    sight = Sight(user, campaign)
    return _figures(sight, _kept(sight).values_list("unit_id", "state", *_COLUMNS), day)


def _kept(sight: Sight) -> QuerySet[UnitSummary]:
    kept = UnitSummary.objects.filter(campaign=sight.campaign).exclude(state=ProblemState.VOID)
    return kept if sight.is_whole else kept.filter(unit_id__in=reach(sight.user))


def _figures(sight: Sight, kept: Iterable[tuple[Any, ...]], day: date) -> Leads:
    """`kept`: unit, state, and the columns."""
    found: Leads = defaultdict(Counter)
    for unit_id, state, *numbers in kept:
        if numbers[0]:
            _add(found[unit_id], state, numbers, 1)
    units = None if sight.is_whole else reach(sight.user)
    for unit_id, overdue, ended in overdue_by_lead(sight.campaign, day, units):
        found[unit_id]["overdue"] += overdue
        found[unit_id]["ended_open"] += ended
    if sight.hidden:
        _take_away(found, sight.withheld(), day)
    for own in found.values():
        own["on_time"] = own["closed_out"] - own.pop("closed_late", 0)
        own["in_time"] = own["open"] - own["overdue"]
        own["ended_term"] = own["closed_out"] + own.pop("ended_open", 0)
    return found


_COLUMNS = ("problems", "people_affected", "sum_involved", "sum_returned", "closed_late")
_SUMS = ("people", "sum_involved", "sum_returned", "closed_late")
_OF_THEMSELVES = (S.CLOSED_OUT, S.LONG_TERM, S.SUBMITTED, S.REOPENED)
_COUNTS: Mapping[str, Sequence[str]] = {
    state.value: (
        "found",
        *(["rated"] if state != S.LONG_TERM else []),
        *(["open"] if state in OPEN else []),
        *([state.value] if state in _OF_THEMSELVES else []),
    )
    for state in S
}
"""As what a problem counts in each state."""


def _add(into: Counter[str], state: str, numbers: Sequence[int], sign: int) -> None:
    """One state's share of a unit: `numbers` are those of the columns."""
    count, *sums = numbers
    for key in _COUNTS[state]:
        into[key] += sign * count
    for key, value in zip(_SUMS, sums, strict=True):
        into[key] += sign * value


def _take_away(found: Leads, hidden: QuerySet[Problem], day: date) -> None:
    """What somebody is recused from is in all these sums, but not for them."""
    columns = ("lead_unit_id", "state", "people_affected", "sum_involved", "sum_returned")
    days = ("due_date", "first_due_date", "closed_out_on")
    for unit_id, state, *sums, due, first, closed in hidden.values_list(*columns, *days):
        late = int(closed is not None and first is not None and closed > first)
        _add(found[unit_id], state, [1, *sums, late], -1)
        is_open = state in OPEN
        by_calendar = {
            "overdue": int(is_open and due is not None and due < day),
            "ended_open": int(is_open and first is not None and first < day),
        }
        found[unit_id].subtract(by_calendar)


def by_state(user: User, campaign: Campaign, unit: Unit | None) -> Mapping[str, int]:
    """How many problems are in each state, from the running summaries of the units."""
    sight = Sight(user, campaign)
    kept = UnitSummary.objects.filter(campaign=campaign).exclude(state=ProblemState.VOID)
    hidden = Problem.objects.filter(pk__in=sight.hidden, campaign=campaign)
    if not sight.is_whole:
        kept, hidden = kept.filter(unit_id__in=reach(user)), hidden.filter(lead_unit_id__in=reach(user))
    if unit:
        kept, hidden = kept.filter(unit_id__in=within(unit)), hidden.filter(lead_unit_id__in=within(unit))
    found = Counter(dict(kept.order_by().values_list("state").annotate(number=Sum("problems"))))
    found.subtract(Counter(hidden.values_list("state", flat=True)) if sight.hidden else Counter())
    return found


def by_unit(user: User, campaign: Campaign, day: date, leads: Leads | None = None) -> list[UnitValues]:
    """The figures of each unit that takes part, or of the units below where only one does."""
    by_lead_unit = by_lead(user, campaign, day) if leads is None else leads
    taking_part = set(
        CampaignUnit.objects.filter(campaign=campaign, unit_id__in=reach(user)).values_list(
            "unit_id", flat=True
        )
    )
    heads = _nearest(campaign, taking_part) if len(taking_part) > 1 else {}
    sums: Leads = defaultdict(Counter)
    for lead, numbers in by_lead_unit.items():
        sums[heads.get(lead, lead)].update(numbers)
    if len(taking_part) > 1:
        for unit_id in taking_part:
            sums[unit_id].update({})
    units = Unit.objects.filter(pk__in=list(sums)).order_by("order", "code")
    return [UnitValues(dict(sums[unit.pk]), unit) for unit in units]


def stuck(user: User, campaign: Campaign, day: date) -> list[Stuck]:
    """The open problems that wait longest: past their date; then those not decided or not taken up again.

    The oldest are found by index first, state by state; only then are their lines read.
    """
    rows = Sight(user, campaign).counted(Problem.objects.all())
    late = rows.filter(state__in=OPEN, due_date__lt=day, closed_out_on=None).order_by("due_date", "pk")
    found = list(late.values_list("pk", flat=True)[:STUCK_SHOWN])
    if len(found) < STUCK_SHOWN:
        found += _waiting(rows, day)[: STUCK_SHOWN - len(found)]
    lines = {problem.pk: problem for problem in ledger(user, campaign).filter(pk__in=found)}
    return [Stuck(lines[key], _why(lines[key], day)) for key in found if key in lines]


def _waiting(rows: QuerySet[Problem], day: date) -> list[int]:
    """Still in time, but without a move for long: one small query a state."""
    found: list[tuple[date, int]] = []
    for state in (ProblemState.SUBMITTED, ProblemState.RETURNED, ProblemState.FOUND):
        waiting = rows.filter(
            Q(due_date__isnull=True) | Q(due_date__gte=day), state=state, state_since__lt=day - WAITING_LONG
        )
        found += waiting.order_by("state_since", "pk").values_list("state_since", "pk")[:STUCK_SHOWN]
    return [key for _since, key in sorted(found)]


def within(unit: Unit) -> QuerySet:
    """Ids of a unit and of all below it."""
    return UnitClosure.objects.filter(ancestor=unit).values("descendant_id")


def _nearest(campaign: Campaign, heads: Collection[int]) -> dict[int, int]:
    """For each unit the nearest above it, or itself, that takes part and is one of these."""
    taking_part = CampaignUnit.objects.filter(campaign=campaign).values("unit_id")
    rows = UnitClosure.objects.filter(ancestor_id__in=taking_part).order_by("-depth")
    pairs = rows.values_list("descendant_id", "ancestor_id")
    return {unit_id: head for unit_id, head in pairs if head in heads}


def _why(problem: Problem, day: date) -> str:
    if problem.due_date and problem.due_date < day:
        return _("逾期%(days)d天") % {"days": (day - problem.due_date).days}
    waited = (day - problem.state_since).days
    words = {
        ProblemState.SUBMITTED: _("申请销号后%(days)d天未决定"),
        ProblemState.RETURNED: _("退回后%(days)d天未再提交"),
    }
    return words.get(ProblemState(problem.state), _("登记后%(days)d天未交办")) % {"days": waited}
