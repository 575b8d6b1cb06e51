"""What the page shows of a rule: its first hits, and of each the first records."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

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
        f' e."table", e.file, e.sheet, e."row", e."values", e.rec FROM {hits.LOCATED} e JOIN shown s ON s.hit_id = e.hit_id'
        f" WHERE e.evidence_no <= {FIRST_ROWS}"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE shown_counts AS SELECT e.rule, e.hit_id, max(e.evidence_no) AS most"
        f" FROM {hits.LOCATED} e JOIN shown s ON s.hit_id = e.hit_id GROUP BY e.rule, e.hit_id"
    )


class Shown:
    """The strongest hits of all rules with their first records: three questions in all, for three a rule took longer."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        choose(connection)
        self.hits = _by_rule(
            connection,
            f"SELECT rule, hit_id, kind, subject_shown, {hits.yuan('sum')}, strftime(first_date, '%Y-%m-%d'),"
            " strftime(last_date, '%Y-%m-%d'), \"rows\", score, sentence FROM shown ORDER BY rule, place",
        )
        self.lines = _by_rule(
            connection,
            'SELECT rule, hit_id, evidence_no, "table", file, sheet, "row", "values" FROM shown_evidence'
            ' ORDER BY rule, hit_id, evidence_no, "table", rec',
        )
        self.most = dict(connection.execute("SELECT hit_id, most FROM shown_counts").fetchall())

    def of(self, rule: str) -> list[ShownHit]:
        """Those of one rule, the strongest first."""
        found = {hit[0]: ShownHit(*hit) for hit in self.hits[rule]}
        numbered: dict[tuple[str, int], Row] = {}
        for hit_id, number, name, file, sheet, line, told in self.lines[rule]:
            if (hit_id, number) not in numbered:
                row = numbered[hit_id, number] = Row(json.loads(told))
                found[hit_id].rows.append(row)
            if name:
                numbered[hit_id, number].places.append((name, file, sheet or "", line))
        for hit_id, hit in found.items():
            hit.rows_in_all = self.most.get(hit_id, 0)
        return list(found.values())


def _by_rule(connection: duckdb.DuckDBPyConnection, select: str) -> dict[str, list[tuple[Any, ...]]]:
    """Rows by their first column, which is left out of them."""
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for rule, *rest in connection.execute(select).fetchall():
        found[rule].append(tuple(rest))
    return found
