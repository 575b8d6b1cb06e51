"""Quartiles and outlier fences, as the Open Contracting Partnership's tool computes them.

The quantile is the median-unbiased one (Hyndman and Fan, 1996, definition 8); the fences are Tukey's, one and a half
interquartile ranges beyond the quartiles. Both matter for results that compare one to one: with another definition
of the quartile, a firm on the fence falls to the other side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

REACH = Fraction(3, 2)
"""Interquartile ranges between a quartile and its fence."""


def quantile(values: Iterable[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie; not a number when there are none."""
    ordered = sorted(values)
    if not ordered:
        return math.nan
    place = (len(ordered) + 1 / 3) * share + 1 / 3
    whole = int(place)
    if whole <= 0 or share == 0:
        return ordered[0]
    if whole >= len(ordered) or share == 1:
        return ordered[-1]
    below, above = ordered[whole - 1], ordered[whole]
    return below + (place - whole) * (above - below)


class Fences(NamedTuple):
    """The first and third quartile of a set of values, and the fences beyond which a value is an outlier."""

    first: float
    third: float
    lower: float
    upper: float


def fences(values: Iterable[float]) -> Fences:
    """Quartiles and fences of the values; all of them not a number when there are no values."""
    known = list(values)
    first, third = quantile(known, 0.25), quantile(known, 0.75)
    if math.isnan(first):
        return Fences(math.nan, math.nan, math.nan, math.nan)
    if math.isinf(third):  # a firm that won for nothing: its margin has no end
        return Fences(first, third, first - 1.5 * (third - first), third)
    spread = Fraction(third - first)
    # Exactly, then rounded once: a value that lies on the fence must not slip over it by rounding twice.
    return Fences(
        first, third, float(Fraction(first) - REACH * spread), float(Fraction(third) + REACH * spread)
    )


@dataclass(slots=True)
class Share:
    """How many of how many: bids won of bids valid, bids disqualified of bids submitted."""

    part: int = 0
    whole: int = 0

    def add(self, part: int, whole: int) -> None:
        """Counts further ones."""
        self.part += part
        self.whole += whole

    @property
    def ratio(self) -> float:
        """Part over whole; a share is only made where there is a whole."""
        return self.part / self.whole
