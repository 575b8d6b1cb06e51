"""Made-up numbers in valid form: identity numbers, credit codes, bank cards, phones, plates.

All of them belong to division 99xxxx, which does not exist; check digits are right (GB 11643, GB 32100, Luhn).
"""

from __future__ import annotations

from datetime import date
from random import Random

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def identity_number(region: str, birth: date, serial: int) -> str:
    """The 18 digits of a person of `region`; an odd serial is a man."""
    head = f"{region}{birth:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(head, ID_WEIGHTS, strict=True))
    return head + ID_CHECKS[total % 11]


def fifteen_digits(number: str) -> str:
    """The same number as first-generation cards had it: year in two digits, no check digit."""
    return number[:6] + number[8:17]


def one_digit_wrong(number: str, position: int) -> str:
    """A slip of the pen: one digit of the serial is another one, so that the check digit no longer fits."""
    wrong = str((int(number[position]) + 1) % 10)
    return number[:position] + wrong + number[position + 1 :]


def as_excel_float(number: str) -> str:
    """What is left after a spreadsheet took the number for a quantity: fifteen digits and three noughts."""
    return number[:15] + "000"


def credit_code(kind: str, region: str, serial: int) -> str:
    """A unified social credit code: `kind` is 91 for firms, 92 for shops, 11 for public bodies."""
    organisation = f"{serial:08d}"
    total = sum(
        ORGANISATION_ALPHABET.index(c) * w for c, w in zip(organisation, ORGANISATION_WEIGHTS, strict=True)
    )
    check = 11 - total % 11
    head = f"{kind}{region}{organisation}{'X' if check == 10 else 0 if check == 11 else check}"
    total = sum(CODE_ALPHABET.index(c) * w for c, w in zip(head, CODE_WEIGHTS, strict=True))
    return head + CODE_ALPHABET[(31 - total % 31) % 31]


def bank_card(serial: int) -> str:
    """A card of 19 digits with its Luhn digit; the issuer 621999 is made up."""
    head = f"621999{serial:012d}"
    total = 0
    for place, digit in enumerate(reversed(head)):
        value = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += value - 9 if value > 9 else value
    return head + str((10 - total % 10) % 10)


def phone(serial: int) -> str:
    """A mobile number of the made-up prefix 199."""
    return f"199{serial:08d}"


def device_address(rng: Random) -> str:
    """The address of a network card."""
    return "-".join(f"{rng.randrange(256):02X}" for _ in range(6))
