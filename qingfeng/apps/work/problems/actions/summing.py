"""The running figures of the units, moved in the transaction of the change that moves them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, models

from qingfeng.apps.work.problems.flow import OPEN
from qingfeng.apps.work.problems.models import DAY, MONTH, DueSummary, Problem, UnitSummary

FIGURES = ("problems", "people_affected", "sum_involved", "sum_returned", "closed_late")
DUES = ("due", "first_due")
AT_ONCE = 500
"""Rows that one statement writes."""
Sums = dict[tuple[Any, ...], Counter[str]]


@dataclass(frozen=True)
class Counted:
    """Where a problem counts in the running figures, and with how much."""

    campaign_id: int
    unit_id: int
    state: str
    sums: tuple[int, ...]
    days: tuple[date | None, date | None]
    """Of an open problem the date that holds and the first one."""


def figures_of(problem: Problem) -> Counted:
    closed, first = problem.closed_out_on, problem.first_due_date
    late = int(closed is not None and first is not None and closed > first)
    sums = (1, problem.people_affected, problem.sum_involved, problem.sum_returned, late)
    days = (problem.due_date, first) if problem.state in OPEN else (None, None)
    return Counted(problem.campaign_id, problem.lead_unit_id, str(problem.state), sums, days)


def adjust(*, taken: Iterable[Counted], added: Iterable[Counted]) -> None:
    """Moves counts between summary rows, always in the same order of rows, so that two actions never wait crosswise."""
    by_state: Sums = {}
    by_date: Sums = {}
    for sign, counted in [*((-1, one) for one in taken), *((1, one) for one in added)]:
        key = (counted.campaign_id, counted.unit_id, counted.state)
        _add(by_state, key, dict(zip(FIGURES, counted.sums, strict=True)), sign)
        for name, day in zip(DUES, counted.days, strict=True):
            if day is not None:
                for span, starts_on in ((MONTH, day.replace(day=1)), (DAY, day)):
                    _add(by_date, (counted.campaign_id, counted.unit_id, span, starts_on), {name: 1}, sign)
    _write(UnitSummary, ("campaign_id", "unit_id", "state"), FIGURES, by_state)
    _write(DueSummary, ("campaign_id", "unit_id", "span", "starts_on"), DUES, by_date)


def _add(into: Sums, key: tuple[Any, ...], numbers: Mapping[str, int], sign: int) -> None:
    sums = into.setdefault(key, Counter())
    for name, number in numbers.items():
        sums[name] += sign * number


def _write(model: type[models.Model], key: Sequence[str], names: Sequence[str], deltas: Sums) -> None:
    """One statement for all rows: those that are missing are made, the others added to where they lie."""
    fields: list[Any] = [model._meta.get_field(name) for name in (*key, *names)]
    changed = [one for one in sorted(deltas) if any(deltas[one].values())]
    rows = [(*one, *(deltas[one][name] for name in names)) for one in changed]
    for at in range(0, len(rows), AT_ONCE):
        some = rows[at : at + AT_ONCE]
        values = [
            field.get_db_prep_save(value, connection)
            for row in some
            for field, value in zip(fields, row, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(_statement(model._meta.db_table, key, names, len(some)), values)


def _statement(table: str, key: Sequence[str], names: Sequence[str], count: int) -> str:
    """Our own names only; SQLite and PostgreSQL say it alike."""
    row = f"({', '.join(['%s'] * (len(key) + len(names)))})"
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in names)
    return (
        f"INSERT INTO {table} ({', '.join([*key, *names])}) VALUES {', '.join([row] * count)}"  # noqa: S608
        f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {added}"
    )
