"""The pages of the monthly form: each works, refuses the wrong method, and shows nothing to whoever is out of reach."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.actions import create, recording
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.models import Recusal
from qingfeng.apps.work.returns.links import duty_links
from qingfeng.apps.work.returns.models import MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.tests.story import (
    JULY,
    MAY,
    file_sheet,
    handed_in,
    owe_monthly_form,
    prepared,
    signed,
)
from tests.cast import Cast

As = Callable[[User], Client]


@pytest.fixture
def as_user(campaign: Campaign) -> As:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def page(form: MonthlyReturn, name: str = "return", *more: str) -> str:
    return reverse(f"returns:{name}", args=[form.pk, *more])


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_clerk_sees_the_months_of_the_own_unit(as_user: As, cast: Cast, campaign: Campaign) -> None:
    owe_monthly_form(cast, campaign)
    html = text_of(as_user(cast.clerk), reverse("returns:list"))
    assert "2026-06" in html and "2026-05" in html and "去编制" in html
    assert "望山街道" not in html


def test_the_office_sees_units_and_months_at_a_glance(as_user: As, cast: Cast, campaign: Campaign) -> None:
    handed_in(cast, campaign)
    html = text_of(as_user(cast.office), reverse("returns:list"))
    assert "临江街道" in html and "望山街道" in html and "已报送" in html and "2026-06-10" in html


def test_the_list_costs_the_same_for_many_units(
    as_user: As, cast: Cast, campaign: Campaign, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = as_user(cast.office)
    client.get(reverse("returns:list"))
    with django_assert_max_num_queries(45):  # type: ignore[attr-defined]
        client.get(reverse("returns:list"))


def test_preparing_leads_to_the_form(as_user: As, cast: Cast, campaign: Campaign) -> None:
    address = reverse("returns:monthly", args=[cast.street.code, "2026-06"])
    client = as_user(cast.clerk)
    assert "编制月报表" in text_of(client, address)
    html = client.post(address, follow=True).content.decode()
    assert "开展专项治理工作月报表" in html and "已从台账生成月报表" in html
    assert text_of(client, address).count("<h1>") >= 1


def test_who_may_not_prepare_is_told_why(as_user: As, cast: Cast, campaign: Campaign) -> None:
    address = reverse("returns:monthly", args=[cast.street.code, "2026-06"])
    html = text_of(as_user(cast.leader), address)
    assert "您不能编制这张表：您不是临江街道的经办人或负责人" in html
    assert as_user(cast.leader).post(address).status_code == 403


@pytest.mark.parametrize(("month", "status"), [("2026-13", 422), ("2026-07", 422), ("2026-01", 422)])
def test_a_wrong_month_is_said_in_words(
    as_user: As, cast: Cast, campaign: Campaign, month: str, status: int
) -> None:
    answer = as_user(cast.clerk).get(reverse("returns:monthly", args=[cast.street.code, month]))
    assert answer.status_code == status


def test_the_form_of_a_sister_unit_is_not_there(as_user: As, cast: Cast, campaign: Campaign) -> None:
    form = prepared(cast, campaign)
    client = as_user(cast.sister_clerk)
    for address in (
        page(form),
        page(form, "download", "xlsx"),
        page(form, "words", cast.street.code, "problems"),
        page(form, "row_figures", cast.street.code, "found"),
        reverse("returns:monthly", args=[cast.street.code, "2026-06"]),
    ):
        assert client.get(address).status_code == 404
    assert client.post(page(form, "move", "sign")).status_code == 404


def test_figures_are_links_and_boxes_can_be_worded(as_user: As, cast: Cast, campaign: Campaign) -> None:
    file_sheet(cast, campaign, date(2026, 6, 8))
    form = prepared(cast, campaign)
    html = text_of(as_user(cast.clerk), page(form))
    assert f'href="{page(form, "row_figures", cast.community.code, "found")}"' in html
    assert f'href="{page(form, "words", cast.community.code, "problems")}"' in html
    assert "由临江街道的负责人签字" in html and "月报表须先由单位负责人签字" in html
    read_only = text_of(as_user(cast.office), page(form))
    assert "改文字" not in read_only and "2026年" not in read_only.split("填报时间")[1][:20]


def test_words_are_saved_or_the_reason_stands_at_the_field(
    as_user: As, cast: Cast, campaign: Campaign
) -> None:
    form = prepared(cast, campaign)
    client, address = as_user(cast.clerk), page(form, "words", cast.street.code, "inspections")
    assert "{检查次数}" in text_of(client, address)
    wrong = client.post(address, {"text": "检查{总数}次"})
    assert wrong.status_code == 422 and "没有“{总数}”这个数字标记" in wrong.content.decode()
    assert "检查{总数}次" in wrong.content.decode()
    assert "文字已保存" in client.post(address, {"text": "检查{检查次数}次。"}, follow=True).content.decode()
    client.post(address, {"text": "", "standard": "1"})
    assert MonthlyReturn.objects.get(pk=form.pk).words == {str(cast.street.pk): {}}


def test_words_are_not_offered_after_the_signature(as_user: As, cast: Cast, campaign: Campaign) -> None:
    form = signed(cast, campaign)
    answer = as_user(cast.clerk).get(page(form, "words", cast.street.code, "inspections"))
    assert answer.status_code == 403


def test_a_figure_opens_its_rows_with_the_late_ones_marked(
    as_user: As, cast: Cast, campaign: Campaign
) -> None:
    handed_in(cast, campaign, MAY)
    file_sheet(cast, campaign, date(2026, 5, 30), text="五月漏报的问题")
    file_sheet(cast, campaign, date(2026, 6, 8), text="六月的问题")
    form = prepared(cast, campaign)
    html = text_of(as_user(cast.clerk), page(form, "row_figures", cast.community.code, "found"))
    assert "五月漏报的问题" in html and "六月的问题" in html and "其中补报1条" in html
    assert "按发现日期计" in html and "统计到2026-06-10" in html


@pytest.mark.parametrize(
    "figure", ["sheets", "found", "sum_involved", "closed_out", "meetings", "activities", "commitments"]
)
def test_every_kind_of_figure_opens(as_user: As, cast: Cast, campaign: Campaign, figure: str) -> None:
    file_sheet(cast, campaign, date(2026, 6, 8))
    form = prepared(cast, campaign)
    assert "柳荫社区" in text_of(as_user(cast.clerk), page(form, "row_figures", cast.community.code, figure))


def test_an_unknown_figure_box_column_or_verb_is_not_there(
    as_user: As, cast: Cast, campaign: Campaign
) -> None:
    form = prepared(cast, campaign)
    client = as_user(cast.clerk)
    for address in (
        page(form, "row_figures", cast.street.code, "none"),
        page(form, "words", cast.street.code, "none"),
        page(form, "row_figures", "000", "found"),
        page(form, "download", "pdf"),
    ):
        assert client.get(address).status_code == 404
    assert client.post(page(form, "move", "burn")).status_code == 404


def test_a_recused_person_does_not_see_the_problem_behind_the_figure(
    as_user: As, cast: Cast, campaign: Campaign
) -> None:
    problem = file_sheet(cast, campaign, date(2026, 6, 8), text="回避的问题")[0]
    form = prepared(cast, campaign)
    with recording():
        create(
            Recusal(
                campaign=campaign,
                problem=problem,
                person=cast.clerk.person,
                reason="亲属",
                declared_at=timezone.now(),
                declared_by=cast.office,
            ),
            by=cast.office,
            kind="recusal.declared",
        )
    html = text_of(as_user(cast.clerk), page(form, "row_figures", cast.community.code, "found"))
    assert "回避的问题" not in html and "您不能查看的记录不列出" in html


def test_head_signs_and_clerk_hands_in_on_the_page(as_user: As, cast: Cast, campaign: Campaign) -> None:
    form = prepared(cast, campaign)
    assert as_user(cast.clerk).post(page(form, "move", "sign")).status_code == 403
    assert "已签字" in as_user(cast.head).post(page(form, "move", "sign"), follow=True).content.decode()
    html = as_user(cast.clerk).post(page(form, "move", "hand_in"), follow=True).content.decode()
    assert "已报送" in html and "填报时间：2026年6月10日" in html
    assert MonthlyReturn.objects.get(pk=form.pk).state == ReturnState.HANDED_IN


def test_moves_are_posts(as_user: As, cast: Cast, campaign: Campaign) -> None:
    form = prepared(cast, campaign)
    assert as_user(cast.head).get(page(form, "move", "sign")).status_code == 405


def test_taking_back_and_correcting_ask_for_the_reason(as_user: As, cast: Cast, campaign: Campaign) -> None:
    form = signed(cast, campaign)
    head, clerk = as_user(cast.head), as_user(cast.clerk)
    assert head.post(page(form, "move", "take_back"), {"reason": ""}).status_code == 422
    head.post(page(form, "move", "take_back"), {"reason": "文字要改"})
    head.post(page(form, "move", "sign"))
    clerk.post(page(form, "move", "hand_in"))
    html = clerk.post(page(form, "move", "correct"), {"reason": "漏计一次检查"}, follow=True).content.decode()
    assert "第2版" in html and "漏计一次检查" in html and "已被更正" in html


@pytest.mark.slow
def test_the_files_say_what_the_page_says(as_user: As, cast: Cast, campaign: Campaign) -> None:
    file_sheet(cast, campaign, date(2026, 6, 8), problems_found=2)
    form = handed_in(cast, campaign)
    answer = as_user(cast.office).get(page(form, "download", "xlsx"))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[2][1] == "柳荫社区" and str(rows[4][1]).startswith("发现问题2个")
    assert "%E4%B8%B4%E6%B1%9F" in answer["Content-Disposition"]
    assert as_user(cast.office).get(page(form, "download", "docx")).content[:2] == b"PK"


def test_late_entries_are_told_on_the_paper(as_user: As, cast: Cast, campaign: Campaign) -> None:
    handed_in(cast, campaign)
    file_sheet(cast, campaign, date(2026, 6, 9))
    with clock.on(date(2026, 7, 5)):
        html = text_of(as_user(cast.clerk), page(prepared(cast, campaign, JULY)))
    assert "（其中补报：检查次数1次）" in html and "（其中补报：发现问题1个）" in html


def test_the_duty_of_the_monthly_form_leads_to_the_form(cast: Cast, campaign: Campaign) -> None:
    duty = owe_monthly_form(cast, campaign)
    assert duty_links(cast.clerk, duty) == [("办理月报表", f"/returns/{cast.street.code}/2026-06/")]
    duty.obligation.is_monthly_form = False
    assert duty_links(cast.clerk, duty) == []
