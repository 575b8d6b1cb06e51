"""Pages of plans: handing in, reviewing, editing, starting."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qingfeng.apps.work.campaigns.actions import plans
from qingfeng.apps.work.campaigns.models import Campaign, Decision, DraftItem, Plan
from qingfeng.apps.work.campaigns.tests.drafts import reading
from tests.cast import Cast


def address(name: str, *args: object) -> str:
    return reverse(f"campaigns:{name}", args=args)


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.office)
    return client


@pytest.fixture
def item(plan: Plan) -> DraftItem:
    return DraftItem.objects.get(plan=plan, data__what="本单位方案")


def test_a_plan_is_handed_in_and_opens_for_review(
    office: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "read_plan", lambda name, content: reading())
    file = SimpleUploadedFile("方案.txt", "方案".encode())
    answer = office.post(address("plan_new"), {"file": file, "root_unit": cast.district.pk})
    assert answer.status_code == 302 and answer["Location"] == address("plan", Plan.objects.get().pk)


def test_what_is_no_plan_comes_back_with_its_reasons(
    office: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        plans, "read_plan", lambda name, content: reading(kind="not_a_plan", reasons=["没有阶段"])
    )
    file = SimpleUploadedFile("讲话.txt", "讲话".encode())
    answer = office.post(address("plan_new"), {"file": file, "root_unit": cast.district.pk})
    assert answer.status_code == 422 and "没有阶段" in answer.text and "不是专项治理的实施方案" in answer.text


def test_without_a_file_the_page_says_so(office: Client, cast: Cast) -> None:
    answer = office.post(address("plan_new"), {"root_unit": cast.district.pk})
    assert answer.status_code == 422 and "请选择方案文件" in answer.text


def test_items_stand_beside_the_numbered_lines(office: Client, plan: Plan, item: DraftItem) -> None:
    text = office.get(address("plan", plan.pk)).text
    assert f'id="item-{item.pk}"' in text and 'id="line-3"' in text and 'href="#line-3"' in text
    assert "8个专项治理小组没有名称" in text and "其余17项全部采用" in text and "高远山" not in text


def test_an_item_is_taken_by_one_click_and_the_page_returns_to_it(
    office: Client, plan: Plan, item: DraftItem
) -> None:
    answer = office.post(address("plan_item_decide", item.pk), {"decision": "accepted"})
    assert answer["Location"] == f"{address('plan', plan.pk)}#item-{item.pk}"
    assert DraftItem.objects.get(pk=item.pk).decision == Decision.ACCEPTED
    pending = office.get(address("plan", plan.pk) + "?view=pending").text
    assert f'id="item-{item.pk}"' not in pending


@pytest.mark.parametrize("what", ["本单位方案", "梳理本季度工作情况", "召开联席会议", "整改结果", "召开例会"])
def test_the_typed_form_gives_back_what_it_was_given(office: Client, plan: Plan, what: str) -> None:
    item = DraftItem.objects.get(plan=plan, data__what=what)
    form = office.get(address("plan_item", item.pk)).context["form"]
    sent = {name: value for name, value in form.initial.items() if value not in (None, False, [], "")}
    sent = {
        name: "\n".join(value) if isinstance(value, list) and "classes" not in name else value
        for name, value in sent.items()
    }
    before = {**item.data, "due_text": item.data["due_text"] or ""}
    assert office.post(address("plan_item", item.pk), sent).status_code == 302
    item.refresh_from_db()
    assert {name: value for name, value in item.data.items() if value} == {
        n: v for n, v in before.items() if v
    }


def test_every_kind_opens_in_its_form(office: Client, plan: Plan) -> None:
    for item in DraftItem.objects.filter(plan=plan):
        expected = 404 if item.kind == "fault" else 200
        assert office.get(address("plan_item", item.pk)).status_code == expected


def test_an_edit_that_does_not_fit_stays_with_its_reason(office: Client, item: DraftItem) -> None:
    answer = office.post(address("plan_item", item.pk), {"what": "方案", "wants_electronic": "on"})
    assert answer.status_code == 422 and "要选定由谁承担" in answer.text
    assert DraftItem.objects.get(pk=item.pk).decision == Decision.PENDING


def test_a_form_of_the_plan_is_edited_with_its_fields_in_order(office: Client, plan: Plan) -> None:
    item = DraftItem.objects.get(plan=plan, kind="form")
    office.post(
        address("plan_item", item.pk),
        {
            "attachment": 4,
            "title": "月报表",
            "orientation": "matrix",
            "fields_in_order": "受检单位\n检查情况\n整改情况",
        },
    )
    item.refresh_from_db()
    assert item.data["fields"] == ["受检单位", "检查情况", "整改情况"]


def test_a_missed_stage_is_added_with_its_line(office: Client, plan: Plan) -> None:
    given = {
        "number": 4,
        "name": "总结",
        "kind": "summary",
        "start": "2026-10-01",
        "end": "2026-12-31",
        "line": "6",
    }
    assert office.get(address("plan_item_new", plan.pk, "stage") + "?line=6").status_code == 200
    answer = office.post(address("plan_item_new", plan.pk, "stage"), given)
    assert answer.status_code == 302
    assert DraftItem.objects.get(plan=plan, data__name="总结").line == 6
    assert office.get(address("plan_item_new", plan.pk, "fault")).status_code == 404


def test_the_rest_is_accepted_and_the_campaign_started_from_the_pages(
    office: Client, cast: Cast, plan: Plan
) -> None:
    office.post(address("plan_accept_all", plan.pk))
    form = office.get(address("plan_start", plan.pk)).context["form"]
    assert form.initial["cut_off_day"] == 20 and len(form.initial["units"]) == 3
    group = DraftItem.objects.get(plan=plan, data__count=8)
    answer = office.post(
        address("plan_start", plan.pk),
        {
            "short_title": "窗口治理",
            "starts_on": "2026-06-11",
            "ends_on": "2026-12-31",
            "day_off_rule": "keep",
            "cut_off_day": 20,
            "units": [cast.street.pk, cast.sister.pk],
            f"group_{group.pk}": ["new"],
        },
    )
    campaign = Campaign.objects.get()
    assert answer["Location"] == address("campaign", campaign.pk)
    assert (campaign.starts_on, campaign.ends_on, campaign.short_title) == (
        date(2026, 6, 11),
        date(2027, 1, 31),
        "窗口治理",
    )


def test_a_start_too_early_says_what_is_pending(office: Client, cast: Cast, plan: Plan) -> None:
    answer = office.post(
        address("plan_start", plan.pk),
        {
            "short_title": "窗口治理",
            "starts_on": "2026-05-11",
            "ends_on": "2026-12-31",
            "day_off_rule": "keep",
            "cut_off_day": 20,
            "units": [cast.street.pk],
        },
    )
    assert answer.status_code == 422 and "还有17项没有核对" in answer.text and not Campaign.objects.exists()


def test_a_group_is_either_set_up_or_linked(office: Client, cast: Cast, plan: Plan) -> None:
    group = DraftItem.objects.get(plan=plan, data__count=8)
    answer = office.post(
        address("plan_start", plan.pk), {f"group_{group.pk}": ["new", str(cast.governance.pk)]}
    )
    assert answer.status_code == 422 and "只能选一种" in answer.text


def test_a_plan_is_set_aside_with_a_reason(office: Client, plan: Plan) -> None:
    assert office.post(address("plan_set_aside", plan.pk), {"reason": ""}).status_code == 422
    assert office.post(address("plan_set_aside", plan.pk), {"reason": "有新版"}).status_code == 302
    assert office.get(address("plan", plan.pk)).status_code == 404


def test_the_file_is_a_download_for_the_office_only(client: Client, cast: Cast, plan: Plan) -> None:
    client.force_login(cast.office)
    answer = client.get(address("plan_file", plan.pk))
    assert answer["Content-Disposition"].startswith("attachment") and "清河区" in answer.text
    client.force_login(cast.leader)
    assert client.get(address("plan_file", plan.pk)).status_code == 403


@pytest.mark.parametrize("who", ["leader", "auditor"])
def test_readers_look_on_but_decide_nothing(
    client: Client, cast: Cast, plan: Plan, item: DraftItem, who: str
) -> None:
    client.force_login(getattr(cast, who))
    page = client.get(address("plan", plan.pk))
    assert page.status_code == 200 and address("plan_item_decide", item.pk) not in page.text
    assert client.post(address("plan_item_decide", item.pk), {"decision": "accepted"}).status_code == 403
    assert client.post(address("plan_accept_all", plan.pk)).status_code == 403
    assert client.get(address("plan_start", plan.pk)).status_code == 403
    assert client.get(address("plan_new")).status_code == 403


@pytest.mark.parametrize("who", ["clerk", "inspector", "administrator", "outsider"])
def test_for_others_there_is_no_plan(
    client: Client, cast: Cast, plan: Plan, item: DraftItem, who: str
) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(address("plan", plan.pk)).status_code == 404
    assert client.get(address("plan_item", item.pk)).status_code == 404
    assert client.post(address("plan_accept_all", plan.pk)).status_code == 404


@pytest.mark.parametrize("name", ["plan_accept_all", "plan_set_aside"])
def test_acts_are_posted(office: Client, plan: Plan, item: DraftItem, name: str) -> None:
    assert office.get(address(name, plan.pk)).status_code == 405
    assert office.get(address("plan_item_decide", item.pk)).status_code == 405


def test_the_review_costs_no_query_an_item(office: Client, plan: Plan, django_assert_max_num_queries) -> None:
    office.get(address("list"))  # the frame's own figures are counted now and kept for a while
    with django_assert_max_num_queries(20):
        office.get(address("plan", plan.pk))
