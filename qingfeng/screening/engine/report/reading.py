"""What the page shows of a rule: its first hits, and of each the first records."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import duckdb

from qingfeng.screening.engine import hits

FIRST_HITS = 50
FIRST_ROWS = 20


@dataclass
class Row:
    """One piece of evidence: the values that met and where the records stand."""

    values: dict[str, str | None]
    places: list[tuple[str, str, str, int]] = field(default_factory=list)


@dataclass
class ShownHit:
    """One hit on the page."""

    hit_id: str
    kind: str
    subject: str
    sum: str | None
    first: str | None
    last: str | None
    count: int
    score: int
    sentence: str
    rows: list[Row] = field(default_factory=list)
    rows_in_all: int = 0


def first_hits(connection: duckdb.DuckDBPyConnection, rule: str) -> list[ShownHit]:
    """The strongest hits of a rule with their first records."""
    shown = connection.execute(
        f"SELECT hit_id, kind, subject_shown, {hits.yuan('sum')}, strftime(first_date, '%Y-%m-%d'),"
        f" strftime(last_date, '%Y-%m-%d'), \"rows\", score, sentence FROM hits WHERE rule = {hits.text(rule)}"
        f" ORDER BY kind, score DESC, sum DESC NULLS LAST, hit_id LIMIT {FIRST_HITS}"
    ).fetchall()
    found = {row[0]: ShownHit(*row) for row in shown}
    chosen = ", ".join(hits.text(hit_id) for hit_id in found) or "NULL"
    lines = connection.execute(
        'SELECT hit_id, evidence_no, "table", file, sheet, "row", "values" FROM evidence'
        f" WHERE evidence_no <= {FIRST_ROWS} AND hit_id IN ({chosen}) ORDER BY hit_id, evidence_no"
    ).fetchall()
    numbered: dict[tuple[str, int], Row] = {}
    for hit_id, number, name, file, sheet, line, told in lines:
        if (hit_id, number) not in numbered:
            row = numbered[hit_id, number] = Row(json.loads(told))
            found[hit_id].rows.append(row)
        if name:
            numbered[hit_id, number].places.append((name, file, sheet or "", line))
    for hit_id, most in connection.execute(
        f"SELECT hit_id, max(evidence_no) FROM evidence WHERE hit_id IN ({chosen}) GROUP BY hit_id"
    ).fetchall():
        found[hit_id].rows_in_all = most
    return list(found.values())
