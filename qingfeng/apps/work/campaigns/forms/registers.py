"""Meetings and activities as they are entered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import Group, Person, Unit
from qingfeng.apps.work.campaigns.forms.fields import DayField, UploadForm
from qingfeng.apps.work.campaigns.models import ActivityKind, Duty, MeetingKind


class MeetingForm(UploadForm):
    """A meeting that was held, by one of the bodies for which this person enters."""

    body = forms.ChoiceField(label=gettext_lazy("召开单位或组"))
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=MeetingKind.choices)
    title = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    held_on = DayField(label=gettext_lazy("召开日期"))
    attendance = forms.IntegerField(label=gettext_lazy("参加人数"), min_value=0, initial=0)
    duty = forms.ModelChoiceField(
        label=gettext_lazy("对应的任务"),
        queryset=Duty.objects.none(),
        required=False,
        empty_label=gettext_lazy("不对应任务"),
        help_text=gettext_lazy("选了任务，登记会议即为完成该任务。"),
    )
    minutes = forms.CharField(
        label=gettext_lazy("纪要"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    wide = ("title", "duty", "minutes", "file")
    field_order = ("body", "kind", "title", "held_on", "attendance", "duty", "minutes", "file")

    def __init__(self, *args: Any, bodies: list[Unit | Group], duties: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.bodies = {f"{body._meta.model_name}-{body.pk}": body for body in bodies}
        self.fields["body"].choices = [(key, str(body)) for key, body in self.bodies.items()]  # type: ignore[attr-defined]
        self.fields["duty"].queryset = duties  # type: ignore[attr-defined]
        self.fields["duty"].label_from_instance = duty_in_words  # type: ignore[attr-defined]

    def clean_body(self) -> Unit | Group:
        return self.bodies[self.cleaned_data["body"]]


def duty_in_words(duty: Duty) -> str:
    """The bearer, the task and its date on one line."""
    return _("%(bearer)s：%(what)s（%(due)s到期）") % {
        "bearer": duty.bearer,
        "what": duty.obligation.what[:40],
        "due": duty.due,
    }


class ActivityForm(forms.Form):
    """An entry of the register; with a unit to carry it out and a date it is a task."""

    unit = forms.ModelChoiceField(label=gettext_lazy("单位"), queryset=Unit.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=ActivityKind.choices)
    title = forms.CharField(label=gettext_lazy("事项"), max_length=200)
    held_on = DayField(label=gettext_lazy("日期"))
    people = forms.IntegerField(label=gettext_lazy("人次"), min_value=0, initial=0)
    text = forms.CharField(
        label=gettext_lazy("内容"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    given_by = forms.ModelChoiceField(
        label=gettext_lazy("批示人"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=gettext_lazy("无"),
    )
    task_for = forms.ModelChoiceField(
        label=gettext_lazy("承办单位"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("无"),
        help_text=gettext_lazy("领导批示交办的，选承办单位并填期限。"),
    )
    task_due = DayField(label=gettext_lazy("办理期限"), required=False)
    wide = ("title", "text")

    def __init__(self, *args: Any, units: Any, leaders: Any, bearers: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["given_by"].queryset = leaders  # type: ignore[attr-defined]
        self.fields["task_for"].queryset = bearers  # type: ignore[attr-defined]
