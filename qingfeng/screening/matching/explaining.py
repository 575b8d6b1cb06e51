"""Why two records were taken for one person: each comparison in words, with what it adds to the score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection
from rapidfuzz.distance import DamerauLevenshtein

from qingfeng.screening.matching.fields import Field
from qingfeng.screening.matching.linking import Links

MISSING = "一方缺"


@dataclass(frozen=True)
class Comparison:
    """One field of a pair: both values, the level in words, and its bits (positive speaks for one person)."""

    title: str
    left: str
    right: str
    level: str
    bits: float

    def __str__(self) -> str:
        values = self.left if self.left == self.right else f"{self.left or '—'}／{self.right or '—'}"
        return f"{self.title}{self.level}（{values}）{self.bits:+.1f}"


@dataclass(frozen=True)
class Explanation:
    """A link with all that it is made of."""

    left_rec: str
    right_rec: str
    probability: float
    bits: float
    keys: tuple[str, ...]
    comparisons: tuple[Comparison, ...]

    def __str__(self) -> str:
        weighty = sorted(self.comparisons, key=lambda one: -abs(one.bits))
        return f"把握 {self.probability:.0%}：" + "；".join(
            str(one) for one in weighty if one.level != MISSING
        )


def explain(
    connection: DuckDBPyConnection, links: Links, recs: Sequence[str] | None = None
) -> Iterator[Explanation]:
    """The links in the connection, or those of some left records, best first."""
    fields = links.model.fields
    picked = ", ".join(f"g_{one.column}, w_{one.column}, a.{one.shown}, b.{one.shown}" for one in fields)
    where = "WHERE list_contains($recs, left_rec)" if recs is not None else ""
    rows = connection.execute(
        f"SELECT left_rec, right_rec, probability, bits, keys, {picked} FROM links "
        f"JOIN lk_records a ON a.rid = l JOIN lk_records b ON b.rid = r {where} ORDER BY bits DESC, l, r",
        {"recs": list(recs)} if recs is not None else {},
    ).fetchall()
    for left_rec, right_rec, probability, bits, keys, *cells in rows:
        met = tuple(key.title for number, key in enumerate(links.model.keys) if keys >> number & 1)
        comparisons = tuple(
            _comparison(field, *cells[4 * place : 4 * place + 4]) for place, field in enumerate(fields)
        )
        yield Explanation(left_rec, right_rec, probability, bits, met, comparisons)


def _comparison(field: Field, level: int, bits: float, left: str | None, right: str | None) -> Comparison:
    words = field.levels[level - 1].title if level else MISSING
    if level and words == "不同" and left and right and len(left) > 1:
        steps = DamerauLevenshtein.distance(left, right)
        words = f"不同（差 {steps} 字）" if steps < max(len(left), len(right)) else words
    return Comparison(field.title, left or "", right or "", words, bits)
