"""Added columns in the ledgers: to be chosen, filtered by and sorted by, on the page, in files and on the papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.web.ledgers import Column, Filter, Kind
from qingfeng.apps.base.web.ledgers.filters import number_of
from qingfeng.apps.work.campaigns.models import Campaign, ColumnKind, ExtraColumn
from qingfeng.apps.work.problems.extra_columns import (
    ValuesOf,
    added_value,
    columns_of,
    in_words,
    stated,
    title_of,
)
from qingfeng.apps.work.problems.models import ExtraValue, Problem
from qingfeng.apps.work.problems.models.extra_values import SCALE

_KINDS: dict[str, Kind] = {ColumnKind.NUMBER: "decimal", ColumnKind.DATE: "date"}
_FIELDS = {ColumnKind.NUMBER.value: "number", ColumnKind.DATE.value: "day"}
Offered = Sequence[tuple[str, str]]


class NumberFilter(Filter):
    """From–to over numbers with decimals; compared as they are kept."""

    def read(self, text: str) -> int:
        return int(number_of(text) * SCALE)


def ledger_columns(campaign: Campaign, target: str) -> list[Column]:
    """One for each added column, the ended ones too; chosen by who wants to see them."""
    return [
        Column(
            column.code,
            title_of(column),
            partial(added_value, column=column),
            _KINDS.get(column.kind, "text"),
            sort=_sort(column),
            shown=False,
        )
        for column in columns_of(campaign, target, ended=True)
    ]


def _sort(column: ExtraColumn) -> Subquery:
    values = ExtraValue.objects.filter(**{column.target: OuterRef("pk")}, column=column.pk)
    return Subquery(values.values(_FIELDS.get(column.kind, "text"))[:1])


def ledger_filters(campaign: Campaign, target: str, units: Offered) -> list[Filter]:
    """One for each added column that is in use."""
    return [_filter(column, units) for column in columns_of(campaign, target)]


def _filter(column: ExtraColumn, units: Offered) -> Filter:
    given: dict[str, Any] = {"name": column.code, "label": column.name}
    apply: Callable[..., QuerySet] = partial(_having, column=column)
    if column.kind == ColumnKind.NUMBER:
        return NumberFilter(**given, kind="numbers", apply=partial(_between, column=column, field="number"))
    if column.kind == ColumnKind.DATE:
        return Filter(**given, kind="days", apply=partial(_between, column=column, field="day"))
    if column.kind == ColumnKind.CHOICE:
        return Filter(**given, choices=[(one, one) for one in column.choices], apply=apply)
    if column.kind == ColumnKind.UNIT:
        return Filter(**given, choices=units, apply=partial(_of_unit, column=column))
    return Filter(**given, kind="text", apply=partial(_holding, column=column))


def _having(rows: QuerySet, value: Any, *, column: ExtraColumn) -> QuerySet:
    return _with(rows, column, text=value)


def _of_unit(rows: QuerySet, value: str, *, column: ExtraColumn) -> QuerySet:
    return _with(rows, column, unit__in=Unit.objects.filter(code=value).values("pk"))


def _between(rows: QuerySet, bounds: tuple[Any, Any], *, column: ExtraColumn, field: str) -> QuerySet:
    ends = zip(("gte", "lte"), bounds, strict=True)
    return _with(rows, column, **{f"{field}__{end}": bound for end, bound in ends if bound is not None})


def _holding(rows: QuerySet, value: str, *, column: ExtraColumn) -> QuerySet:
    for word in value.split():
        rows = _with(rows, column, text__icontains=word)
    return rows


def _with(rows: QuerySet, column: ExtraColumn, **wanted: Any) -> QuerySet:
    """The rows whose value under this column is so: looked up by the index of the values, not row by row."""
    found = ExtraValue.objects.filter(column=column, **wanted)
    if any(name.startswith("text") for name in wanted):
        found = found.exclude(
            text=""
        )  # true of all: SQLite takes the partial index only where its condition stands
    return rows.filter(pk__in=found.values(f"{column.target}_id"))


def paper_columns(campaign: Campaign, target: str) -> list[Column]:
    """Those in use, as the ledger in the form of the paper has them; `give_values` comes before."""
    return [
        Column(
            column.code,
            column.name,
            partial(added_value, column=column),
            _KINDS.get(column.kind, "text"),
        )
        for column in columns_of(campaign, target)
    ]


def stated_columns(campaign: Campaign, target: str) -> list[Column]:
    """Those of the problems in the line of their sheet; `state_values` comes before."""
    return [
        Column(column.code, column.name, partial(_stated, code=column.code), "long")
        for column in columns_of(campaign, target)
    ]


def _stated(sheet: Any, code: str) -> str:
    words: dict[str, str] = sheet.stated_values
    return words.get(code, "")


def state_values(campaign: Campaign, by_sheet: Sequence[tuple[Any, Sequence[Problem]]], target: str) -> None:
    """Lets each sheet say what stands under the added columns of its problems. One query."""
    columns = columns_of(campaign, target)
    values = ValuesOf([problem for _sheet, problems in by_sheet for problem in problems], target)
    for sheet, problems in by_sheet:
        sheet.stated_values = {
            column.code: stated([in_words(values.value(problem.pk, column)) for problem in problems])
            for column in columns
        }
