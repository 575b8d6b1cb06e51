"""Rhythms become dates: small tables that a clerk can check against a calendar."""

from datetime import date

import pytest

from qingfeng.apps.work.campaigns.limits import find_limit
from qingfeng.apps.work.campaigns.models import DayOffRule
from qingfeng.apps.work.campaigns.periods import on_working_day, periods
from qingfeng.apps.work.campaigns.shifting import Shift
from qingfeng.calendars import WorkingDays, YearUnknown

FIRST, LAST = date(2026, 5, 11), date(2026, 12, 31)


def dues(every: str, first: date = FIRST, last: date = LAST, **given: int) -> list[str]:
    return [f"{period.due:%m-%d}" for period in periods({"every": every, **given}, first, last)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"every": "month", "day": 20},
            ["05-20", "06-20", "07-20", "08-20", "09-20", "10-20", "11-20", "12-20"],
        ),
        (
            {"every": "month", "day": -1},
            ["05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"],
        ),
        ({"every": "month", "day": 5}, ["06-05", "07-05", "08-05", "09-05", "10-05", "11-05", "12-05"]),
        ({"every": "quarter", "day": 28, "month_of_period": 3}, ["06-28", "09-28", "12-28"]),
        ({"every": "quarter"}, ["06-30", "09-30", "12-31"]),
        ({"every": "quarter", "day": 31, "month_of_period": 2}, ["05-31", "08-31", "11-30"]),
        ({"every": "half_year", "day": 10, "month_of_period": 1}, ["07-10"]),
        ({"every": "year"}, ["12-31"]),
    ],
)
def test_each_rhythm_of_months_falls_due_on_its_day(given: dict, expected: list[str]) -> None:
    assert dues(**given) == expected


def test_weeks_run_from_monday_and_the_last_one_ends_with_the_span() -> None:
    assert dues("week", date(2026, 5, 21), date(2026, 6, 10)) == ["05-24", "05-31", "06-07", "06-10"]


def test_a_weekday_is_the_day_of_each_week() -> None:
    assert dues("week", date(2026, 5, 21), date(2026, 6, 10), weekday=5) == ["05-22", "05-29", "06-05"]


def test_a_fortnight_ends_after_two_weeks() -> None:
    assert dues("two_weeks", date(2026, 5, 11), date(2026, 6, 12), weekday=5) == ["05-22", "06-05"]


def test_ten_day_periods_end_on_the_tenth_the_twentieth_and_the_month_end() -> None:
    assert dues("ten_days", date(2026, 5, 15), date(2026, 6, 10)) == ["05-20", "05-31", "06-10"]


def test_no_period_begins_before_the_span_or_ends_after_it() -> None:
    first, *_, last = periods({"every": "month", "day": 20}, FIRST, LAST)
    assert (first.start, last.end) == (FIRST, LAST)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (DayOffRule.KEEP, date(2026, 6, 20)),
        (DayOffRule.BEFORE, date(2026, 6, 18)),
        (DayOffRule.AFTER, date(2026, 6, 22)),
    ],
)
def test_a_date_on_a_day_off_moves_by_the_rule(rule: str, expected: date) -> None:
    assert (
        on_working_day(date(2026, 6, 20), rule, WorkingDays()) == expected
    )  # the Dragon Boat festival, a Saturday


def test_a_year_without_data_is_refused_only_where_the_rule_needs_it() -> None:
    assert on_working_day(date(2091, 6, 20), DayOffRule.KEEP, WorkingDays()) == date(2091, 6, 20)
    with pytest.raises(YearUnknown):
        on_working_day(date(2091, 6, 20), DayOffRule.AFTER, WorkingDays())


@pytest.mark.parametrize(
    ("old", "new", "day", "expected"),
    [
        ((2017, 5, 11), (2026, 5, 11), (2017, 5, 25), (2026, 5, 25)),
        ((2017, 5, 11), (2026, 3, 11), (2017, 6, 30), (2026, 4, 30)),
        ((2017, 5, 11), (2026, 6, 11), (2017, 6, 30), (2026, 7, 31)),
        ((2017, 5, 11), (2026, 5, 12), (2017, 5, 25), (2026, 5, 26)),
        ((2023, 3, 1), (2024, 3, 1), (2024, 2, 29), (2025, 2, 28)),
    ],
)
def test_a_plan_moves_by_months_where_it_can_else_by_days(
    old: tuple, new: tuple, day: tuple, expected: tuple
) -> None:
    assert Shift.between(date(*old), date(*new)).of(date(*day)) == date(*expected)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("收到整改通知之日起30日内", date(2026, 10, 30)),
        ("收到群众举报后，应当在１５日内", date(2026, 10, 15)),
        ("接到交办函后5个工作日内", date(2026, 10, 13)),
        ("谈话结束后一个月内", date(2026, 10, 30)),
        ("发现问题后二十四小时内", None),
        ("当天", date(2026, 9, 30)),
        ("会议结束后三天内", date(2026, 10, 3)),
    ],
)
def test_limits_in_days_are_calendar_days_and_working_days_skip_the_holiday(
    words: str, expected: date | None
) -> None:
    limit = find_limit(words)
    if expected is None:
        assert limit is not None and limit.end(date(2026, 9, 30), WorkingDays()) == date(2026, 10, 1)
    else:
        assert limit is not None and limit.end(date(2026, 9, 30), WorkingDays()) == expected


def test_a_trigger_without_a_limit_names_none() -> None:
    assert find_limit("收到整改通知后及时办理") is None
