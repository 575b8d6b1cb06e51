"""Numbers that belong to nobody: region codes that are not assigned (99…), cards without an issued beginning, mobile
numbers of the block 0000. Their check digits are right.
"""

from __future__ import annotations

_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def id_number(body: str) -> str:
    """18-digit ID number from 17 digits (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, body, strict=True))
    return body + "10X98765432"[total % 11]


def id_number_with_x(body: str) -> str:
    """An ID number of the given region and birth date whose check character is X."""
    made = (id_number(f"{body}{last}") for last in range(100, 999))
    return next(number for number in made if number.endswith("X"))


def card(body: str) -> str:
    """Card number: body and Luhn digit."""
    total = 0
    for at, letter in enumerate(reversed(body)):
        digit = int(letter) * (2 if at % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return body + str(-total % 10)


def credit(body: str) -> str:
    """Unified social credit code (GB 32100) from 17 characters."""
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(weight * _LETTERS.index(letter) for weight, letter in zip(weights, body, strict=True))
    return body + _LETTERS[(31 - total % 31) % 31]


def credit_digits(body: str) -> str:
    """A credit code that is digits throughout, from 14."""
    made = (credit(f"{body}{last}") for last in range(100, 999))
    return next(code for code in made if code[-1].isdigit())


FW = str.maketrans("0123456789X+-", "０１２３４５６７８９Ｘ＋－")
CN = str.maketrans("0123456789", "〇一二三四五六七八九")
CNL = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
YAO = str.maketrans("0123456789", "零幺二三四五六七八九")

ID1 = id_number("99010319800312451")
ID2 = id_number("99022119670925306")
ID3 = id_number("99030219921104712")
ID4 = id_number("99040519550618223")
ID5 = id_number("99011219731230841")
ID6 = id_number("99050119880217635")
IDX1 = id_number_with_x("99012519790815")
IDX2 = id_number_with_x("99033019630421")
ID15 = "990103620417531"
CARD19 = card("629999000031847265")
CARD19B = card("629999000074120938")
CARD16 = card("629999004718265")
CARD17 = "62999900518374629"
CARD18 = card("62999900263817450")
PH1, PH2, PH3, PH4, PH5 = "13800005172", "15900008364", "18600002971", "17700006483", "13900007258"
