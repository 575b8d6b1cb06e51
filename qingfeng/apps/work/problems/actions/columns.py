"""Values under the columns that a campaign adds: written with the problem or sheet, or filled in and put right later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Person, Unit, User
from qingfeng.apps.base.records.actions import action, change, found_anew, note
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign, ColumnTarget, ExtraColumn
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.extra_columns import ValuesOf, columns_of, on_page
from qingfeng.apps.work.problems.extra_reading import Value, ValueReader
from qingfeng.apps.work.problems.models import ExtraValue, Problem
from qingfeng.apps.work.problems.permissions import check_fills_columns, check_fills_sheet_columns

Given = Mapping[str, Any]
"""What was written, by the code of the column: text as typed, or a value of the column's kind."""
Kept = Mapping[str, Mapping[str, Any] | None]
"""What stood under columns, by their codes, as JSON holds it."""


class ColumnWriter:
    """Writes the values of one action: the columns are read once, names are looked up once."""

    def __init__(self, campaign: Campaign) -> None:
        in_use = list(ExtraColumn.objects.filter(campaign=campaign, ended_on=None))
        self._columns = {
            target: [row for row in in_use if row.target == target] for target in ColumnTarget.values
        }
        self._reader = ValueReader(campaign)

    def of_sheet(self, sheet: Sheet, given: Given, by: User) -> None:
        """For a sheet that is being filed."""
        values = self.checked(ColumnTarget.SHEET, given)
        _write([ExtraValue(sheet=sheet, column=column, **vars(value)) for column, value in values.items()])
        if values:
            note(sheet, "sheet.columns_filled", by=by, payload={"columns": _told(values)})

    def of_problem(self, problem: Problem, given: Given, by: User) -> None:
        """For a problem that is being registered."""
        values = self.checked(ColumnTarget.PROBLEM, given)
        rows = [ExtraValue(problem=problem, column=column, **vars(value)) for column, value in values.items()]
        _write(rows)
        if values:
            note(problem, "problem.columns_filled", by=by, payload={"columns": _told(values)})

    def checked(self, target: str, given: Given) -> dict[ExtraColumn, Value]:
        """What is to be written; BadInput for an unknown column, a value that does not fit, or one left out."""
        found = self.read(target, given)
        missing = next((row for row in self._columns[target] if row.required and row not in found), None)
        if missing:
            raise BadInput(_("“%(name)s”没有填写，本专项要求必填。") % {"name": missing.name})
        return found

    def read(self, target: str, given: Given) -> dict[ExtraColumn, Value]:
        """The same without asking for what is left out."""
        columns = {column.code: column for column in self._columns[target]}
        unknown = next((code for code in given if code not in columns), "")
        if unknown:
            raise BadInput(_("有一个增设栏目刚刚停用或改动，请刷新后重填。"))
        found: dict[ExtraColumn, Value] = {}
        for code, column in columns.items():
            value = self._reader.read(column, given.get(code))
            if value is not None:
                found[column] = value
        return found


@action
def fill_problem(*, problem: Problem, given: Given, by: User) -> Problem:
    """The added columns of a problem filled in later, or put right: all that are asked now, an empty one is cleared."""
    check_fills_columns(by, problem)
    _replace(problem, ColumnTarget.PROBLEM, given, by)
    return problem


@action
def fill_sheet(*, sheet: Sheet, given: Given, by: User) -> Sheet:
    """Likewise those of a sheet as a whole."""
    check_fills_sheet_columns(by, sheet)
    _replace(sheet, ColumnTarget.SHEET, given, by)
    return sheet


@action
def fill_columns(*, problem: Problem, given: Given, by: User) -> Kept:
    """Some added columns of a problem, as a file says them; the others stay. What stood there, to be put back."""
    check_fills_columns(by, problem)
    wanted = ColumnWriter(problem.campaign).read(ColumnTarget.PROBLEM, given)
    rows = {row.column_id: row for row in ExtraValue.objects.filter(problem=problem, column__in=list(wanted))}
    before = {column.code: _plain(rows.get(column.pk)) for column in wanted}
    _put(problem, ColumnTarget.PROBLEM, dict(wanted), by)
    return before


@action
def put_back(*, problem: Problem, before: Kept, by: User) -> Problem:
    """These columns as `fill_columns` found them, when the import that filled them is taken back."""
    columns = ExtraColumn.objects.filter(campaign=problem.campaign, code__in=list(before))
    wanted = {column: _value(before[column.code]) for column in columns}
    _put(problem, ColumnTarget.PROBLEM, wanted, by)
    return problem


def _plain(row: ExtraValue | None) -> dict[str, Any] | None:
    if row is None:
        return None
    day = row.day.isoformat() if row.day else None
    return {"text": row.text, "number": row.number, "day": day, "person": row.person_id, "unit": row.unit_id}


def _value(plain: Mapping[str, Any] | None) -> Value | None:
    if plain is None:
        return None
    return Value(
        text=plain["text"],
        number=plain["number"],
        day=parse_date(plain["day"]) if plain["day"] else None,
        person=Person.objects.get(pk=plain["person"]) if plain["person"] else None,
        unit=Unit.objects.get(pk=plain["unit"]) if plain["unit"] else None,
    )


def _replace(record: Problem | Sheet, target: str, given: Given, by: User) -> None:
    wanted = ColumnWriter(record.campaign).checked(target, given)
    _put(record, target, {column: wanted.get(column) for column in columns_of(record.campaign, target)}, by)


def _put(record: Problem | Sheet, target: str, wanted: Mapping[ExtraColumn, Value | None], by: User) -> None:
    """Conflict when somebody else has changed the record in between."""
    before = ValuesOf([record], target)
    changed: dict[str, dict[str, str]] = {}
    for column, value in wanted.items():
        old = on_page(before.value(record.pk, column))
        new = on_page(value.shown) if value else ""
        if old == new:
            continue
        changed[column.name] = {"from": old, "to": new}
        place: dict[str, Any] = {target: record, "column": column}
        if value:
            ExtraValue.objects.update_or_create(defaults=vars(value), **place)
        else:
            ExtraValue.objects.filter(**place).delete()
    if changed:
        change(record, by=by, kind=_CHANGED[target], to={}, payload={"columns": changed})
        found_anew(record)


_CHANGED = {
    ColumnTarget.PROBLEM.value: "problem.columns_changed",
    ColumnTarget.SHEET.value: "sheet.columns_changed",
}


def _write(rows: list[ExtraValue]) -> None:
    if rows:
        ExtraValue.objects.bulk_create(rows)


def _told(values: Mapping[ExtraColumn, Value]) -> dict[str, str]:
    return {column.name: on_page(value.shown) for column, value in values.items()}
