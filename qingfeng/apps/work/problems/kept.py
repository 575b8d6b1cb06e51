"""What the running figures say: what is overdue in each unit, what came back again and again; and whether it is true.

All of it is written by the actions, in the transaction of the change (`actions.summing`, `actions.deciding`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.flow import OPEN
from qingfeng.apps.work.problems.models import (
    DAY,
    MONTH,
    Answer,
    DueSummary,
    Extension,
    Problem,
    Submission,
    Verdict,
)

# What is overdue


def overdue_by_lead(
    campaign: Campaign, day: date, units: QuerySet | None = None
) -> Iterable[tuple[int, int, int]]:
    """(lead unit, overdue, past the first date) of the open problems on this day; several lines may be of one unit.

    Months that have passed and the days of this one, in one query. `units`: of these only.
    """
    kept = _of(campaign, units)
    this_month = day.replace(day=1)
    months = kept.filter(span=MONTH, starts_on__lt=this_month)
    days = kept.filter(span=DAY, starts_on__gte=this_month, starts_on__lt=day)
    return _summed(months).union(_summed(days), all=True)


def fallen_due(campaign: Campaign, first: date, day: date, units: QuerySet | None = None) -> int:
    """How many open problems have become overdue since: their date lies in these days, before `day`. One query."""
    rows = _of(campaign, units).filter(span=DAY, starts_on__gte=first, starts_on__lt=day)
    return rows.aggregate(number=Sum("due", default=0))["number"]  # type: ignore[no-any-return]


def _of(campaign: Campaign, units: QuerySet | None) -> QuerySet[DueSummary]:
    rows = DueSummary.objects.filter(campaign=campaign)
    return rows if units is None else rows.filter(unit_id__in=units)


def _summed(rows: QuerySet[DueSummary]) -> QuerySet:
    sums = rows.order_by().values("unit_id").annotate(late=Sum("due"), ended=Sum("first_due"))
    return sums.values_list("unit_id", "late", "ended")


# What came back


def returned_often() -> QuerySet:
    """Ids of problems whose close-out was refused twice and more."""
    return Submission.objects.filter(nth_return__isnull=False).order_by().values("problem_id")


def extended_often() -> QuerySet:
    """Ids of problems whose date was moved twice and more."""
    return Extension.objects.filter(nth_extension__isnull=False).order_by().values("problem_id")


# Whether it is true


def due_differences(campaign: Campaign | None = None) -> Iterator[str]:
    """Where the kept numbers of due problems are not what the problems say."""
    rows, kept = Problem.objects.filter(state__in=OPEN), DueSummary.objects.all()
    if campaign is not None:
        rows, kept = rows.filter(campaign=campaign), kept.filter(campaign=campaign)
    truth: dict[tuple[Any, ...], list[int]] = {}
    for place, column in enumerate(("due_date", "first_due_date")):
        dated = rows.filter(**{f"{column}__isnull": False}).order_by()
        grouped = dated.values("campaign_id", "lead_unit_id", column).annotate(number=Count("pk"))
        for campaign_id, unit, day, number in grouped.values_list(
            "campaign_id", "lead_unit_id", column, "number"
        ):
            for span, starts_on in ((MONTH, day.replace(day=1)), (DAY, day)):
                truth.setdefault((campaign_id, unit, span, starts_on), [0, 0])[place] += number
    columns = ("campaign_id", "unit_id", "span", "starts_on", "due", "first_due")
    stored = {tuple(row[:4]): list(row[4:]) for row in kept.values_list(*columns)}
    for key in sorted(truth.keys() | stored.keys()):
        real, noted = truth.get(key, [0, 0]), stored.get(key, [0, 0])
        if real != noted:
            yield f"专项{key[0]} 单位{key[1]} {key[3]}（{key[2]}）到期：汇总{noted}，重算{real}"


def again_differences(campaign: Campaign | None = None) -> Iterator[str]:
    """Where a return or an extension does not say which of its problem it is."""
    returned, approved = Q(verdict=Verdict.RETURNED), Q(answer=Answer.APPROVED)
    yield from _misnumbered(Submission.objects.all(), returned, "nth_return", "退回", campaign)
    yield from _misnumbered(Extension.objects.all(), approved, "nth_extension", "延期", campaign)


def _misnumbered(
    rows: QuerySet, counted: Q, column: str, what: str, campaign: Campaign | None
) -> Iterator[str]:
    """In the order in which they were asked for, which is that in which they were decided: one at a time is open."""
    if campaign is not None:
        rows = rows.filter(campaign=campaign)
    nth = Window(RowNumber(), partition_by="problem_id", order_by="pk")
    numbered = rows.filter(counted).order_by().annotate(nth=nth).values_list("problem_id", column, "nth")
    for problem, noted, real in numbered.iterator():
        if noted != (real if real > 1 else None):
            yield f"问题{problem} 第{real}次{what}：记为{noted}"
    for problem in (
        rows.exclude(counted).filter(**{f"{column}__isnull": False}).values_list("problem_id", flat=True)
    ):
        yield f"问题{problem} 没有{what}，却记为多次{what}"
