"""The pages of the reports: the leader's page, the page of a figure, and who sees none of it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.reports.figures import FIGURES, LISTINGS, RATES
from qingfeng.apps.work.returns.tests.story import close_out, file_sheet
from tests.cast import Cast
from tests.environment.kept import kept


@pytest.fixture
@kept
def ledgers(cast: Cast, campaign: Campaign) -> None:
    first, _second = file_sheet(cast, campaign, date(2026, 6, 8), problems_found=2, text="名册未公示")
    close_out(cast, first)
    file_sheet(
        cast, campaign, date(2026, 6, 1), unit=cast.street, text="逾期的问题", due_date=date(2026, 6, 5)
    )


def page(user: User, address: str, status: int = 200) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


@pytest.mark.parametrize("name", ["leader", "office", "auditor", "clerk", "head", "inspector"])
def test_whoever_sees_the_ledgers_sees_the_report(
    cast: Cast, campaign: Campaign, ledgers: None, name: str
) -> None:
    html = page(getattr(cast, name), reverse("reports:overview"))
    assert "整改到哪一步了" in html and "逾期5天" in html and "统计到2026-06-10" in html


@pytest.mark.parametrize("name", ["administrator", "outsider"])
def test_without_a_ledger_role_there_is_no_report(
    cast: Cast, campaign: Campaign, ledgers: None, name: str
) -> None:
    for address in (reverse("reports:overview"), reverse("reports:figure", args=["found"])):
        assert "没有找到" in page(getattr(cast, name), address, 404)


def test_a_sister_unit_sees_zeros(cast: Cast, campaign: Campaign, ledgers: None) -> None:
    html = page(cast.sister_clerk, reverse("reports:overview"))
    assert "临江街道" not in html and "还没有问题" in html


def test_pages_are_read_only(cast: Cast, campaign: Campaign) -> None:
    client = Client()
    client.force_login(cast.leader)
    assert client.post(reverse("reports:overview")).status_code == 405
    assert client.post(reverse("reports:figure", args=["found"])).status_code == 405


@pytest.mark.parametrize("key", [*FIGURES, *RATES, *LISTINGS])
def test_every_figure_opens(cast: Cast, campaign: Campaign, ledgers: None, key: str) -> None:
    rule = (FIGURES.get(key) or RATES.get(key) or LISTINGS[key]).counting_rule
    assert str(rule) in page(cast.leader, reverse("reports:figure", args=[key]))


def test_an_unknown_figure_is_not_there(cast: Cast, campaign: Campaign) -> None:
    assert "没有找到" in page(cast.leader, reverse("reports:figure", args=["none"]), 404)


def test_a_figure_opens_for_one_unit_with_what_is_below_it(
    cast: Cast, campaign: Campaign, ledgers: None
) -> None:
    address = reverse("reports:figure", args=["found"])
    assert "发现问题 3个" in page(cast.leader, f"{address}?unit={cast.street.code}")
    assert "发现问题 2个" in page(cast.leader, f"{address}?unit={cast.community.code}")
    assert "发现问题 0个" in page(cast.leader, f"{address}?unit={cast.sister.code}")
    assert "发现问题 3个" in page(cast.leader, f"{address}?category=0")


def test_a_rate_opens_its_whole_and_its_part(cast: Cast, campaign: Campaign, ledgers: None) -> None:
    address = reverse("reports:figure", args=["close_out_rate"])
    assert "销号率 33.3%" in page(cast.leader, address)
    part = page(cast.leader, f"{address}?view=part")
    assert "销号率 33.3%" in part and "逾期的问题" not in part and "共1条" in part
    assert "共2条" in page(cast.leader, f"{address}?view=rest")


def test_units_are_sorted_by_the_figure_asked_for(cast: Cast, campaign: Campaign, ledgers: None) -> None:
    for sort in ("found", "close_out_rate", "nonsense"):
        assert "临江街道" in page(cast.leader, f"{reverse('reports:overview')}?sort={sort}")


def test_the_table_of_units_goes_out_as_excel(cast: Cast, campaign: Campaign, ledgers: None) -> None:
    client = Client()
    client.force_login(cast.leader)
    content = client.get(f"{reverse('reports:overview')}?export=xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1][:4] == ["单位", "发现问题", "已销号", "销号率"]
    assert rows[2][:4] == ["临江街道", 3.0, 1.0, "33.3%"]
    assert str(rows[-1][0]).startswith("统计到2026-06-10。口径：")
