"""The columns that a campaign adds, as the ledgers, forms, papers and imports of problems and sheets use them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.base.web.memory import remembered
from qingfeng.apps.work.campaigns.models import Campaign, ColumnKind, ExtraColumn
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.models import ExtraValue, Problem
from qingfeng.apps.work.problems.models.extra_values import plain_number

Shown = str | Decimal | date | None


def columns_of(campaign: Campaign, target: str, *, ended: bool = False) -> list[ExtraColumn]:
    """The columns of this campaign's problems or sheets in their order; `ended`: those no longer asked, too.

    One query a page for all that ask; none where the current campaign is known to have added nothing.
    """
    if not getattr(campaign, "has_extra_columns", True):
        return []
    rows = remembered(
        ("extra columns", campaign.pk), lambda: list(ExtraColumn.objects.filter(campaign=campaign))
    )
    return [row for row in rows if row.target == target and (ended or row.ended_on is None)]


def title_of(column: ExtraColumn) -> str:
    """Its heading; one that is no longer asked says so."""
    return _("%(name)s（已停用）") % {"name": column.name} if column.ended_on else column.name


class ValuesOf:
    """The added values of these problems or sheets, all fetched in one query with the first that is asked for."""

    def __init__(self, records: Iterable[Any], target: str) -> None:
        self._keys = [record.pk for record in records]
        self._target = target

    def value(self, key: int, column: ExtraColumn) -> Shown:
        """What stands under this column; None when nothing does."""
        return self._by_record.get((key, column.pk))

    @cached_property
    def _by_record(self) -> Mapping[tuple[int, int], Shown]:
        rows = ExtraValue.objects.filter(**{f"{self._target}__in": self._keys})
        found = rows.values_list(self._target, "column", "column__kind", "text", "number", "day")
        return {(key, column): _shown(kind, *given) for key, column, kind, *given in found}


def values_of(record: Problem | Sheet, columns: Sequence[ExtraColumn]) -> dict[str, Shown]:
    """What stands under these columns of one record, by their codes. One query at most."""
    if not columns:
        return {}
    values = ValuesOf([record], columns[0].target)
    return {column.code: values.value(record.pk, column) for column in columns}


def _shown(kind: str, text: str, number: int | None, day: date | None) -> Shown:
    if kind == ColumnKind.NUMBER:
        return None if number is None else plain_number(number)
    return day if kind == ColumnKind.DATE else text


def give_values(records: Sequence[Any], target: str) -> None:
    """Lets each of these records answer what stands under its added columns (`added_value`)."""
    values = ValuesOf(records, target)
    for record in records:
        record.added = values


def added_value(record: Any, column: ExtraColumn) -> Shown:
    """Of a record that was given its values."""
    values: ValuesOf = record.added
    return values.value(record.pk, column)


def in_words(value: Shown) -> str:
    """As papers say it: dates with their signs, numbers plain."""
    if value is None:
        return ""
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else str(value)


def on_page(value: Shown) -> str:
    """As pages and histories say it: dates as in ledgers."""
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Line:
    """A column with what stands under it, for the record page and for papers."""

    column: ExtraColumn
    name: str
    values: tuple[Shown, ...]

    @property
    def text(self) -> str:
        """The one value of a record page."""
        return on_page(self.values[0]) if self.values else ""


def lines_of(campaign: Campaign, target: str, records: Sequence[Any]) -> list[Line]:
    """Each column with the values of these records in their order; one no longer asked only where it was filled.

    One query for the columns, one for the values where there are columns.
    """
    columns = columns_of(campaign, target, ended=True)
    if not columns or not records:
        return [Line(column, column.name, ()) for column in columns if column.ended_on is None]
    values = ValuesOf(records, target)
    lines = [
        Line(column, column.name, tuple(values.value(record.pk, column) for record in records))
        for column in columns
    ]
    return [
        line
        for line in lines
        if line.column.ended_on is None or any(value is not None for value in line.values)
    ]


def stated(values: Sequence[str]) -> str:
    """What stands in one box for several problems: once where all agree, else a numbered line each.

    Values hold no line breaks, so that `told_apart` finds them again.
    """
    if len(set(values)) <= 1:
        return values[0] if values else ""
    return "\n".join(f"{number}. {value}".rstrip() for number, value in enumerate(values, 1))


def told_apart(text: str, number: int) -> list[str]:
    """The values of so many problems as `stated` wrote them."""
    lines = [line.strip() for line in text.strip().split("\n")]
    heads = [f"{place}." for place in range(1, number + 1)]
    if number > 1 and len(lines) == number and all(map(str.startswith, lines, heads)):
        return [line.removeprefix(head).strip() for line, head in zip(lines, heads, strict=True)]
    return [text.strip()] * number
