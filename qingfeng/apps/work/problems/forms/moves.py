"""One form per verb: what must be said when a problem moves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.problems import offers
from qingfeng.apps.work.problems.forms.fields import (
    DayField,
    PersonNameField,
    UnitNameField,
    YuanField,
    people_list,
    text_box,
)
from qingfeng.apps.work.problems.models import LookBackResult, MeasureKind, Problem, RectificationTerm
from qingfeng.calendars import add_months

LOOK_BACK_MONTHS = 3


class MoveForm(forms.Form):
    """What all moves share: a token against sending twice, and the problem and user for what is offered."""

    token = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, problem: Problem, user: User, **given: Any) -> None:
        super().__init__(*args, **given)
        self.problem, self.user = problem, user
        self.offer()

    def offer(self) -> None:
        """Fills choices and first values from the problem."""

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, without the token."""
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}


class ReasonForm(MoveForm):
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=500, widget=text_box())


class AssignForm(MoveForm):
    responsible_name = forms.CharField(label=gettext_lazy("整改责任人"), max_length=50, widget=people_list())
    due_date = DayField(label=gettext_lazy("整改时限"))
    duty_text = forms.CharField(
        label=gettext_lazy("责任"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("责任人做什么，用一句话写明。"),
    )
    leader_in_charge = forms.CharField(label=gettext_lazy("责任领导"), max_length=50, required=False)
    term = forms.ChoiceField(label=gettext_lazy("整改方式"), choices=RectificationTerm.choices)

    def offer(self) -> None:
        for name in ("responsible_name", "due_date", "duty_text", "leader_in_charge", "term"):
            self.fields[name].initial = getattr(self.problem, name)


class MeasureForm(MoveForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"),
        choices=MeasureKind.choices,
        widget=forms.RadioSelect,
        initial=MeasureKind.MEASURE,
    )
    text = forms.CharField(
        label=gettext_lazy("内容"),
        max_length=5000,
        widget=text_box(4),
        required=False,
        help_text=gettext_lazy("做了什么、做到什么程度；只补传材料的可以不填。"),
    )
    taken_on = DayField(label=gettext_lazy("日期"))
    sum_returned = YuanField(
        label=gettext_lazy("累计清退金额（元）"),
        required=False,
        help_text=gettext_lazy("到目前为止一共清退的金额；没有变化的不改。"),
    )
    description = forms.CharField(label=gettext_lazy("材料说明"), max_length=200, required=False)

    def offer(self) -> None:
        self.fields["taken_on"].initial = clock.today()
        self.fields["sum_returned"].initial = self.problem.sum_returned


class SubmitForm(MoveForm):
    statement = forms.CharField(label=gettext_lazy("完成情况"), max_length=5000, widget=text_box(5))
    new_rule = forms.CharField(
        label=gettext_lazy("新建制度"),
        max_length=2000,
        widget=text_box(2),
        required=False,
        help_text=gettext_lazy("为堵住漏洞建立的制度；不需要的，在下面写明理由。"),
    )
    no_rule_reason = forms.CharField(
        label=gettext_lazy("无需建章立制的理由"), max_length=2000, widget=text_box(2), required=False
    )

    def offer(self) -> None:
        for name in ("new_rule", "no_rule_reason"):
            self.fields[name].optional_words = gettext_lazy("（两项填一项）")  # type: ignore[attr-defined]
        self.fields["statement"].initial = self.problem.completion
        self.fields["new_rule"].initial = self.problem.new_rule
        self.fields["no_rule_reason"].initial = self.problem.no_rule_reason


class SignForm(MoveForm):
    """A signature says nothing but yes."""


class CloseOutForm(MoveForm):
    look_back_on = DayField(
        label=gettext_lazy("回头看日期"), help_text=gettext_lazy("销号后再次检查是否反弹的日期。")
    )
    opinion = forms.CharField(label=gettext_lazy("意见"), max_length=2000, widget=text_box(), required=False)

    def offer(self) -> None:
        self.fields["look_back_on"].initial = add_months(clock.today(), LOOK_BACK_MONTHS)


class AskExtensionForm(MoveForm):
    new_date = DayField(label=gettext_lazy("申请延至"))
    reason = forms.CharField(label=gettext_lazy("延期理由"), max_length=500, widget=text_box())


class DecideForm(MoveForm):
    """Yes or no; a no has its reason."""

    approve = forms.TypedChoiceField(
        label=gettext_lazy("决定"),
        choices=[("1", gettext_lazy("同意")), ("0", gettext_lazy("不同意"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    opinion = forms.CharField(
        label=gettext_lazy("意见"),
        max_length=300,
        widget=text_box(),
        required=False,
        help_text=gettext_lazy("不同意的，写明理由。"),
    )


class AskTransferForm(MoveForm):
    to_unit = UnitNameField(
        label=gettext_lazy("转办单位"), help_text=gettext_lazy("输入名称、简称或代码，从列表里选。")
    )
    reason = forms.CharField(label=gettext_lazy("转办理由"), max_length=500, widget=text_box())

    def offer(self) -> None:
        units = offers.partner_units(self.user, self.problem.campaign).exclude(pk=self.problem.lead_unit_id)
        self.fields["to_unit"].offer(units)  # type: ignore[attr-defined]


class ReviewForm(MoveForm):
    goes_on = forms.TypedChoiceField(
        label=gettext_lazy("结论"),
        widget=forms.RadioSelect,
        coerce=lambda value: value == "1",
        choices=[
            ("1", gettext_lazy("继续长期坚持，一年后再复核")),
            ("0", gettext_lazy("转回整改，可申请销号")),
        ],
    )
    note = forms.CharField(label=gettext_lazy("复核情况"), max_length=2000, widget=text_box())


class LookBackForm(MoveForm):
    result = forms.ChoiceField(
        label=gettext_lazy("结果"), choices=LookBackResult.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=gettext_lazy("情况"), max_length=2000, widget=text_box(4))
    next_on = DayField(
        label=gettext_lazy("下次回头看日期"),
        required=False,
        help_text=gettext_lazy("不再安排的留空；反弹回潮的问题自动重新整改。"),
    )


class ReopenForm(MoveForm):
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=500, widget=text_box())
    due_date = DayField(
        label=gettext_lazy("新的整改时限"),
        required=False,
        help_text=gettext_lazy("不填的沿用原时限；原定时限始终保留，按期率以它计算。"),
    )


class VoidForm(MoveForm):
    reason = forms.CharField(label=gettext_lazy("作废理由"), max_length=300, widget=text_box())


class CoUnitForm(MoveForm):
    unit = UnitNameField(
        label=gettext_lazy("协办单位"), help_text=gettext_lazy("输入名称、简称或代码，从列表里选。")
    )
    sub_task = forms.CharField(label=gettext_lazy("分工"), max_length=300, widget=text_box(2))

    def offer(self) -> None:
        units = offers.partner_units(self.user, self.problem.campaign).exclude(pk=self.problem.lead_unit_id)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]


class RecusalForm(MoveForm):
    person = PersonNameField(
        label=gettext_lazy("回避人"), help_text=gettext_lazy("输入姓名或工号，从列表里选。")
    )
    reason = forms.CharField(label=gettext_lazy("回避理由"), max_length=300, widget=text_box())

    def offer(self) -> None:
        self.fields["person"].offer(offers.people_in_reach(self.user))  # type: ignore[attr-defined]
