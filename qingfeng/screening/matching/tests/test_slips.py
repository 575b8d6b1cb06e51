"""A bad ID number knows its neighbours: every slip of one digit is found again, and nothing invalid is proposed."""

from __future__ import annotations

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from qingfeng.screening.cleaning.ids import check_digit
from qingfeng.screening.matching.resolving.slips import put_right

bodies = st.builds(
    lambda day, sequence: f"990101{day:%Y%m%d}{sequence:03d}",
    st.dates(datetime.date(1920, 1, 1), datetime.date(2025, 12, 31)),
    st.integers(0, 999),
)


@given(bodies, st.integers(0, 16), st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_a_wrong_digit_is_put_right(body: str, place: int, step: int) -> None:
    right = body + check_digit(body)
    wrong = right[:place] + str((int(right[place]) + step) % 10) + right[place + 1 :]
    found = {number: slip for _, number, slip in put_right(wrong)}
    assert found[right] == f"第{place + 1}位不符"
    assert all(check_digit(number[:17]) == number[17] for number in found)
    assert len(found) <= 35


@given(bodies, st.integers(0, 16))
@settings(max_examples=40, deadline=None)
def test_a_digit_left_out_is_put_in_again(body: str, place: int) -> None:
    right = body + check_digit(body)
    assert right in {number for _, number, _ in put_right(right[:place] + right[place + 1 :])}


def test_a_check_digit_and_swapped_neighbours_are_put_right() -> None:
    right = "99010119500302123" + check_digit("99010119500302123")
    swapped = right[:14] + right[15] + right[14] + right[16:]
    assert (swapped, right, "第15、16位颠倒") in set(put_right(swapped))
    assert (right[:17] + "0", right, "校验位不符") in set(put_right(right[:17] + "0"))


def test_words_and_short_numbers_have_no_neighbours() -> None:
    assert list(put_right("不详")) == []
    assert list(put_right("99010119500302")) == []
