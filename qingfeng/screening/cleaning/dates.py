"""Dates in all the forms in which offices write them; a day that did not exist is refused, never moved."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from qingfeng.screening.cleaning.text import Unusable, plain

EARLIEST, LATEST = 1850, 2199
# Excel counts days from here (its 1900 was a leap year, so that counting starts two days early).
EXCEL_START = datetime.combine(date(1899, 12, 30), datetime.min.time())
EXCEL_DAYS = range(10_000, 110_000)

NO_SUCH_DAY = "日期不存在"
TWO_DIGITS = "年份只有两位，不能确定世纪"
NO_DAY = "只有年月，没有日"
DAY_FIRST = "日、月、年顺序不明"
NOT_A_DATE = "不是日期"
NOT_A_MONTH = "不是年月"
OUT_OF_TIME = "年份超出范围"
TENTH_OR_FIRST = "Excel 把 10 月存成了小数，分不清 1 月和 10 月，请按文本重新导出"

SEPARATED = re.compile(r"(\d{4})\s?[-./年]\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})\s?日?(?![\d])(.*)")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)(.*)")
COMPACT_TIME = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})")
TIME = re.compile(
    r"[\sT]*(?:(上午|下午|AM|PM)\s*)?(\d{1,2})\s?[:时点]\s?(\d{1,2})?(?:\s?[:分]\s?(\d{1,2})?(?:\.\d+)?)?\s?秒?\s?(AM|PM|Z)?"
)
WEEKDAY = re.compile(r"\(?(星期|周)[一二三四五六日天]\)?")
SHORT_YEAR = re.compile(r"'?(\d{2})\s?[-./年]\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})\s?日?")
YEAR_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4}).*")
YEAR_MONTH = re.compile(r"(\d{4})\s?(?:[-./年]\s?(\d{1,2})\s?(?:月份?)?|(\d{2}))")
DIGIT_SERIAL = re.compile(r"(\d{5,6})(\.\d+)?")
HANZI_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
HANZI_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月)?(?:([一二三四五六七八九十]{1,3})日)?"
)


def _day(year: int, month: int, day: int) -> date:
    if not EARLIEST <= year <= LATEST:
        raise Unusable(OUT_OF_TIME)
    try:
        return date(year, month, day)
    except ValueError:
        raise Unusable(NO_SUCH_DAY) from None


def _hanzi_number(text: str) -> str:
    """十二 → 12, 二十 → 20, 三十一 → 31."""
    if "十" not in text:
        return text.translate(HANZI_DIGITS)
    tens, units = text.split("十")
    return (tens.translate(HANZI_DIGITS) or "1") + (units.translate(HANZI_DIGITS) or "0")


def _in_digits(text: str) -> str:
    found = HANZI_DATE.fullmatch(text)
    if not found:
        return text
    year, month, day = found.groups()
    parts = [year.translate(HANZI_DIGITS), "年"]
    parts += [_hanzi_number(month), "月"] if month else []
    parts += [_hanzi_number(day), "日"] if day else []
    return "".join(parts)


def _time(text: str) -> timedelta:
    if not text.strip():
        return timedelta()
    found = TIME.fullmatch(text.strip())
    if not found:
        raise Unusable(NOT_A_DATE)
    half, hour, minute, second, half_after = found.groups()
    hours, minutes, seconds = int(hour), int(minute or 0), int(second or 0)
    if (half or half_after) in ("下午", "PM") and hours < 12:
        hours += 12
    if hours > 23 or minutes > 59 or seconds > 59:
        raise Unusable("时间不存在")
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _from_serial(text: str) -> datetime | None:
    found = DIGIT_SERIAL.fullmatch(text)
    if not found or int(found[1]) not in EXCEL_DAYS or len(found[1]) != 5:
        return None
    seconds = round(float(found[2] or 0) * 86400)
    return EXCEL_START + timedelta(days=int(found[1]), seconds=seconds)


def _why_not(text: str) -> str:
    if SHORT_YEAR.fullmatch(text):
        return TWO_DIGITS
    if YEAR_LAST.fullmatch(text):
        return DAY_FIRST
    if YEAR_MONTH.fullmatch(text):
        return NO_DAY
    return NOT_A_DATE


def _moment(value: str) -> datetime:
    text = WEEKDAY.sub("", _in_digits(plain(value).upper())).strip().strip("'`’‘\"")
    if found := COMPACT_TIME.fullmatch(text):
        year, month, day, *clock = (int(part) for part in found.groups())
        return datetime.combine(_day(year, month, day), datetime.min.time()) + _time(
            ":".join(map(str, clock))
        )
    text = text.removesuffix(".0") if re.fullmatch(r"\d{8}\.0", text) else text
    found = SEPARATED.fullmatch(text) or COMPACT.fullmatch(text)
    if found:
        year, month, day = (int(part) for part in found.groups()[:3])
        return datetime.combine(_day(year, month, day), datetime.min.time()) + _time(found[4])
    serial = _from_serial(text)
    if serial is None:
        raise Unusable(_why_not(text))
    return serial


def clean_timestamp(value: str) -> datetime:
    """Date and time; a day alone is its midnight."""
    return _moment(value)


def clean_date(value: str) -> date:
    return _moment(value).date()


def clean_from_day(value: str) -> date:
    """A day; of a month its first."""
    return _day_or_month(value)[0]


def clean_to_day(value: str) -> date:
    """A day; of a month its last."""
    return _day_or_month(value)[1]


def _day_or_month(value: str) -> tuple[date, date]:
    try:
        day = clean_date(value)
    except Unusable as fault:
        try:
            first = clean_month(value)
        except Unusable as other:
            raise (other if other.reason == TENTH_OR_FIRST else fault) from None
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    return day, day


def clean_month(value: str) -> date:
    """The first day of a month, from 2026年3月, 202603, 2026-03 or any whole date."""
    text = _in_digits(plain(value).upper()).strip("'`’‘\"")
    if re.fullmatch(r"\d{4}\.1", text):
        raise Unusable(TENTH_OR_FIRST)
    text = text.removesuffix(".0") if re.fullmatch(r"\d{6}\.0", text) else text
    if found := YEAR_MONTH.fullmatch(text):
        return _day(int(found[1]), int(found[2] or found[3]), 1)
    try:
        return clean_date(text).replace(day=1)
    except Unusable as fault:
        raise Unusable(NOT_A_MONTH if fault.reason == NOT_A_DATE else fault.reason) from None
