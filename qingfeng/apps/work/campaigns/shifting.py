"""Moving a plan to a new first day (docs/adr/0008): a plan of a past year is run again.

When the new first day lies whole months from the old one (same day of the month, or month end to month end), dates
move by months: the 25th stays the 25th, a month end stays a month end. Otherwise all dates move by the same number
of days. Rhythms keep their day in either case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from qingfeng.calendars import add_months, month_end


@dataclass(frozen=True)
class Shift:
    """How far a plan's dates move: by whole months, or by days."""

    months: int = 0
    days: int = 0

    @classmethod
    def between(cls, old: date, new: date) -> Shift:
        """The shift that turns the old first day into the new one."""
        months = (new.year - old.year) * 12 + new.month - old.month
        by_months = cls(months=months)
        return by_months if by_months.of(old) == new else cls(days=(new - old).days)

    def of(self, day: date) -> date:
        """The day after the shift."""
        if self.days or not self.months:
            return day + timedelta(days=self.days)
        moved = add_months(day, self.months)
        return month_end(moved.year, moved.month) if _is_month_end(day) else moved


def _is_month_end(day: date) -> bool:
    return day == month_end(day.year, day.month)
