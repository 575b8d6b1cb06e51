"""The inspection sheet as an entry form: the sheet's boxes, its problems, its suggestions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import Group, Unit, User
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign, ColumnTarget, ContentCategory, ExtraColumn
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.inspections.models import InspectionMethod, Sheet, SheetKind
from qingfeng.apps.work.problems import offers
from qingfeng.apps.work.problems.actions import ProblemEntry
from qingfeng.apps.work.problems.extra_columns import ValuesOf, columns_of, values_of
from qingfeng.apps.work.problems.extra_reading import ValueReader
from qingfeng.apps.work.problems.forms.extra_boxes import ExtraBoxes
from qingfeng.apps.work.problems.forms.fields import (
    BodyField,
    CountField,
    DayField,
    OrdersField,
    PairsField,
    UnitNameField,
    YuanField,
    people_list,
    text_box,
)
from qingfeng.apps.work.problems.imports.boxes import NAMES
from qingfeng.apps.work.problems.models import Problem, ProblemNature, RectificationTerm

MOST_ROWS = 50


class LongText(forms.CharField):
    """Several lines. The browser is not told the limit: it would cut a paste short without a word."""

    default_error_messages = {
        "max_length": gettext_lazy("写了%(show_value)d字，最多%(limit_value)d字，请缩短或分成几条。")
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class SheetForm(ExtraBoxes):
    """The boxes of attachment 2 apart from problems and suggestions."""

    token = forms.CharField(widget=forms.HiddenInput)
    body = BodyField(label=gettext_lazy("填报单位"))
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"),
        choices=SheetKind.choices,
        help_text=gettext_lazy("编号由平台按填报单位和类别自动连续生成。"),
    )
    filled_on = DayField(label=gettext_lazy("填报时间"))
    inspected_on = DayField(label=gettext_lazy("时间"), help_text=gettext_lazy("检查的日期。"))
    inspected_unit = UnitNameField(
        label=gettext_lazy("被检查单位"), help_text=gettext_lazy("输入名称、简称或代码。")
    )
    inspectors = forms.CharField(
        label=gettext_lazy("检查人员"),
        max_length=200,
        widget=people_list(**{"data-several": ""}),
        help_text=gettext_lazy("几个人用顿号分开。"),
    )
    method = forms.ChoiceField(label=gettext_lazy("检查方式"), choices=InspectionMethod.choices)
    content = LongText(label=gettext_lazy("检查内容"), max_length=5000, widget=text_box(2))
    due_date = DayField(
        label=gettext_lazy("整改时限"),
        required=False,
        help_text=gettext_lazy("各问题相同的填在这里；不同的在问题里另填。"),
    )
    responsible_name = forms.CharField(
        label=gettext_lazy("整改责任人"), max_length=50, required=False, widget=people_list()
    )

    def __init__(
        self,
        *args: Any,
        user: User,
        last: offers.LastValues | None = None,
        asked: Sequence[ExtraColumn] = (),
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.add_boxes(asked)
        self.last = last or offers.LastValues()
        bodies = offers.bodies(user)
        self.fields["body"].offer(bodies)  # type: ignore[attr-defined]
        self.fields["inspected_unit"].offer(offers.inspected_units(user))  # type: ignore[attr-defined]
        known: dict[str, Any] = {"filled_on": clock.today(), "inspected_on": clock.today()}
        known |= {"inspectors": self.last.inspectors or str(user), "method": self.last.method}
        if bodies:
            is_group = isinstance(bodies[0], Group)
            known["kind"] = SheetKind.SUPERVISION if is_group else SheetKind.SELF_INSPECTION
            known["inspected_unit"] = None if is_group else bodies[0]
        for name, value in known.items():
            self.fields[name].initial = value

    def entry(self, suggestions: tuple[str, ...]) -> SheetEntry:
        """The sheet in the words of the action."""
        data = self.cleaned_data
        body = data["body"]
        return SheetEntry(
            kind=data["kind"],
            inspected_unit=data["inspected_unit"],
            inspectors=data["inspectors"],
            content=data["content"],
            inspected_on=data["inspected_on"],
            filled_on=data["filled_on"],
            filing_unit=body if isinstance(body, Unit) else None,
            filing_group=body if isinstance(body, Group) else None,
            method=data["method"],
            due_date=data["due_date"],
            suggestions=suggestions,
        )


class ProblemForm(ExtraBoxes):
    """One numbered problem of the sheet."""

    text = LongText(
        label=gettext_lazy("发现的问题"), max_length=5000, widget=text_box(2, **{"data-paste-rows": ""})
    )
    category = forms.ModelChoiceField(
        label=gettext_lazy("治理内容"),
        queryset=ContentCategory.objects.none(),
        required=False,
        empty_label=gettext_lazy("未分类"),
    )
    nature = forms.ChoiceField(
        label=gettext_lazy("性质"),
        choices=ProblemNature.choices,
        required=False,
        initial=ProblemNature.ORDINARY,
    )
    term = forms.ChoiceField(
        label=gettext_lazy("整改方式"),
        choices=RectificationTerm.choices,
        required=False,
        initial=RectificationTerm.BY_DATE,
    )
    due_date = DayField(label=gettext_lazy("整改时限"), required=False)
    responsible_name = forms.CharField(
        label=gettext_lazy("整改责任人"), max_length=50, required=False, widget=people_list()
    )
    duty_text = forms.CharField(
        label=gettext_lazy("责任"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("责任人做什么，用一句话写明。"),
    )
    leader_in_charge = forms.CharField(label=gettext_lazy("责任领导"), max_length=50, required=False)
    people_affected = CountField(label=gettext_lazy("涉及群众（人）"), required=False)
    sum_involved = YuanField(label=gettext_lazy("涉及金额（元）"), required=False)
    answered_by = OrdersField(
        label=gettext_lazy("对应的整改建议"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("填建议的序号，如1、2；不填为全部。"),
    )
    co_units = PairsField(
        label=gettext_lazy("协办单位及分工"),
        limits=(100, 300),
        missing=gettext_lazy("“%(line)s”请写成“单位：分工”。"),
        help_text=gettext_lazy("一行一个，如“区水务局：清淤”。"),
    )
    persons_involved = PairsField(
        label=gettext_lazy("涉及人员"),
        limits=(50, 100),
        missing=gettext_lazy("“%(line)s”请写成“姓名，职务”。"),
        help_text=gettext_lazy("一行一个，如“张三，窗口人员”。只有发现单位和专治办看得到。"),
    )

    def __init__(
        self,
        *args: Any,
        campaign: Campaign,
        categories: list[tuple[Any, str]],
        asked: Sequence[ExtraColumn] = (),
        reader: ValueReader | None = None,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.campaign = campaign
        self.add_boxes(asked, reader)
        field = self.fields["category"]
        field.queryset = ContentCategory.objects.filter(campaign=campaign)  # type: ignore[attr-defined]
        field.choices = categories  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """An empty row stays empty whatever its two choices say."""
        return bool(set(self.changed_data) - {"nature", "term"})

    def entry(self, units: dict[str, Unit], responsible: str = "", **further: Any) -> ProblemEntry:
        """The problem in the words of the action; `responsible` is whom the sheet names for all."""
        data = self.cleaned_data
        return ProblemEntry(
            text=data["text"],
            category=data["category"],
            nature=data["nature"] or ProblemNature.ORDINARY,
            term=data["term"] or RectificationTerm.BY_DATE,
            due_date=data["due_date"],
            responsible_name=data["responsible_name"] or responsible,
            duty_text=data["duty_text"],
            leader_in_charge=data["leader_in_charge"],
            people_affected=data["people_affected"] or 0,
            sum_involved=data["sum_involved"] or 0,
            suggestions=data["answered_by"],
            persons_involved=data["persons_involved"],
            co_units=tuple((_unit(units, name), task) for name, task in data["co_units"]),
            columns=self.columns,
            **further,
        )


class SuggestionForm(forms.Form):
    """One numbered suggestion."""

    text = LongText(
        label=gettext_lazy("整改建议"), max_length=2000, widget=text_box(1, **{"data-paste-rows": ""})
    )


class RewordingForm(ExtraBoxes):
    """The wording of one problem of a returned sheet."""

    text = LongText(label=gettext_lazy("发现的问题"), max_length=5000, widget=text_box(2))


class CorrectionForm(ExtraBoxes):
    """What may be put right on a returned sheet."""

    inspected_on = DayField(label=gettext_lazy("时间"))
    inspectors = forms.CharField(label=gettext_lazy("检查人员"), max_length=200)
    method = forms.ChoiceField(label=gettext_lazy("检查方式"), choices=InspectionMethod.choices)
    content = LongText(label=gettext_lazy("检查内容"), max_length=5000, widget=text_box(3))

    def __init__(self, data: Any, *, sheet: Sheet) -> None:
        asked = columns_of(sheet.campaign, ColumnTarget.SHEET)
        initial = {name: getattr(sheet, name) for name in self.base_fields}
        super().__init__(data, initial={**initial, **values_of(sheet, asked)})
        self.add_boxes(asked)


class _Rows(forms.BaseFormSet):
    """Rows none of which has to be filled, also when they come out of a draft."""

    def initial_form_count(self) -> int:
        return self.management_form.cleaned_data["INITIAL_FORMS"] or 0 if self.is_bound else 0

    def total_form_count(self) -> int:
        if self.is_bound:
            return super().total_form_count()
        return min(max(self.extra, len(self.initial or [])), self.max_num)


_Problems = forms.formset_factory(
    ProblemForm, formset=_Rows, extra=3, max_num=MOST_ROWS, validate_max=True, absolute_max=MOST_ROWS + 5
)
_AddedProblems = forms.formset_factory(ProblemForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 5)
SuggestionRows = forms.formset_factory(
    SuggestionForm, formset=_Rows, extra=2, max_num=MOST_ROWS, validate_max=True, absolute_max=MOST_ROWS + 5
)


def problem_rows(
    campaign: Campaign,
    data: Any = None,
    *,
    added: bool = False,
    user: User | None = None,
    initial: list[dict[str, str]] | None = None,
) -> Any:
    """The rows of problems; with `added` those that a corrected sheet had left out."""
    categories = category_choices(campaign, user)
    kind = _AddedProblems if added else _Problems
    asked = columns_of(campaign, ColumnTarget.PROBLEM)
    form_kwargs = {
        "campaign": campaign,
        "categories": categories,
        "asked": asked,
        "reader": ValueReader(campaign) if asked else None,
    }
    return kind(data, prefix="problems", initial=initial, form_kwargs=form_kwargs)


def suggestion_rows(data: Any = None, initial: list[dict[str, str]] | None = None) -> Any:
    return SuggestionRows(data, prefix="suggestions", initial=initial)


def category_choices(campaign: Campaign, user: User | None = None) -> list[tuple[Any, str]]:
    """Read once for all rows; for a user, those chosen last come first."""
    rows = (
        ContentCategory.objects.filter(campaign=campaign)
        if user is None
        else offers.category_offers(user, campaign)
    )
    return [("", _("未分类")), *((row.pk, f"{row.number}. {row.title}") for row in rows)]


PASTED = {
    "text": "problems",
    "category": "category",
    "nature": "nature",
    "due_date": "due_date",
    "responsible_name": "responsible",
    "duty_text": "duty_text",
    "leader_in_charge": "leader",
    "people_affected": "people",
    "sum_involved": "fen",
}
"""Boxes of a problem that a pasted table may fill, each with its box of an imported file."""


def paste_columns(asked: Sequence[ExtraColumn] = ()) -> str:
    """Each box with its label and the heads under which offices keep it, as JSON for the page; then added columns."""
    fields = ProblemForm.base_fields
    own = [[box, str(fields[box].label), NAMES[PASTED[box]]] for box in PASTED]
    return json.dumps(
        [*own, *([column.code, column.name, [column.name]] for column in asked)], ensure_ascii=False
    )


SUGGESTION_HEADS = ("整改建议", "建议", "整改意见")


def suggestion_columns() -> str:
    """The one box of a suggestion, likewise."""
    return json.dumps(
        [["text", str(SuggestionForm.base_fields["text"].label), SUGGESTION_HEADS]], ensure_ascii=False
    )


def filled(rows: Any) -> list[Any]:
    """The forms of the rows in which something was entered."""
    return [form for form in rows.forms if form.has_changed()]


def units_by_name(user: User, campaign: Campaign) -> dict[str, Unit]:
    """Units that may be named as helpers, by name, short name and code."""
    return {
        name: unit
        for unit in offers.partner_units(user, campaign)
        for name in (unit.code, unit.short_name, unit.name)
    }


def rewordings(problems: list[Problem], data: Any = None) -> list[RewordingForm]:
    """A form for the wording of each problem and what stands under its added columns, by its ordinal."""
    asked = columns_of(problems[0].campaign, ColumnTarget.PROBLEM) if problems else []
    values, reader = (
        ValuesOf(problems, ColumnTarget.PROBLEM),
        ValueReader(problems[0].campaign) if asked else None,
    )
    made = []
    for problem in problems:
        known = {column.code: values.value(problem.pk, column) for column in asked}
        form = RewordingForm(
            data, prefix=f"problem-{problem.ordinal}", initial={"text": problem.text, **known}
        )
        form.add_boxes(asked, reader)
        made.append(form)
    return made


def ordinals(rows: Any) -> dict[int, int]:
    """The number that each filled row gets on the sheet, by its place on the page."""
    places = [place for place, form in enumerate(rows.forms) if form.has_changed()]
    return {place: ordinal for ordinal, place in enumerate(places, 1)}


def _unit(units: dict[str, Unit], name: str) -> Unit:
    if name not in units:
        raise BadInput(_("协办单位里没有叫“%(name)s”的单位，请核对名称。") % {"name": name})
    return units[name]
