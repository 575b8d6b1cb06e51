"""From a rhythm to dates: which periods of a campaign owe something, and by which day of each.

Periods are those of the calendar (Monday to Sunday, ten-day periods, months, quarters …), cut to the span in which
the obligation holds. A due date outside that span is not owed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from qingfeng.apps.work.campaigns.models import DayOffRule
from qingfeng.calendars import WorkingDays, add_months, month_end, ten_day_period

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
WEEKS = {"week": 1, "two_weeks": 2}
SUNDAY = 7


@dataclass(frozen=True)
class Period:
    """One period in which something is owed, with its due date as the document gives it."""

    start: date
    end: date
    due: date


def periods(recurrence: Mapping[str, Any], first: date, last: date) -> list[Period]:
    """The periods of a rhythm between two days, in order."""
    found = []
    for start, end in _spans(str(recurrence["every"]), first, last):
        cut = Period(max(start, first), min(end, last), _due(recurrence, start, end, last))
        if first <= cut.due <= last:
            found.append(cut)
    return found


def _spans(every: str, first: date, last: date) -> Iterator[tuple[date, date]]:
    start, after = _opening(every, first)
    while start <= last:
        following = after(start)
        yield start, following - timedelta(days=1)
        start = following


def _opening(every: str, first: date) -> tuple[date, Callable[[date], date]]:
    """The day on which the period around `first` opens, and how to find the next opening."""
    if every in WEEKS:
        return first - timedelta(days=first.weekday()), lambda day: day + timedelta(weeks=WEEKS[every])
    if every == "ten_days":
        opening = ten_day_period(first).first_day(first.year, first.month)
        return opening, lambda day: ten_day_period(day).last_day(day.year, day.month) + timedelta(days=1)
    length = MONTHS[every]
    month = (first.month - 1) // length * length + 1
    return date(first.year, month, 1), lambda day: add_months(day, length)


def _due(recurrence: Mapping[str, Any], start: date, end: date, last: date) -> date:
    """The named day of the period; without one its last day, at the latest the span's."""
    every, day, weekday = recurrence["every"], recurrence.get("day"), recurrence.get("weekday")
    if weekday and every in WEEKS:
        return end - timedelta(days=SUNDAY - int(weekday))
    if every in MONTHS and (day or recurrence.get("month_of_period")):
        month = _month_of(recurrence, start, end)
        closing = month_end(month.year, month.month)
        return closing if not day or day < 0 or day > closing.day else month.replace(day=day)
    if every == "ten_days" and day and day > 0:
        return min(start + timedelta(days=day - 1), end)
    return min(end, last)


def _month_of(recurrence: Mapping[str, Any], start: date, end: date) -> date:
    """The first day of the month in which the period's date lies; its last month unless another is named."""
    number = recurrence.get("month_of_period")
    return add_months(start, number - 1) if number and number > 0 else end.replace(day=1)


def on_working_day(day: date, rule: str, calendar: WorkingDays) -> date:
    """The due date under the rule for days off. YearUnknown when the rule needs a year without data."""
    if rule == DayOffRule.BEFORE:
        return calendar.previous_working_day(day)
    if rule == DayOffRule.AFTER:
        return calendar.next_working_day(day)
    return day
