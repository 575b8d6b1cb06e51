"""How people write dates, sums and numbered lists, in boxes of pages and in the files they hand in."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)  # 1954 to 2119: other bare numbers are no dates
_DAY = re.compile(
    r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*[日号]?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBER = re.compile(
    r"(?:(?<=^)|(?<=[\s;；。,，:：]))(?:[(（]\s*(\d{1,2})\s*[)）][.、]?|(\d{1,2})\s*(?:[、)）]|[.．](?!\d)))\s*"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
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


def plain(text: object) -> str:
    """Full-width digits and letters as ordinary ones, without space at the ends; Chinese punctuation stays."""
    return "".join(_narrow(letter) for letter in str(text).replace("\u3000", " ")).strip()


def _narrow(letter: str) -> str:
    narrow = unicodedata.normalize("NFKC", letter)
    return narrow if narrow.isascii() and (narrow.isalnum() or narrow in "./-") else letter


def read_day(value: object) -> date | None:
    """2026-06-08, 2026年6月8日, 2026.6.8, 20260608, an Excel serial; None when nothing is written.

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
    if not found:
        raise ValueError(text)
    year, month, day = (int(part) for part in found.groups())
    return date(year, month, day)


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
    return plain(text).rstrip("。.;；") in _NOTHING


def several(text: str) -> list[str]:
    """The items of a numbered list written in one box (1. … 2. …, (1)…, ①…); one item when it is not numbered.

    Only numbers that count up from 1 divide it, so that “1.5万元” or “2、3月” in the middle of a sentence do not.
    """
    text = text.strip()
    for number, letter in enumerate(_CIRCLED, 1):
        text = text.replace(letter, f" {number}、")
    cuts, wanted = [], 1
    for found in _NUMBER.finditer(text):
        if int(found[1] or found[2]) == wanted:
            cuts.append(found)
            wanted += 1
    if not cuts or text[: cuts[0].start()].strip():
        return [] if is_nothing(text) else [text]
    ends = [cut.start() for cut in cuts[1:]] + [len(text)]
    parts = [text[cut.end() : end].strip().rstrip(";；").strip() for cut, end in zip(cuts, ends, strict=True)]
    return [part for part in parts if not is_nothing(part)]


def lines_of(text: str) -> list[str]:
    """Lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def pair_of(line: str) -> tuple[str, str]:
    """“区水务局：清淤” or “张三，主任” as its two halves; the second is empty when there is no mark between."""
    parts = re.split(r"\s*[:：,，\t]\s*", line.strip(), maxsplit=1)
    return parts[0].strip(), parts[1].strip() if len(parts) == 2 else ""
