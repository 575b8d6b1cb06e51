"""The activity register: instructions that become tasks, talks, trainings, visits, publicity."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Person, Unit, User
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Activity, ActivityKind, Campaign
from qingfeng.apps.work.campaigns.permissions import check_can_finish, check_can_record, check_can_void


@action
def record_activity(
    *,
    campaign: Campaign,
    unit: Unit,
    kind: str,
    title: str,
    held_on: date,
    by: User,
    text: str = "",
    people: int = 0,
    given_by: Person | None = None,
    task_for: Unit | None = None,
    task_due: date | None = None,
) -> Activity:
    """An entry of the register. With a unit to carry it out and a date it is a task."""
    check_can_record(by, campaign, unit)
    if kind not in ActivityKind or not title.strip():
        raise BadInput(_("请选择类别并填写事项。"))
    if held_on > clock.today():
        raise BadInput(_("日期%(day)s还没有到，请核对。") % {"day": held_on})
    if people < 0:
        raise BadInput(_("人次不能是负数。"))
    if (task_for is None) != (task_due is None):
        raise BadInput(_("交办任务要同时填写承办单位和办理期限。"))
    if task_due and task_due < held_on:
        raise BadInput(_("办理期限%(due)s早于交办日期%(day)s，请改正。") % {"due": task_due, "day": held_on})
    entry = {
        "campaign": campaign,
        "unit": unit,
        "kind": kind,
        "title": title.strip()[:200],
        "held_on": held_on,
        "text": text.strip(),
        "people": people,
        "given_by": given_by,
        "task_for": task_for,
        "task_due": task_due,
    }
    same = Activity.objects.filter(**entry, voided_at__isnull=True, done_at__isnull=True).first()
    return same or create(Activity(**entry), by=by, kind="activity.recorded")


@action
def finish_task(*, task: Activity, note: str, by: User) -> Activity:
    """The task of an instruction is done; the note says how."""
    check_can_finish(by, task)
    if not note.strip():
        raise BadInput(_("请写明办理结果。"))
    to = {"done_at": timezone.now(), "done_by": by, "done_note": note.strip()}
    return change(task, by=by, kind="activity.done", to=to)


@action
def void_activity(*, activity: Activity, reason: str, by: User) -> Activity:
    """An entry made by mistake."""
    check_can_void(by, activity)
    if not reason.strip():
        raise BadInput(_("请写明作废的理由。"))
    to = {"voided_at": timezone.now(), "voided_by": by, "void_reason": reason.strip()[:300]}
    return change(activity, by=by, kind="activity.voided", to=to)
