"""The inspection ledger, the entry page, the record of a sheet and its papers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet, Suggestion
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.models import CoUnit, PersonInvolved, Problem
from qingfeng.apps.work.problems.tests.conftest import SAVING_THE_SESSION, Browser
from qingfeng.apps.work.problems.tests.story import group_sheet, self_sheet, submitted
from tests.cast import Cast


def entered(cast: Cast, **given: Any) -> dict[str, Any]:
    """What the browser sends for a sheet with two problems and one suggestion; the third rows stay empty."""
    data = {
        "token": "t-1",
        "body": f"unit:{cast.street.pk}",
        "kind": "self_inspection",
        "filled_on": "2026-06-10",
        "inspected_on": "2026年6月8日",
        "inspected_unit": cast.street.name,
        "inspectors": "林晓禾、陈立群",
        "method": "ordinary",
        "content": "惠民补贴发放",
        "due_date": "2026-07-20",
        "responsible_name": "林晓禾",
        "problems-TOTAL_FORMS": 3,
        "problems-INITIAL_FORMS": 0,
        "suggestions-TOTAL_FORMS": 3,
        "suggestions-INITIAL_FORMS": 0,
        "problems-0-text": "发放名册未公示",
        "problems-0-sum_involved": "３,500.50",
        "problems-0-people_affected": "12人",
        "problems-0-co_units": "区水务局：核对名册",
        "problems-0-persons_involved": "甲某，窗口人员",
        "problems-1-text": "代领签字不全",
        "problems-1-due_date": "2026-07-31",
        "problems-1-responsible_name": "陈立群",
        "suggestions-0-text": "补充公示",
    }
    for number in range(3):
        data |= {f"problems-{number}-nature": "ordinary", f"problems-{number}-term": "by_date"}
    return {**data, **given}


def test_the_entry_page_is_filled_with_what_is_known(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    page = browser(cast.clerk).get(reverse("problems:sheet_new"))
    form = page.context["form"]
    assert (
        form["body"].value() == f"unit:{cast.street.pk}"
        and form["inspected_unit"].value() == cast.street.name
    )
    text = page.content.decode()
    assert text.count('name="problems-') > 30 and "problems-2-text" in text and "problems-3-text" not in text
    assert '<option value="林晓禾">临江街道 纪检干事</option>' in text
    assert "望山街道" not in text


def test_several_problems_and_suggestions_go_in_with_one_sheet(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    answer = browser(cast.clerk).post(reverse("problems:sheet_new"), entered(cast), follow=True)
    sheet = Sheet.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("problems:sheet", args=[sheet.reference])
    assert "已填报临江街道自检1号" in answer.content.decode()
    first, second = Problem.objects.order_by("ordinal")
    assert (first.sum_involved, first.people_affected, first.responsible_name) == (350_050, 12, "林晓禾")
    assert (second.due_date, second.responsible_person) == (date(2026, 7, 31), cast.head.person)
    assert CoUnit.objects.get().unit == cast.department
    assert PersonInvolved.objects.get().post == "窗口人员"
    assert [suggestion.text for suggestion in Suggestion.objects.all()] == ["补充公示"]
    assert Event.objects.filter(kind="sheet.filed").count() == 1


def test_sending_twice_files_once(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    client = browser(cast.clerk)
    first = client.post(reverse("problems:sheet_new"), entered(cast))
    again = client.post(reverse("problems:sheet_new"), entered(cast), follow=True)
    assert Sheet.objects.count() == 1 and again.redirect_chain[-1][0] == first.url
    assert "没有重复登记" in again.content.decode()


def test_a_sheet_without_problems_is_filed(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    data = {
        name: value
        for name, value in entered(cast).items()
        if not name.startswith(("problems-0", "problems-1"))
    }
    browser(cast.clerk).post(reverse("problems:sheet_new"), data)
    assert Sheet.objects.count() == 1 and not Problem.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"inspected_on": "2026-02-30"}, "不是有效日期"),
        ({"inspected_on": "2026-06-30"}, "不能晚于今天"),
        ({"problems-0-sum_involved": "许多"}, "不是有效金额"),
        ({"problems-0-co_units": "区气象局：测雨"}, "没有叫“区气象局”的单位"),
        ({"problems-0-co_units": "区水务局"}, "请写成“单位：分工”"),
        ({"content": ""}, "检查内容"),
        ({"kind": "supervision"}, "督检由专项治理小组填报"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    cast: Cast, campaign: Campaign, browser: Browser, given: dict[str, str], words: str
) -> None:
    answer = browser(cast.clerk).post(reverse("problems:sheet_new"), entered(cast, **given))
    text = answer.content.decode()
    assert answer.status_code == 422 and words in text and "代领签字不全" in text
    assert not Sheet.objects.exists()


def test_a_unit_out_of_reach_is_not_offered_and_not_taken(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    for given in ({"inspected_unit": cast.sister.name}, {"body": f"unit:{cast.sister.pk}"}):
        answer = browser(cast.clerk).post(reverse("problems:sheet_new"), entered(cast, **given))
        assert answer.status_code == 422
    assert not Sheet.objects.exists()


def test_an_inspector_files_for_the_group(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    client = browser(cast.inspector)
    form = client.get(reverse("problems:sheet_new")).context["form"]
    assert form["body"].value() == f"group:{cast.governance.pk}" and form["kind"].value() == "supervision"
    data = entered(cast, body=f"group:{cast.governance.pk}", kind="supervision")
    client.post(reverse("problems:sheet_new"), data)
    assert Sheet.objects.get().full_number == "治理一组督检1号"


def test_who_only_reads_files_nothing(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    for user in (cast.leader, cast.auditor):
        for address in ("problems:sheet_new", "problems:sheet_import", "problems:register"):
            assert browser(user).get(reverse(address)).status_code == 403
            assert browser(user).post(reverse(address), entered(cast)).status_code == 403
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("who", ["administrator", "outsider"])
def test_for_those_without_a_campaign_the_pages_are_not_there(
    cast: Cast, campaign: Campaign, browser: Browser, who: str
) -> None:
    client = browser(cast.everyone()[who])
    for name in (
        "problems:sheets",
        "problems:sheet_new",
        "problems:sheet_import",
        "problems:list",
        "problems:commitments",
        "problems:register",
        "problems:origins",
    ):
        assert client.get(reverse(name)).status_code == 404, name


def test_the_ledger_filters_and_counts(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    self_sheet(cast, campaign, problems=2)
    self_sheet(cast, campaign, problems=0, content="窗口作风")
    client = browser(cast.clerk)
    page = client.get(reverse("problems:sheets"), {"has_open": "1"})
    assert [line.record.open_count for line in page.context["ledger"].rows] == [2]
    assert "临江街道自检1号" in page.content.decode() and "一次检查计一张" in page.content.decode()
    page = client.get(reverse("problems:sheets"), {"q": "作风", "kind": "self_inspection"})
    assert [line.record.number for line in page.context["ledger"].rows] == [2]
    answer = client.get(reverse("problems:sheets"), {"export": "xlsx", "q": "作风"})
    assert answer["Content-Disposition"].startswith("attachment") and answer.content.startswith(b"PK")


def test_the_inspection_ledger_costs_few_queries(
    cast: Cast,
    campaign: Campaign,
    browser: Browser,
    bare_frame: None,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(3):
        self_sheet(cast, campaign)
    client = browser(cast.office)
    client.get(reverse("problems:sheets"))
    with django_assert_max_num_queries(12 + SAVING_THE_SESSION):
        client.get(reverse("problems:sheets"))


def test_a_sheet_is_there_for_those_in_reach_only(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    sheet = self_sheet(cast, campaign)
    for name in ("sheet", "sheet_paper", "rectification_paper"):
        address = reverse(f"problems:{name}", args=[sheet.reference])
        for who in ("clerk", "head", "secretary", "office", "leader", "inspector"):
            assert browser(cast.everyone()[who]).get(address).status_code == 200, (name, who)
        for who in ("sister_clerk", "outsider", "administrator", "department_clerk"):
            assert browser(cast.everyone()[who]).get(address).status_code == 404, (name, who)
        assert browser(cast.clerk).post(address).status_code == 405
        assert Client().get(address).status_code == 302


def test_the_record_shows_problems_suggestions_and_history(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    sheet = self_sheet(cast, campaign)
    text = browser(cast.clerk).get(reverse("problems:sheet", args=[sheet.reference])).content.decode()
    for words in ("临江街道自检1号-1", "发放名册未公示", "补充公示", "1个未销号", "2026-07-20"):
        assert words in text


def test_the_office_returns_and_the_unit_corrects(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    sheet = self_sheet(cast, campaign)
    address = reverse("problems:sheet_return", args=[sheet.reference])
    assert browser(cast.clerk).post(address, {"reason": "x"}).status_code == 403
    assert browser(cast.office).post(address, {"reason": " "}).status_code == 422
    assert browser(cast.sister_clerk).post(address, {"reason": "x"}).status_code == 404
    assert browser(cast.office).get(address).status_code == 405
    browser(cast.office).post(address, {"reason": "检查内容写得太简单"})
    client = browser(cast.clerk)
    page = client.get(reverse("problems:sheet", args=[sheet.reference])).content.decode()
    assert "检查内容写得太简单" in page and "更正后重新填报" in page
    correct = reverse("problems:sheet_correct", args=[sheet.reference])
    assert client.get(correct).status_code == 200
    data = {
        "inspected_on": "2026-06-08",
        "inspectors": "林晓禾",
        "method": "special",
        "content": "补贴发放全过程",
        "problem-1-text": "发放名册未按月公示",
        "problems-TOTAL_FORMS": 1,
        "problems-INITIAL_FORMS": 0,
        "problems-0-text": "签字不全",
        "problems-0-nature": "ordinary",
        "problems-0-term": "by_date",
    }
    assert client.post(correct, {**data, "content": ""}).status_code == 422
    assert client.post(correct, data).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.state, sheet.content, sheet.number) == ("filed", "补贴发放全过程", 1)
    assert list(Problem.objects.order_by("ordinal").values_list("text", flat=True)) == [
        "发放名册未按月公示",
        "签字不全",
    ]
    assert client.post(correct, data).status_code == 403  # filed again: nothing to correct


def test_only_a_returned_sheet_is_corrected(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    sheet = self_sheet(cast, campaign)
    assert (
        browser(cast.clerk).get(reverse("problems:sheet_correct", args=[sheet.reference])).status_code == 403
    )


def test_the_office_voids_with_a_reason(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    sheet = self_sheet(cast, campaign)
    address = reverse("problems:sheet_void", args=[sheet.reference])
    client = browser(cast.office)
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "重复填报"})
    assert Problem.objects.get().state == "void"
    assert "重复填报" in client.get(reverse("problems:sheet", args=[sheet.reference])).content.decode()
    assert client.post(address, {"reason": "再来一次"}).status_code == 403
    assert Event.objects.filter(kind="sheet.voided").count() == 1


def test_the_head_confirms_what_was_filed_on_behalf(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    sheet = self_sheet(cast, campaign, unit=cast.community)
    address = reverse("problems:sheet_confirm", args=[sheet.reference])
    assert browser(cast.clerk).post(address).status_code == 403
    assert browser(cast.head).post(address).status_code == 302
    sheet.refresh_from_db()
    assert sheet.confirmed_by == cast.head


def test_the_papers_hold_what_the_ledger_holds(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    problem = submitted(cast, campaign)
    actions.sign(problem=problem, by=cast.head)
    sheet = problem.sheet
    assert sheet is not None
    client = browser(cast.clerk)
    text = client.get(reverse("problems:sheet_paper", args=[sheet.reference])).content.decode()
    for words in ("开展专项治理工作检查台账", "编号：（自检1号）", "1. 发放名册未公示", "2026年7月20日"):
        assert words in text
    text = client.get(reverse("problems:rectification_paper", args=[sheet.reference])).content.decode()
    for words in ("编号：（临江街道自检1号）", "补充公示名册", "已完成整改", "林晓禾"):
        assert words in text


def test_differing_dates_and_a_void_problem_on_the_paper(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    browser(cast.clerk).post(reverse("problems:sheet_new"), entered(cast))
    sheet = Sheet.objects.get()
    address = reverse("problems:sheet_paper", args=[sheet.reference])
    text = browser(cast.clerk).get(address).content.decode()
    assert "1. 2026年7月20日；2. 2026年7月31日" in text and "1. 林晓禾；2. 陈立群" in text
    actions.void_problem(problem=Problem.objects.get(ordinal=1), reason="重复", by=cast.office)
    text = browser(cast.clerk).get(address).content.decode()
    assert "1. （已作废）" in text and "2. 代领签字不全" in text


def test_a_transferred_problem_has_a_rectification_sheet_of_its_unit(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    sheet = self_sheet(cast, campaign, problems=2)
    moved = Problem.objects.get(ordinal=2)
    actions.ask_transfer(problem=moved, to_unit=cast.department, reason="属水务", by=cast.clerk)
    actions.decide_transfer(problem=moved, approve=True, by=cast.office)
    text = (
        browser(cast.office)
        .get(reverse("problems:rectification_paper", args=[sheet.reference]))
        .content.decode()
    )
    assert "编号：（临江街道自检1号第2项）" in text and "填报单位（盖章）：区水务局" in text


@pytest.mark.parametrize(("name", "start"), [("paper", b"PK"), ("rectification", b"PK")])
def test_papers_as_files(cast: Cast, campaign: Campaign, browser: Browser, name: str, start: bytes) -> None:
    sheet = group_sheet(cast, campaign)
    client = browser(cast.inspector)
    for ending in ("xlsx", "docx"):
        answer = client.get(reverse("problems:paper_file", args=[sheet.reference, name, ending]))
        assert answer.content.startswith(start) and answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(reverse("problems:paper_file", args=[sheet.reference, name, "pdf"])).status_code == 404
    assert (
        browser(cast.department_clerk)
        .get(reverse("problems:paper_file", args=[sheet.reference, name, "xlsx"]))
        .status_code
        == 404
    )


def test_after_the_due_date_the_sheet_says_so(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    sheet = self_sheet(cast, campaign)
    with clock.on(date(2026, 7, 23)):
        text = browser(cast.clerk).get(reverse("problems:sheet", args=[sheet.reference])).content.decode()
    assert "逾期3天" in text
