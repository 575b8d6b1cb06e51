"""Limits that run from an event, as plans word them: 收到之日起30日内, 5个工作日内, 一个月内.

日 and 天 are calendar days, 工作日 working days; a month ends on the same day of the next (RULES §1).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from qingfeng.calendars import WorkingDays, add_months

DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_LIMIT = re.compile(
    r"(?P<number>\d{1,3}|半|[一二两三四五六七八九十]{1,3})(?P<unit>个?工作日|个?自然日|日|天|个?小时|周|个?星期|个?月)"
)
_AT_ONCE = re.compile(r"当天|当日|当场|同日")
_NEXT_DAY = re.compile(r"次日|翌日")


@dataclass(frozen=True)
class Limit:
    """How long one has from the event on."""

    number: int
    unit: str

    def end(self, start: date, calendar: WorkingDays) -> date:
        """The last day in time; the day of the event itself is not counted."""
        if self.unit == "working_day":
            return calendar.add_working_days(start, self.number)
        if self.unit == "month":
            return add_months(start, self.number)
        return start + timedelta(days=self.number)


def find_limit(text: str) -> Limit | None:
    """The limit in the wording of a trigger; None when it names none."""
    plain = unicodedata.normalize("NFKC", text)
    match = _LIMIT.search(plain)
    if match is None:
        return (
            Limit(0, "day")
            if _AT_ONCE.search(plain)
            else Limit(1, "day")
            if _NEXT_DAY.search(plain)
            else None
        )
    return _limit(match["number"], match["unit"].removeprefix("个"))


def _limit(number: str, unit: str) -> Limit | None:
    if number == "半":
        return Limit(15, "day") if unit == "月" else None
    count = int(number) if number.isdigit() else _chinese(number)
    if unit == "工作日":
        return Limit(count, "working_day")
    if unit == "小时":
        return Limit(-(-count // 24), "day")
    if unit in {"周", "星期"}:
        return Limit(7 * count, "day")
    return Limit(count, "month" if unit == "月" else "day")


def _chinese(text: str) -> int:
    """十, 十五, 二十, 三十五."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return DIGITS.get(ones, 0)
    return DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)
