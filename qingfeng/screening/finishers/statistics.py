"""Exact tails and corrections for many tests, in plain Python.

Over-representation is told by an exact binomial tail, not by a ratio of small numbers; many pairs looked at together are
corrected after Benjamini and Hochberg (1995), so that about one in twenty of those shown is chance, not each twentieth pair.
"""

from __future__ import annotations

import math
from collections.abc import Mapping


def log_binomial(trials: int, successes: int, chance: float) -> float:
    """Natural logarithm of the probability of exactly so many successes."""
    if chance <= 0:
        return 0.0 if successes == 0 else -math.inf
    if chance >= 1:
        return 0.0 if successes == trials else -math.inf
    return (
        log_choose(trials, successes)
        + successes * math.log(chance)
        + (trials - successes) * math.log1p(-chance)
    )


def binomial_tail(trials: int, successes: int, chance: float) -> float:
    """Probability of at least so many successes."""
    if successes <= 0:
        return 1.0
    if successes > trials:
        return 0.0
    terms = (log_binomial(trials, k, chance) for k in range(successes, trials + 1))
    return min(1.0, math.fsum(math.exp(term) for term in terms))


def log_choose(n: int, k: int) -> float:
    """Natural logarithm of the number of ways to choose k of n."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def hypergeometric_tail(lots: int, marked: int, drawn: int, met: int) -> float:
    """Probability that, drawing some of all lots blindly, at least so many marked ones are met (Fisher, one-sided)."""
    most = min(marked, drawn)
    if met <= max(0, marked + drawn - lots):
        return 1.0
    if met > most:
        return 0.0
    ways = log_choose(lots, drawn)
    terms = (
        log_choose(marked, k) + log_choose(lots - marked, drawn - k) - ways
        for k in range(met, most + 1)
        if drawn - k <= lots - marked
    )
    return min(1.0, math.fsum(math.exp(term) for term in terms))


def chi_square_tail(statistic: float, degrees: int) -> float:
    """Probability that chi-square with so many degrees of freedom is at least this large."""
    if statistic <= 0:
        return 1.0
    shape, x = degrees / 2, statistic / 2
    scale = math.exp(-x + shape * math.log(x) - math.lgamma(shape))
    if x < shape + 1:
        return max(0.0, 1.0 - scale * _lower_series(shape, x))
    return min(1.0, scale * _upper_fraction(shape, x))


def _lower_series(shape: float, x: float) -> float:
    term = total = 1 / shape
    step = shape
    while abs(term) > abs(total) * 1e-16:
        step += 1
        term *= x / step
        total += term
    return total


def _upper_fraction(shape: float, x: float) -> float:
    """The continued fraction of the upper incomplete gamma function, by Lentz's method."""
    tiny = 1e-300
    b = x + 1 - shape
    c, d = 1 / tiny, 1 / b
    value = d
    for i in range(1, 1000):
        an = -i * (i - shape)
        b += 2
        d = 1 / ((an * d + b) or tiny)
        c = (b + an / c) or tiny
        value *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return value


def false_discovery(p_values: Mapping[str, float], tests: int) -> dict[str, float]:
    """Benjamini–Hochberg q-value of each test; `tests` counts also those that were looked at and not kept."""
    ranked = sorted(p_values, key=lambda key: p_values[key])
    total = max(tests, len(ranked))
    found: dict[str, float] = {}
    smallest = 1.0
    for rank in range(len(ranked), 0, -1):
        key = ranked[rank - 1]
        smallest = min(smallest, p_values[key] * total / rank)
        found[key] = smallest
    return found
