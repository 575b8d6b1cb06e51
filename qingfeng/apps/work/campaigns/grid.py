"""The grid of duties × bearers: who owes what, what is in, what is late, what is missing, at a glance.

Over all obligations a cell sums up the periods of one; with one obligation chosen the columns are its periods.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, Unit
from qingfeng.apps.base.web.marks import Mark, Tone
from qingfeng.apps.work.campaigns.models import Duty, Obligation
from qingfeng.apps.work.campaigns.queries import STATES, mark_of, with_state

Key = tuple[int | None, int | None]
"""(unit id, group id) of a bearer."""
REPORTED = ("reported", "late")


@dataclass
class Cell:
    """What a bearer owes in one column: how many duties of each state, and the one to open when there is but one."""

    counts: dict[str, int] = field(default_factory=dict)
    first: int = 0
    href: str = ""

    def add(self, state: str, number: int, duty: int) -> None:
        self.counts[state] = self.counts.get(state, 0) + number
        self.first = self.first or duty

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def mark(self) -> Mark:
        """The word of the cell; of several duties the worst, with its number."""
        if self.total == 1:
            return mark_of(next(iter(self.counts)))
        bad = [state for state in ("missing", "overdue") if self.counts.get(state)]
        if bad:
            return Mark(" ".join(self._counted(state) for state in bad), "late")
        return self._in_order

    def _counted(self, state: str) -> str:
        return _("%(state)s%(count)d") % {"state": STATES[state][0], "count": self.counts[state]}

    @property
    def _in_order(self) -> Mark:
        reported = sum(self.counts.get(state, 0) for state in REPORTED)
        owed = self.total - self.counts.get("waived", 0)
        if not owed:
            return mark_of("waived")
        if not reported:
            return mark_of("pending")
        tone: Tone = "done" if reported == owed else "neutral"
        return Mark(_("已报%(reported)d/%(owed)d") % {"reported": reported, "owed": owed}, tone)


@dataclass(frozen=True)
class Column:
    """An obligation, or one period of it."""

    key: Any
    title: str
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class Row:
    bearer: Unit | Group
    cells: list[Cell | None]


@dataclass(frozen=True)
class Grid:
    columns: list[Column]
    rows: list[Row]


def over_obligations(
    rows: QuerySet[Duty],
    *,
    heading: Callable[[Obligation], Column],
    address: Callable[[Cell, Obligation, Key], str],
) -> Grid:
    """Bearers × obligations. Four queries, whatever the size."""
    counted = with_state(rows).order_by().values_list("unit_id", "group_id", "obligation_id", "cell_state")
    cells = _cells(
        (unit, group, key, state, number, first)
        for unit, group, key, state, number, first in counted.annotate(number=Count("pk"), first=Min("pk"))
    )
    obligations = list(
        Obligation.objects.filter(pk__in={key for _bearer, key in cells}).order_by("line", "pk")
    )
    for obligation in obligations:
        for (bearer, key), cell in cells.items():
            if key == obligation.pk:
                cell.href = address(cell, obligation, bearer)
    return _grid(cells, [heading(obligation) for obligation in obligations])


def over_periods(rows: QuerySet[Duty], *, address: Callable[[Cell], str]) -> Grid:
    """Bearers × the periods of one obligation, each headed by its date."""
    counted = with_state(rows).order_by().values_list("unit_id", "group_id", "first_due", "cell_state")
    cells = _cells(
        (unit, group, key, state, number, first)
        for unit, group, key, state, number, first in counted.annotate(number=Count("pk"), first=Min("pk"))
    )
    for cell in cells.values():
        cell.href = address(cell)
    days = sorted({key for _bearer, key in cells})
    return _grid(cells, [Column(day, day.isoformat()) for day in days])


def _cells(
    counted: Iterable[tuple[int | None, int | None, Any, str, int, int]],
) -> dict[tuple[Key, Any], Cell]:
    cells: dict[tuple[Key, Any], Cell] = {}
    for unit, group, key, state, number, first in counted:
        cells.setdefault(((unit, group), key), Cell()).add(state, number, first)
    return cells


def _grid(cells: dict[tuple[Key, Any], Cell], columns: list[Column]) -> Grid:
    bearers = {bearer for bearer, _key in cells}
    units = Unit.objects.filter(pk__in=[unit for unit, _group in bearers if unit])
    groups = Group.objects.filter(pk__in=[group for _unit, group in bearers if group])
    found: list[tuple[Key, Unit | Group]] = [
        *(((unit.pk, None), unit) for unit in units),
        *(((None, group.pk), group) for group in groups),
    ]
    return Grid(
        columns, [Row(body, [cells.get((key, column.key)) for column in columns]) for key, body in found]
    )
