"""The reporting month and its cut-off day."""

from __future__ import annotations

from datetime import date

import pytest

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.returns.periods import check_month, month_named, month_of, months_until, read_month

NAMED = date(2026, 6, 1)


def campaign(cut_off_day: int = 31) -> Campaign:
    return Campaign(cut_off_day=cut_off_day, starts_on=date(2026, 5, 11), ends_on=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("cut_off_day", "name", "start", "end"),
    [
        (31, date(2026, 6, 1), date(2026, 6, 1), date(2026, 6, 30)),
        (31, date(2026, 7, 1), date(2026, 7, 1), date(2026, 7, 31)),
        (20, date(2026, 6, 1), date(2026, 5, 21), date(2026, 6, 20)),
        (20, date(2026, 1, 1), date(2025, 12, 21), date(2026, 1, 20)),
        (30, date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 30)),
        (30, date(2026, 4, 1), date(2026, 3, 31), date(2026, 4, 30)),
    ],
)
def test_a_month_ends_on_the_cut_off_day(cut_off_day: int, name: date, start: date, end: date) -> None:
    month = month_named(campaign(cut_off_day), name)
    assert (month.start, month.end) == (start, end)


def test_every_day_lies_in_exactly_one_month() -> None:
    for cut_off_day in (1, 15, 20, 28, 29, 30, 31):
        running = campaign(cut_off_day)
        for ordinal in range(date(2024, 1, 1).toordinal(), date(2025, 3, 5).toordinal()):
            day = date.fromordinal(ordinal)
            month = month_of(running, day)
            assert month.start <= day <= month.end
            assert month == month_named(running, month.name)


def test_the_months_of_the_campaign_run_from_its_start_to_today() -> None:
    assert [str(month) for month in months_until(campaign(), date(2026, 7, 3))] == [
        "2026-07",
        "2026-06",
        "2026-05",
    ]
    assert [str(month) for month in months_until(campaign(20), date(2026, 6, 21))] == [
        "2026-07",
        "2026-06",
        "2026-05",
    ]


def test_a_month_that_has_not_begun_is_bad_input() -> None:
    with clock.on(date(2026, 6, 30)), pytest.raises(BadInput, match="还没有到"):
        check_month(campaign(), month_named(campaign(), date(2026, 7, 1)))


@pytest.mark.parametrize("name", [date(2026, 4, 1), date(2027, 1, 1)])
def test_a_month_outside_the_campaign_is_bad_input(name: date) -> None:
    with clock.on(date(2027, 3, 1)), pytest.raises(BadInput, match="不在专项治理期间"):
        check_month(campaign(), month_named(campaign(), name))


def test_a_month_is_written_as_year_and_month() -> None:
    assert read_month(" 2026-06 ") == NAMED
    for wrong in ("2026-6", "2026-13", "六月", "", "2026-06-01"):
        with pytest.raises(BadInput, match="请写成"):
            read_month(wrong)
