"""The box 整改时限 where it names no full date: “7月10日前”, “6月底前”, “年底前”, “15日内”, counted from the inspection."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from qingfeng.apps.work.problems.spellings import chinese_number, plain

_DONE = re.compile(r"(?:之|以)?前?(?:整改)?(?:完成|到位|完毕)?(?:整改)?$")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*[日号]?")
_MONTH_END = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月份?(?:月?[底末])?")
_YEAR_END = re.compile(r"(?:(\d{4})\s*年\s*|今年\s*|(?=年))年?[底末]")
_WITHIN = re.compile(
    r"限?期?\s*(\d{1,3}|[一二两三四五六七八九十半]{1,3})\s*(日|天|周|个?星期|个?月)\s*(?:之|以)?内"
)


def without_verb(text: str) -> str:
    """“2026年7月20日前完成整改” without what is to happen by then."""
    text = text.strip()
    return _DONE.sub("", text).strip() or text


def day_meant(text: str, start: date) -> date | None:
    """The day that such words mean after an inspection on this day; None when they are no term.

    Raises ValueError for a day that the calendar does not have.
    """
    words = plain(without_verb(text))
    if found := _MONTH_AND_DAY.fullmatch(words):
        month, day = int(found[1]), int(found[2])
        return date(_year_of(month, day, start), month, day)
    if found := _MONTH_END.fullmatch(words):
        month = int(found[2])
        return _end_of(int(found[1]) if found[1] else _year_of(month, 31, start), month)
    if found := _YEAR_END.fullmatch(words):
        return date(int(found[1]) if found[1] else start.year, 12, 31)
    if found := _WITHIN.fullmatch(words):
        return _within(found[1], found[2], start)
    return None


def _year_of(month: int, day: int, start: date) -> int:
    return start.year if (month, day) >= (start.month, start.day) else start.year + 1


def _end_of(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, calendar.monthrange(year, month)[1])


def _within(numeral: str, unit: str, start: date) -> date:
    """“半个月” is fifteen days; a month ends on the same day of the next, or on its last."""
    if numeral == "半":
        if "月" not in unit:
            raise ValueError(numeral)
        return start + timedelta(days=15)
    number = int(numeral) if numeral.isdecimal() else chinese_number(numeral)
    if "月" not in unit:
        return start + timedelta(days=number * (1 if unit in ("日", "天") else 7))
    year, month = divmod(start.month - 1 + number, 12)
    last = _end_of(start.year + year, month + 1)
    return last.replace(day=min(start.day, last.day))
