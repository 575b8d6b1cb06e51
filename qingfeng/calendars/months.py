"""Months and their ten-day periods (上旬, 中旬, 下旬).

Source: RULES §1 (“1 month” ends on the same day of the next month or on its last day);
GLOSSARY `ten_day_period` (1–10, 11–20, 21–month end).
"""

from calendar import monthrange
from datetime import date
from enum import Enum


class TenDayPeriod(Enum):
    """A third of a month, as plans and circulars count it."""

    FIRST = "上旬"
    SECOND = "中旬"
    LAST = "下旬"

    def first_day(self, year: int, month: int) -> date:
        """The day on which the period opens."""
        return date(year, month, {TenDayPeriod.FIRST: 1, TenDayPeriod.SECOND: 11}.get(self, 21))

    def last_day(self, year: int, month: int) -> date:
        """The day on which the period closes: the 10th, the 20th or the month end."""
        if self is TenDayPeriod.LAST:
            return month_end(year, month)
        return date(year, month, 10 if self is TenDayPeriod.FIRST else 20)


def ten_day_period(day: date) -> TenDayPeriod:
    """The period in which a day lies."""
    if day.day <= 10:
        return TenDayPeriod.FIRST
    return TenDayPeriod.SECOND if day.day <= 20 else TenDayPeriod.LAST


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier), or the last day where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    end = month_end(index // 12, index % 12 + 1)
    return end if day.day > end.day else end.replace(day=day.day)
