"""Meetings of the campaign with their minutes; one that the plan asks for answers its duty."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, Unit, User
from qingfeng.apps.base.records import files
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.actions.receipts import fulfil_by_meeting, take_back
from qingfeng.apps.work.campaigns.models import Campaign, Duty, Medium, Meeting, MeetingKind, Receipt
from qingfeng.apps.work.campaigns.permissions import check_can_record, check_can_void


@action
def record_meeting(
    *,
    campaign: Campaign,
    body: Unit | Group,
    kind: str,
    title: str,
    held_on: date,
    by: User,
    attendance: int = 0,
    minutes: str = "",
    file_name: str = "",
    content: bytes | None = None,
    duty: Duty | None = None,
) -> Meeting:
    """A meeting that was held. With a duty of the same body it counts as handing that in."""
    check_can_record(by, campaign, body)
    if kind not in MeetingKind or not title.strip():
        raise BadInput(_("请选择会议类别并填写名称。"))
    if held_on > clock.today():
        raise BadInput(_("召开日期%(day)s还没有到，会议开过再登记。") % {"day": held_on})
    if attendance < 0:
        raise BadInput(_("参加人数不能是负数。"))
    place = {"unit": body} if isinstance(body, Unit) else {"group": body}
    if duty is not None and (duty.campaign_id != campaign.pk or duty.bearer != body):
        raise BadInput(_("所选任务不是%(body)s的任务。") % {"body": body})
    same = Meeting.objects.filter(
        campaign=campaign,
        kind=kind,
        title=title.strip(),
        held_on=held_on,
        duty=duty,
        voided_at__isnull=True,
        **place,
    ).first()
    if same:
        return same
    stored = files.store(name=file_name, content=content, by=by) if content is not None else None
    meeting = create(
        Meeting(
            campaign=campaign,
            kind=kind,
            title=title.strip()[:200],
            held_on=held_on,
            attendance=attendance,
            minutes=minutes.strip(),
            file=stored,
            duty=duty,
            **place,
        ),
        by=by,
        kind="meeting.recorded",
    )
    if duty is not None:
        fulfil_by_meeting(duty=duty, by=by, title=meeting.title)
    return meeting


@action
def void_meeting(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """An entry made by mistake. The duty it answered is open again, unless another meeting answers it too."""
    check_can_void(by, meeting)
    if not reason.strip():
        raise BadInput(_("请写明作废的理由。"))
    why = reason.strip()[:300]
    change(
        meeting,
        by=by,
        kind="meeting.voided",
        to={"voided_at": timezone.now(), "voided_by": by, "void_reason": why},
    )
    others = Meeting.objects.filter(duty_id=meeting.duty_id, voided_at__isnull=True)
    if meeting.duty is not None and not others.exists():
        for receipt in Receipt.objects.filter(
            duty=meeting.duty, medium=Medium.ELECTRONIC, returned_at__isnull=True
        ):
            take_back(receipt, meeting.duty, why, by)
    return meeting
