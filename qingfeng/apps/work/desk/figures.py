"""Figures of the leader's page: how many, what is new, by street. Each opens exactly the rows that it counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import Unit, UnitClosure, User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.base.records.hints import Unindexed
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.templatetags.marks import yuan
from qingfeng.apps.work.campaigns.models import Campaign, CampaignUnit
from qingfeng.apps.work.campaigns.visibility import sees_whole
from qingfeng.apps.work.problems.flow import OPEN, ProblemState
from qingfeng.apps.work.problems.kept import (
    extended_often,
    fallen_due,
    overdue_by_lead,
    returned_often,
)
from qingfeng.apps.work.problems.models import (
    Problem,
    Recusal,
    UnitSummary,
)
from qingfeng.apps.work.problems.queries import ledger

SPANS = (7, 30)
"""Days for which the page says what is new: a week, a month."""
SHOWN_UNITS = 12
_CLOSED, _LONG_TERM = Q(state=ProblemState.CLOSED_OUT), Q(state=ProblemState.LONG_TERM)


def counted(user: User, campaign: Campaign, *, by_key: bool = False) -> QuerySet[Problem]:
    """The problems over which the desk counts: led by a unit in reach, not void, not hidden by a recusal.

    `by_key`: what narrows them further names a few by their keys, and no index of the campaign is to be searched.
    """
    rows = Problem.objects.filter(campaign=campaign)
    if by_key:
        rows = Problem.objects.alias(of_campaign=Unindexed("campaign_id")).filter(of_campaign=campaign.pk)
    return counted_among(rows, user, campaign)


def counted_among(rows: QuerySet[Problem], user: User, campaign: Campaign) -> QuerySet[Problem]:
    """Those of the campaign's problems over which the desk counts."""
    recused = Recusal.objects.filter(person=user.person_id).values("problem_id")
    if not sees_whole(user, campaign):
        rows = rows.filter(lead_unit_id__in=reach(user))
    return rows.exclude(state=ProblemState.VOID).exclude(pk__in=recused)


@dataclass(frozen=True)
class Figure:
    """A count over problems: its name, unit of counting, rule, and the rows that it counts."""

    key: str
    label: str | Promise
    unit: str | Promise
    rule: str | Promise
    narrow: Callable[[QuerySet, date, date], QuerySet]
    """Rows, today, and the first day of the span."""
    amount: str = ""
    ordering: tuple[str, ...] = ("-pk",)
    """Of its rows, at first."""


def _late(rows: QuerySet, day: date) -> QuerySet:
    return rows.filter(state__in=OPEN, due_date__lt=day)


