"""Numbers and dates as official documents write them: 一、（一）1.（1）, 〔2026〕6号, 2026年3月5日."""

from __future__ import annotations

import datetime
import re

_DIGITS = "零一二三四五六七八九"
MARKS = {
    1: re.compile(r"^[一二三四五六七八九十百]+、"),
    2: re.compile(r"^（[一二三四五六七八九十百]+）"),
    3: re.compile(r"^\d{1,3}[.．](?!\d)"),
    4: re.compile(r"^（\d{1,3}）"),
}
"""How a heading of each level begins (7.3.3)."""
NUMBER = re.compile(r"^(?P<word>[^\s〔〕0-9]+)〔(?P<year>\d{4})〕(?P<serial>[1-9]\d*)号$")
"""A document number: word of the office, year in six-cornered brackets, serial without leading nought or 第 (7.2.5)."""


def chinese(number: int) -> str:
    """1 to 99 as Chinese numeral: 十一, 二十."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def heading_mark(level: int, number: int) -> str:
    """The mark of the n-th heading of a level."""
    if level == 1:
        return f"{chinese(number)}、"
    if level == 2:
        return f"（{chinese(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


def level_of(text: str) -> int:
    """The level whose mark a text begins with, 0 if none."""
    return next((level for level, mark in MARKS.items() if mark.match(text)), 0)


def written_date(day: datetime.date) -> str:
    """2026年3月5日: Arabic, complete, no leading nought (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
