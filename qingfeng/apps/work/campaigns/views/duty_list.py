"""Duties line by line: the list behind the totals of the grid, its bulk registration, and the grid as a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, roles
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import (
    BulkMove,
    Column,
    Extract,
    Filter,
    Ledger,
    View,
    in_order_of,
    ledger_page,
)
from qingfeng.apps.base.web.marks import Due
from qingfeng.apps.work.campaigns import queries
from qingfeng.apps.work.campaigns.actions.receipts import receive
from qingfeng.apps.work.campaigns.grid import Grid
from qingfeng.apps.work.campaigns.models import (
    BearerKind,
    Campaign,
    Duty,
    DutyQuerySet,
    Medium,
    Obligation,
    Stage,
)
from qingfeng.apps.work.campaigns.permissions import check_can_register

LIST_STATES = {
    "overdue": gettext_lazy("逾期未报（含缺报）"),
    "missing": gettext_lazy("缺报"),
    "pending": gettext_lazy("未到期"),
    "fulfilled": gettext_lazy("已报"),
    "late": gettext_lazy("迟报"),
    "waived": gettext_lazy("免报"),
}
"""States to which the list of duties can be narrowed."""
MOST = 100


def is_list(request: HttpRequest) -> bool:
    """The address asks for the list, not for the grid: by a state, or by anything that only a list has."""
    return bool({"view", "sort", "col", "q", "after", "before"} & set(request.GET)) or (
        request.GET.get("state") in LIST_STATES
    )


def duty_list(request: SignedInRequest, campaign: Campaign, rows: QuerySet[Duty]) -> HttpResponse:
    """The duties, one a line."""
    ledger = Ledger(
        request,
        queries.with_state(rows).select_related("obligation", "unit", "group", "campaign__root_unit"),
        _columns(),
        filters=_filters(campaign),
        views=[
            View("all", _("全部")),
            View("overdue", _("逾期未报"), partial(_in_state, state="overdue")),
            View("pending", _("未到期"), partial(_in_state, state="pending")),
            View("fulfilled", _("已报"), partial(_in_state, state="fulfilled")),
        ],
        ordering=("due", "pk"),
        rule=_("逾期未报：期限已过、尚未报齐，含什么都没有收到的（缺）。按营业日期计。"),
        name="duties",
        title=_("任务清单"),
        moves=_moves(request.user),
    )
    return ledger_page(request, ledger, "campaigns/duty_list.html", {"campaign": campaign})


def _in_state(rows: QuerySet, state: str) -> QuerySet:
    return queries.in_state(cast(DutyQuerySet, rows), state)


def _columns() -> list[Column]:
    return [
        Column(
            "bearer",
            _("承担者"),
            lambda duty: duty.bearer.short_name,
            href=lambda duty: reverse("campaigns:duty", args=[duty.pk]),
            sort="unit__order",
        ),
        Column("what", _("任务"), "obligation__what", kind="long", sort="obligation__line"),
        Column(
            "state",
            _("状态"),
            lambda duty: queries.mark_of(duty.cell_state),
            "state",
            sort=in_order_of("cell_state", queries.STATES),
        ),
        Column(
            "due",
            _("期限"),
            lambda duty: Due(duty.due, duty.first_due, duty.fulfilled_on),
            "due",
            sort="due",
        ),
        Column(
            "period",
            _("所属期"),
            lambda duty: f"{duty.period_start} — {duty.period_end}",
            sort="period_start",
            shown=False,
        ),
        Column("fulfilled_on", _("报齐日期"), kind="date", sort="fulfilled_on"),
    ]


def _filters(campaign: Campaign) -> list[Filter]:
    obligations = Obligation.objects.filter(campaign=campaign).order_by("line", "pk")
    stages = Stage.objects.filter(campaign=campaign)
    return [
        Filter(
            "q",
            _("查找"),
            tuple(
                f"{name}__icontains" for name in ("obligation__what", "occasion", "unit__name", "group__name")
            ),
            kind="text",
        ),
        Filter("state", _("状态"), choices=list(LIST_STATES.items()), apply=_in_state),
        Filter(
            "obligation", _("任务"), "obligation_id", choices=[(one.pk, one.what[:30]) for one in obligations]
        ),
        Filter("bearer", _("承担者类别"), "obligation__bearer_kind", choices=BearerKind.choices),
        Filter(
            "stage",
            _("阶段"),
            choices=[(one.pk, one.name) for one in stages],
            apply=lambda found_rows, _value: found_rows,
        ),
        Filter("due", _("期限"), "due", kind="days", names=("from", "to")),
        Filter("fulfilled", _("报齐日期"), "fulfilled_on", kind="days"),
    ]


# Bulk: what came in on one day for many duties


class ReceiveForm(forms.Form):
    """Several copies that came in the same way on the same day. Files go to the page of each duty."""

    medium = forms.ChoiceField(
        label=gettext_lazy("收到的形式"),
        choices=Medium.choices,
        initial=Medium.PAPER,
        widget=forms.RadioSelect,
    )
    received_on = forms.DateField(
        label=gettext_lazy("收到日期"),
        initial=clock.today,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("登记电子稿而不上传文件的，写明办理情况。"),
    )


def _moves(user: User) -> list[BulkMove]:
    """Registering what came in is the receiving side's: the office, or the groups to which it is delivered."""
    if not roles(user) & (WRITING_ROLES - {Role.CLERK, Role.HEAD}):
        return []
    return [
        BulkMove(
            "receive",
            _("登记收到"),
            partial(_check_open, user),
            partial(_receive, user),
            form=ReceiveForm,
            note=_("每项任务分别登记一份；文件请在任务页上传。"),
            most=MOST,
        )
    ]


def _check_open(user: User, duty: Duty) -> None:
    check_can_register(user, duty)


def _receive(user: User, duty: Duty, values: dict[str, Any]) -> str:
    receive(duty=duty, by=user, **values)
    duty.refresh_from_db(fields=["fulfilled_on"])
    if duty.fulfilled_on:
        return _("已登记，%(day)s报齐。") % {"day": duty.fulfilled_on}
    return _("已登记，还有要求的形式没有收到。")


# The grid as a file


def grid_extract(grid: Grid, narrowed: Sequence[str]) -> Extract:
    """Bearers × tasks with the words of the cells: the same mechanism as every ledger."""

    def value(place: int) -> Any:
        return lambda row: str(row.cells[place].mark.label) if row.cells[place] else "—"

    columns = [
        Column("bearer", _("承担者"), "bearer__name"),
        *(
            Column(f"c{place}", " ".join(filter(None, (one.title, one.note))), value(place), "state")
            for place, one in enumerate(grid.columns)
        ),
    ]
    rule = _(
        "已报：要求的形式都已收到。迟报：过了期限才报齐。逾期：期限已过，只收到一部分或被退回。缺：期限已过，什么都没有收到。"
    )
    return Extract(_("任务总表"), columns, grid.rows, rule, narrowed)
