"""Units by what came of their work. The rule is printed; never by numbers of reports, tips or log-ins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.work.reports.papers.counting import Books
from qingfeng.apps.work.reports.papers.model import Block, Counted, Grid, Run, Text

RULE = (
    "排名规则：按销号率由高到低排列；销号率相同的，逾期未销号问题少的在前；仍相同的并列。"
    "没有应整改问题的单位不参加排名。检查、发现和报送的数量不作为排名依据。"
)
HEAD = ("位次", "单位", "应整改", "已销号", "销号率", "按期率", "逾期", "反弹")
SHOWN = 3
"""So many units are named for one thing."""


@dataclass(frozen=True)
class Ranked:
    """A unit with its outcomes; `place` 0 where there is nothing to rate."""

    place: int
    unit: Unit
    rated: Counted
    closed: Counted
    rate: Counted
    on_time: Counted
    overdue: Counted
    recurred: Counted


def ranked(books: Books) -> list[Ranked]:
    """All units, the best first, those without anything to rate last."""
    rows = [_outcomes(books, unit) for unit in books.units]
    rated = sorted((row for row in rows if row.rated), key=_merit)
    placed: list[Ranked] = []
    for at, row in enumerate(rated, 1):
        same = bool(placed) and _merit(placed[-1]) == _merit(row)
        placed.append(replace(row, place=placed[-1].place if same else at))
    return [*placed, *(row for row in rows if not row.rated)]


def _outcomes(books: Books, unit: Unit) -> Ranked:
    return Ranked(
        place=0,
        unit=unit,
        rated=books.figure("rated", unit=unit),
        closed=books.figure("closed_out", unit=unit),
        rate=books.figure("close_out_rate", unit=unit),
        on_time=books.figure("on_time_rate", unit=unit),
        overdue=books.figure("overdue", unit=unit),
        recurred=books.recurred(unit),
    )


def _merit(row: Ranked) -> tuple[float, float]:
    return -row.rate.value, row.overdue.value


def named_table(rows: Sequence[Ranked], caption: str) -> list[Block]:
    """Every unit that is ranked, by name."""
    cells: list[list[Run]] = [
        [
            str(row.place),
            row.unit.short_name,
            row.rated,
            row.closed,
            row.rate,
            row.on_time,
            row.overdue,
            row.recurred,
        ]
        for row in rows
        if row.place
    ]
    return [Text([RULE]), Grid(HEAD, cells, caption)]


BANDS: tuple[tuple[str, Callable[[float], bool]], ...] = (
    ("80%及以上", lambda rate: rate >= 0.8),
    ("50%至80%以下", lambda rate: 0.5 <= rate < 0.8),
    ("50%以下", lambda rate: 0 < rate < 0.5),
    ("尚无问题销号", lambda rate: rate == 0),
)


def unnamed_table(rows: Sequence[Ranked], caption: str) -> list[Block]:
    """How many units stand where, without a name."""
    rated = [row for row in rows if row.place]
    cells: list[list[Run]] = [
        [name, _units([row for row in rated if holds(row.rate.value)], f"销号率{name}")]
        for name, holds in BANDS
    ]
    return [Grid(("销号率", "单位（个）"), [row for row in cells if row[1]], caption)]


def _units(rows: Sequence[Ranked], what: str) -> Counted:
    """A number of units; opens the table of units in the order of their rates."""
    keys = [row.unit.pk for row in rows]
    return Counted(
        key="units_by_rate",
        name="按销号率分的单位",
        part=what,
        value=len(keys),
        words=str(len(keys)),
        measure="个",
        rule="参加专项治理、有应整改问题的单位，按统计截止日的销号率分档。",
        href=f"{reverse('reports:overview')}?sort=close_out_rate",
        rows=Unit.objects.filter(pk__in=keys),
    )


def worst(rows: Sequence[Ranked], figure: Callable[[Ranked], Counted]) -> list[Ranked]:
    """The units with most of something bad, the most first; none without any."""
    some = [row for row in rows if figure(row)]
    return sorted(some, key=lambda row: -figure(row).value)[:SHOWN]


def most(rows: Sequence[Ranked], figure: Callable[[Ranked], Counted], *, named: bool, what: str) -> list[Run]:
    """Who has most of it: names with their numbers, or “有的单位” with the largest number."""
    found = worst(rows, figure)
    if not found:
        return []
    is_much = figure(found[0]).value > 1
    if not named and not is_much:
        return [f"有的单位还有{what}。"]
    if not named:
        number = replace(figure(found[0]), part=f"{what}最多的单位")
        return [f"有的单位{what}较多，最多的有", number, number.measure, "。"]
    runs: list[Run] = [f"{what}较多的是" if is_much else f"还有{what}的是"]
    for at, row in enumerate(found):
        runs += ["、" if at else "", row.unit.short_name, "（", figure(row), figure(row).measure, "）"]
    return [*runs, "。"]
