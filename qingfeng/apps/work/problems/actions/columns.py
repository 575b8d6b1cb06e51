"""Values under the columns that a campaign adds: written with the problem or sheet, or filled in and put right later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.actions import action, change, note
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign, ColumnTarget, ExtraColumn
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.extra_columns import ValuesOf, columns_of, on_page
from qingfeng.apps.work.problems.extra_reading import Value, ValueReader
from qingfeng.apps.work.problems.models import ExtraValue, Problem
from qingfeng.apps.work.problems.permissions import check_fills_columns, check_fills_sheet_columns

Given = Mapping[str, Any]
"""What was written, by the code of the column: text as typed, or a value of the column's kind."""


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
        columns = {column.code: column for column in self._columns[target]}
        unknown = next((code for code in given if code not in columns), "")
        if unknown:
            raise BadInput(_("有一个增设栏目刚刚停用或改动，请刷新后重填。"))
        found: dict[ExtraColumn, Value] = {}
        for code, column in columns.items():
            value = self._reader.read(column, given.get(code))
            if value is not None:
                found[column] = value
            elif column.required:
                raise BadInput(_("“%(name)s”没有填写，本专项要求必填。") % {"name": column.name})
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


def _replace(record: Problem | Sheet, target: str, given: Given, by: User) -> None:
    """Conflict when somebody else has changed the record in between."""
    wanted = ColumnWriter(record.campaign).checked(target, given)
    before = ValuesOf([record], target)
    changed: dict[str, dict[str, str]] = {}
    for column in columns_of(record.campaign, target):
        value = wanted.get(column)
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


_CHANGED = {
    ColumnTarget.PROBLEM.value: "problem.columns_changed",
    ColumnTarget.SHEET.value: "sheet.columns_changed",
}


def _write(rows: list[ExtraValue]) -> None:
    if rows:
        ExtraValue.objects.bulk_create(rows)


def _told(values: Mapping[ExtraColumn, Value]) -> dict[str, str]:
    return {column.name: on_page(value.shown) for column, value in values.items()}
