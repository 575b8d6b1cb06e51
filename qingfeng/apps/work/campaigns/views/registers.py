"""Meetings with minutes, and the activity register."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.apps.base.orgs.models import Appointment, Person, Role, Unit, UnitClosure
from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, roles, visible_units
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, View, in_order_of, ledger_page
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.base.web.moves import why_not
from qingfeng.apps.work.campaigns import slots
from qingfeng.apps.work.campaigns.actions import activities as activity_actions
from qingfeng.apps.work.campaigns.actions import meetings as meeting_actions
from qingfeng.apps.work.campaigns.forms.registers import ActivityForm, MeetingForm
from qingfeng.apps.work.campaigns.models import Activity, ActivityKind, Campaign, Duty, MeetingKind
from qingfeng.apps.work.campaigns.permissions import check_can_finish, check_can_void
from qingfeng.apps.work.campaigns.queries import bodies_for
from qingfeng.apps.work.campaigns.views.overview import campaign_of
from qingfeng.apps.work.campaigns.visibility import (
    found,
    visible_activities,
    visible_duties,
    visible_meetings,
)

ENTERING_ROLES = WRITING_ROLES - {Role.INSPECTOR}
"""Activities are a unit's; meetings may be a group's too. Whether there is such a body is asked by the form."""


def _views(*, tasks: bool = False) -> list[View]:
    """What holds, the tasks still open, and what was voided."""
    open_tasks = View(
        "tasks",
        _("未办结任务"),
        lambda rows: rows.filter(voided_at__isnull=True, task_for__isnull=False, done_at__isnull=True),
    )
    return [
        View("all", _("全部"), lambda rows: rows.filter(voided_at__isnull=True)),
        *([open_tasks] if tasks else []),
        View("voided", _("已作废"), lambda rows: rows.filter(voided_at__isnull=False)),
    ]


@require_GET
def meetings(request: SignedInRequest, pk: int) -> HttpResponse:
    """The meetings of a campaign."""
    campaign = campaign_of(request, pk)
    rows = (
        visible_meetings(request.user)
        .filter(campaign=campaign)
        .select_related("unit", "group", "duty__obligation")
    )
    ledger = Ledger(
        request,
        rows,
        [
            Column(
                "title",
                _("名称"),
                href=lambda row: reverse("campaigns:meeting", args=[row.pk]),
                sort="title",
            ),
            Column(
                "kind",
                _("类别"),
                lambda row: MeetingKind(row.kind).label,
                sort=in_order_of("kind", MeetingKind.values),
            ),
            Column("body", _("召开单位或组"), lambda row: str(row.unit or row.group)),
            Column("held_on", _("召开日期"), kind="date", sort="held_on"),
            Column("attendance", _("参加人数"), kind="number", sort="attendance"),
            Column("duty", _("对应的任务"), lambda row: row.duty.obligation.what if row.duty else "", "long"),
        ],
        filters=[
            Filter("kind", _("类别"), choices=MeetingKind.choices),
            Filter("unit", _("单位"), "unit_id", choices=_unit_choices(request, campaign)),
            Filter("q", _("查找"), ("title__contains", "minutes__contains"), kind="text"),
            _days(),
            Filter("attendance", _("参加人数"), "attendance", kind="numbers"),
        ],
        views=_views(),
        ordering=("-held_on", "-pk"),
        rule=_("不含已作废的会议。"),
        name="meetings",
        title=_("会议台账"),
    )
    context = {"campaign": campaign, "may_enter": bool(roles(request.user) & WRITING_ROLES)}
    return ledger_page(request, ledger, "campaigns/meetings.html", context)


@require_http_methods(["GET", "POST"])
def meeting_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """A meeting that was held; with a task chosen it answers that duty."""
    campaign = campaign_of(request, pk)
    bodies = bodies_for(request.user, campaign)
    if not bodies:
        raise Refused(_("会议由召开单位的经办人、负责人，或组的成员登记。"))
    duties = _open_duties(request, campaign, bodies)
    form = MeetingForm(
        request.POST or None,
        request.FILES or None,
        bodies=bodies,
        duties=duties,
        initial=_meeting_initial(request, duties),
    )
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "file"}
        try:
            meeting_actions.record_meeting(campaign=campaign, by=request.user, **given, **form.upload)
            messages.success(request, _("会议已登记。"))
            return redirect("campaigns:meetings", pk)
        except BadInput as error:
            form.add_error(None, str(error))
    context = {
        "campaign": campaign,
        "form": form,
        "title": _("登记会议"),
        "with_file": True,
        "back": reverse("campaigns:meetings", args=[pk]),
        "back_label": _("会议"),
    }
    return render(request, "campaigns/register_form.html", context, status=422 if form.errors else 200)


@require_GET
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """A meeting with its minutes."""
    row: Any = found(
        visible_meetings(request.user),
        pk,
        related=("campaign__root_unit", "unit", "group", "file", "duty__obligation"),
    )
    context = {
        "meeting": row,
        "campaign": row.campaign,
        "kind": MeetingKind(row.kind).label,
        "refusal": why_not(check_can_void, request.user, row),
        "papers": [link for filler in slots.meeting_papers for link in filler(request.user, row)],
        "entries": entries(timeline(row)),
    }
    return render(request, "campaigns/meeting.html", context)


@require_POST
def meeting_void(request: SignedInRequest, pk: int) -> HttpResponse:
    """An entry made by mistake."""
    row: Any = found(
        visible_meetings(request.user), pk, related=("campaign__root_unit", "unit", "group", "duty")
    )
    meeting_actions.void_meeting(meeting=row, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("会议记录已作废。"))
    return redirect("campaigns:meeting", pk)


@require_GET
def activities(request: SignedInRequest, pk: int) -> HttpResponse:
    """The activity register of a campaign."""
    campaign = campaign_of(request, pk)
    rows = (
        visible_activities(request.user)
        .filter(campaign=campaign)
        .select_related("unit", "task_for", "given_by")
    )
    ledger = Ledger(
        request,
        rows,
        [
            Column(
                "title",
                _("事项"),
                href=lambda row: reverse("campaigns:activity", args=[row.pk]),
                sort="title",
            ),
            Column(
                "kind",
                _("类别"),
                lambda row: ActivityKind(row.kind).label,
                sort=in_order_of("kind", ActivityKind.values),
            ),
            Column("unit", _("单位"), "unit__short_name", sort="unit__order"),
            Column("held_on", _("日期"), kind="date", sort="held_on"),
            Column("people", _("人次"), kind="number", sort="people"),
            Column(
                "task_for",
                _("承办单位"),
                lambda row: row.task_for.short_name if row.task_for else "",
                sort="task_for__order",
            ),
            Column("state", _("办理"), _task_mark, "state"),
            Column("task_due", _("办理期限"), _task_due, "due", sort="task_due"),
        ],
        filters=[
            Filter("kind", _("类别"), choices=ActivityKind.choices),
            Filter("unit", _("单位"), ("unit_id", "task_for_id"), choices=_unit_choices(request, campaign)),
            Filter("q", _("查找"), ("title__contains", "text__contains"), kind="text"),
            _days(),
            Filter("task_due", _("办理期限"), "task_due", kind="days"),
        ],
        views=_views(tasks=True),
        ordering=("-held_on", "-pk"),
        rule=_("不含已作废的记录。"),
        name="activities",
        title=_("活动台账"),
    )
    context = {"campaign": campaign, "may_enter": bool(roles(request.user) & ENTERING_ROLES)}
    return ledger_page(request, ledger, "campaigns/activities.html", context)


@require_http_methods(["GET", "POST"])
def activity_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """An entry of the register."""
    campaign = campaign_of(request, pk)
    units = _own_units(request, campaign)
    if not units:
        raise Refused(_("活动由单位的经办人、负责人或专治办登记。"))
    form = ActivityForm(
        request.POST or None,
        initial={"held_on": clock.today(), "people": 0},
        units=Unit.objects.filter(pk__in=[unit.pk for unit in units]),
        leaders=_leaders(campaign),
        bearers=Unit.objects.on(clock.today()).filter(pk__in=_below(campaign)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            activity_actions.record_activity(campaign=campaign, by=request.user, **form.cleaned_data)
            messages.success(request, _("已登记。"))
            return redirect("campaigns:activities", pk)
        except BadInput as error:
            form.add_error(None, str(error))
    context = {
        "campaign": campaign,
        "form": form,
        "title": _("登记活动"),
        "back": reverse("campaigns:activities", args=[pk]),
        "back_label": _("活动"),
    }
    return render(request, "campaigns/register_form.html", context, status=422 if form.errors else 200)


@require_GET
def activity(request: SignedInRequest, pk: int) -> HttpResponse:
    """An entry; a task with what became of it."""
    row = _activity(request, pk)
    context = {
        "activity": row,
        "campaign": row.campaign,
        "kind": ActivityKind(row.kind).label,
        "mark": _task_mark(row),
        "due": _task_due(row),
        "may_finish": row.task_for is not None and not why_not(check_can_finish, request.user, row),
        "refusal": why_not(check_can_void, request.user, row),
        "entries": entries(timeline(row)),
    }
    return render(request, "campaigns/activity.html", context)


@require_POST
def activity_done(request: SignedInRequest, pk: int) -> HttpResponse:
    """The result of a task."""
    activity_actions.finish_task(
        task=_activity(request, pk), note=request.POST.get("reason", ""), by=request.user
    )
    messages.success(request, _("任务已办结。"))
    return redirect("campaigns:activity", pk)


@require_POST
def activity_void(request: SignedInRequest, pk: int) -> HttpResponse:
    """An entry made by mistake."""
    activity_actions.void_activity(
        activity=_activity(request, pk), reason=request.POST.get("reason", ""), by=request.user
    )
    messages.success(request, _("记录已作废。"))
    return redirect("campaigns:activity", pk)


def _activity(request: SignedInRequest, pk: int) -> Activity:
    row = found(
        visible_activities(request.user), pk, related=("campaign__root_unit", "unit", "task_for", "given_by")
    )
    assert isinstance(row, Activity)
    return row


def _task_mark(row: Activity) -> Mark | None:
    if row.voided_at:
        return Mark(_("已作废"))
    if row.task_for_id is None:
        return None
    return Mark(_("已办结"), "done") if row.done_at else Mark(_("办理中"), "active")


def _task_due(row: Activity) -> Due | None:
    if row.task_due is None:
        return None
    return Due(row.task_due, done=row.done_at.date() if row.done_at else None)


def _days() -> Filter:
    return Filter("held", _("日期"), "held_on", kind="days", names=("from", "to"))


def _below(campaign: Campaign) -> Any:
    return UnitClosure.objects.filter(ancestor_id=campaign.root_unit_id).values("descendant_id")


def _unit_choices(request: SignedInRequest, campaign: Campaign) -> list[tuple[int, str]]:
    rows = visible_units(request.user).filter(pk__in=_below(campaign))
    return list(rows.values_list("pk", "short_name"))


def _own_units(request: SignedInRequest, campaign: Campaign) -> list[Unit]:
    return [body for body in bodies_for(request.user, campaign) if isinstance(body, Unit)]


def _open_duties(request: SignedInRequest, campaign: Campaign, bodies: list[Any]) -> Any:
    """Open duties of these bodies, for the choice of the one that a meeting answers."""
    units = [body.pk for body in bodies if isinstance(body, Unit)]
    groups = [body.pk for body in bodies if not isinstance(body, Unit)]
    rows = visible_duties(request.user).filter(campaign=campaign).open()
    own = rows.filter(unit_id__in=units) | rows.filter(group_id__in=groups)
    return own.select_related("obligation", "unit", "group").order_by("due", "pk")


def _meeting_initial(request: SignedInRequest, duties: Any) -> dict[str, Any]:
    """From a duty's page the meeting begins with that duty."""
    key = request.GET.get("duty", "")
    row: Duty | None = duties.filter(pk=int(key)).first() if key.isdigit() else None
    initial: dict[str, Any] = {"held_on": clock.today(), "attendance": 0, "kind": MeetingKind.WEEKLY}
    if row is None:
        return initial
    bearer = row.bearer
    return {
        **initial,
        "duty": row.pk,
        "title": row.obligation.what[:60],
        "body": f"{bearer._meta.model_name}-{bearer.pk}",
    }


def _leaders(campaign: Campaign) -> Any:
    """Those who lead in the district: whose instructions become tasks."""
    held = Appointment.objects.on(clock.today()).filter(
        post__role__in=(Role.LEADER, Role.HEAD), post__unit_id__in=_below(campaign)
    )
    return Person.objects.filter(pk__in=held.values("person_id"))
