"""The late entries of every unit's month at once: what `counting` tells record by record, as grouped sums.

A form whose unit has handed in other months differs from the bare sums of its month in two ways: it also takes what an
earlier month was handed in without and no form since has counted, and it leaves out what a later month has counted late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from django.db import connections
from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from qingfeng.apps.base.orgs.models import UnitClosure
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.returns.figures import Figure
from qingfeng.apps.work.returns.models import CountedRow, MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.periods import Month, is_first, months_until

_CHUNK = 500
_ALL = 2**40
"""More than there are: what has a limit stays in its order, and one unit's records are looked up one after the other."""
_MISSED = """
SELECT handed.unit_id, ledger.of_unit, COUNT(*), SUM(ledger.of_amount)
FROM ({rows}) ledger
CROSS JOIN orgs_unitclosure above
CROSS JOIN returns_monthlyreturn handed
WHERE above.descendant_id = ledger.of_unit AND handed.unit_id = above.ancestor_id
AND handed.campaign_id = %s AND handed.month = %s AND handed.state = 'handed_in'
AND NOT EXISTS (
    SELECT 1 FROM returns_countedrow counted
    WHERE counted.monthly_return_id = handed.id AND counted.column_unit_id = ledger.of_unit
    AND counted.figure = %s AND counted.subject = ledger.of_subject
)
AND NOT EXISTS (
    SELECT 1 FROM returns_countedrow counted
    CROSS JOIN returns_monthlyreturn since
    WHERE counted.figure = %s AND counted.subject = ledger.of_subject AND since.id = counted.monthly_return_id
    AND since.campaign_id = handed.campaign_id AND since.unit_id = handed.unit_id
    AND since.state = 'handed_in' AND since.month >= handed.month AND since.month <> %s
)
GROUP BY handed.unit_id, ledger.of_unit
"""
"""What is dated in a month and on no form of it or since, by unit that reports and unit inspected.

Nearly every record stands on the month's own form in the column of its unit, which one index tells; the second question
is put of the few that do not. CROSS JOIN is how SQLite is told to take the tables in this order; PostgreSQL may choose.
"""


class Sum(NamedTuple):
    """What a figure comes to in one column of one unit's form: records, and what of them is added up."""

    reporting: int
    inspected: int
    rows: int
    amount: int


class LateEntries:
    """Of the forms of one month; a figure's records are given as they may stand behind it on any form."""

    def __init__(self, campaign: Campaign, month: Month) -> None:
        self.campaign, self.month = campaign, month

    def missed(self, figure: Figure, rows: QuerySet) -> Iterator[Sum]:
        """Counted in addition: of an earlier month that the unit has handed in, and in no form of it since."""
        for earlier in self._earlier:
            yield from self._on_no_form(figure, dated_in(self.campaign, earlier, figure, rows), earlier)

    def taken(self, figure: Figure, rows: QuerySet) -> Iterator[Sum]:
        """Left out: of this month, but counted late by a later month's form of the unit."""
        by_record = self._counted_later.get(figure.key, {})
        rows = dated_in(self.campaign, self.month, figure, rows)
        keys = list(by_record)
        for start in range(0, len(keys), _CHUNK):
            some = _amounts(figure, rows.filter(pk__in=keys[start : start + _CHUNK]))
            for key, inspected, amount in some.values_list("pk", "of_unit", "of_amount"):
                for reporting in by_record[key] & self._above.get(inspected, set()):
                    yield Sum(reporting, inspected, 1, amount)

    @cached_property
    def _earlier(self) -> list[Month]:
        """Months that any unit has handed in."""
        forms = MonthlyReturn.objects.filter(campaign=self.campaign, state=ReturnState.HANDED_IN)
        names = set(forms.filter(month__lt=self.month.name).values_list("month", flat=True).distinct())
        return [month for month in months_until(self.campaign, self.month.end) if month.name in names]

    def _on_no_form(self, figure: Figure, rows: QuerySet, month: Month) -> Iterator[Sum]:
        subject = Concat(
            Value(f"{rows.model._meta.label_lower}:"),
            Cast("pk", CharField()),
            output_field=CharField(),
        )
        asked = _amounts(figure, rows.annotate(of_subject=subject)).order_by("of_unit", "pk")[:_ALL]
        words, values = asked.values("of_subject", "of_unit", "of_amount").query.sql_with_params()
        place = (self.campaign.pk, month.name, figure.key, figure.key, self.month.name)
        with connections[rows.db].cursor() as cursor:
            cursor.execute(_MISSED.format(rows=words), [*values, *place])
            found = cursor.fetchall()
        return (Sum(*map(int, one)) for one in found)

    @cached_property
    def _counted_later(self) -> Mapping[str, Mapping[int, set[int]]]:
        """Figure → record → the units of which a later form has counted it late."""
        found: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        late = CountedRow.objects.filter(
            late=True,
            monthly_return__campaign=self.campaign,
            monthly_return__state=ReturnState.HANDED_IN,
            monthly_return__month__gt=self.month.name,
        )
        for unit, figure, subject in late.values_list("monthly_return__unit_id", "figure", "subject"):
            found[figure][int(subject.rpartition(":")[2])].add(unit)
        return found

    @cached_property
    def _above(self) -> Mapping[int, set[int]]:
        above = defaultdict(set)
        for unit, ancestor in UnitClosure.objects.values_list("descendant_id", "ancestor_id"):
            above[unit].add(ancestor)
        return above


def dated_in(campaign: Campaign, month: Month, figure: Figure, rows: QuerySet) -> QuerySet:
    """Those of a figure's records that belong to a month; a stock stands in every one."""
    if not figure.dated:
        return rows
    rows = rows.filter(**{f"{figure.dated}__lte": month.end})
    return rows if is_first(campaign, month) else rows.filter(**{f"{figure.dated}__gte": month.start})


def _amounts(figure: Figure, rows: QuerySet) -> QuerySet:
    amount = F(figure.amount) if figure.amount else Value(1, IntegerField())
    return rows.annotate(of_unit=F(figure.unit), of_amount=amount)
