"""Refusals of Django's own form fields in the words of the people who fill them in: what is wrong, and what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy


def set_wording() -> None:
    """Called once at the start."""
    validators.MaxLengthValidator.message = gettext_lazy(
        "写了%(show_value)d字，最多%(limit_value)d字，请缩短；详细材料作为附件上传。"
    )
    forms.Textarea.build_attrs = _without_limit  # type: ignore[method-assign, assignment]
    forms.Field.default_error_messages |= {"required": gettext_lazy("请填写这一项。")}
    for chosen in (forms.ChoiceField, forms.ModelChoiceField):
        chosen.default_error_messages |= {"required": gettext_lazy("请选择一项。")}
    forms.FileField.default_error_messages |= {
        "empty": gettext_lazy("这个文件是空的（0字节），请重新选择。"),
        "invalid": gettext_lazy("没有收到文件，请重新选择。"),
    }


def _without_limit(widget: forms.Textarea, *given: Any, **named: Any) -> dict[str, Any]:
    """The browser is not told how much fits: it would cut a paste short without a word; we say so and keep the text."""
    attrs = forms.Widget.build_attrs(widget, *given, **named)
    return {name: value for name, value in attrs.items() if name != "maxlength"}
