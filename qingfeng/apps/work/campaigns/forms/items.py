"""One typed form for each kind of thing in a draft, from the item's data and back to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import GroupKind, UnitKind
from qingfeng.apps.work.campaigns.drafts import RHYTHMS, WEEKDAYS
from qingfeng.apps.work.campaigns.forms.fields import DayField, LinesField
from qingfeng.apps.work.campaigns.models import BearerKind, ItemKind, StageKind

ALL = "all"
WEEKDAY_CHOICES = list(enumerate(WEEKDAYS, 1))


class ItemForm(forms.Form):
    """An item of the draft; `data` is its shape for the action."""

    wide: tuple[str, ...] = ()

    @classmethod
    def initial_of(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in data.items() if name in cls.base_fields}

    @property
    def data_for_action(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class StageForm(ItemForm):
    number = forms.IntegerField(label=_("序号"), min_value=1, max_value=99)
    name = forms.CharField(label=_("名称"), max_length=60)
    kind = forms.ChoiceField(label=_("类别"), choices=StageKind.choices)
    start = DayField(label=_("开始"))
    end = DayField(label=_("结束"))


class ContentForm(ItemForm):
    number = forms.IntegerField(label=_("序号"), min_value=1, max_value=99)
    title = forms.CharField(label=_("名称"), max_length=200)
    text = forms.CharField(
        label=_("内容"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    wide = ("title", "text")


class GroupForm(ItemForm):
    name = forms.CharField(label=_("名称"), max_length=100)
    kind = forms.ChoiceField(label=_("类别"), choices=GroupKind.choices)
    count = forms.IntegerField(
        label=_("个数"),
        min_value=1,
        max_value=99,
        initial=1,
        help_text=_("方案只写了个数、没有名称的，填个数。"),
    )
    members = LinesField(
        label=_("成员单位"), required=False, help_text=_("每行一个，只写单位或职务，不写姓名。")
    )
    wide = ("members",)


class MechanismForm(ItemForm):
    name = forms.CharField(label=_("名称"), max_length=100)


class FormForm(ItemForm):
    attachment = forms.IntegerField(label=_("附件号"), min_value=1, max_value=99, required=False)
    title = forms.CharField(label=_("名称"), max_length=200)
    orientation = forms.ChoiceField(
        label=_("版式"), choices=[("list", _("清单")), ("sheet", _("单表")), ("matrix", _("矩阵"))]
    )
    fields_in_order = LinesField(label=_("栏目"), required=False, help_text=_("按顺序，每行一栏。"))
    wide = ("fields_in_order",)

    @classmethod
    def initial_of(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**super().initial_of(data), "fields_in_order": data.get("fields")}

    @property
    def data_for_action(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        fields = data.pop("fields_in_order")
        return {**data, "fields": fields}


class BearersForm(forms.Form):
    """Who bears an obligation: classes of units, kinds of groups, single ones by name, the office."""

    unit_classes = forms.MultipleChoiceField(
        label=_("由这些单位承担"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(ALL, _("全部参加单位")), *UnitKind.choices],
    )
    unit_names = LinesField(label=_("另有单个单位"), required=False, help_text=_("写全称，每行一个。"))
    group_classes = forms.MultipleChoiceField(
        label=_("由这些组承担"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=GroupKind.choices,
    )
    group_names = LinesField(label=_("另有单个组"), required=False, help_text=_("写方案中的名称，每行一个。"))
    office = forms.BooleanField(label=_("由领导小组办公室承担"), required=False)

    @staticmethod
    def initial_bearers(bearers: list[dict[str, Any]]) -> dict[str, Any]:
        initial: dict[str, Any] = {}
        for one in bearers:
            if one["kind"] == BearerKind.OFFICE:
                initial["office"] = True
                continue
            prefix = "unit" if one["kind"] == BearerKind.UNITS else "group"
            classes = one.get("classes") or ([] if one.get("names") or prefix == "group" else [ALL])
            initial |= {f"{prefix}_classes": classes, f"{prefix}_names": one.get("names")}
        return initial

    def chosen_bearers(self) -> list[dict[str, Any]]:
        """The bearers as the action takes them."""
        given, found = self.cleaned_data, []
        units, groups = given["unit_classes"], given["group_classes"]
        if units or given["unit_names"]:
            classes = [] if ALL in units else units
            found.append({"kind": "units", "classes": classes, "names": given["unit_names"]})
        if groups or given["group_names"]:
            found.append({"kind": "groups", "classes": groups, "names": given["group_names"]})
        if given["office"]:
            found.append({"kind": "office", "classes": [], "names": []})
        return found


class ObligationForm(BearersForm, ItemForm):
    what = forms.CharField(label=_("任务"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    who = LinesField(label=_("谁（文件原文）"), required=False)
    start = DayField(label=_("开始"), required=False)
    due = DayField(label=_("期限"), required=False, help_text=_("一次性任务填期限；周期性任务填下面的周期。"))
    due_text = forms.CharField(label=_("期限（文件原文）"), required=False, max_length=200)
    stage = forms.TypedChoiceField(label=_("阶段"), required=False, coerce=int, empty_value=None)
    every = forms.ChoiceField(label=_("周期"), required=False, choices=[("", _("不重复")), *RHYTHMS.items()])
    weekday = forms.TypedChoiceField(
        label=_("周几"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("不指定"))],
        help_text=_("每周、每两周的任务。"),
    )
    month_of_period = forms.IntegerField(
        label=_("第几个月"),
        required=False,
        min_value=1,
        max_value=12,
        help_text=_("每季度、每半年、每年的任务；不填为最后一个月。"),
    )
    day = forms.IntegerField(
        label=_("几日"), required=False, min_value=-1, max_value=31, help_text=_("-1为月底。")
    )
    on_demand = forms.BooleanField(label=_("有触发情形或条件时才产生，由经办人逐件登记"), required=False)
    trigger = forms.CharField(label=_("触发情形"), required=False, max_length=200)
    condition = forms.CharField(label=_("条件"), required=False, max_length=300)
    deliver_to = LinesField(label=_("报送给"), required=False)
    channel = forms.CharField(label=_("报送方式"), required=False, max_length=200)
    form = forms.CharField(label=_("表式"), required=False, max_length=100)
    wants_electronic = forms.BooleanField(label=_("要电子稿"), required=False)
    wants_paper = forms.BooleanField(label=_("要纸质稿"), required=False)
    is_monthly_form = forms.BooleanField(label=_("以月报表报送（附件4）"), required=False)
    wide = ("what", "unit_classes", "group_classes", "on_demand", "due_text")
    field_order = (
        "what",
        "unit_classes",
        "unit_names",
        "group_classes",
        "group_names",
        "office",
        "start",
        "due",
        "every",
        "weekday",
        "month_of_period",
        "day",
        "stage",
        "due_text",
        "on_demand",
        "trigger",
        "condition",
        "deliver_to",
        "form",
        "channel",
        "who",
        "wants_electronic",
        "wants_paper",
        "is_monthly_form",
    )
    of_the_document = ("who", "due_text", "channel")
    """How the plan words it; a task that is added later has no such words."""
    bearer_fields = ("unit_classes", "unit_names", "group_classes", "group_names", "office")
    rhythm_fields = ("every", "day", "weekday", "month_of_period")

    def __init__(self, *args: Any, stages: list[tuple[int, str]] | None = None, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["stage"].choices = [("", _("不属于某一阶段")), *(stages or [])]  # type: ignore[attr-defined]
        self.fields["weekday"].choices = [("", _("不指定")), *WEEKDAY_CHOICES]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, data: dict[str, Any]) -> dict[str, Any]:
        plain = {name: value for name, value in data.items() if name in cls.base_fields}
        return {**plain, **(data.get("recurrence") or {}), **cls.initial_bearers(data.get("bearers") or [])}

    @property
    def data_for_action(self) -> dict[str, Any]:
        given = self.cleaned_data
        plain = {
            name: value
            for name, value in given.items()
            if name not in (*self.bearer_fields, *self.rhythm_fields)
        }
        rhythm = {name: given[name] for name in self.rhythm_fields} if given["every"] else None
        return {**plain, "recurrence": rhythm, "bearers": self.chosen_bearers()}


FORMS: dict[str, type[ItemForm]] = {
    ItemKind.STAGE: StageForm,
    ItemKind.CONTENT: ContentForm,
    ItemKind.OBLIGATION: ObligationForm,
    ItemKind.GROUP: GroupForm,
    ItemKind.MECHANISM: MechanismForm,
    ItemKind.FORM: FormForm,
}
"""A fault has no form: it holds or it does not."""
