"""Handing in, registering, changing and triggering duties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Group, Unit
from qingfeng.apps.work.campaigns.forms.fields import DayField, UploadForm
from qingfeng.apps.work.campaigns.models import Medium


class ReceiveForm(UploadForm):
    """One copy that is handed in or registered."""

    medium = forms.ChoiceField(label=_("形式"), choices=Medium.choices, widget=forms.HiddenInput)
    received_on = DayField(label=_("收到日期"), required=False)
    note = forms.CharField(
        label=_("说明"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(forms.Form):
    """An act that asks for its reason."""

    reason = forms.CharField(label=_("理由"), max_length=300, required=False, strip=True)


class AmendForm(ReasonForm):
    due = DayField(label=_("新的期限"))


class TriggerForm(forms.Form):
    """An event that makes something due for somebody."""

    bearer = forms.ChoiceField(label=_("承担者"))
    on = DayField(label=_("触发日期"), help_text=_("收到通知、函件的日期，从次日起算。"))
    occasion = forms.CharField(
        label=_("事由"), required=False, max_length=200, help_text=_("哪一份通知或函件。")
    )
    due = DayField(label=_("办理期限"), required=False, help_text=_("不填，按文件写明的期限推算。"))

    def __init__(self, *args: Any, bearers: list[Unit | Group], **given: Any) -> None:
        super().__init__(*args, **given)
        self.bearers = {f"{body._meta.model_name}-{body.pk}": body for body in bearers}
        self.fields["bearer"].choices = [(key, str(body)) for key, body in self.bearers.items()]  # type: ignore[attr-defined]

    def clean_bearer(self) -> Unit | Group:
        return self.bearers[self.cleaned_data["bearer"]]
