"""Spec tests of the working-day calendar, checked against the State Council's published notices."""

from datetime import date

import pytest

from qingfeng.calendars import WorkingDays, YearTable, YearUnknown

DAYS = WorkingDays()


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 3, 5), True),  # a plain Thursday
        (date(2026, 3, 7), False),  # a plain Saturday
        (date(2017, 5, 27), True),  # a Saturday worked for the Dragon Boat festival
        (date(2017, 5, 29), False),
        (date(2017, 10, 8), False),
        (date(2026, 2, 28), True),  # a Saturday worked for the Spring Festival
    ],
)
def test_a_day_is_worked_or_not_as_the_notice_says(day: date, worked: bool) -> None:
    assert DAYS.is_working_day(day) is worked


def test_a_day_off_moves_forward_or_back_to_a_working_day() -> None:
    assert DAYS.next_working_day(date(2017, 10, 1)) == date(2017, 10, 9)
    assert DAYS.previous_working_day(date(2017, 10, 8)) == date(2017, 9, 30)
    assert DAYS.next_working_day(date(2026, 3, 5)) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (date(2026, 3, 5), 1, date(2026, 3, 6)),
        (date(2026, 3, 5), 2, date(2026, 3, 9)),
        (date(2026, 3, 9), -1, date(2026, 3, 6)),
        (date(2026, 3, 5), 0, date(2026, 3, 5)),
        (date(2017, 9, 30), 1, date(2017, 10, 9)),
    ],
)
def test_a_limit_in_working_days_does_not_count_its_first_day(start: date, number: int, end: date) -> None:
    assert DAYS.add_working_days(start, number) == end


def test_working_days_between_counts_the_last_day_and_not_the_first() -> None:
    assert DAYS.working_days_between(date(2026, 3, 5), date(2026, 3, 9)) == 2
    assert DAYS.working_days_between(date(2026, 3, 9), date(2026, 3, 5)) == 0


def test_a_year_without_data_is_refused_with_the_way_to_load_it() -> None:
    with pytest.raises(YearUnknown, match="2061年.*qingfeng calendar load") as refusal:
        DAYS.is_working_day(date(2061, 3, 3))
    assert refusal.value.year == 2061


def test_a_loaded_year_becomes_known_and_holds() -> None:
    table = YearTable(2061, frozenset({date(2061, 1, 3)}), frozenset({date(2061, 1, 8)}))
    days = WorkingDays(tables=[table])
    assert 2061 in days.known_years
    assert 2061 not in DAYS.known_years
    assert not days.is_working_day(date(2061, 1, 3))
    assert days.is_working_day(date(2061, 1, 8))


def test_a_loaded_table_replaces_the_built_in_year() -> None:
    days = WorkingDays(tables=[YearTable(2026, frozenset({date(2026, 3, 5)}), frozenset())])
    assert not days.is_working_day(date(2026, 3, 5))
    assert not days.is_working_day(date(2026, 2, 28))
