"""How people write dates, sums and numbered lists, in boxes of pages and in the files they hand in."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from qingfeng.apps.base.documents.numbered_lists import items

_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)  # 1954 to 2119: other bare numbers are no dates
_AFTER = (
    r"(?:\s*[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?)?(?:\s*[上下中]午)?"
    r"(?:[\sT]*\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.0+)?)?)?\.?"
)
"""What may stand behind a date: the day of the week, the time."""
_BETWEEN = r"\s*[-–—.、/\\]\s*"
_DAY = re.compile(
    rf"(\d{{4}}|[23]\d)(?:\s*年\s*|{_BETWEEN})(\d{{1,2}})(?:\s*月\s*|{_BETWEEN})(\d{{1,2}})\s*[日号]?{_AFTER}"
)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CHINESE_DAY = re.compile(
    rf"([〇○零Oo一二三四五六七八九]{{4}})年([一二三四五六七八九十]{{1,3}})月([一二三四五六七八九十]{{1,3}})[日号]{_AFTER}"
)
_CHINESE = {letter: number for number, letter in enumerate("〇一二三四五六七八九")} | {"两": 2}
_NOTHING = {
    "",
    "无",
    "没有",
    "未发现",
    "未发现问题",
    "无问题",
    "暂无",
    "暂未发现问题",
    "零问题",
    "/",
    "-",
    "—",
}
_LONGEST_NOTHING = 12


def plain(text: object) -> str:
    """Full-width digits and letters as ordinary ones, without space at the ends; Chinese punctuation stays."""
    return str(text).translate(_NARROW).strip()


class _Narrow(dict[int, str]):
    """Letter by letter, as they are met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        narrow = " " if letter == "\u3000" else unicodedata.normalize("NFKC", letter)
        is_kept = narrow.isascii() and (narrow.isalnum() or narrow in "./- ")
        self[code] = narrow if is_kept else letter
        return self[code]


_NARROW = _Narrow()


def read_day(value: object) -> date | None:
    """2026-06-08, 2026年6月8日, 2026.6.8, 26.6.8, 20260608, 二〇二六年六月八日, with weekday or time behind it, an Excel
    serial; None when nothing is written.

    Raises ValueError for what is not a date or does not exist (2026-02-30).
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    text = plain(value).removesuffix("前").removesuffix("之").strip()
    if not text or set(text) <= set("年月日 "):
        return None  # the printed form left empty
    serial = _serial(text)
    if serial is not None:
        return _EXCEL_EPOCH + timedelta(days=serial)
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if found:
        year, month, day = (int(part) for part in found.groups())
        return date(year if year > 99 else 2000 + year, month, day)
    return _chinese_day(text)


def _chinese_day(text: str) -> date:
    found = _CHINESE_DAY.fullmatch(text)
    if not found:
        raise ValueError(text)
    digits = "".join(str(_CHINESE.get(letter, 0)) for letter in found[1])
    return date(int(digits), chinese_number(found[2]), chinese_number(found[3]))


def chinese_number(text: str) -> int:
    """三, 十二, 二十, 三十一. ValueError for what is no number below a hundred."""
    tens, ten, ones = text.rpartition("十")
    if not set(tens + ones) <= _CHINESE.keys() or len(tens) > 1 or len(ones) > 1:
        raise ValueError(text)
    return (_CHINESE[tens] if tens else 1) * (10 if ten else 0) + (_CHINESE[ones] if ones else 0)


def _serial(text: str) -> int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number < 10**6 and int(number) in _EXCEL_DAYS else None


def read_fen(value: object) -> int:
    """Yuan as people write them (3,500.5元, ３５００, 1.2万) as fen; an empty box is nought. ValueError when it is no sum."""
    text = (
        plain(value if value is not None else "")
        .replace(",", "")
        .replace("，", "")
        .removesuffix("元")
        .strip()
    )
    factor = 10_000 if text.endswith("万") else 1
    text = text.removesuffix("万").strip()
    if text in _NOTHING:
        return 0
    try:
        fen = Decimal(text) * 100 * factor
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not fen.is_finite() or fen < 0 or fen >= 10**17 or fen != fen.to_integral_value():
        raise ValueError(text)
    return int(fen)


def read_count(value: object) -> int:
    """A number of people: 12, 12.0, 12人; an empty box is nought. ValueError when it is no number."""
    text = plain(value if value is not None else "").removesuffix("人").strip()
    if text in _NOTHING:
        return 0
    number = float(text)
    if number != int(number) or not 0 <= number < 10**8:
        raise ValueError(text)
    return int(number)


def is_nothing(text: str) -> bool:
    """Whether the words say that there is nothing: 无, 未发现问题."""
    text = text.strip()
    return len(text) <= _LONGEST_NOTHING and plain(text).rstrip("。.;；") in _NOTHING


def several(text: str) -> list[str]:
    """The items of a numbered list written in one box (1. … 2. …, (1)…, ①…) that say something; one item when it is
    not numbered."""
    return [item for item in items(text) if not is_nothing(item)]


def lines_of(text: str) -> list[str]:
    """Lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def pair_of(line: str) -> tuple[str, str]:
    """“区水务局：清淤” or “张三，主任” as its two halves; the second is empty when there is no mark between."""
    parts = re.split(r"\s*[:：,，\t]\s*", line.strip(), maxsplit=1)
    return parts[0].strip(), parts[1].strip() if len(parts) == 2 else ""
