"""Fields that several forms of the campaign share: lists one a line, dates, uploads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


class LinesField(forms.CharField):
    """A list, one entry a line (、 and ， part entries too)."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        text = super().clean(value).replace("、", "\n").replace("，", "\n").replace(",", "\n")
        return [line.strip() for line in text.splitlines() if line.strip()]


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"error_messages": {"invalid": _("请写成2026-06-20的样式。")}, **given})


class UploadForm(forms.Form):
    """Forms that may bring a file: `upload` gives what an action takes."""

    file = forms.FileField(
        label=_("文件"), required=False, error_messages={"empty": _("文件是空的，请重新选择。")}
    )

    @property
    def upload(self) -> dict[str, Any]:
        """{file_name, content}, or nothing."""
        file: UploadedFile | None = self.cleaned_data.get("file")
        return {"file_name": file.name, "content": file.read()} if file else {}
