"""What is entered about units, groups, people and accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Appointment, GroupKind, Person, Role, Unit, UnitKind
from qingfeng.apps.base.web import clock


class DateField(forms.DateField):
    """A day; today unless another is chosen."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("initial", clock.today)
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)


class UnitChoice(forms.ModelChoiceField):
    """A unit of those that this person sees, told by name and code."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("to_field_name", "code")
        given.setdefault("queryset", Unit.objects.none())
        super().__init__(**given)

    def label_from_instance(self, unit: Any) -> str:
        return f"{unit.name}（{unit.code}）"


class PersonChoice(forms.ModelChoiceField):
    """A person, told by name and staff number."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("to_field_name", "staff_no")
        given.setdefault("queryset", Person.objects.none())
        super().__init__(**given)

    def label_from_instance(self, person: Any) -> str:
        return f"{person.name}（{person.staff_no}）"


class UnitForm(forms.Form):
    """A new unit."""

    code = forms.CharField(label=_("单位代码"), max_length=30, help_text=_("撤销后也不再给别的单位使用。"))
    name = forms.CharField(label=_("单位名称"), max_length=100)
    short_name = forms.CharField(label=_("简称"), max_length=30, required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=UnitKind.choices)
    parent = UnitChoice(label=_("上级单位"), required=False, help_text=_("只有区县可以没有上级。"))
    order = forms.IntegerField(label=_("顺序"), min_value=0, max_value=1_000_000, required=False, initial=0)
    valid_from = DateField(label=_("设立日期"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = units  # type: ignore[attr-defined]


class UnitChangeForm(forms.Form):
    """Another name, or what was entered wrongly."""

    name = forms.CharField(label=_("单位名称"), max_length=100)
    short_name = forms.CharField(label=_("简称"), max_length=30)
    kind = forms.ChoiceField(label=_("类别"), choices=UnitKind.choices)
    order = forms.IntegerField(label=_("顺序"), min_value=0, max_value=1_000_000)
    valid_from = DateField(label=_("设立日期"))


class UnitMoveForm(forms.Form):
    parent = UnitChoice(label=_("划转到"), help_text=_("下属单位和台账随之一起划转。"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = units  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day on which a unit, a group or an oversight holds."""

    last_day = DateField(label=_("最后一天"))


class GroupForm(forms.Form):
    """A new group."""

    code = forms.CharField(label=_("组代码"), max_length=30)
    name = forms.CharField(label=_("名称"), max_length=100)
    short_name = forms.CharField(label=_("简称"), max_length=30, required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=GroupKind.choices)
    home_unit = UnitChoice(label=_("设在"))
    valid_from = DateField(label=_("成立日期"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home_unit"].queryset = units  # type: ignore[attr-defined]


class NameForm(forms.Form):
    """Another name for a group."""

    name = forms.CharField(label=_("名称"), max_length=100)
    short_name = forms.CharField(label=_("简称"), max_length=30, required=False)


class OverseeForm(forms.Form):
    unit = UnitChoice(label=_("监督单位"), help_text=_("包括其下属单位。"))
    valid_from = DateField(label=_("自"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=50)
    staff_no = forms.CharField(label=_("工号"), max_length=30, help_text=_("同名的人以工号区分。"))


class PersonNameForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=50)


class AppointForm(forms.Form):
    """A person takes a post here."""

    person = PersonChoice(label=_("人员"))
    title = forms.CharField(label=_("职务"), max_length=50)
    role = forms.ChoiceField(
        label=_("角色"), choices=Role.choices, help_text=_("角色决定能看什么、能办什么。")
    )
    valid_from = DateField(label=_("任职日期"))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class AppointmentForm(forms.Form):
    valid_from = DateField(label=_("任职日期"))


class LeaveForm(forms.Form):
    """The last day in a post, and who takes over what is open."""

    last_day = DateField(label=_("免职日期"), help_text=_("当天仍在任。"))
    successor = PersonChoice(label=_("接办人"), required=False)

    def __init__(
        self, *args: Any, appointment: Appointment, waiting: int, people: QuerySet[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        field.queryset = people  # type: ignore[attr-defined]
        field.required = bool(waiting)
        field.error_messages["required"] = _("名下还有未办结的事项，请指定接办人。")
        if not waiting:
            field.help_text = _("名下没有未办结的事项，可以不填。")


class AccountForm(forms.Form):
    username = forms.CharField(label=_("账号"), max_length=50, help_text=_("登录用，字母、数字或汉字。"))


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("文件"),
        help_text=_(".xlsx 或 .csv，不超过5兆。单位、组、人员可以在一个文件的几个工作表里。"),
        error_messages={"required": _("请选择要导入的文件。"), "empty": _("文件是空的，请重新选择。")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
