"""会议纪要: of a meeting on record. Who was there and what was decided is for whoever wrote it down to complete."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign, Meeting, MeetingKind
from qingfeng.apps.work.campaigns.visibility import visible_meetings
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.kind import Kind, Subject
from qingfeng.apps.work.reports.papers.kinds.issuing import check_reads_ledgers
from qingfeng.apps.work.reports.papers.kinds.ledger_words import matters
from qingfeng.apps.work.reports.papers.model import Block, Gap, Heading, Items, Paper, Quoted, Run, Text
from qingfeng.apps.work.reports.papers.wording import day

_KINDS = {
    MeetingKind.MOBILIZATION: "动员大会",
    MeetingKind.WEEKLY: "周例会",
    MeetingKind.JOINT: "联席会议",
    MeetingKind.DEMOCRATIC_LIFE: "民主生活会",
    MeetingKind.OTHER: "会议",
}
"""How a meeting is called on paper, whatever language its writer reads."""


def minutes(asked: Asked) -> Paper:
    """The form of minutes: no signature and no seal, attendance below the text."""
    meeting: Meeting = asked.subject
    if meeting.voided_at:
        raise BadInput(f"“{meeting.title}”的会议记录已作废，不能据此写纪要。")
    body = meeting.unit or meeting.group
    assert body is not None  # held by the constraint meeting_one_body
    return Paper(
        kind="纪要",
        title=_title(meeting),
        issuers=[body.name],
        mark=f"{body.name}会议纪要",
        number=asked.number or "第　期",
        blocks=[Text(_opening(meeting)), *_matters(meeting), *_decisions()],
        day=meeting.held_on,
        counted_on=asked.day,
        form="minutes",
        present=[str(Gap("出席人员姓名、职务"))],
        excused=[str(Gap("请假人员及事由，没有的删去本行"))],
        observing=[str(Gap("列席人员姓名、职务，没有的删去本行"))],
        issued_by=body.name,
        issue_date=asked.day,
    )


def _title(meeting: Meeting) -> str:
    return meeting.title if meeting.title.endswith("纪要") else f"{meeting.title}纪要"


def _opening(meeting: Meeting) -> list[Run]:
    body = meeting.unit or meeting.group
    kind = _KINDS[MeetingKind(meeting.kind)]
    runs: list[Run] = [f"{day(meeting.held_on)}，{body}召开{kind}，由", Gap("主持人姓名、职务"), "主持"]
    if meeting.attendance:
        page = reverse("campaigns:meeting", args=[meeting.pk])
        runs += ["，参加", Quoted(str(meeting.attendance), page), "人"]
    return [*runs, "。现将会议主要内容纪要如下。"]


def _matters(meeting: Meeting) -> list[Block]:
    """What is on record, matter by matter."""
    told = matters(meeting.minutes)
    if not told:
        return [Heading("会议内容"), Text([Gap("会议传达、通报和研究的事项")])]
    if len(told) == 1:
        return [Heading("会议内容"), Text(told)]
    return [Heading("会议内容"), Items([[one] for one in told])]


def _decisions() -> list[Block]:
    return [Heading("议定事项"), Text([Gap("议定的事项，每项写明责任单位和完成时间")])]


def _meetings(user: User, campaign: Campaign) -> QuerySet[Meeting]:
    return visible_meetings(user).filter(campaign=campaign).select_related("unit", "group")


def _in_words(meeting: object) -> str:
    assert isinstance(meeting, Meeting)
    return f"{meeting.held_on.isoformat()}　{meeting.title}"


MINUTES = Kind(
    "minutes",
    _("会议纪要"),
    _("一次已登记的会议：出席、请假、列席，会议内容和议定事项。"),
    minutes,
    check=check_reads_ledgers,
    asks_unit=False,
    subject=Subject(_("会议"), _meetings, "pk", _in_words),
)
