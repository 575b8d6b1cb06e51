"""What the ledgers say of every unit's month, counted once for all of them: a grouped query a figure.

A form counts record by record (`counting`), so that each figure opens; where hundreds are wanted at once, most of them
need sums alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from qingfeng.apps.base.orgs.models import Unit, UnitClosure
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.returns.contents import Contents, Value, contents_of, written
from qingfeng.apps.work.returns.figures import ALL, Figure
from qingfeng.apps.work.returns.flow import FROZEN
from qingfeng.apps.work.returns.models import MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.periods import Month, is_first


class Tally:
    """A month of all units. Counted when the first form asks; then a form costs no query."""

    def __init__(self, campaign: Campaign, month: Month) -> None:
        self.campaign, self.month = campaign, month
        self.as_of = min(month.end, clock.today())

    def contents(self, form: MonthlyReturn) -> Contents:
        """What `contents_of` says, which is asked itself where late entries are possible or the cut-off was another."""
        other_days = (form.period_start, form.period_end) != (self.month.start, self.month.end)
        if form.state in FROZEN or other_days or form.unit_id in self._with_other_months:
            return contents_of(form)
        below = self._below.get(form.unit_id, [])
        columns = [(unit, self._values[unit.pk]) for unit in below if unit.pk in self._values]
        return written(form, self.as_of, columns or [(form.unit, {})])

    @cached_property
    def _with_other_months(self) -> set[int]:
        """Units that have handed in another month: what is dated in it and is not on its form is a late entry."""
        others = MonthlyReturn.objects.filter(campaign=self.campaign, state=ReturnState.HANDED_IN)
        return set(others.exclude(month=self.month.name).values_list("unit_id", flat=True))

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
        # Named once more: what a form asks for one unit is not searched by the campaign, a district's is.
        rows = figure.rows(self.campaign, self.as_of).filter(campaign=self.campaign)
        if figure.dated:
            rows = rows.filter(**{f"{figure.dated}__lte": self.month.end})
            if not is_first(self.campaign, self.month):
                rows = rows.filter(**{f"{figure.dated}__gte": self.month.start})
        grouped = rows.order_by().values(figure.unit).annotate(of_unit=Count("pk"))
        if not figure.amount:
            return ((unit, many, many) for unit, many in grouped.values_list(figure.unit, "of_unit"))
        grouped = grouped.annotate(amount=Coalesce(Sum(figure.amount), 0))
        return iter(grouped.values_list(figure.unit, "of_unit", "amount"))
