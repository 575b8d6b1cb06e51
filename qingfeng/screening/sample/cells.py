"""How one file writes its values: every office has its own way with headers, dates, months and amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from qingfeng.screening.catalogue import DAYS, Column, Table
from qingfeng.screening.sample import dirt
from qingfeng.screening.sample.book import Row

Writer = Callable[[Any, Row], Any]
DATE_FORMS = (
    "{:%Y-%m-%d}",
    "{0.year}/{0.month}/{0.day}",
    "{:%Y.%m.%d}",
    "{:%Y%m%d}",
    "{0.year}年{0.month}月{0.day}日",
)
MONTH_FORMS = ("{:%Y-%m}", "{0.year}年{0.month}月", "{:%Y%m}", "{:%Y.%m}")
MOMENT_FORMS = ("{:%Y-%m-%d %H:%M:%S}", "{0.year}/{0.month}/{0.day} {0:%H:%M}", "{:%Y-%m-%d %H:%M}")
YES_NO = (("是", "否"), ("有", "无"), ("√", "否"), ("Y", "N"))
# Columns that some offices keep in ten thousands of yuan.
IN_TEN_THOUSANDS = {("awards", "amount"), ("firms", "capital"), ("asset_contracts", "total_amount")}
UNIT_MARKS = {"money": "（元）", "area": "（亩）", "area_m2": "（平方米）"}


def headers(table: Table, columns: list[Column], rng: Random) -> dict[str, str]:
    """One of its usual headers for each column; none that could mean another column of the same table."""
    seen = Counter(h for column in table.columns for h in {column.title, *column.headers})
    chosen: dict[str, str] = {}
    for column in columns:
        usable = [h for h in column.headers if seen[h] == 1 and h not in chosen.values() and "万元" not in h]
        told = rng.choice([column.title, column.title, *usable])
        marked = any(mark in told for mark in "（(") or rng.random() < 0.6
        chosen[column.name] = told if marked else told + UNIT_MARKS.get(column.type, "")
    return chosen


def writers(columns: list[Column], rng: Random, *, native: bool) -> list[Writer]:
    """A function for each column that writes its values as this file does; `native` keeps numbers and dates."""
    dates = rng.choice(DATE_FORMS)
    forms = {
        **dict.fromkeys(DAYS, _native_date if native and rng.random() < 0.5 else _dates(dates, rng)),
        "month": _formatted(rng.choice(MONTH_FORMS)),
        "timestamp": _formatted(rng.choice(MOMENT_FORMS)),
        "boolean": _yes_no(rng.choice(YES_NO)),
        "money": _native_hundredths if native else _amounts(rng),
        "area": _native_hundredths if native else _hundredths,
        "area_m2": _native_hundredths if native else _hundredths,
        "decimal": _native_number if native else _plain,
        "integer": _native_number if native else _plain,
        "person_id": lambda value, row: dirt.identity(value, row, rng) if value else "",
        "person_name": lambda value, row: dirt.name(value, rng) if value else "",
        "official_plate": lambda value, row: _plate(value, rng),
        "plate": lambda value, row: _plate(value, rng),
    }
    return [forms.get(column.type, _plain) for column in columns]


def ten_thousands(value: Any, row: Row) -> Any:
    """Fen as ten thousands of yuan, exact."""
    return None if value is None else float(Decimal(value) / 1_000_000)


def _plain(value: Any, row: Row) -> Any:
    return "" if value is None else str(value)


def _native_number(value: Any, row: Row) -> Any:
    return value


def _native_hundredths(value: Any, row: Row) -> Any:
    return None if value is None else round(value) / 100


def _hundredths(value: Any, row: Row) -> Any:
    if value is None:
        return ""
    whole, part = divmod(abs(round(value)), 100)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part:02d}" if part else f"{sign}{whole}"


def _amounts(rng: Random) -> Writer:
    return lambda value, row: "" if value is None else dirt.amount(_hundredths(value, row), rng)


def _native_date(value: Any, row: Row) -> Any:
    return value


def _dates(form: str, rng: Random) -> Writer:
    def write(value: date | None, row: Row) -> str:
        if value is None:
            return ""
        return (form if rng.random() > 0.01 else rng.choice(DATE_FORMS)).format(value)

    return write


def _formatted(form: str) -> Writer:
    return lambda value, row: form.format(value) if isinstance(value, date | datetime) else ""


def _yes_no(words: tuple[str, str]) -> Writer:
    return lambda value, row: "" if value is None else words[0] if value else words[1]


def _plate(value: str | None, rng: Random) -> str:
    if not value:
        return ""
    chance = rng.random()
    return value if chance > 0.02 else value[:2] + "·" + value[2:] if chance < 0.015 else value.lower()
