"""What the ledgers say of every unit's month, counted once for all of them: a grouped query a figure.

A form counts record by record (`counting`), so that each figure opens; where hundreds are wanted at once, sums alone are
needed: those of the month for every unit, and what late entries make of them for units that handed in other months.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from qingfeng.apps.base.orgs.models import Unit, UnitClosure
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.returns.contents import Contents, Value, contents_of, written
from qingfeng.apps.work.returns.figures import ALL, Figure
from qingfeng.apps.work.returns.flow import FROZEN
from qingfeng.apps.work.returns.late_entries import LateEntries, dated_in
from qingfeng.apps.work.returns.models import MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.periods import Month


class Tally:
    """A month of all units. Counted when the first form asks; then a form costs no query."""

    def __init__(self, campaign: Campaign, month: Month) -> None:
        self.campaign, self.month = campaign, month
        self.as_of = min(month.end, clock.today())

    def contents(self, form: MonthlyReturn) -> Contents:
        """What `contents_of` says, which is asked itself where nothing is counted or the cut-off was another."""
        other_days = (form.period_start, form.period_end) != (self.month.start, self.month.end)
        if form.state in FROZEN or other_days:
            return contents_of(form)
        below = self._below.get(form.unit_id, [])
        values = ((unit, self._column(form.unit_id, unit.pk)) for unit in below)
        columns = [(unit, figures) for unit, figures in values if figures]
        return written(form, self.as_of, columns or [(form.unit, {})])

    def _column(self, reporting: int, inspected: int) -> Mapping[str, Value]:
        """The figures of a unit as they stand on a unit's form, without those that are nothing."""
        values = self._values.get(inspected, {})
        changes = self._changes.get((reporting, inspected), {})
        if not changes:
            return values
        changed = {key: _added(values.get(key, Value()), change) for key, change in changes.items()}
        return {key: value for key, value in {**values, **changed}.items() if value.rows}

    @cached_property
    def _changes(self) -> Mapping[tuple[int, int], dict[str, Value]]:
        """(Reporting, inspected) → figure → what late entries change, where a unit has handed in other months."""
        changes: dict[tuple[int, int], dict[str, Value]] = defaultdict(dict)
        if not self._other_months_are_in:
            return changes
        entries = LateEntries(self.campaign, self.month)
        for figure in ALL:
            if not figure.dated:
                continue
            rows = self._rows(figure)
            told = [(one, 1) for one in entries.missed(figure, rows)]
            told += [(one, -1) for one in entries.taken(figure, rows)]
            for one, sign in told:
                of_column = changes[one.reporting, one.inspected]
                late = one.rows if sign > 0 else 0
                change = Value(sign * one.amount, sign * one.rows, late)
                of_column[figure.key] = _added(of_column.get(figure.key, Value()), change)
        return changes

    @property
    def _other_months_are_in(self) -> bool:
        others = MonthlyReturn.objects.filter(campaign=self.campaign, state=ReturnState.HANDED_IN)
        return others.exclude(month=self.month.name).exists()

    @cached_property
    def _below(self) -> Mapping[int, list[Unit]]:
        """Every unit's subtree in the order of the books."""
        units = Unit.objects.in_bulk()
        below = defaultdict(list)
        rows = UnitClosure.objects.order_by("descendant__order", "descendant__code")
        for above, unit in rows.values_list("ancestor_id", "descendant_id"):
            below[above].append(units[unit])
        return below

    @cached_property
    def _values(self) -> Mapping[int, dict[str, Value]]:
        """Inspected unit → figure → what it comes to."""
        values: dict[int, dict[str, Value]] = defaultdict(dict)
        for figure in ALL:
            for unit, rows, number in self._summed(figure):
                values[unit][figure.key] = Value(number, rows)
        return dict(values)

    def _summed(self, figure: Figure) -> Iterator[tuple[int, int, int]]:
        rows = dated_in(self.campaign, self.month, figure, self._rows(figure))
        grouped = rows.order_by().values(figure.unit).annotate(of_unit=Count("pk"))
        if not figure.amount:
            return ((unit, many, many) for unit, many in grouped.values_list(figure.unit, "of_unit"))
        grouped = grouped.annotate(amount=Coalesce(Sum(figure.amount), 0))
        return iter(grouped.values_list(figure.unit, "of_unit", "amount"))

    def _rows(self, figure: Figure) -> QuerySet:
        """Named once more: what a form asks for one unit is not searched by the campaign, a district's is."""
        return figure.rows(self.campaign, self.as_of).filter(campaign=self.campaign)


def _added(value: Value, change: Value) -> Value:
    return Value(value.number + change.number, value.rows + change.rows, value.late + change.late)
