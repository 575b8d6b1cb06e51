"""Counts the figures of a unit's month from the ledgers, column by column, each record at most once.

A record dated in an earlier month whose form was handed in without it is a late entry (补报): it counts in the next
form that is handed in, marked, and in none after that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Model, QuerySet

from qingfeng.apps.base.orgs.models import Unit, UnitClosure
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.returns.figures import ALL, Figure
from qingfeng.apps.work.returns.models import CountedRow, MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.periods import Month, is_first, month_named, month_of


class Counted(NamedTuple):
    """A record behind a figure."""

    subject: str
    amount: int
    late: bool


@dataclass
class Counts:
    """What was counted: (unit id, figure key) → records. `as_of` is the day of the stocks."""

    as_of: date
    rows: dict[tuple[int, str], list[Counted]] = field(default_factory=lambda: defaultdict(list))

    def units(self) -> set[int]:
        return {unit_id for unit_id, _figure in self.rows}


def count(campaign: Campaign, unit: Unit, month: Month) -> Counts:
    """All figures of the units in this unit's subtree. One query a figure, and two for what was handed in."""
    counts = Counts(as_of=min(month.end, clock.today()))
    earlier = _HandedIn(campaign, unit, month)
    below = UnitClosure.objects.filter(ancestor=unit).values("descendant_id")
    for figure in ALL:
        rows = figure.rows(campaign, counts.as_of).filter(**{f"{figure.unit}__in": below})
        for unit_id, counted in _counted(figure, rows, earlier):
            counts.rows[unit_id, figure.key].append(counted)
    return counts


def subject_of(model: type[Model], pk: int) -> str:
    """How events and counted rows name a record."""
    return f"{model._meta.label_lower}:{pk}"


def _counted(figure: Figure, rows: QuerySet, earlier: _HandedIn) -> Iterator[tuple[int, Counted]]:
    fields = ["pk", figure.unit, *filter(None, (figure.dated, figure.amount))]
    if figure.dated:
        rows = earlier.possible(figure, rows)
    name = rows.model._meta.label_lower
    for pk, unit_id, *rest in rows.order_by("pk").values_list(*fields).iterator():
        subject = f"{name}:{pk}"
        late = earlier.lateness(figure, subject, rest[0]) if figure.dated else False
        if late is not None:
            yield unit_id, Counted(subject, rest[-1] if figure.amount else 1, late)


class _HandedIn:
    """The other months' forms of a unit that are in force, and what they counted."""

    def __init__(self, campaign: Campaign, unit: Unit, month: Month) -> None:
        self.campaign, self.month = campaign, month
        self._own_months: dict[date, date] = {}
        others = MonthlyReturn.objects.filter(
            campaign=campaign, unit=unit, state=ReturnState.HANDED_IN
        ).exclude(month=month.name)
        self.months = {row: month_named(campaign, name) for row, name in others.values_list("pk", "month")}
        self.names = {other.name for other in self.months.values()}
        self.counted: dict[tuple[str, str], list[tuple[date, bool]]] = defaultdict(list)
        counted = CountedRow.objects.filter(monthly_return_id__in=list(self.months))
        for pk, figure, subject, late in counted.values_list(
            "monthly_return_id", "figure", "subject", "late"
        ):
            self.counted[figure, subject].append((self.months[pk].name, late))

    def possible(self, figure: Figure, rows: QuerySet) -> QuerySet:
        """The rows of the month; those before it too where late entries are possible."""
        rows = rows.filter(**{f"{figure.dated}__lte": self.month.end})
        if is_first(self.campaign, self.month) or any(name < self.month.name for name in self.names):
            return rows
        return rows.filter(**{f"{figure.dated}__gte": self.month.start})

    def lateness(self, figure: Figure, subject: str, day: date) -> bool | None:
        """Whether the record is a late entry here; None when it belongs to another month's form."""
        own = self._own_month(day)
        if own == self.month.name:
            return None if self._counted_late_after(figure, subject, own) else False
        if own not in self.names or self._counted_since(figure, subject, own):
            return None
        return True

    def _own_month(self, day: date) -> date:
        if day not in self._own_months:
            first = month_of(self.campaign, self.campaign.starts_on)
            self._own_months[day] = max(month_of(self.campaign, day).name, first.name)
        return self._own_months[day]

    def _counted_late_after(self, figure: Figure, subject: str, own: date) -> bool:
        return any(late and name > own for name, late in self.counted.get((figure.key, subject), ()))

    def _counted_since(self, figure: Figure, subject: str, own: date) -> bool:
        return any(name >= own for name, _late in self.counted.get((figure.key, subject), ()))
