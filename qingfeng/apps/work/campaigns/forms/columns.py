"""A column that the office adds, and what may be changed of one that there is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from qingfeng.apps.work.campaigns.models import ColumnKind, ColumnTarget, ExtraColumn


class ChoiceLinesField(forms.CharField):
    """The words to choose from, one a line; a choice may hold a comma."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class AmendColumnForm(forms.Form):
    """Name, choices, asked or not."""

    name = forms.CharField(
        label=gettext_lazy("栏目名称"),
        max_length=60,
        help_text=gettext_lazy("印在台账上的名称，最多20个字；不收集身份证号、银行账号、电话号码。"),
    )
    choices = ChoiceLinesField(
        label=gettext_lazy("选项"),
        required=False,
        help_text=gettext_lazy("类型为“选项”的填写，一行一个。"),
    )
    required = forms.BooleanField(label=gettext_lazy("必填"), required=False)
    field_order = ["target", "kind", "name", "required", "choices"]

    @classmethod
    def of(cls, column: ExtraColumn) -> dict[str, Any]:
        return {"name": column.name, "choices": column.choices, "required": column.required}


class AddColumnForm(AmendColumnForm):
    """A further column."""

    target = forms.ChoiceField(label=gettext_lazy("填在"), choices=ColumnTarget.choices)
    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=ColumnKind.choices)
