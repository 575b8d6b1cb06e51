"""The charts: every number is the number of rows that its address opens, whatever is chosen."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign, ContentCategory, Stage
from qingfeng.apps.work.problems import actions as problems
from qingfeng.apps.work.reports.charts import CHARTS, Table, sums
from qingfeng.apps.work.reports.scope import Scope
from qingfeng.apps.work.returns.tests.story import close_out, file_sheet
from tests.cast import TODAY, Cast
from tests.environment.kept import kept

OF_PROBLEMS = ("states", "contents", "ages", "weeks")


@pytest.fixture
@kept
def ledgers(cast: Cast, campaign: Campaign) -> None:
    """One struck off, one overdue, one void, one with a content, over several weeks."""
    content = ContentCategory.objects.get(campaign=campaign, number=1)
    with clock.on(date(2026, 5, 20)):
        closed, void = (
            file_sheet(cast, campaign, date(2026, 5, 20), text=text, due_date=date(2026, 5, 28))[0]
            for text in ("销号的", "作废的")
        )
        problems.void_problem(problem=void, reason="重复登记", by=cast.office)
    close_out(cast, closed)
    file_sheet(cast, campaign, date(2026, 3, 2), text="逾期的", due_date=date(2026, 6, 5))
    file_sheet(cast, campaign, date(2026, 6, 8), unit=cast.street, text="新的", category=content)


def scope(cast: Cast, campaign: Campaign, **chosen: object) -> Scope:
    return Scope(cast.leader, campaign, TODAY, **chosen)  # type: ignore[arg-type]


def signed_in(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.leader)
    return client


def numbers(table: Table) -> dict[str, list[int]]:
    return {line.name: [cell.value for cell in line.cells if cell] for line in table.lines}


def test_states_ages_and_weeks_count_what_their_rules_say(
    cast: Cast, campaign: Campaign, ledgers: None
) -> None:
    seen = {key: numbers(CHARTS[key].table(scope(cast, campaign))) for key in OF_PROBLEMS}
    assert seen["states"]["已销号"] == [1] and sum(sum(line) for line in seen["states"].values()) == 3
    assert seen["ages"] == {
        "0至7天": [1, 0],
        "8至30天": [0, 0],
        "31至60天": [0, 0],
        "61至90天": [0, 0],
        "90天以上": [0, 1],
    }
    assert seen["weeks"]["2026-03-02"] == [1, 0] and seen["weeks"]["2026-05-18"][0] == 1
    assert len(seen["weeks"]) == 15 and sums(CHARTS["weeks"].table(scope(cast, campaign))) == [3, 1]
    assert sum(seen["contents"]["惠民资金发放"]) == 1 and sum(seen["contents"]["未归类"]) == 2


@pytest.mark.parametrize("key", OF_PROBLEMS)
def test_every_number_opens_as_many_rows(cast: Cast, campaign: Campaign, ledgers: None, key: str) -> None:
    client = signed_in(cast)
    stage = Stage.objects.filter(campaign=campaign).first()
    for chosen in ({}, {"unit": cast.street, "stage": stage}, {"content": "1"}):
        for line in CHARTS[key].table(scope(cast, campaign, **chosen)).lines:
            for cell in line.cells:
                if cell and cell.value:
                    assert client.get(cell.href).context["ledger"].total == cell.value, cell.href


def test_duties_by_stage_open_as_many_rows(cast: Cast, campaign: Campaign) -> None:
    client = signed_in(cast)
    for line in CHARTS["stages"].table(scope(cast, campaign)).lines:
        for cell in line.cells:
            if cell and cell.value:
                assert client.get(cell.href).context["ledger"].total == cell.value, cell.href


@pytest.mark.parametrize("key", [*CHARTS])
def test_a_chart_has_its_question_its_rule_and_its_table(
    cast: Cast, campaign: Campaign, ledgers: None, key: str
) -> None:
    client, chart = signed_in(cast), CHARTS[key]
    answer = client.get(reverse(f"reports:{key}"))
    text = answer.content.decode()
    assert answer.status_code == 200 and str(chart.question) in text and str(chart.rule) in text
    assert "统计到2026-06-10" in text and "style=" not in text.split("<main", 1)[1]
    assert client.post(reverse(f"reports:{key}")).status_code == 405
    narrowed = client.get(
        reverse(f"reports:{key}"), {"unit": cast.street.code, "category": "1", "stage": "x"}
    )
    assert narrowed.context["scope"].unit == cast.street and narrowed.context["scope"].stage is None
    stranger = Client()
    stranger.force_login(cast.outsider)
    assert stranger.get(reverse(f"reports:{key}")).status_code == 404


def test_a_unit_out_of_reach_is_not_chosen(cast: Cast, campaign: Campaign, ledgers: None) -> None:
    client = Client()
    client.force_login(cast.sister_clerk)
    answer = client.get(reverse("reports:states"), {"unit": cast.street.code})
    assert answer.context["scope"].unit is None and answer.context["table"].is_empty


def test_the_table_of_a_chart_goes_out_as_excel_and_csv(
    cast: Cast, campaign: Campaign, ledgers: None
) -> None:
    client, address = signed_in(cast), reverse("reports:ages")
    content = client.get(address, {"export": "xlsx", "unit": cast.street.code}).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert ["90天以上", 0.0, 1.0] in [row[:3] for row in rows]
    assert str(rows[-1][0]).startswith("范围：临江街道。统计到2026-06-10。口径：")
    text = client.get(address, {"export": "csv"}).content.decode("utf-8-sig")
    assert "发现以来,期内,逾期" in text and "90天以上,0,1" in text
