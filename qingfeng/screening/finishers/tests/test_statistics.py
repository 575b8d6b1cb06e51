"""Tails against values of printed tables and against plain counting."""

from __future__ import annotations

from itertools import combinations
from math import comb

import pytest

from qingfeng.screening.finishers.statistics import (
    binomial_tail,
    chi_square_tail,
    false_discovery,
    hypergeometric_tail,
)


def test_eight_heads_of_ten_come_by_chance_fifty_six_times_in_a_thousand_and_twenty_four() -> None:
    assert binomial_tail(10, 8, 0.5) == pytest.approx(56 / 1024, rel=1e-12)


@pytest.mark.parametrize("successes", range(13))
def test_the_binomial_tail_equals_the_sum_of_its_terms(successes: int) -> None:
    counted = sum(comb(12, k) * 0.3**k * 0.7 ** (12 - k) for k in range(successes, 13))
    assert binomial_tail(12, successes, 0.3) == pytest.approx(counted, rel=1e-11)


def test_what_cannot_happen_has_no_chance_and_what_must_happen_is_certain() -> None:
    assert binomial_tail(5, 1, 0.0) == 0.0
    assert binomial_tail(5, 5, 1.0) == 1.0
    assert binomial_tail(5, 6, 0.5) == 0.0
    assert binomial_tail(5, 0, 0.0) == 1.0


def test_a_tail_of_many_trials_neither_overflows_nor_vanishes() -> None:
    assert binomial_tail(1_000_000, 500_000, 0.5) == pytest.approx(0.5, abs=0.001)
    assert 0 < binomial_tail(2000, 100, 0.02) < 1e-12


def test_meetings_are_counted_like_drawing_lots_by_hand() -> None:
    lots, marked, drawn, met = 9, {0, 1, 2, 3}, 3, 2
    hands = list(combinations(range(lots), drawn))
    counted = sum(len(marked & set(hand)) >= met for hand in hands) / len(hands)
    assert hypergeometric_tail(lots, len(marked), drawn, met) == pytest.approx(counted, rel=1e-12)


def test_who_sits_on_every_panel_meets_every_winner_by_necessity() -> None:
    assert hypergeometric_tail(12, 6, 12, 6) == 1.0


@pytest.mark.parametrize(
    ("statistic", "degrees", "tail"),
    [(3.841, 1, 0.05), (15.507, 8, 0.05), (20.090, 8, 0.01), (18.307, 10, 0.05), (2.733, 8, 0.95)],
)
def test_chi_square_has_the_printed_critical_values(statistic: float, degrees: int, tail: float) -> None:
    assert chi_square_tail(statistic, degrees) == pytest.approx(tail, rel=1e-3)


def test_false_discovery_gives_the_worked_values_of_benjamini_and_hochberg() -> None:
    found = false_discovery({"a": 0.01, "b": 0.02, "c": 0.03, "d": 0.04, "e": 0.5}, tests=5)
    assert [found[key] for key in "abcde"] == pytest.approx([0.05, 0.05, 0.05, 0.05, 0.5])


def test_pairs_looked_at_and_not_kept_count_in_the_correction() -> None:
    assert false_discovery({"a": 0.001}, tests=100)["a"] == pytest.approx(0.1)
