"""Pages of a running campaign: overview, grid, duties, obligations, meetings, activities."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qingfeng.apps.work.campaigns import slots
from qingfeng.apps.work.campaigns.actions import activities, receipts
from qingfeng.apps.work.campaigns.models import (
    Activity,
    Campaign,
    CampaignGroup,
    CampaignUnit,
    Duty,
    Meeting,
    Obligation,
    Receipt,
)
from tests.cast import Cast


def address(name: str, *args: object) -> str:
    return reverse(f"campaigns:{name}", args=args)


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.office)
    return client


@pytest.fixture
def clerk(cast: Cast) -> Client:
    signed_in = Client()
    signed_in.force_login(cast.clerk)
    return signed_in


@pytest.fixture
def duty(cast: Cast, running: Campaign) -> Duty:
    return Duty.objects.get(campaign=running, unit=cast.street, obligation__what="本单位方案")


def pages_of(running: Campaign, duty: Duty) -> list[str]:
    return [
        address("list"),
        address("campaign", running.pk),
        address("duties", running.pk),
        address("duty", duty.pk),
        address("obligation", duty.obligation_id),
        address("meetings", running.pk),
        address("activities", running.pk),
        address("duties", running.pk) + "?state=overdue",
    ]


@pytest.mark.parametrize("who", ["office", "clerk", "leader", "auditor", "inspector"])
def test_whoever_belongs_sees_the_pages(
    client: Client, cast: Cast, running: Campaign, duty: Duty, who: str
) -> None:
    client.force_login(getattr(cast, who))
    assert [client.get(page).status_code for page in pages_of(running, duty)] == [200] * 8


@pytest.mark.parametrize("who", ["outsider", "administrator"])
def test_for_outsiders_nothing_is_there(
    client: Client, cast: Cast, running: Campaign, duty: Duty, who: str
) -> None:
    client.force_login(getattr(cast, who))
    first, *others = (client.get(page).status_code for page in pages_of(running, duty))
    assert first == 200 and others == [404] * 7


def test_a_sister_street_does_not_see_the_duty(client: Client, cast: Cast, duty: Duty) -> None:
    client.force_login(cast.sister_clerk)
    assert client.get(address("duty", duty.pk)).status_code == 404
    assert client.post(address("duty_receive", duty.pk), {"medium": "electronic"}).status_code == 404


def test_the_campaign_shows_each_task_with_its_sentence(office: Client, running: Campaign) -> None:
    text = office.get(address("campaign", running.pk)).text
    assert "各街道各部门每周召开例会,研究自查中发现的问题。" in text and "每月20日前" in text
    assert "写有个人姓名1处" in text and "进行中" in text and "第一专项治理小组" in text


def test_the_grid_tells_late_and_missing_in_words_and_opens(
    office: Client, cast: Cast, running: Campaign, duty: Duty
) -> None:
    receipts.receive(duty=duty, medium="electronic", by=cast.clerk, file_name="a.txt", content=b"abc")
    text = office.get(address("duties", running.pk)).text
    assert "逾期" in text and "缺3" in text and f'href="{address("duty", duty.pk)}"' in text
    periods = office.get(
        address("duties", running.pk) + f"?bearer=units&obligation={duty.obligation_id}"
    ).text
    assert "2026-05-25" in periods
    groups = office.get(address("duties", running.pk) + "?bearer=groups").text
    assert "治理一组" in groups and "临江街道" not in groups


def test_totals_open_the_lists_they_count(office: Client, running: Campaign) -> None:
    page = office.get(address("duties", running.pk) + "?bearer=units")
    overdue = page.context["totals"].overdue
    listed = office.get(address("duties", running.pk) + "?bearer=units&state=overdue")
    assert listed.context["ledger"].total == overdue > 0
    stage = page.context["stages"][1].pk
    narrowed = office.get(address("duties", running.pk) + f"?bearer=units&stage={stage}")
    in_stage = office.get(address("duties", running.pk) + f"?bearer=units&stage={stage}&state=overdue")
    assert in_stage.context["ledger"].total == narrowed.context["totals"].overdue < overdue


@pytest.mark.parametrize(
    "query",
    ["?bearer=nobody", "?stage=x", "?obligation=9999999", "?state=purple", "?stage=99999&state=overdue"],
)
def test_odd_addresses_still_answer(office: Client, running: Campaign, query: str) -> None:
    assert office.get(address("duties", running.pk) + query).status_code == 200


def test_the_grid_costs_the_same_whatever_its_size(
    office: Client, running: Campaign, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(45):
        office.get(address("duties", running.pk))


def test_the_clerk_hands_in_and_the_office_registers_paper(clerk: Client, office: Client, duty: Duty) -> None:
    file = SimpleUploadedFile("方案.txt", "方案".encode())
    assert (
        clerk.post(address("duty_receive", duty.pk), {"medium": "electronic", "file": file}).status_code
        == 302
    )
    page = clerk.get(address("duty", duty.pk)).text
    assert "方案.txt" in page and "纸质稿由接收方登记" in page
    office.post(address("duty_receive", duty.pk), {"medium": "paper", "received_on": "2026-06-09"})
    duty.refresh_from_db()
    assert duty.fulfilled_on == date(2026, 6, 10)  # the day of the last copy: the electronic one
    assert Receipt.objects.get(medium="paper").received_on == date(2026, 6, 9)
    receipt = Receipt.objects.filter(medium="electronic").get()
    download = clerk.get(address("receipt_file", receipt.pk))
    assert download["Content-Disposition"].startswith("attachment")
    assert download["X-Content-Type-Options"] == "nosniff" and download.text == "方案"


def test_without_the_file_the_page_stays_with_the_reason(clerk: Client, duty: Duty) -> None:
    answer = clerk.post(address("duty_receive", duty.pk), {"medium": "electronic", "note": "已发邮箱"})
    assert answer.status_code == 422 and "请上传要报送的文件" in answer.text and "已发邮箱" in answer.text


def test_a_receipt_is_returned_with_its_reason(office: Client, cast: Cast, duty: Duty) -> None:
    receipt = receipts.receive(
        duty=duty, medium="electronic", by=cast.clerk, file_name="a.txt", content=b"abc"
    )
    assert office.post(address("receipt_return", receipt.pk), {"reason": ""}).status_code == 422
    office.post(address("receipt_return", receipt.pk), {"reason": "缺时间节点"})
    assert "缺时间节点" in office.get(address("duty", duty.pk)).text


def test_the_office_changes_dates_and_waives_and_the_clerk_may_not(
    office: Client, clerk: Client, duty: Duty
) -> None:
    assert (
        clerk.post(address("duty_amend", duty.pk), {"due": "2026-06-30", "reason": "忙"}).status_code == 403
    )
    assert office.post(address("duty_amend", duty.pk), {"due": "30日", "reason": "忙"}).status_code == 422
    office.post(address("duty_amend", duty.pk), {"due": "2026-06-30", "reason": "停电"})
    duty.refresh_from_db()
    assert duty.due == date(2026, 6, 30)
    assert clerk.post(address("duty_waive", duty.pk), {"reason": "忙"}).status_code == 403
    office.post(address("duty_waive", duty.pk), {"reason": "合并"})
    assert "已免报" in office.get(address("duty", duty.pk)).text


def test_links_of_higher_apps_stand_on_the_duty(
    clerk: Client, duty: Duty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots.duty_links, "_fillers", [lambda user, row: [("填月报表", "/returns/")]])
    assert "填月报表" in clerk.get(address("duty", duty.pk)).text


def test_an_event_is_entered_on_the_tasks_page(clerk: Client, cast: Cast, running: Campaign) -> None:
    task = Obligation.objects.get(campaign=running, what="整改结果")
    assert "登记触发事项" in clerk.get(address("obligation", task.pk)).text
    given = {"bearer": f"unit-{cast.street.pk}", "on": "2026-06-08", "occasion": "整改通知2号"}
    assert clerk.post(address("obligation_trigger", task.pk), given).status_code == 302
    assert Duty.objects.get(obligation=task).due == date(2026, 7, 8)
    assert (
        clerk.post(
            address("obligation_trigger", task.pk), {**given, "bearer": f"unit-{cast.sister.pk}"}
        ).status_code
        == 422
    )


def test_tasks_are_added_adjusted_and_voided_by_the_office(
    office: Client, clerk: Client, cast: Cast, running: Campaign
) -> None:
    assert clerk.get(address("obligation_new", running.pk)).status_code == 403
    answer = office.post(
        address("obligation_new", running.pk),
        {"what": "报送宣传稿", "due": "2026-06-30", "unit_classes": ["street"], "wants_electronic": "on"},
    )
    task = Obligation.objects.get(what="报送宣传稿")
    assert answer["Location"] == address("obligation", task.pk)
    assert (
        office.post(
            address("obligation_new", running.pk), {"what": "无人承担", "wants_electronic": "on"}
        ).status_code
        == 422
    )
    assert office.get(address("obligation_amend", task.pk)).status_code == 200
    sent = {"due": "2026-07-05", "unit_classes": ["street"], "reason": "推迟"}
    assert office.post(address("obligation_amend", task.pk), sent).status_code == 302
    assert {row.due for row in Duty.objects.filter(obligation=task)} == {date(2026, 7, 5)}
    assert (
        office.post(
            address("obligation_amend", task.pk), {"reason": "x", "unit_classes": ["street"], "office": "on"}
        ).status_code
        == 422
    )
    office.post(address("obligation_void", task.pk), {"reason": "取消"})
    assert "已撤销" in office.get(address("obligation", task.pk)).text


def test_units_and_groups_join_from_the_campaigns_page(
    office: Client, cast: Cast, running: Campaign, governance_groups: CampaignGroup
) -> None:
    office.post(address("unit_add", running.pk), {"unit": cast.community.pk})
    assert CampaignUnit.objects.filter(unit=cast.community).exists()
    assert office.post(address("unit_add", running.pk), {"unit": "x"}).status_code == 422
    office.post(
        address("group_link", governance_groups.pk), {"groups": [cast.governance.pk, cast.committee.pk]}
    )
    assert set(governance_groups.groups.all()) == {cast.governance, cast.committee}
    assert office.post(address("group_link", governance_groups.pk), {}).status_code == 422


def test_a_meeting_is_entered_from_its_duty(clerk: Client, cast: Cast, running: Campaign) -> None:
    weekly = Duty.objects.get(unit=cast.street, obligation__what="召开例会", period_start=date(2026, 6, 1))
    page = clerk.get(address("meeting_new", running.pk) + f"?duty={weekly.pk}")
    assert page.context["form"].initial["duty"] == weekly.pk
    answer = clerk.post(
        address("meeting_new", running.pk),
        {
            "body": f"unit-{cast.street.pk}",
            "kind": "weekly",
            "title": "第三次例会",
            "held_on": "2026-06-05",
            "attendance": 12,
            "duty": weekly.pk,
            "minutes": "议定三项",
        },
    )
    assert answer.status_code == 302 and Duty.objects.get(pk=weekly.pk).fulfilled_by == cast.clerk
    meeting = Meeting.objects.get()
    assert "议定三项" in clerk.get(address("meeting", meeting.pk)).text
    assert clerk.get(address("meeting_file", meeting.pk)).status_code == 404
    listed = clerk.get(
        address("meetings", running.pk) + f"?kind=weekly&unit={cast.street.pk}&from=2026-06-01"
    ).context["ledger"]
    assert listed.total == 1
    clerk.post(address("meeting_void", meeting.pk), {"reason": "日期填错"})
    assert clerk.get(address("meetings", running.pk)).context["ledger"].total == 0


def test_an_activity_is_entered_and_a_task_done(
    office: Client, clerk: Client, cast: Cast, running: Campaign
) -> None:
    answer = office.post(
        address("activity_new", running.pk),
        {
            "unit": cast.district.pk,
            "kind": "instruction",
            "title": "核查低保发放",
            "held_on": "2026-06-08",
            "people": 0,
            "given_by": cast.leader.person.pk,
            "task_for": cast.street.pk,
            "task_due": "2026-06-20",
        },
    )
    assert answer.status_code == 302
    task = Activity.objects.get()
    assert "报办理结果" in clerk.get(address("activity", task.pk)).text
    clerk.post(address("activity_done", task.pk), {"reason": "核查120户"})
    assert "核查120户" in clerk.get(address("activity", task.pk)).text
    assert office.post(address("activity_void", task.pk), {"reason": "重复"}).status_code == 302


@pytest.mark.parametrize("who", ["leader", "auditor"])
def test_readers_enter_nothing(client: Client, cast: Cast, running: Campaign, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(address("meeting_new", running.pk)).status_code == 403
    assert client.get(address("activity_new", running.pk)).status_code == 403
    entry = activities.record_activity(
        campaign=running,
        unit=cast.street,
        kind="visit",
        title="走访",
        held_on=date(2026, 6, 5),
        by=cast.clerk,
    )
    assert client.post(address("activity_void", entry.pk), {"reason": "x"}).status_code == 403


def test_the_campaign_is_ended_by_the_office(office: Client, clerk: Client, running: Campaign) -> None:
    assert clerk.post(address("campaign_end", running.pk)).status_code == 403
    office.post(address("campaign_end", running.pk))
    assert "已结束" in office.get(address("campaign", running.pk)).text


@pytest.mark.parametrize("name", ["duty_receive", "duty_waive", "duty_amend"])
def test_acts_are_posted(office: Client, duty: Duty, name: str) -> None:
    assert office.get(address(name, duty.pk)).status_code == 405
