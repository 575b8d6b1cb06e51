"""Figures of a whole campaign, by unit and by category, and the problems that do not move."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
    """The figures of all units together, and one query for each listing."""
    found: Counter[str] = Counter()
    for numbers in (by_lead(user, campaign, day) if leads is None else leads).values():
        found.update(numbers)
    listed = {key: listing.rows(user, campaign).count() for key, listing in LISTINGS.items()}
    return Values({**dict.fromkeys(SUMMED, 0), **found, **listed})


def by_lead(user: User, campaign: Campaign, day: date) -> Leads:
    """The figures of each lead unit by itself, from what is kept of it: two queries, and one where something is hidden."""
    found: Leads = defaultdict(Counter)
    sight = Sight(user, campaign)
    kept = UnitSummary.objects.filter(campaign=campaign).exclude(state=ProblemState.VOID)
    if not sight.is_whole:
        kept = kept.filter(unit_id__in=reach(user))
    columns = (
        "unit_id",
        "state",
        "problems",
        "people_affected",
        "sum_involved",
        "sum_returned",
        "closed_late",
    )
    for unit_id, state, *numbers, late in kept.values_list(*columns):
        if any(numbers):
            _add(found[unit_id], state, numbers, 1)
            found[unit_id]["closed_late"] += late
    for unit_id, overdue, ended in overdue_by_lead(campaign, day, None if sight.is_whole else reach(user)):
        found[unit_id].update(overdue=overdue, ended_open=ended)
    if sight.hidden:
        _take_away(found, sight.withheld(), day)
    for numbers in found.values():
        numbers["on_time"] = numbers["closed_out"] - numbers.pop("closed_late", 0)
        numbers["in_time"] = numbers["open"] - numbers["overdue"]
        numbers["ended_term"] = numbers["closed_out"] + numbers.pop("ended_open", 0)
    return found


def _add(into: Counter[str], state: str, numbers: Sequence[int], sign: int) -> None:
    """One state's share of a unit: `numbers` are problems, people, sum involved, sum returned."""
    count, *sums = numbers
    keys = ["found"]
    if state != ProblemState.LONG_TERM:
        keys.append("rated")
    if state in OPEN:
        keys.append("open")
    if state in (
        ProblemState.CLOSED_OUT,
        ProblemState.LONG_TERM,
        ProblemState.SUBMITTED,
        ProblemState.REOPENED,
    ):
        keys.append(state)
    for key in keys:
        into[key] += sign * count
    for key, value in zip(("people", "sum_involved", "sum_returned"), sums, strict=True):
        into[key] += sign * value


def _take_away(found: Leads, hidden: QuerySet[Problem], day: date) -> None:
    """What somebody is recused from is in all these sums, but not for them."""
    columns = ("lead_unit_id", "state", "people_affected", "sum_involved", "sum_returned")
    days = ("due_date", "first_due_date", "closed_out_on")
    for unit_id, state, *sums, due, first, closed in hidden.values_list(*columns, *days):
        _add(found[unit_id], state, [1, *sums], -1)
        is_open = state in OPEN
        by_calendar = {
            "overdue": int(is_open and due is not None and due < day),
            "ended_open": int(is_open and first is not None and first < day),
            "closed_late": int(closed is not None and first is not None and closed > first),
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