FIGURES = {
    figure.key: figure
    for figure in (
        Figure(
            "found",
            gettext_lazy("发现问题"),
            gettext_lazy("个"),
            gettext_lazy("牵头单位在您范围内、已登记、未作废的问题，一个问题只计一次。"),
            lambda rows, day, since: rows,
        ),
        Figure(
            "closed",
            gettext_lazy("已销号"),
            gettext_lazy("个"),
            gettext_lazy("其中现在处于已销号状态的；重新整改的不计。"),
            lambda rows, day, since: rows.filter(_CLOSED),
        ),
        Figure(
            "overdue",
            gettext_lazy("逾期"),
            gettext_lazy("个"),
            gettext_lazy("未销号且今天已过整改时限的；批准延期的按延期后的时限，长期坚持的不计。"),
            lambda rows, day, since: _late(rows, day),
            ordering=("due_date", "-pk"),
        ),
        Figure(
            "people",
            gettext_lazy("涉及群众"),
            gettext_lazy("人"),
            gettext_lazy("登记了涉及群众的问题，人数之和。"),
            lambda rows, day, since: rows.filter(people_affected__gt=0),
            "people_affected",
        ),
        Figure(
            "returned",
            gettext_lazy("清退金额"),
            gettext_lazy("元"),
            gettext_lazy("登记了清退、追缴的问题，金额之和，不论是否已销号。"),
            lambda rows, day, since: rows.filter(sum_returned__gt=0),
            "sum_returned",
        ),
        Figure(
            "stuck",
            gettext_lazy("卡住的"),
            gettext_lazy("个"),
            gettext_lazy("未销号且销号申请被退回两次以上，或者批准延期两次以上的。"),
            lambda rows, day, since: rows.filter(
                pk__in=returned_often().union(extended_often()), state__in=OPEN
            ),
        ),
        Figure(
            "found_new",
            gettext_lazy("新发现"),
            gettext_lazy("个"),
            gettext_lazy("发现日期在这段日子里的问题。"),
            lambda rows, day, since: rows.filter(found_on__range=(since, day)),
        ),
        Figure(
            "closed_new",
            gettext_lazy("新销号"),
            gettext_lazy("个"),
            gettext_lazy("销号日期在这段日子里、现在仍是已销号的问题。"),
            lambda rows, day, since: rows.filter(_CLOSED, closed_out_on__range=(since, day)),
        ),
        Figure(
            "overdue_new",
            gettext_lazy("新逾期"),
            gettext_lazy("个"),
            gettext_lazy("在这段日子里过了整改时限、现在仍未销号的问题。"),
            lambda rows, day, since: _late(rows, day).filter(due_date__gte=since - timedelta(days=1)),
            ordering=("due_date", "-pk"),
        ),
        Figure(
            "people_new",
            gettext_lazy("新发现问题涉及群众"),
            gettext_lazy("人"),
            gettext_lazy("发现日期在这段日子里的问题，人数之和。"),
            lambda rows, day, since: rows.filter(found_on__range=(since, day), people_affected__gt=0),
            "people_affected",
        ),
        Figure(
            "returned_new",
            gettext_lazy("新销号问题清退金额"),
            gettext_lazy("元"),
            gettext_lazy("销号日期在这段日子里的问题，清退金额之和。"),
            lambda rows, day, since: rows.filter(
                _CLOSED, closed_out_on__range=(since, day), sum_returned__gt=0
            ),
            "sum_returned",
        ),
        Figure(
            "returned_often",
            gettext_lazy("退回两次以上"),
            gettext_lazy("个"),
            gettext_lazy("未销号、销号申请被退回两次以上的问题。"),
            lambda rows, day, since: rows.filter(pk__in=returned_often(), state__in=OPEN),
        ),
        Figure(
            "extended_often",
            gettext_lazy("延期两次以上"),
            gettext_lazy("个"),
            gettext_lazy("未销号、批准延期两次以上的问题。"),
            lambda rows, day, since: rows.filter(pk__in=extended_often(), state__in=OPEN),
        ),
    )
}
HEADLINE = ("found", "closed", "overdue", "people", "returned", "stuck")


FEW = {"stuck", "returned_often", "extended_often"}
"""Figures whose rows are named by their keys."""


def since_of(days: int) -> date:
    """The first day of the span that ends today."""
    return clock.today() - timedelta(days=days - 1)


def rows_of(key: str, user: User, campaign: Campaign, days: int = SPANS[0]) -> QuerySet[Problem]:
    """Exactly the rows that a figure counts."""
    rows = counted(user, campaign, by_key=key in FEW)
    return FIGURES[key].narrow(rows, clock.today(), since_of(days))


def lines_of(key: str, user: User, campaign: Campaign, days: int = SPANS[0]) -> QuerySet[Problem]:
    """The same rows as lines of the ledger."""
    lines = counted_among(ledger(user, campaign, by_key=key in FEW), user, campaign)
    return FIGURES[key].narrow(lines, clock.today(), since_of(days))


def value_of(figure: Figure, rows: QuerySet[Problem]) -> int:
    """How many these are, or the sum over them."""
    if not figure.amount:
        return rows.count()
    return rows.order_by().aggregate(total=Sum(figure.amount, default=0))["total"]  # type: ignore[no-any-return]


def address(key: str, **narrowed: Any) -> str:
    return reverse("desk:figure", args=[key]) + (f"?{urlencode(narrowed)}" if narrowed else "")


def in_words(figure: Figure, number: int) -> str:
    return yuan(number) if figure.amount == "sum_returned" else f"{number:,}"


