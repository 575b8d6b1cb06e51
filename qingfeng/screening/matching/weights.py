"""How much each step of agreement weighs: the model of Fellegi and Sunter, learned from the lists themselves.

A level weighs log₂(m ÷ u): how much oftener records of one person stand so than records of two. `u` is counted in
random pairs, `m` is learned by expectation and maximisation over the pairs that met. The hand-set values of the
fields stand behind both as imagined pairs, so that a small or odd list cannot turn the weights upside down.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from qingfeng.screening.matching.fields import Field
from qingfeng.screening.matching.preparing import Prepared

RANDOM_RECORDS = 400
LEARN_FROM = 150_000
ROUNDS = 25
# Imagined pairs behind the hand-set values.
BEHIND_M = 200.0
BEHIND_U = 20_000.0
# However short the lists: they are drawn from a district, and this many others could have been meant.
LARGEST_PRIOR = 1 / 2000
# Address, village and telephone are shared by a household: together they say no more than this about a person.
HOUSEHOLD_BITS = 14.0

Pattern = tuple[tuple[int, ...], tuple[int, ...], int, float]


@dataclass(frozen=True)
class Weights:
    """Per column and level the m and u; `prior` is the share of true pairs among all pairs."""

    m: Mapping[str, Sequence[float]]
    u: Mapping[str, Sequence[float]]
    prior: float
    learned: bool

    def of(self, field: Field) -> list[float]:
        """The bits of each level, from 0 (missing: nothing said). Where a rarity stands for u, only log₂ m."""
        bits = [0.0]
        for level, m, u in zip(field.levels, self.m[field.column], self.u[field.column], strict=True):
            bits.append(math.log2(m) if level.rarity else math.log2(m / u))
        return bits

    @property
    def needed(self) -> float:
        """The bits at which same and different are equally likely."""
        return -math.log2(self.prior / (1 - self.prior))


def by_hand(prepared: Prepared, expected: float | None = None) -> Weights:
    """The hand-set weights; every second record of the smaller list is expected to have a partner."""
    fields = prepared.model.fields
    smaller = prepared.sizes[0] if prepared.itself else min(prepared.sizes)
    matches = expected if expected is not None else smaller / 2
    prior = min(LARGEST_PRIOR, max(1e-15, matches / max(prepared.pairs, 1)))
    m = {field.column: _normal([level.m for level in field.levels]) for field in fields}
    u = {field.column: [level.u for level in field.levels] for field in fields}
    return Weights(m, u, prior, learned=False)


def _normal(values: Sequence[float]) -> list[float]:
    return [value / sum(values) for value in values]


def learn(connection: DuckDBPyConnection, prepared: Prepared) -> Weights:
    """Weights from the pairs in `lk_compared`."""
    start = by_hand(prepared)
    u = _chance_agreement(connection, prepared, start)
    patterns, share = _patterns(connection, prepared.model.fields)
    return _maximise(prepared, start, u, patterns, share)


def _chance_agreement(
    connection: DuckDBPyConnection, prepared: Prepared, start: Weights
) -> dict[str, list[float]]:
    """u: how often records that were drawn by lot stand at each level."""
    sides = (0, 0) if prepared.itself else (0, 1)
    for side, letter in zip(sides, "lr", strict=True):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE lk_drawn_{letter} AS SELECT * FROM lk_records SEMI JOIN "
            f"(SELECT rid FROM lk_records WHERE side = {side} ORDER BY hash(rid + {ord(letter)}) LIMIT {RANDOM_RECORDS}) USING (rid)"
        )
    result = {}
    for field in prepared.model.fields:
        rows = connection.execute(
            f"SELECT {field.level_sql()} AS g, count(*) FROM lk_drawn_l l, lk_drawn_r r WHERE l.rid <> r.rid GROUP BY g"
        ).fetchall()
        counts = {level: count for level, count in rows if level}
        result[field.column] = _u_of(field, counts, start.u[field.column])
    return result


def _u_of(field: Field, counts: Mapping[int, int], start: Sequence[float]) -> list[float]:
    total = sum(counts.values())
    return [
        old if level.fixed else (counts.get(number, 0) + BEHIND_U * old) / (total + BEHIND_U)
        for number, (level, old) in enumerate(zip(field.levels, start, strict=True), 1)
    ]


def _patterns(connection: DuckDBPyConnection, fields: Sequence[Field]) -> tuple[list[Pattern], float]:
    """The kinds of pairs among those compared, each with its count; and the share of pairs looked at."""
    row = connection.execute("SELECT count(*) FROM lk_compared").fetchone()
    total = int(row[0]) if row else 0
    every = max(1, total // LEARN_FROM)
    levels = ", ".join(f"g_{field.column}" for field in fields)
    bits = ", ".join(f"b_{field.column} // 2 * 2" for field in fields)
    rows = connection.execute(
        f"SELECT [{levels}] AS g, [{bits}] AS b, count(*), bool_or(sure) FROM lk_compared "
        f"WHERE hash(l, r) % {every} = 0 GROUP BY g, b, sure"
    ).fetchall()
    return [(tuple(g), tuple(b), count, 1.0 if sure else -1.0) for g, b, count, sure in rows], 1 / every


def _maximise(
    prepared: Prepared,
    start: Weights,
    u: Mapping[str, Sequence[float]],
    patterns: Sequence[Pattern],
    share: float,
) -> Weights:
    """m and the expected number of true pairs, by expectation and maximisation."""
    fields = prepared.model.fields
    m = {field.column: list(start.m[field.column]) for field in fields}
    prior = start.prior
    matches = 0.0
    for _ in range(ROUNDS):
        chances = _expectation(fields, Weights(m, u, prior, learned=True), patterns)
        before, matches = (
            matches,
            sum(chance * pattern[2] for chance, pattern in zip(chances, patterns, strict=True)),
        )
        m = {
            field.column: _m_of(place, field, start.m[field.column], patterns, chances)
            for place, field in enumerate(fields)
        }
        prior = min(LARGEST_PRIOR, max(1e-15, max(matches / share, 1.0) / max(prepared.pairs, 1)))
        if abs(matches - before) < 0.001 * max(before, 1):
            break
    return Weights(m, u, prior, learned=True)


def _expectation(fields: Sequence[Field], weights: Weights, patterns: Sequence[Pattern]) -> list[float]:
    """How likely each kind of pair is one person."""
    bits = [weights.of(field) for field in fields]
    shared = [place for place, field in enumerate(fields) if field.household]
    own = [place for place, field in enumerate(fields) if not field.household]
    chances = []
    for levels, rarities, _, sure in patterns:
        of_household = sum(bits[place][levels[place]] + rarities[place] for place in shared)
        score = sum(bits[place][levels[place]] + rarities[place] for place in own)
        score += min(of_household, HOUSEHOLD_BITS) - weights.needed
        chances.append(1.0 if sure > 0 else 1 / (1 + 2.0 ** -max(min(score, 60.0), -60.0)))
    return chances


def _m_of(
    place: int, field: Field, start: Sequence[float], patterns: Sequence[Pattern], chances: Sequence[float]
) -> list[float]:
    if all(level.fixed for level in field.levels):
        return list(start)
    counts = [BEHIND_M * value for value in start]
    for (levels, _, count, _), chance in zip(patterns, chances, strict=True):
        if levels[place]:
            counts[levels[place] - 1] += count * chance
    return _normal(counts)
