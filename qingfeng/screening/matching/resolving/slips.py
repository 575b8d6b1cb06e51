"""ID numbers one slip of the hand away from what was written.

The check digit of an ID number catches every single wrong digit, and for each place there is at most one digit that
makes the number right again. So a bad number has some seventeen neighbours, not a hundred and eighty.
"""

from __future__ import annotations

from collections.abc import Iterator

from qingfeng.screening.cleaning.ids import CHECK_DIGITS, WEIGHTS, birth_of, check_digit, normalised

# Modulo 11 each weight has an inverse.
INVERSES = tuple(pow(weight, -1, 11) for weight in WEIGHTS)
LENGTH_SLIP = "位数不对，少一位或多一位"


def put_right(value: str) -> Iterator[tuple[str, str, str]]:
    """(as written, a valid number one slip away, the slip in words)."""
    number = normalised(value)
    if not number[:-1].isdigit() or number[-1] not in CHECK_DIGITS:
        return
    slips = (
        _slips(number)
        if len(number) == 18
        else _other_lengths(number)
        if len(number) in (17, 19)
        else iter(())
    )
    seen = set()
    for right, slip in slips:
        if right not in seen and birth_of(right):
            seen.add(right)
            yield value, right, slip


def _slips(number: str) -> Iterator[tuple[str, str]]:
    yield number[:17] + check_digit(number[:17]), "校验位不符"
    for place in range(17):
        right = _solved(number, place)
        if right and right != number:
            yield right, f"第{place + 1}位不符"
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        if place < 16 and check_digit(swapped[:17]) == swapped[17]:
            yield swapped, f"第{place + 1}、{place + 2}位颠倒"


def _solved(number: str, place: int) -> str | None:
    """The number with the one digit at this place that agrees with its check digit, if there is one."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    wanted = CHECK_DIGITS.index(number[17])
    digit = (int(number[place]) + (wanted - total) * INVERSES[place]) % 11
    return f"{number[:place]}{digit}{number[place + 1 :]}" if digit < 10 else None


def _other_lengths(number: str) -> Iterator[tuple[str, str]]:
    """A digit too few, put in anywhere; or one too many, taken out anywhere."""
    if len(number) == 19:
        shorter = {number[:place] + number[place + 1 :] for place in range(18)}
        yield from ((one, LENGTH_SLIP) for one in sorted(shorter) if check_digit(one[:17]) == one[17])
        return
    for place in range(17):
        right = _solved(number[:place] + "0" + number[place:], place)
        if right:
            yield right, LENGTH_SLIP