@dataclass(frozen=True)
class Box:
    """A figure as it stands on the page, with what is new."""

    label: str
    value: str
    unit: str
    href: str
    rule: str
    new: str = ""
    new_href: str = ""
    new_rule: str = ""


@dataclass(frozen=True)
class Street:
    """A unit that takes part, with all that is below it."""

    code: str
    name: str
    found: int
    closed: int
    late: int
    long_term: int

    @property
    def share(self) -> float | None:
        rated = self.found - self.long_term
        return self.closed / rated if rated else None


class Counting:
    """All figures of one page from eight queries: kept sums, what of them is hidden, what is late, what is new."""

    def __init__(self, user: User, campaign: Campaign, days: int = SPANS[0]) -> None:
        self.user, self.campaign, self.days = user, campaign, days
        self.rows = counted(user, campaign)

    @cached_property
    def _units(self) -> QuerySet | None:
        """The lead units in reach; nothing where that is all of them."""
        return None if sees_whole(self.user, self.campaign) else reach(self.user)

    @cached_property
    def _hidden(self) -> list[tuple[int, int, int, str, date | None]]:
        """What the user is recused from: it is in all kept sums, but not for them. One query."""
        recused = Recusal.objects.filter(person=self.user.person_id).values("problem_id")
        hidden = Problem.objects.filter(pk__in=recused, campaign=self.campaign).exclude(
            state=ProblemState.VOID
        )
        if self._units is not None:
            hidden = hidden.filter(lead_unit_id__in=self._units)
        columns = ("lead_unit_id", "people_affected", "sum_returned", "state", "due_date")
        return list(hidden.order_by().values_list(*columns))

    @property
    def _hidden_due(self) -> list[tuple[int, date]]:
        """(lead unit, date) of the open ones among them."""
        return [(unit, due) for unit, _people, _sum, state, due in self._hidden if due and state in OPEN]

    @cached_property
    def by_lead(self) -> dict[int, Counter[str]]:
        """Kept sums of each lead unit, less what the user is recused from. Two queries."""
        kept = UnitSummary.objects.filter(campaign=self.campaign)
        if self._units is not None:
            kept = kept.filter(unit_id__in=self._units)
        by_unit = kept.exclude(state=ProblemState.VOID).order_by().values("unit_id")
        sums: Any = by_unit.annotate(
            found=Sum("problems"),
            people=Sum("people_affected"),
            returned=Sum("sum_returned"),
            closed=Sum("problems", filter=_CLOSED, default=0),
            long_term=Sum("problems", filter=_LONG_TERM, default=0),
        )
        found: dict[int, Counter[str]] = {row.pop("unit_id"): Counter(row) for row in sums}
        for unit_id, people, returned, state, _due in self._hidden:
            hidden_here = {
                "found": 1,
                "people": people,
                "returned": returned,
                "closed": int(state == ProblemState.CLOSED_OUT),
                "long_term": int(state == ProblemState.LONG_TERM),
            }
            found[unit_id].subtract(hidden_here)
        return found

    @cached_property
    def late(self) -> Counter[int]:
        """How many are overdue at each lead unit. One query."""
        found: Counter[int] = Counter()
        for unit_id, number, _ended in overdue_by_lead(self.campaign, clock.today(), self._units):
            found[unit_id] += number
        found.subtract(unit_id for unit_id, due in self._hidden_due if due < clock.today())
        return found

    @cached_property
    def late_new(self) -> int:
        """How many of them fell overdue in the span. One query."""
        first = since_of(self.days) - timedelta(days=1)
        hidden = sum(first <= due < clock.today() for _unit, due in self._hidden_due)
        return fallen_due(self.campaign, first, clock.today(), self._units) - hidden

    @cached_property
    def often(self) -> dict[str, list[int]]:
        """Keys of the problems that were returned, and of those that were put off, again and again. Two queries."""
        return {
            key: list(
                rows_of(key, self.user, self.campaign).order_by("due_date", "pk").values_list("pk", flat=True)
            )
            for key in ("returned_often", "extended_often")
        }

    def number(self, key: str) -> int:
        """One figure alone. Two queries at most."""
        if key in ("found", "closed", "people", "returned"):
            return sum(numbers[key] for numbers in self.by_lead.values())
        if key == "overdue":
            return self.late.total()
        if key == "overdue_new":
            return self.late_new
        return value_of(FIGURES[key], rows_of(key, self.user, self.campaign, self.days))

    @cached_property
    def totals(self) -> dict[str, int]:
        """Every headline figure, and what is new. Six queries."""
        sums: Counter[str] = sum(self.by_lead.values(), Counter())
        span = (self.rows, clock.today(), since_of(self.days))
        new = (
            FIGURES["found_new"]
            .narrow(*span)
            .aggregate(found_new=Count("pk"), people_new=Sum("people_affected", default=0))
        )
        closed = (
            FIGURES["closed_new"]
            .narrow(*span)
            .aggregate(closed_new=Count("pk"), returned_new=Sum("sum_returned", default=0))
        )
        return {
            **{key: sums[key] for key in ("found", "closed", "people", "returned", "long_term")},
            "overdue": self.late.total(),
            "overdue_new": self.late_new,
            "stuck": len(set().union(*self.often.values())),
            **new,
            **closed,
        }

    def boxes(self) -> list[Box]:
        return [self._box(FIGURES[key]) for key in HEADLINE]

    def _box(self, figure: Figure) -> Box:
        new = FIGURES.get(f"{figure.key}_new")
        box = Box(
            str(figure.label),
            in_words(figure, self.totals[figure.key]),
            str(figure.unit),
            address(figure.key),
            str(figure.rule),
        )
        if new is None:
            return box
        number = self.totals[new.key]
        words = _("近%(days)d日 %(number)s") % {
            "days": self.days,
            "number": f"+{in_words(new, number)}" if number else "0",
        }
        return Box(
            box.label,
            box.value,
            box.unit,
            box.href,
            box.rule,
            words,
            address(new.key, days=self.days),
            str(new.rule),
        )

    @cached_property
    def _names(self) -> dict[int, tuple[str, str]]:
        return {}

    @cached_property
    def bodies(self) -> list[tuple[str, str]]:
        """The units of the table as values of a select, by code."""
        assert self.streets is not None  # fills the names
        units = sorted(self._names.items(), key=lambda row: row[1][1])
        return [(f"unit:{pk}", name) for pk, (name, _code) in units]

    @cached_property
    def streets(self) -> list[Street]:
        """Units that take part, each with what is below it; the most overdue first, then the lowest rate. One query."""
        heads = CampaignUnit.objects.filter(campaign=self.campaign, unit_id__in=reach(self.user))
        closure = UnitClosure.objects.filter(ancestor_id__in=heads.values("unit_id")).order_by("depth")
        columns = closure.values_list(
            "descendant_id", "ancestor_id", "ancestor__short_name", "ancestor__code"
        )
        head_of: dict[int, int] = {}
        names = self._names
        for unit, head, name, code in columns:
            head_of.setdefault(unit, head)
            names[head] = (name, code)
        sums: dict[int, Counter[str]] = defaultdict(Counter)
        for lead, numbers in self.by_lead.items():
            sums[head_of.get(lead, 0)].update(numbers)
        for lead, late in self.late.items():
            sums[head_of.get(lead, 0)]["late"] += late
        found = [
            Street(code, name, *(sums[head][key] for key in ("found", "closed", "late", "long_term")))
            for head, (name, code) in names.items()
        ]
        return sorted(found, key=lambda row: (-row.late, row.share is None, row.share or 0, -row.found))


def under(rows: QuerySet[Problem], unit: Unit, campaign: Campaign) -> QuerySet[Problem]:
    """Those of them that the table counts at this unit: led by it or below it, and by no nearer unit of the table."""
    below = UnitClosure.objects.filter(ancestor=unit)
    heads = CampaignUnit.objects.filter(campaign=campaign).exclude(unit=unit).values("unit_id")
    nearer = UnitClosure.objects.filter(
        ancestor_id__in=below.filter(descendant_id__in=heads).values("descendant_id")
    )
    return rows.filter(lead_unit_id__in=below.values("descendant_id")).exclude(
        lead_unit_id__in=nearer.values("descendant_id")
    )
