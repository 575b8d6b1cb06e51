"""The bars of the chart: each unit's problems by outcome, drawn as one line of rectangles that open their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qingfeng.apps.work.reports.queries import UnitValues
from qingfeng.apps.work.reports.shown import Shown, shown

LENGTH = 640.0
SHOWN = 15
OUTCOMES = ("closed_out", "long_term", "in_time", "overdue")
"""Every problem that counts is in exactly one of them."""


@dataclass(frozen=True)
class Part:
    """One outcome of a unit: where its rectangle begins and how long it is."""

    figure: Shown
    start: float
    length: float


@dataclass(frozen=True)
class Bar:
    """One unit."""

    name: str
    parts: tuple[Part, ...]
    total: Shown
    end: float


def bars(rows: Sequence[UnitValues]) -> list[Bar]:
    """The first units of these rows, at the scale of the largest."""
    largest = max((row.number("found") for row in rows), default=0)
    chosen = [row for row in rows if row.number("found")][:SHOWN]
    return [_bar(row, LENGTH / largest) for row in chosen]


def _bar(row: UnitValues, scale: float) -> Bar:
    parts, start = [], 0.0
    for key in OUTCOMES:
        number = row.number(key)
        if number:
            parts.append(Part(shown(key, row, unit=row.unit.code), round(start, 1), round(number * scale, 1)))
            start += number * scale
    return Bar(row.unit.short_name, tuple(parts), shown("found", row, unit=row.unit.code), round(start, 1))
