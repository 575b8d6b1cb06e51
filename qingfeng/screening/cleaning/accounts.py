"""Bank accounts, cards and phones: kept as a key and the last four digits."""

from __future__ import annotations

import re

from qingfeng.screening.cleaning.text import Unusable, closed_up

PUNCTUATION = re.compile(r"['`’‘\"\-·_—–()]")
COUNTRY = re.compile(r"^(\+86|0086|86(?=1\d{10}$))")


def _number(value: str) -> str:
    number = closed_up(value).upper()
    return number[:-2] if re.fullmatch(r"\d{1,15}\.0", number) else number


def holds_luhn(number: str) -> bool:
    """The check digit of bank cards (ISO/IEC 7812)."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _lost_by_excel(number: str) -> bool:
    """Excel keeps 15 digits: a longer card ends in zeros, and its check digit no longer holds."""
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+|\d{16,}\.0", number):
        return True
    return bool(re.fullmatch(r"\d{15}0{4,}", number)) and not holds_luhn(number)


def clean_account(value: str) -> str:
    """The account without blanks and dashes. Its check digit is not asked for: not every bank has one."""
    number = _number(value)
    if _lost_by_excel(number):
        raise Unusable("账号被 Excel 转成了浮点数，末几位已丢失，请按文本重新导出")
    number = PUNCTUATION.sub("", number)
    if not re.fullmatch(r"[0-9A-Z]{6,32}", number) or not any(c.isdigit() for c in number):
        raise Unusable("不像银行账号")
    return number


def clean_phone(value: str) -> str:
    """A mobile or landline number without country code, dashes and blanks."""
    number = PUNCTUATION.sub("", _number(value).replace("/", " ").split(" ")[0])
    number = COUNTRY.sub("", number)
    if not re.fullmatch(r"\d{7,12}", number):
        raise Unusable("不像电话号码")
    return number


def shown(number: str) -> str:
    return f"****{number[-4:]}"
