"""Working days (工作日): the plain week, less the holidays and plus the make-up days of each year.

The years of `chinesecalendar` are built in; further years come as tables. A year without data is
refused, not guessed (RULES §1).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from chinese_calendar import constants

from qingfeng.calendars.year_tables import YearTable

SATURDAY = 5
FESTIVALS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}
ONE_DAY = timedelta(days=1)


class YearUnknown(LookupError):
    """Nobody has told us the holidays of this year."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"没有{year}年的放假安排，不能推算工作日；请取得国务院办公厅当年的放假通知，"
            f"按“日期,休/班”列成表，用命令 qingfeng calendar load 文件 载入后再试。"
        )


class WorkingDays:
    """The working-day calendar of an office: the built-in years and the tables it has loaded."""

    def __init__(self, tables: Iterable[YearTable] = ()) -> None:
        loaded = {table.year: table for table in tables}
        builtin = {day.year for day in constants.holidays}
        self.known_years: frozenset[int] = frozenset(builtin | loaded.keys())
        self._holidays = {day for day in constants.holidays if day.year not in loaded}
        self._workdays = {day for day in constants.workdays if day.year not in loaded}
        for table in loaded.values():
            self._holidays |= table.holidays
            self._workdays |= table.workdays

    def is_working_day(self, day: date) -> bool:
        """Is the office open on this day?"""
        if day.year not in self.known_years:
            raise YearUnknown(day.year)
        if day in self._workdays:
            return True
        return day.weekday() < SATURDAY and day not in self._holidays

    def festival(self, day: date) -> str | None:
        """The festival (元旦, 春节, 清明节 …) for which this day is off; None in the years of loaded tables."""
        if day not in self._holidays or day not in constants.holidays:
            return None
        return FESTIVALS.get(constants.holidays[day])

    def next_working_day(self, day: date) -> date:
        """The day itself if it is worked, else the first working day after it."""
        return self._seek(day, ONE_DAY)

    def previous_working_day(self, day: date) -> date:
        """The day itself if it is worked, else the last working day before it."""
        return self._seek(day, -ONE_DAY)

    def add_working_days(self, day: date, number: int) -> date:
        """The `number`-th working day after `day` (before it, if negative); the day itself is not counted."""
        step = ONE_DAY if number >= 0 else -ONE_DAY
        for _ in range(abs(number)):
            day = self._seek(day + step, step)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`; 0 if there are none."""
        days = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, days + 1))

    def _seek(self, day: date, step: timedelta) -> date:
        while not self.is_working_day(day):
            day += step
        return day
