"""Resident identity numbers (公民身份号码, GB 11643-1999): 15 → 18 digits, check digit, a real birth date.

The region is not checked against a list: regions are dissolved and renamed, and made-up data uses none that exist.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from qingfeng.screening.cleaning.text import Unusable, closed_up

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"

FLOAT = "被 Excel 转成了浮点数，末几位已丢失，请按文本重新导出"
WRONG_LENGTH = "身份证号位数不对"
WRONG_CHARACTER = "身份证号含有不该有的字符"
WRONG_BIRTH = "身份证号中的出生日期不存在"
WRONG_CHECK = "身份证号校验位不对"

SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)


@dataclass(frozen=True)
class PersonId:
    """A valid number in 18 digits; tier 1 as typed, tier 2 when it came in 15 digits."""

    number: str
    tier: int
    birth_date: date


def check_digit(first17: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11]


def birth_of(number: str) -> date | None:
    """The birth date in an 18-digit number, when that day existed."""
    try:
        day = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return day if day.year >= 1850 else None


def from_15(number: str) -> str:
    """The 18 digits of an old number: the century (always 19 in practice) and the check digit are added."""
    first17 = f"{number[:6]}19{number[6:]}"
    return first17 + check_digit(first17)


def normalised(value: str) -> str:
    """The number as typed, without blanks, quotes and full-width forms; not yet judged."""
    return closed_up(value).upper().strip("'`’‘\"*").replace("-", "")


def clean_person_id(value: str) -> PersonId:
    number = normalised(value)
    if SCIENTIFIC.fullmatch(number) or re.fullmatch(r"\d{15,}\.0", number):
        raise Unusable(FLOAT)
    if not re.fullmatch(r"\d+X?", number):
        raise Unusable(WRONG_CHARACTER)
    if len(number) == 15 and number.isdigit():
        return _judged(from_15(number), tier=2)
    if len(number) != 18:
        raise Unusable(WRONG_LENGTH)
    return _judged(number, tier=1)


def _judged(number: str, tier: int) -> PersonId:
    birth = birth_of(number)
    right = check_digit(number[:17]) == number[17]
    if not right and number.endswith("000"):
        raise Unusable(FLOAT)
    if birth is None:
        raise Unusable(WRONG_BIRTH)
    if not right:
        raise Unusable(WRONG_CHECK)
    return PersonId(number, tier, birth)


def shown(number: str) -> str:
    """A number for showing: region and the last four stay (990101********1234)."""
    if len(number) < 11:
        return "*" * len(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]
