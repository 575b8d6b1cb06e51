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


def choose(connection: duckdb.DuckDBPyConnection) -> None:
    """Sets aside what the page will show of all rules, the strongest hits with their first records, in one reading."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE shown AS SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY rule"
        " ORDER BY kind, score DESC, sum DESC NULLS LAST, hit_id) AS place FROM hits) AS placed"
        f" WHERE place <= {FIRST_HITS}"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE shown_evidence AS SELECT e.rule, e.hit_id, e.evidence_no,"
        f' e."table", e.file, e.sheet, e."row", e."values" FROM {hits.LOCATED} e JOIN shown s ON s.hit_id = e.hit_id'
        f" WHERE e.evidence_no <= {FIRST_ROWS}"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE shown_counts AS SELECT e.rule, e.hit_id, max(e.evidence_no) AS most"
        f" FROM {hits.LOCATED} e JOIN shown s ON s.hit_id = e.hit_id GROUP BY e.rule, e.hit_id"
    )


def first_hits(connection: duckdb.DuckDBPyConnection, rule: str) -> list[ShownHit]:
    """The strongest hits of a rule with their first records, from what `choose` has set aside."""
    shown = connection.execute(
        f"SELECT hit_id, kind, subject_shown, {hits.yuan('sum')}, strftime(first_date, '%Y-%m-%d'),"
        f" strftime(last_date, '%Y-%m-%d'), \"rows\", score, sentence FROM shown WHERE rule = {hits.text(rule)}"
        " ORDER BY place"
    ).fetchall()
    found = {row[0]: ShownHit(*row) for row in shown}
    lines = connection.execute(
        'SELECT hit_id, evidence_no, "table", file, sheet, "row", "values" FROM shown_evidence'
        f" WHERE rule = {hits.text(rule)} ORDER BY hit_id, evidence_no"
    ).fetchall()
    numbered: dict[tuple[str, int], Row] = {}
    for hit_id, number, name, file, sheet, line, told in lines:
        if (hit_id, number) not in numbered:
            row = numbered[hit_id, number] = Row(json.loads(told))
            found[hit_id].rows.append(row)
        if name:
            numbered[hit_id, number].places.append((name, file, sheet or "", line))
    counts = f"SELECT hit_id, most FROM shown_counts WHERE rule = {hits.text(rule)}"
    for hit_id, most in connection.execute(counts).fetchall():
        found[hit_id].rows_in_all = most
    return list(found.values())
