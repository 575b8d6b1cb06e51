"""Smaller forms: a problem without a sheet, origins, commitment, referral slip, import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign, ColumnTarget
from qingfeng.apps.work.problems import offers
from qingfeng.apps.work.problems.extra_columns import columns_of
from qingfeng.apps.work.problems.forms.fields import BodyField, DayField, UnitNameField, text_box
from qingfeng.apps.work.problems.forms.sheets import ProblemForm
from qingfeng.apps.work.problems.models import Origin

SHEET_ORIGINS = ("self_inspection", "supervision", "random")
"""What comes from an inspection is entered on its sheet."""


class RegisterForm(ProblemForm):
    """A problem that came otherwise than by an inspection sheet."""

    token = forms.CharField(widget=forms.HiddenInput)
    instruction = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    body = BodyField(label=gettext_lazy("登记机构"))
    origin = forms.ModelChoiceField(
        label=gettext_lazy("来源"), queryset=Origin.objects.none(), empty_label=gettext_lazy("请选择")
    )
    lead_unit = UnitNameField(label=gettext_lazy("牵头单位"))
    found_on = DayField(label=gettext_lazy("发现日期"))
    further_origins = forms.ModelMultipleChoiceField(
        label=gettext_lazy("其他来源"),
        queryset=Origin.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("同一问题由几处反映的，一并勾选。"),
    )
    field_order = ["token", "instruction", "body", "origin", "found_on", "lead_unit", "text"]

    def __init__(self, *args: Any, user: User, campaign: Campaign, **given: Any) -> None:
        asked = columns_of(campaign, ColumnTarget.PROBLEM)
        super().__init__(*args, campaign=campaign, asked=asked, **given)
        del self.fields["answered_by"]  # there is no sheet whose suggestions could answer it
        origins = Origin.objects.filter(campaign=campaign, active=True)
        self.fields["body"].offer(offers.bodies(user))  # type: ignore[attr-defined]
        self.fields["origin"].queryset = origins.exclude(slug__in=SHEET_ORIGINS)  # type: ignore[attr-defined]
        self.fields["further_origins"].queryset = origins  # type: ignore[attr-defined]
        self.fields["lead_unit"].offer(offers.inspected_units(user))  # type: ignore[attr-defined]
        self.fields["found_on"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        return {"answered_by": (), **(super().clean() or {})}


class OriginForm(forms.Form):
    label = forms.CharField(label=gettext_lazy("来源名称"), max_length=60)


class CommitmentForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("承诺内容"), max_length=3000, widget=text_box(6))
    scan = forms.FileField(label=gettext_lazy("签字盖章的扫描件"), required=False)


class ReferralForm(forms.Form):
    """A suspected violation. Nothing of it stays in this wing."""

    what = forms.CharField(
        label=gettext_lazy("发现的情况"),
        max_length=5000,
        widget=text_box(8),
        help_text=gettext_lazy("经过、金额、线索从何而来，以及材料原件在谁手里。"),
    )
    where = forms.CharField(
        label=gettext_lazy("涉及单位、地点"), max_length=500, required=False, widget=text_box(1)
    )
    who = forms.CharField(
        label=gettext_lazy("涉及人员及职务"), max_length=500, required=False, widget=text_box(2)
    )
    when = forms.CharField(label=gettext_lazy("发生时间"), max_length=200, required=False)


class ImportForm(forms.Form):
    """A file and the body for which its sheets are filed."""

    body = BodyField(label=gettext_lazy("填报单位"))
    file = forms.FileField(label=gettext_lazy("文件"))

    def __init__(self, *args: Any, user: User, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["body"].offer(offers.bodies(user))  # type: ignore[attr-defined]
