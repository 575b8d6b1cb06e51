"""Added columns on the pages: entry, correction, registration, record, phone, filled in later."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections import actions as inspections
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.models import ExtraValue, Origin, Problem
from qingfeng.apps.work.problems.tests.columns import add, one_of_each
from qingfeng.apps.work.problems.tests.conftest import Browser
from qingfeng.apps.work.problems.tests.story import self_sheet
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_frame")]


def rows(prefix: str, *forms: dict[str, Any]) -> dict[str, Any]:
    counted = {f"{prefix}-TOTAL_FORMS": len(forms), f"{prefix}-INITIAL_FORMS": 0}
    return counted | {
        f"{prefix}-{number}-{name}": value
        for number, form in enumerate(forms)
        for name, value in form.items()
    }


def sheet_data(cast: Cast, *problems: dict[str, Any], **boxes: Any) -> dict[str, Any]:
    return {
        "token": "a-trial-0001",
        "body": f"unit:{cast.street.pk}",
        "kind": "self_inspection",
        "filled_on": "2026-06-09",
        "inspected_on": "2026-06-08",
        "inspected_unit": cast.street.name,
        "inspectors": "林晓禾",
        "method": "ordinary",
        "content": "惠民补贴",
        **boxes,
        **rows("problems", *problems),
        **rows("suggestions"),
    }


def test_a_sheet_is_filed_with_them(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    columns, of_sheet = one_of_each(cast, campaign), add(cast, campaign, "number", "sheet")
    page = browser(cast.clerk).get(reverse("problems:sheet_new")).content.decode()
    assert all(column.name in page for column in columns.values())
    assert 'id="added_units"' in page
    code = {kind: column.code for kind, column in columns.items()}
    problem = {
        "text": "名册未公示",
        code["choice"]: "低保",
        code["unit"]: cast.sister.short_name,
        code["date"]: "2026.6.1",
    }
    answer = browser(cast.clerk).post(
        reverse("problems:sheet_new"), sheet_data(cast, problem, {"text": ""}, **{of_sheet.code: "3"})
    )
    assert answer.status_code == 302, answer.content.decode()
    assert sorted(ExtraValue.objects.values_list("column__code", flat=True)) == sorted(
        [code["choice"], code["unit"], code["date"], of_sheet.code]
    )


def test_a_wrong_or_missing_value_stands_at_its_box(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    number, wanted = add(cast, campaign, "number"), add(cast, campaign, "choice", required=True)
    answer = browser(cast.clerk).post(
        reverse("problems:sheet_new"), sheet_data(cast, {"text": "名册未公示", number.code: "约十亩"})
    )
    assert answer.status_code == 422
    errors = answer.context["problems"].forms[0].errors
    assert errors[number.code] == ["“涉及耕地（亩）”的“约十亩”不是数字，请只写数字，如12.5。"]
    assert wanted.code in errors
    assert 'value="约十亩"' in answer.content.decode()
    assert not Sheet.objects.exists()


def test_a_problem_without_a_sheet_has_them_too(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    column = add(cast, campaign, "text", required=True)
    data = {
        "token": "a-trial-0002",
        "body": f"unit:{cast.street.pk}",
        "origin": Origin.objects.get(campaign=campaign, slug="assigned").pk,
        "found_on": "2026-06-08",
        "lead_unit": cast.street.name,
        "text": "名册未公示",
    }
    refused = browser(cast.clerk).post(reverse("problems:register"), data)
    assert refused.status_code == 422
    answer = browser(cast.clerk).post(reverse("problems:register"), {**data, column.code: "三组"})
    assert answer.status_code == 302, answer.content.decode()
    assert ExtraValue.objects.get().text == "三组"


def test_the_record_shows_them_and_leads_to_where_they_are_filled_in(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    column, of_sheet = add(cast, campaign, "number"), add(cast, campaign, "date", "sheet")
    sheet = self_sheet(cast, campaign)
    problem = Problem.objects.get()
    for name, record, asked, words, shown in (
        ("problem", problem, column, "12.50", "12.5"),
        ("sheet", sheet, of_sheet, "2026-06-01", "2026-06-01</dd>"),
    ):
        record_page = reverse(f"problems:{name}", args=[record.reference])
        fill_page = reverse(f"problems:{name}_columns", args=[record.reference])
        assert fill_page in browser(cast.clerk).get(record_page).content.decode()
        assert fill_page not in browser(cast.leader).get(record_page).content.decode()
        assert asked.name in browser(cast.clerk).get(fill_page).content.decode()
        answer = browser(cast.clerk).post(fill_page, {asked.code: words}, follow=True)
        assert shown in answer.content.decode()
        assert browser(cast.leader).get(fill_page).status_code == 403
        assert browser(cast.sister_clerk).get(fill_page).status_code == 404
        wrong = browser(cast.clerk).post(fill_page, {asked.code: "xx"})
        assert wrong.status_code == 422


def test_a_page_without_columns_says_so(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    self_sheet(cast, campaign)
    address = reverse("problems:problem_columns", args=[Problem.objects.get().reference])
    assert "没有要填的" in browser(cast.clerk).get(address).content.decode()


def test_a_returned_sheet_is_corrected_with_them(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    sheet = self_sheet(cast, campaign)
    column, of_sheet = add(cast, campaign, "choice"), add(cast, campaign, "text", "sheet")
    inspections.return_sheet(sheet=sheet, reason="缺栏目", by=cast.office)
    data = {
        "inspected_on": "2026-06-08",
        "inspectors": sheet.inspectors,
        "method": sheet.method,
        "content": sheet.content,
        of_sheet.code: "甲村",
        "problem-1-text": "名册仍未公示",
        f"problem-1-{column.code}": "特困",
        **rows("problems"),
    }
    answer = browser(cast.clerk).post(reverse("problems:sheet_correct", args=[sheet.reference]), data)
    assert answer.status_code == 302, answer.content.decode()
    assert sorted(ExtraValue.objects.values_list("text", flat=True)) == ["特困", "甲村"]
    assert Problem.objects.get().text == "名册仍未公示"


def test_the_phone_knows_them_and_sends_them(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    column, of_sheet = add(cast, campaign, "choice", required=True), add(cast, campaign, "unit", "sheet")
    known = browser(cast.clerk).get(reverse("problems:field_known")).json()
    assert known["columns"]["problem"] == [
        {
            "code": column.code,
            "name": "困难类型",
            "kind": "choice",
            "choices": ["低保", "特困", "其他"],
            "required": True,
        }
    ]
    sent = sheet_data(cast, {"text": "名册未公示"})
    refused = browser(cast.clerk).post(reverse("problems:field_send"), sent)
    assert any("困难类型" in reason for reason in refused.json()["reasons"])
    whole = sheet_data(cast, {"text": "名册未公示", column.code: "低保"}, **{of_sheet.code: cast.street.code})
    answer = browser(cast.clerk).post(reverse("problems:field_send"), whole)
    assert answer.status_code == 200, answer.content.decode()
    assert ExtraValue.objects.get(column=of_sheet).unit == cast.street
