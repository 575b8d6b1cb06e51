"""A visit to be planned: the unit, the day, who goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import Person, Unit, User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.problems.forms.fields import DayField, PersonNameField, UnitNameField, text_box
from qingfeng.apps.work.problems.visit_rules import GROUP_ROLES, inspectors_for


class VisitForm(forms.Form):
    unit = UnitNameField(
        label=gettext_lazy("被检查单位"), help_text=gettext_lazy("输入名称、简称或代码，从列表里选。")
    )
    day = DayField(label=gettext_lazy("日期"))
    inspector = PersonNameField(label=gettext_lazy("检查人"))

    def __init__(self, *args: Any, user: User, **given: Any) -> None:
        super().__init__(*args, **given)
        self.people = inspectors_for(user)
        units = Unit.objects.on(clock.today()).filter(pk__in=reach(user, GROUP_ROLES))
        persons = Person.objects.filter(pk__in=self.people.values("person_id"))
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]
        self.fields["inspector"].offer(persons)  # type: ignore[attr-defined]
        self.fields["day"].initial = clock.today()
        self.fields["inspector"].initial = f"{user.person.name}（{user.person.staff_no}）"

    def clean_inspector(self) -> User:
        """The account of the person chosen."""
        return self.people.get(person=self.cleaned_data["inspector"])


class CancelForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("取消的理由"), max_length=300, widget=text_box(2))
