"""Records of two lists, or of one list against itself, that are one person: prepared, met, compared, weighed, chosen."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from qingfeng.screening.matching import weights as weighing
from qingfeng.screening.matching.blocking import LARGEST_BLOCK, KeyReport, candidates
from qingfeng.screening.matching.choosing import choose_one_to_one, choose_over
from qingfeng.screening.matching.fields import Field
from qingfeng.screening.matching.persons import PERSON, Model
from qingfeng.screening.matching.preparing import Prepared, prepare
from qingfeng.screening.matching.weights import Weights

# From here on a pair is taken for one person; between `POSSIBLE` and it, it is a question.
PROBABLE = 0.5
POSSIBLE = 0.05
SURE = 0.999999


Learner = Callable[[DuckDBPyConnection, Prepared], Weights]


@dataclass(frozen=True)
class Links:
    """What was found. The table `links` (left_rec, right_rec, probability, bits, g_…, w_…) stays in the connection."""

    model: Model
    weights: Weights
    keys: tuple[KeyReport, ...]
    compared: int
    found: int
    seconds: float


def link(
    connection: DuckDBPyConnection,
    left: str,
    right: str | None = None,
    *,
    model: Model = PERSON,
    one_to_one: bool = True,
    learn: Learner | None = weighing.learn,
    probability: float = PROBABLE,
    largest_block: int = LARGEST_BLOCK,
) -> Links:
    """Link two relations (or one with itself); each needs `rec` and columns of the model as text.

    `one_to_one`: no record is linked twice (each list names a person once). Within one list it is never asked.
    `learn`: where the weights come from; None takes those set by hand.
    """
    started = time.monotonic()
    prepared = prepare(connection, model, left, right)
    reports = candidates(connection, prepared, largest_block, one_to_one=one_to_one)
    compare(connection, prepared)
    weights = learn(connection, prepared) if learn else weighing.by_hand(prepared)
    weigh(connection, prepared, weights, probability)
    choose = choose_one_to_one if one_to_one and right is not None else choose_over
    found = choose(connection)
    compared = connection.execute("SELECT count(*) FROM lk_compared").fetchone()
    return Links(
        prepared.model,
        weights,
        tuple(reports),
        int(compared[0]) if compared else 0,
        found,
        time.monotonic() - started,
    )


def compare(connection: DuckDBPyConnection, prepared: Prepared) -> None:
    """`lk_compared`: for each pair that met, the level of each field and the bits of its values."""
    fields = prepared.model.fields
    levels = ", ".join(f"({field.level_sql()})::UTINYINT AS g_{field.column}" for field in fields)
    sure = f"coalesce({prepared.model.sure}, FALSE)" if prepared.model.sure else "FALSE"
    rarities = ", ".join(_rarity(field) for field in fields)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE lk_compared AS SELECT p.l, p.r, p.keys, {sure} AS sure, {levels}, {rarities} "
        "FROM lk_pairs p JOIN lk_records l ON l.rid = p.l JOIN lk_records r ON r.rid = p.r"
    )


def _rarity(field: Field) -> str:
    return f"({field.rarity_sql()})::TINYINT AS b_{field.column}"


def weigh(connection: DuckDBPyConnection, prepared: Prepared, weights: Weights, probability: float) -> None:
    """`lk_weighed`: the pairs at or over the probability, with the bits of each field."""
    parts = []
    for field in prepared.model.fields:
        bits = ", ".join(f"{value:.4f}" for value in weights.of(field))
        parts.append(f"([{bits}]::FLOAT[])[g_{field.column} + 1] + b_{field.column} AS w_{field.column}")
    total = _total(prepared.model)
    least = f"{weights.needed:.4f} + log2({probability} / (1 - {probability}))"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE lk_weighed AS SELECT * FROM (SELECT l, r, keys, sure, {', '.join(parts)}, "
        f"{', '.join(f'g_{field.column}' for field in prepared.model.fields)}, {total} AS bits, "
        f"1 / (1 + pow(2, least(greatest({weights.needed:.4f} - ({total}), -60), 60))) AS probability FROM lk_compared) "
        f"WHERE bits >= {least} OR sure"
    )


def _total(model: Model) -> str:
    """SQL: the bits of the person, and of the household up to what a household can say."""
    own = [f"w_{field.column}" for field in model.fields if not field.household]
    shared = [f"w_{field.column}" for field in model.fields if field.household]
    if not shared:
        return " + ".join(own)
    return " + ".join([*own, f"least({' + '.join(shared)}, {weighing.HOUSEHOLD_BITS})"])
