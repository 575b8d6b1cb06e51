"""Meetings with their minutes, and the activity register."""

from __future__ import annotations

from datetime import date

import pytest

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns import queries
from qingfeng.apps.work.campaigns.actions import activities, meetings
from qingfeng.apps.work.campaigns.models import Activity, Campaign, Duty, Meeting, Receipt
from tests.cast import Cast

HELD = date(2026, 6, 5)


@pytest.fixture
def weekly(cast: Cast, running: Campaign) -> Duty:
    return Duty.objects.get(unit=cast.street, obligation__what="召开例会", period_start=date(2026, 6, 1))


def held(cast: Cast, running: Campaign, **given: object) -> Meeting:
    values = {
        "campaign": running,
        "body": cast.street,
        "kind": "weekly",
        "title": "第三次例会",
        "held_on": HELD,
        "by": cast.clerk,
        "attendance": 12,
        **given,
    }
    return meetings.record_meeting(**values)  # type: ignore[arg-type]


def noted(cast: Cast, running: Campaign, **given: object) -> Activity:
    values = {
        "campaign": running,
        "unit": cast.street,
        "kind": "training",
        "title": "警示教育",
        "held_on": HELD,
        "by": cast.clerk,
        "people": 80,
        **given,
    }
    return activities.record_activity(**values)  # type: ignore[arg-type]


def test_a_meeting_that_the_plan_asks_for_answers_its_duty(
    cast: Cast, running: Campaign, weekly: Duty
) -> None:
    meeting = held(cast, running, duty=weekly, file_name="纪要.txt", content="议定事项".encode())
    weekly.refresh_from_db()
    assert weekly.fulfilled_by == cast.clerk and meeting.file.name == "纪要.txt"
    assert Event.objects.filter(subject=meeting.subject, kind="meeting.recorded").count() == 1


def test_the_same_meeting_is_entered_once(cast: Cast, running: Campaign, weekly: Duty) -> None:
    assert held(cast, running, duty=weekly) == held(cast, running, duty=weekly)
    assert Meeting.objects.count() == 1 and Receipt.objects.count() == 1


def test_a_voided_meeting_opens_its_duty_again(cast: Cast, running: Campaign, weekly: Duty) -> None:
    meeting = held(cast, running, duty=weekly)
    with pytest.raises(BadInput, match="理由"):
        meetings.void_meeting(meeting=meeting, reason="", by=cast.clerk)
    meeting = Meeting.objects.get(pk=meeting.pk)
    meetings.void_meeting(meeting=meeting, reason="日期填错", by=cast.clerk)
    weekly.refresh_from_db()
    assert weekly.fulfilled_at is None and Meeting.objects.get().void_reason == "日期填错"
    with pytest.raises(Refused, match="已作废"):
        meetings.void_meeting(meeting=Meeting.objects.get(), reason="再作废", by=cast.clerk)


@pytest.mark.parametrize(
    "who", ["sister_clerk", "inspector", "secretary", "leader", "auditor", "administrator", "outsider"]
)
def test_others_enter_nothing_for_the_street(cast: Cast, running: Campaign, who: str) -> None:
    with pytest.raises(Refused):
        held(cast, running, by=getattr(cast, who))
    with pytest.raises(Refused):
        noted(cast, running, by=getattr(cast, who))


def test_members_enter_their_groups_meetings_and_the_office_anybodys(cast: Cast, running: Campaign) -> None:
    assert held(cast, running, body=cast.governance, by=cast.inspector).group == cast.governance
    assert held(cast, running, by=cast.office).unit == cast.street


def test_a_meeting_to_come_another_bodys_duty_or_an_unknown_kind_are_refused(
    cast: Cast, running: Campaign, weekly: Duty
) -> None:
    for wrong, reason in (
        ({"held_on": date(2026, 6, 11)}, "还没有到"),
        ({"body": cast.sister, "duty": weekly, "by": cast.sister_clerk}, "不是望山街道"),
        ({"kind": "party"}, "类别"),
        ({"title": " "}, "名称"),
        ({"attendance": -1}, "负数"),
    ):
        with pytest.raises(BadInput, match=reason):
            held(cast, running, **wrong)
    assert not Meeting.objects.exists()


def test_an_instruction_becomes_a_task_and_is_done(cast: Cast, running: Campaign) -> None:
    task = noted(
        cast,
        running,
        unit=cast.district,
        by=cast.office,
        kind="instruction",
        title="核查低保发放",
        given_by=cast.leader.person,
        task_for=cast.street,
        task_due=date(2026, 6, 20),
        people=0,
    )
    assert list(queries.tasks_open(cast.clerk, mine=True)) == [task]
    assert not queries.tasks_open(cast.sister_clerk).exists()
    with pytest.raises(BadInput, match="结果"):
        activities.finish_task(task=task, note=" ", by=cast.clerk)
    with pytest.raises(Refused):
        activities.finish_task(task=task, note="完成", by=cast.sister_clerk)
    activities.finish_task(task=task, note="核查120户，纠正2户", by=cast.clerk)
    with pytest.raises(Refused, match="已办结"):
        activities.finish_task(task=task, note="又完成", by=cast.clerk)
    assert not queries.tasks_open(cast.office).exists()


def test_a_task_needs_both_unit_and_date(cast: Cast, running: Campaign) -> None:
    with pytest.raises(BadInput, match="承办单位和办理期限"):
        noted(cast, running, task_for=cast.street)
    with pytest.raises(BadInput, match="早于"):
        noted(cast, running, task_for=cast.street, task_due=date(2026, 6, 1))


def test_reports_count_what_holds(cast: Cast, running: Campaign) -> None:
    first, last = date(2026, 6, 1), date(2026, 6, 30)
    noted(cast, running)
    wrong = noted(cast, running, kind="visit", title="走访")
    held(cast, running)
    activities.void_activity(activity=wrong, reason="重复", by=cast.office)
    units = [cast.street.pk]
    assert [one.title for one in queries.activities_in(running, units, first, last)] == ["警示教育"]
    assert queries.activities_in(running, units, first, last, kinds=["talk"]).count() == 0
    assert queries.meetings_in(running, units, first, last).count() == 1
    assert queries.meetings_in(running, [cast.sister.pk], first, last).count() == 0


def test_the_same_entry_is_made_once(cast: Cast, running: Campaign) -> None:
    assert noted(cast, running) == noted(cast, running)
    assert Activity.objects.count() == 1
