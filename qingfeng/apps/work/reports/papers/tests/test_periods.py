"""Periods of papers: by the campaign's reporting months, offered from the newest, each as it is written."""

from __future__ import annotations

from datetime import date

import pytest

from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.reports.papers.periods import (
    HALF,
    MONTH,
    QUARTER,
    STAGE,
    WRITTEN,
    YEAR,
    latest,
    months_in,
    offered,
    read_period,
)
from tests.cast import TODAY, Cast, make_campaign

ALL = (MONTH, QUARTER, HALF, YEAR, STAGE)


def test_every_kind_is_read_as_it_is_written_and_offered(campaign: Campaign) -> None:
    for kind in ALL:
        assert read_period(campaign, WRITTEN[kind].lower(), (kind,)).kind == kind
        assert latest(campaign, (kind,), TODAY).code in {
            one.code for one in offered(campaign, (kind,), TODAY)
        }
    codes = [one.code for one in offered(campaign, ALL, TODAY)]
    assert codes == ["2026-06", "2026-05", "2026-Q2", "2026-H1", "2026", "S2", "S1"]


@pytest.mark.parametrize(
    ("code", "first", "last", "words"),
    [
        ("2026-06", date(2026, 5, 26), date(2026, 6, 25), "2026年6月"),
        ("2026-Q2", date(2026, 3, 26), date(2026, 6, 25), "2026年第二季度"),
        ("2026-H2", date(2026, 6, 26), date(2026, 12, 25), "2026年下半年"),
        ("2026", date(2025, 12, 26), date(2026, 12, 25), "2026年"),
        ("S2", date(2026, 5, 21), date(2026, 6, 30), "自查自纠阶段"),
    ],
)
def test_months_are_those_of_the_cut_off_day(
    cast: Cast, code: str, first: date, last: date, words: str
) -> None:
    period = read_period(make_campaign(cast, cut_off_day=25), code, ALL)
    assert (period.start, period.end, period.words, period.label) == (first, last, words, words)


def test_a_period_knows_its_months(campaign: Campaign) -> None:
    months = months_in(campaign, read_period(campaign, "2026-Q2", (QUARTER,)))
    assert [str(month) for month in months] == ["2026-04", "2026-05", "2026-06"]
