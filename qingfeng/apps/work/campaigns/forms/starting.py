"""Handing in a plan, and the choices with which its campaign starts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import Group, GroupKind, Unit, UnitClosure, UnitKind
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.forms.fields import DayField
from qingfeng.apps.work.campaigns.models import DayOffRule, DraftItem

NEW = "new"


class PlanForm(forms.Form):
    """A plan document and the unit in which its campaign is to run."""

    file = forms.FileField(
        label=gettext_lazy("方案文件"),
        help_text=gettext_lazy("文本（.txt）、Word（.docx）、网页（.html）或文字版PDF。"),
        error_messages={
            "required": gettext_lazy("请选择方案文件。"),
            "empty": gettext_lazy("文件是空的，请重新选择。"),
        },
    )
    root_unit = forms.ModelChoiceField(
        label=gettext_lazy("在哪里开展"), queryset=Unit.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, units: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["root_unit"].queryset = units  # type: ignore[attr-defined]


def roots(units: Any) -> Any:
    """Of the units that an office reaches, those in which a campaign may run: districts, else streets."""
    districts = units.filter(kind=UnitKind.DISTRICT)
    return districts if districts.exists() else units.filter(kind__in=(UnitKind.STREET, UnitKind.DEPARTMENT))


class StartForm(forms.Form):
    """The choices of a start; the draft itself has been decided item by item before."""

    short_title = forms.CharField(
        label=gettext_lazy("简称"), max_length=40, help_text=gettext_lazy("显示在每一页的顶部。")
    )
    document_no = forms.CharField(label=gettext_lazy("发文字号"), max_length=60, required=False)
    starts_on = DayField(label=gettext_lazy("开始日期"))
    ends_on = DayField(label=gettext_lazy("结束日期（文件日期）"))
    day_off_rule = forms.ChoiceField(
        label=gettext_lazy("期限逢休息日"), choices=DayOffRule.choices, widget=forms.RadioSelect
    )
    cut_off_day = forms.IntegerField(
        label=gettext_lazy("月度截止日"),
        min_value=1,
        max_value=31,
        help_text=gettext_lazy("每月统计到这一天；31为月底。"),
    )
    units = forms.ModelMultipleChoiceField(
        label=gettext_lazy("参加单位"),
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("至少要有一个参加单位。")},
    )

    def __init__(self, *args: Any, root_unit: Unit, groups: Iterable[DraftItem], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["units"].queryset = _candidates(root_unit)  # type: ignore[attr-defined]
        self.group_items = {f"group_{item.pk}": item for item in groups}
        for name, item in self.group_items.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=_("%(name)s（%(count)d个）")
                % {"name": item.data["name"], "count": item.data.get("count") or 1},
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=_group_choices(item, root_unit),
                help_text=_("都不选，以后再定。"),
            )

    @property
    def group_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.group_items]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.group_items:
            if NEW in cleaned.get(name, ()) and len(cleaned[name]) > 1:
                self.add_error(name, _("新设立和对应现有的组只能选一种。"))
        return cleaned

    def choices_for_action(self, first: date, *, period_given: bool) -> dict[str, Any]:
        """What `start` takes. `first` is the first day of the plan as it stands."""
        given = self.cleaned_data
        chosen = {item.pk: given[name] for name, item in self.group_items.items()}
        ids = {int(value) for values in chosen.values() for value in values if value != NEW}
        found = Group.objects.in_bulk(ids)
        moved = period_given and given["starts_on"] != first
        return {
            "short_title": given["short_title"],
            "document_no": given["document_no"],
            "day_off_rule": given["day_off_rule"],
            "cut_off_day": given["cut_off_day"],
            "units": given["units"],
            "create_groups": True,
            "shift_to": given["starts_on"] if moved else None,
            "period": (first if period_given else given["starts_on"], given["ends_on"]),
            "groups": {
                key: [found[int(value)] for value in values]
                for key, values in chosen.items()
                if NEW not in values
            },
        }


def _candidates(root_unit: Unit) -> Any:
    below = UnitClosure.objects.filter(ancestor=root_unit, depth__gt=0).values("descendant_id")
    kinds = Q(kind__in=(UnitKind.STREET, UnitKind.DEPARTMENT)) | Q(parent=root_unit)
    return Unit.objects.on(clock.today()).filter(kinds, pk__in=below)


def _group_choices(item: DraftItem, root_unit: Unit) -> list[tuple[str, str]]:
    """Setting up new groups first, then those of the same kind that there are."""
    count, name = item.data.get("count") or 1, item.data["name"]
    new = (
        _("新设立：%(name)s") % {"name": name}
        if count == 1
        else _("新设立%(count)d个：%(name)s1、%(name)s2……") % {"count": count, "name": name}
    )
    below = UnitClosure.objects.filter(ancestor=root_unit).values("descendant_id")
    same = Group.objects.on(clock.today()).filter(kind=item.data["kind"], home_unit_id__in=below)
    return [(NEW, new), *((str(group.pk), group.name) for group in same)]


def needs_choice(item: DraftItem) -> bool:
    """The office itself is known; the other groups of the plan are linked or set up."""
    return bool(item.data.get("kind") != GroupKind.CAMPAIGN_OFFICE)
