"""The records behind a figure as a ledger: what each kind of record shows of itself, late entries marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.base.web.ledgers import Column, Ledger
from qingfeng.apps.base.web.marks import Mark
from qingfeng.apps.work.campaigns.models import Activity, Campaign, Meeting
from qingfeng.apps.work.campaigns.visibility import visible_activities, visible_meetings
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.ledgers import problem_columns, sheet_columns
from qingfeng.apps.work.problems.models import Commitment, Problem
from qingfeng.apps.work.problems.queries import ledger, sheet_ledger
from qingfeng.apps.work.problems.views.finding import user_of
from qingfeng.apps.work.returns.figures import Figure
from qingfeng.apps.work.returns.queries import keys_of

_AMOUNTS = {"people_affected": "people", "sum_involved": "sum", "sum_returned": "returned"}


def rows_behind(
    request: HttpRequest, campaign: Campaign, figure: Figure, subjects: Mapping[str, bool]
) -> Ledger:
    """Those of the records that exist for this user."""
    model = figure.rows(campaign, campaign.starts_on).model
    rows, columns = _KINDS[model](user_of(request), campaign)
    chosen = [_column_shown(column, figure) for column in columns]
    late = {int(subject.rpartition(":")[2]) for subject, is_late in subjects.items() if is_late}
    if late:
        chosen.insert(
            1,
            Column(
                "late", _("补报"), lambda row: Mark(_("补报"), "waiting") if row.pk in late else "", "state"
            ),
        )
    return Ledger(request, rows.filter(pk__in=keys_of(subjects)), chosen, rule=str(figure.counting_rule))


def _column_shown(column: Column, figure: Figure) -> Column:
    """The field that a figure adds up is always shown."""
    if _AMOUNTS.get(figure.amount) != column.key:
        return column
    return Column(column.key, column.title, column.value, column.kind, column.sort, column.href, shown=True)


def _problems(user: User, campaign: Campaign) -> tuple[QuerySet, list[Column]]:
    return ledger(user, campaign), problem_columns()


def _sheets(user: User, campaign: Campaign) -> tuple[QuerySet, list[Column]]:
    return sheet_ledger(user, campaign), sheet_columns()


def _meetings(user: User, campaign: Campaign) -> tuple[QuerySet, list[Column]]:
    rows = visible_meetings(user).filter(campaign=campaign).select_related("unit")
    return rows, [
        Column("title", _("会议名称")),
        Column("kind", _("类别"), lambda row: row.get_kind_display()),
        Column("unit", _("召开单位"), "unit__short_name"),
        Column("held_on", _("召开日期"), kind="date", sort="held_on"),
        Column("attendance", _("参加人数"), kind="number"),
    ]


def _activities(user: User, campaign: Campaign) -> tuple[QuerySet, list[Column]]:
    rows = visible_activities(user).filter(campaign=campaign).select_related("unit")
    return rows, [
        Column("title", _("事项")),
        Column("kind", _("类别"), lambda row: row.get_kind_display()),
        Column("unit", _("单位"), "unit__short_name"),
        Column("held_on", _("日期"), kind="date", sort="held_on"),
        Column("people", _("人次"), kind="number"),
    ]


def _commitments(user: User, campaign: Campaign) -> tuple[QuerySet, list[Column]]:
    rows = Commitment.objects.filter(campaign=campaign, unit_id__in=reach(user)).select_related(
        "unit", "signed_by__person"
    )
    return rows, [
        Column("unit", _("单位"), "unit__short_name"),
        Column("signed_on", _("签署日期"), kind="date", sort="signed_on"),
        Column("signed_by", _("签署人"), lambda row: str(row.signed_by)),
        Column("text", _("承诺内容"), kind="long"),
    ]


_KINDS: dict[type[Any], Callable[[User, Campaign], tuple[QuerySet, list[Column]]]] = {
    Problem: _problems,
    Sheet: _sheets,
    Meeting: _meetings,
    Activity: _activities,
    Commitment: _commitments,
}
