"""检查安排: who goes where on which day, as a ledger; below it a visit is planned, ticked ones are called off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import own_groups, roles
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.base.web.ledgers import BulkMove, Column, Filter, Ledger, View, ledger_page
from qingfeng.apps.base.web.marks import Mark
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.forms.visits import CancelForm, VisitForm
from qingfeng.apps.work.problems.models import PlannedVisit
from qingfeng.apps.work.problems.views.finding import campaign_of, user_of
from qingfeng.apps.work.problems.visit_rules import GROUP_ROLES, check_can_cancel, visible_visits

TEMPLATE = "problems/visits.html"


@require_http_methods(["GET", "HEAD", "POST"])
def visits(request: HttpRequest) -> HttpResponse:
    """The ledger and the form."""
    user, campaign = user_of(request), campaign_of(request)
    if not roles(user) & GROUP_ROLES or not own_groups(user, GROUP_ROLES):
        raise Refused(_("检查由检查组和专治办安排。"))
    ledger = _ledger(request, user, campaign)
    first = {"unit": request.GET.get("unit_name", "")[:130]}
    if request.method != "POST" or "bulk" in request.GET:
        return ledger_page(request, ledger, TEMPLATE, {"form": VisitForm(user=user, initial=first)})
    form = VisitForm(request.POST, user=user)
    reason = ""
    if form.is_valid():
        try:
            row = actions.plan_visit(campaign=campaign, by=user, **form.cleaned_data)
            words = _("已安排%(who)s于%(day)s检查%(unit)s，到时列在其“现场检查”里。")
            messages.success(request, words % {"who": row.inspector, "day": row.day, "unit": row.unit})
            return redirect("problems:visits")
        except (BadInput, Refused) as error:
            reason = str(error)
    request.method = "GET"  # the ledger is shown again, with what was typed
    answer = ledger_page(request, ledger, TEMPLATE, {"form": form, "reason": reason})
    answer.status_code = 422
    return answer


def _ledger(request: HttpRequest, user: User, campaign: Campaign) -> Ledger:
    rows: Any = visible_visits(user).filter(campaign=campaign)
    return Ledger(
        request,
        rows.with_done(),
        [
            Column("unit", _("被检查单位"), "unit__short_name", sort="unit__order", href=_start),
            Column("day", _("日期"), "day", "date", sort="day"),
            Column("inspector", _("检查人"), lambda row: str(row.inspector)),
            Column("state", _("状态"), visit_mark, "state"),
            Column("by", _("安排人"), lambda row: str(row.planned_by)),
            Column("reason", _("取消的理由"), "cancelled_reason"),
        ],
        filters=[
            Filter(
                "q", _("查找"), ("unit__name__icontains", "inspector__person__name__icontains"), kind="text"
            ),
            Filter("days", _("日期"), "day", kind="days"),
        ],
        views=_views(user, clock.today()),
        ordering=("day", "pk"),
        rule=_("当天由该组填报了这个单位的检查台账，安排即算完成；单位看不到检查安排。"),
        title=_("检查安排"),
        moves=[_calling_off(user)],
    )


def _views(user: User, today: date) -> list[View]:
    def waiting(rows: QuerySet) -> QuerySet:
        return rows.filter(cancelled_at=None, is_done=False)

    week = today + timedelta(days=7)
    return [
        View("waiting", _("待检查"), waiting),
        View("mine", _("我的"), lambda rows: waiting(rows).filter(inspector=user)),
        View("week", _("七天内"), lambda rows: waiting(rows).filter(day__range=(today, week))),
        View("done", _("已完成"), lambda rows: rows.filter(cancelled_at=None, is_done=True)),
        View("cancelled", _("已取消"), lambda rows: rows.exclude(cancelled_at=None)),
    ]


def _start(row: PlannedVisit) -> str:
    return f"{reverse('problems:field_sheet')}?unit={row.unit.code}"


def visit_mark(row: PlannedVisit) -> Mark:
    """Planned, made, called off, or past its day."""
    if row.cancelled_at is not None:
        return Mark(_("已取消"), "neutral")
    if row.is_done:  # type: ignore[attr-defined]
        return Mark(_("已完成"), "done")
    return Mark(_("过期未去"), "late") if row.day < clock.today() else Mark(_("待检查"), "waiting")


def _calling_off(user: User) -> BulkMove:
    def check(row: PlannedVisit) -> None:
        check_can_cancel(user, row)

    def make(row: PlannedVisit, values: dict[str, Any]) -> str:
        actions.cancel_visit(visit=row, reason=values["reason"], by=user)
        return _("已取消，记录保留。")

    return BulkMove("cancel", _("取消安排"), check, make, form=CancelForm)
