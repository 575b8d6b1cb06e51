"""The usual dirt of real files, at small rates.

Planted records get only dirt that careful cleaning undoes (15 digits, full-width, blanks); what cannot be undone
(missing numbers, floats) falls on the background of a few tables, where it makes nothing look wrong.
"""

from __future__ import annotations

from random import Random

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.numbers import as_excel_float, fifteen_digits, one_digit_wrong

FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
ID_LENGTH = 18
LOSSY_TABLES = frozenset({"vehicles", "real_estate", "household_register", "deaths", "firm_staff"})
TWICE_TABLES = frozenset({"payments", "deaths", "vehicles", "household_register", "real_estate"})
TWICE_RATE = 0.001
DOTS = ("·", "•", "．", "・")


def identity(number: str, row: Row, rng: Random) -> str:
    """An identity number as somebody typed it."""
    if len(number) != ID_LENGTH:
        return number
    chance = rng.random()
    if chance > 0.012:
        return number
    if chance < 0.004:
        return fifteen_digits(number) if number[6:8] == "19" else number.lower()
    if chance < 0.006:
        return number.translate(FULL_WIDTH)
    if chance < 0.009:
        return rng.choice((f" {number}", f"{number} ", number.lower(), f"'{number}"))
    if row.planted or row.table not in LOSSY_TABLES:
        return number
    if chance < 0.0105:
        return ""
    return one_digit_wrong(number, 16) if chance < 0.0112 else as_excel_float(number)


def name(text: str, rng: Random) -> str:
    """A name with stray blanks, or its middle dot written another way."""
    if "·" in text:
        return text.replace("·", rng.choice(DOTS))
    chance = rng.random()
    if chance > 0.012 or not text:
        return text
    if len(text) == 2:
        return f"{text[0]}　{text[1]}" if chance < 0.006 else f"{text[0]} {text[1]}"
    return text + " " if chance < 0.006 else text


def amount(text: str, rng: Random) -> str:
    """A sum with thousands commas or its unit behind it."""
    chance = rng.random()
    if chance > 0.006:
        return text
    return f"{float(text):,.2f}" if chance < 0.003 else f"{text}元"


def repeated(table: str, rows: list[Row], rng: Random) -> list[int]:
    """Which rows stand a second time at the end, letter by letter, as happens when sheets are pasted together."""
    if table not in TWICE_TABLES:
        return []
    return [place for place, row in enumerate(rows) if not row.planted and rng.random() < TWICE_RATE]
