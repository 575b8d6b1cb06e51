"""Boxes for the columns that a campaign adds, as a part of any form about problems or sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import ColumnKind, ExtraColumn
from qingfeng.apps.work.problems.extra_reading import LONGEST_TEXT, ValueReader
from qingfeng.apps.work.problems.forms.fields import people_list

UNITS = "added_units"
"""The list of unit names that a page with unit columns carries."""


class ExtraField(forms.Field):
    """A value read as its column's kind; what was typed stays as typed until the action keeps it."""

    def __init__(self, column: ExtraColumn, reader: ValueReader) -> None:
        super().__init__(label=column.name, required=column.required, widget=_widget(column))
        self._column, self._reader = column, reader

    def clean(self, value: Any) -> Any:
        value = super().clean(value.strip() if isinstance(value, str) else value)
        try:
            self._reader.read(self._column, value)
        except BadInput as error:
            raise ValidationError(str(error)) from error
        return value or ""


def _widget(column: ExtraColumn) -> forms.Widget:
    if column.kind == ColumnKind.CHOICE:
        return forms.Select(choices=[("", gettext_lazy("请选择")), *((one, one) for one in column.choices)])
    if column.kind == ColumnKind.DATE:
        return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    if column.kind == ColumnKind.NUMBER:
        return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    if column.kind == ColumnKind.PERSON:
        return people_list()
    if column.kind == ColumnKind.UNIT:
        return forms.TextInput(attrs={"list": UNITS, "autocomplete": "off"})
    return forms.TextInput(attrs={"maxlength": LONGEST_TEXT, "autocomplete": "off"})


class ExtraBoxes(forms.Form):
    """A form that has the added columns among its boxes; each is called by the code of its column."""

    extra_codes: tuple[str, ...] = ()

    def add_boxes(self, columns: Sequence[ExtraColumn], reader: ValueReader | None = None) -> None:
        """One box for each of these columns, after the form's own."""
        if columns:
            reader = reader or ValueReader(columns[0].campaign)
        for column in columns:
            assert reader is not None  # there is a column
            self.fields[column.code] = ExtraField(column, reader)
        self.extra_codes = tuple(column.code for column in columns)

    @property
    def extra_boxes(self) -> list[BoundField]:
        return [self[code] for code in self.extra_codes]

    @property
    def columns(self) -> dict[str, Any]:
        """What was written, as the actions take it."""
        return {code: self.cleaned_data[code] for code in self.extra_codes if self.cleaned_data.get(code)}

    @property
    def own_data(self) -> Mapping[str, Any]:
        """What was written in the form's own boxes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.extra_codes}


class FillForm(ExtraBoxes):
    """The added columns alone: filled in later, or put right."""

    def __init__(self, *args: Any, asked: Sequence[ExtraColumn], **given: Any) -> None:
        super().__init__(*args, **given)
        self.add_boxes(asked)
