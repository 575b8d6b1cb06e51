"""The page of the records behind a count of what was done: their columns, by what they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.web.ledgers import Column, Ledger
from qingfeng.apps.work.campaigns.models import Activity, Duty, Meeting
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.ledgers import sheet_columns
from qingfeng.apps.work.problems.models import Commitment, Extension, Instruction, LookBack, Submission
from qingfeng.apps.work.problems.queries import sheet_ledger
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.returns.models import MonthlyReturn

Columns = Callable[[], Sequence[Column]]


def rows_page(request: HttpRequest, asked: Asked, rows: QuerySet, rule: str) -> Ledger:
    """These records as a plain list."""
    model: type[Model] = rows.model
    if model is Sheet:
        rows = sheet_ledger(asked.user, asked.campaign).filter(pk__in=rows.order_by().values("pk"))
        return Ledger(request, rows, sheet_columns(), ordering=("-filled_on", "-pk"), rule=rule)
    related, columns, ordering = _LISTS[model]
    return Ledger(request, rows.select_related(*related), list(columns()), ordering=ordering, rule=rule)


def _duties() -> Sequence[Column]:
    return (
        Column(
            "what", _("任务"), "obligation__what", href=lambda row: reverse("campaigns:duty", args=[row.pk])
        ),
        Column("bearer", _("承担者"), lambda row: str(row.bearer)),
        Column("due", _("期限"), "due", "date", sort="due"),
        Column("fulfilled", _("报齐日期"), "fulfilled_on", "date", sort="fulfilled_on"),
    )


def _meetings() -> Sequence[Column]:
    return (
        Column("title", _("名称"), "title", href=lambda row: reverse("campaigns:meeting", args=[row.pk])),
        Column("kind", _("类别"), lambda row: row.get_kind_display()),
        Column("body", _("召开单位"), lambda row: str(row.unit or row.group)),
        Column("held", _("召开日期"), "held_on", "date", sort="held_on"),
        Column("attendance", _("参加人数"), "attendance", "number", sort="attendance"),
    )


def _activities() -> Sequence[Column]:
    return (
        Column("title", _("事项"), "title", href=lambda row: reverse("campaigns:activity", args=[row.pk])),
        Column("unit", _("单位"), "unit__short_name", sort="unit__order"),
        Column("held", _("日期"), "held_on", "date", sort="held_on"),
        Column("people", _("人次"), "people", "number", sort="people"),
    )


def _instructions() -> Sequence[Column]:
    return (
        Column(
            "text",
            _("批示内容"),
            "text",
            "long",
            href=lambda row: reverse("problems:instruction", args=[row.reference]),
        ),
        Column("to", _("承办"), lambda row: str(row.addressee)),
        Column("given", _("批示日期"), "given_on", "date", sort="given_on"),
        Column("state", _("状态"), lambda row: row.get_state_display()),
    )


def _of_problem(*more: Column) -> Sequence[Column]:
    return (
        Column(
            "problem",
            _("存在问题"),
            "problem__text",
            "long",
            href=lambda row: reverse("problems:problem", args=[row.problem.reference]),
        ),
        Column("unit", _("牵头单位"), "problem__lead_unit__short_name", sort="problem__lead_unit__order"),
        *more,
    )


def _look_backs() -> Sequence[Column]:
    return _of_problem(
        Column("day", _("回头看日期"), "carried_out_on", "date", sort="carried_out_on"),
        Column("result", _("结果"), lambda row: row.get_result_display()),
        Column("note", _("情况"), "note", "long"),
    )


def _submissions() -> Sequence[Column]:
    return _of_problem(
        Column("day", _("退回日期"), "decided_on", "date", sort="decided_on"),
        Column("opinion", _("意见"), "opinion", "long"),
    )


def _extensions() -> Sequence[Column]:
    return _of_problem(
        Column("asked", _("申请日期"), "asked_on", "date", sort="asked_on"),
        Column("to", _("申请延至"), "new_date", "date", sort="new_date"),
        Column("reason", _("理由"), "reason", "long"),
    )


def _commitments() -> Sequence[Column]:
    return (
        Column(
            "unit",
            _("单位"),
            "unit__name",
            href=lambda row: reverse("problems:commitment", args=[row.unit.code]),
        ),
        Column("signed", _("签订日期"), "signed_on", "date", sort="signed_on"),
    )


def _returns() -> Sequence[Column]:
    return (
        Column(
            "unit", _("填报单位"), "unit__name", href=lambda row: reverse("returns:return", args=[row.pk])
        ),
        Column("month", _("月份"), lambda row: f"{row.month:%Y-%m}", sort="month"),
        Column("handed_in", _("填报时间"), "handed_in_on", "date", sort="handed_in_on"),
    )


def _units() -> Sequence[Column]:
    return (
        Column("name", _("单位"), href=lambda unit: reverse("orgs:unit", args=[unit.code])),
        Column("kind", _("类别"), lambda unit: unit.get_kind_display()),
    )


_PROBLEM = ("problem__lead_unit",)
_LISTS: dict[type[Model], tuple[tuple[str, ...], Columns, tuple[str, ...]]] = {
    Duty: (("obligation", "unit", "group"), _duties, ("due", "pk")),
    Meeting: (("unit", "group"), _meetings, ("-held_on", "-pk")),
    Activity: (("unit",), _activities, ("-held_on", "-pk")),
    Instruction: (("to_unit", "to_group"), _instructions, ("-given_on", "-pk")),
    LookBack: (_PROBLEM, _look_backs, ("-carried_out_on", "-pk")),
    Submission: (_PROBLEM, _submissions, ("-decided_on", "-pk")),
    Extension: (_PROBLEM, _extensions, ("-asked_on", "-pk")),
    Commitment: (("unit",), _commitments, ("-signed_on", "-pk")),
    MonthlyReturn: (("unit",), _returns, ("-month", "-pk")),
    Unit: ((), _units, ("order", "code")),
}
