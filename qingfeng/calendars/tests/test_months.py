"""Spec tests of ten-day periods and month arithmetic."""

from datetime import date

import pytest

from qingfeng.calendars import TenDayPeriod, add_months, month_end, ten_day_period


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (TenDayPeriod.FIRST, date(2024, 2, 1), date(2024, 2, 10)),
        (TenDayPeriod.SECOND, date(2024, 2, 11), date(2024, 2, 20)),
        (TenDayPeriod.LAST, date(2024, 2, 21), date(2024, 2, 29)),
    ],
)
def test_a_ten_day_period_has_its_first_and_last_day(period: TenDayPeriod, first: date, last: date) -> None:
    assert (period.first_day(2024, 2), period.last_day(2024, 2)) == (first, last)
    assert ten_day_period(first) is ten_day_period(last) is period


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


def test_month_end_knows_leap_years() -> None:
    assert month_end(2100, 2) == date(2100, 2, 28)
    assert month_end(2000, 2) == date(2000, 2, 29)
