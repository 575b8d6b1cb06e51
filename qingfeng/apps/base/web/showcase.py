"""Made-up content for the page on which every component stands once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import BulkMove, Column, Filter, Ledger, View
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.base.web.moves import MoveButton
from qingfeng.apps.base.web.timelines import TimelineEntry


class SampleForm(forms.Form):
    """One field of each kind that the ledgers use."""

    text = forms.CharField(
        label=gettext_lazy("存在问题"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写清时间、地点、事情，不写推断。"),
    )
    due = forms.DateField(label=gettext_lazy("整改时限"), widget=forms.DateInput(attrs={"type": "date"}))
    nature = forms.ChoiceField(
        label=gettext_lazy("性质"),
        choices=[("ordinary", gettext_lazy("一般问题")), ("risk", gettext_lazy("隐患风险"))],
    )
    term = forms.ChoiceField(
        label=gettext_lazy("整改方式"),
        widget=forms.RadioSelect,
        choices=[("at_once", gettext_lazy("立行立改")), ("by_date", gettext_lazy("限期整改"))],
    )
    people = forms.IntegerField(label=gettext_lazy("涉及群众（人）"), required=False, min_value=0)
    checked = forms.BooleanField(label=gettext_lazy("已与当事单位核对"), required=False)


def everything(request: HttpRequest) -> dict[str, Any]:
    """What `web/components.html` shows."""
    today = clock.today()
    return {
        "ledger": ledger(request),
        "empty_ledger": None,
        "marks": [
            Mark(_("已交办")),
            Mark(_("整改中"), "active"),
            Mark(_("待销号"), "waiting"),
            Mark(_("已销号"), "done"),
            Mark(_("逾期"), "late"),
        ],
        "dues": [
            Due(today + timedelta(days=21)),
            Due(today + timedelta(days=2)),
            Due(today),
            Due(today - timedelta(days=3), first=today - timedelta(days=20)),
            Due(today - timedelta(days=3), done=today - timedelta(days=4)),
            Due(None),
        ],
        "entries": entries(),
        "moves": moves(),
        "form": SampleForm({"text": "", "due": "2026-02-30", "nature": "risk"})
        if "wrong" in request.GET
        else SampleForm(),
        "tabs": [(_("全部"), "?", True), (_("逾期"), "?view=late", False)],
    }


def ledger(request: HttpRequest) -> Ledger:
    """Over the table of tables: the only rows that every installation has."""
    return Ledger(
        request,
        ContentType.objects.all(),
        [
            Column("id", _("编号"), kind="number", sort="pk", href=lambda _row: "#ledger"),
            Column("app_label", _("模块"), sort="app_label"),
            Column("model", _("台账"), kind="long"),
            Column(
                "state",
                _("状态"),
                lambda row: Mark(_("已销号"), "done") if row.pk % 2 else Mark(_("逾期"), "late"),
                "state",
            ),
            Column("due", _("时限"), lambda row: Due(clock.today() + timedelta(days=row.pk - 5)), "due"),
            Column("sum", _("涉及金额（元）"), lambda row: row.pk * 123456, "money"),
            Column("note", _("备注"), lambda row: "", shown=False),
        ],
        filters=[
            Filter("q", _("查找"), ("model__icontains", "app_label__icontains"), kind="text"),
            Filter(
                "app",
                _("模块"),
                "app_label",
                [
                    (name, name)
                    for name in sorted(set(ContentType.objects.values_list("app_label", flat=True)))
                ],
            ),
            Filter("day", _("填报时间"), kind="days", apply=lambda rows, _days: rows),
            Filter("sum", _("涉及金额（元）"), kind="money", apply=lambda rows, _sums: rows),
            Filter("model", _("台账"), "model__icontains", kind="text"),
        ],
        views=[View("all", _("全部")), View("auth", _("账号"), lambda rows: rows.filter(app_label="auth"))],
        ordering=("app_label", "pk"),
        size=8,
        rule=_("登记在本机的全部表。"),
        name="components",
        title=_("示例台账"),
        moves=[
            BulkMove("look", _("查看"), lambda _row: None, lambda row, _values: str(row), one_by_one=True)
        ],
    )


def entries() -> list[TimelineEntry]:
    now = timezone.now()
    return [
        TimelineEntry(
            now,
            _("孙某（街道纪工委书记）退回了销号申请"),
            tone="late",
            details=[(_("理由"), _("缺少公示照片，请补齐后再报。"))],
        ),
        TimelineEntry(now - timedelta(days=2), _("陈某（党工委书记）签字同意"), tone="done"),
        TimelineEntry(
            now - timedelta(days=3),
            _("林某（纪检干事）申请销号"),
            business_date=clock.today(),
            tone="waiting",
        ),
    ]


def moves() -> list[MoveButton]:
    return [
        MoveButton(_("申请销号"), "#moves", primary=True),
        MoveButton(_("申请延期"), "#moves"),
        MoveButton(_("销号"), "#moves", reason=_("销号人不能是整改单位的人，请由街道纪工委办理。")),
        MoveButton(_("作废"), "#moves", reason=_("只有专治办可以作废。")),
    ]
