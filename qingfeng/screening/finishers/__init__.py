"""What SQL cannot say about a rule's evidence, said by small Python functions named in the rule's front matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qingfeng.screening.finishers.rates import (
    beyond_chance,
    binomial_note,
    over_represented,
    together_beyond_chance,
)
from qingfeng.screening.finishers.texts import near_copies

Rows = list[dict[str, Any]]

FINISHERS: dict[str, Callable[[Rows, Mapping[str, Any]], Rows]] = {
    "beyond_chance": beyond_chance,
    "binomial_note": binomial_note,
    "near_copies": near_copies,
    "over_represented": over_represented,
    "together_beyond_chance": together_beyond_chance,
}
"""Evidence rows and settled parameters in; the rows to keep, with the values that the rule declares as added, out."""
