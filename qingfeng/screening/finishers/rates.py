"""Finishers of rules about rates: how likely is so high a share by chance?

The rule's SELECT says for each group (`test_key`) how often it happened (`successes`) in how many (`trials`), and how
often it happens at large (`base_successes` in `base_trials`); `tests` is the number of groups looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qingfeng.screening.finishers.statistics import binomial_tail, false_discovery, hypergeometric_tail

Row = dict[str, Any]
LEAST_SHOWN = 0.000001


def binomial_note(rows: list[Row], parameters: Mapping[str, Any]) -> list[Row]:
    """Keeps all rows; tells the probability of chance and lets it move the score."""
    p_values, q_values = _tested(rows)
    return [_told(row, p_values[row["test_key"]], q_values[row["test_key"]]) for row in rows]


def over_represented(rows: list[Row], parameters: Mapping[str, Any]) -> list[Row]:
    """Keeps the groups that chance does not explain: corrected probability at most `max_q`."""
    limit = float(parameters["max_q"])
    p_values, q_values = _tested(rows)
    return [
        _told(row, p_values[row["test_key"]], q_values[row["test_key"]])
        for row in rows
        if q_values[row["test_key"]] <= limit
    ]


def beyond_chance(rows: list[Row], parameters: Mapping[str, Any]) -> list[Row]:
    """Keeps the groups whose own probability of chance is at most `max_p`, without correction.

    For rules whose SELECT already asks for a large share: this only takes out small teams, where it must happen.
    """
    limit = float(parameters["max_p"])
    p_values, q_values = _tested(rows)
    return [
        _told(row, p_values[row["test_key"]], q_values[row["test_key"]])
        for row in rows
        if row.get("certain") or p_values[row["test_key"]] <= limit
    ]


def together_beyond_chance(rows: list[Row], parameters: Mapping[str, Any]) -> list[Row]:
    """Keeps the pairs that met more often than two sets of lots of their sizes meet by chance (`max_q`, corrected)."""
    limit = float(parameters["max_q"])
    p_values, q_values = _tested(rows, _met_by_chance)
    return [
        _told(row, p_values[row["test_key"]], q_values[row["test_key"]])
        for row in rows
        if q_values[row["test_key"]] <= limit
    ]


def _met_by_chance(row: Row) -> float:
    return hypergeometric_tail(
        int(row["base_trials"]), int(row["base_successes"]), int(row["trials"]), int(row["successes"])
    )


def _tested(
    rows: list[Row], chance_of: Callable[[Row], float] | None = None
) -> tuple[dict[str, float], dict[str, float]]:
    groups = {row["test_key"]: row for row in rows}
    p_values = {key: (chance_of or _p_value)(row) for key, row in groups.items()}
    tests = max((int(row["tests"] or 0) for row in groups.values()), default=0)
    return p_values, false_discovery(p_values, tests)


def _p_value(row: Row) -> float:
    if row["successes"] is None or not row["base_trials"]:
        return 1.0
    chance = int(row["base_successes"]) / int(row["base_trials"])
    return binomial_tail(int(row["trials"]), int(row["successes"]), min(max(chance, 0.0), 1.0))


def _told(row: Row, p_value: float, q_value: float) -> Row:
    lift = 20 if q_value <= 0.001 else 10 if q_value <= 0.05 else 0
    return {**row, "p_value": _shown(p_value), "strength": min(95, int(row["strength"]) + lift)}


def _shown(p_value: float) -> str:
    return "小于百万分之一" if p_value < LEAST_SHOWN else f"{p_value:.6f}"
