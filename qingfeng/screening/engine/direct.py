"""One rule over the tables of a connection at hand, its hits as objects: for a payment batch, for tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import duckdb

from qingfeng.screening.engine import hits, relations
from qingfeng.screening.engine.duckdb import TIME_LIMIT, OnDuckDB
from qingfeng.screening.engine.finishing import finish
from qingfeng.screening.engine.parameters import settled
from qingfeng.screening.engine.rule import Rule


@dataclass(frozen=True)
class EvidenceLine:
    """One record that speaks in a hit: where it stands, and the values that met."""

    evidence_no: int
    table: str | None
    rec: int | None
    file: str | None
    sheet: str | None
    row: int | None
    values: dict[str, str | None]


@dataclass(frozen=True)
class Hit:
    """A hit as it would stand in hits.csv (the sum in fen), with its evidence."""

    hit_id: str
    rule: str
    version: str
    kind: str
    subject_kind: str
    subject: str
    subject_shown: str
    sum: int | None
    first_date: date | None
    last_date: date | None
    rows: int
    score: int
    sentence: str
    fingerprint: str
    evidence: tuple[EvidenceLine, ...] = field(default=(), repr=False)


def raised_by(
    connection: duckdb.DuckDBPyConnection,
    rule: Rule,
    *,
    as_of: date,
    overrides: Mapping[str, Any] | None = None,
    time_limit: float = TIME_LIMIT,
) -> list[Hit]:
    """Runs a rule on tables or views of its inputs in this connection; optional tables may be missing.

    A rule that needs the calendar finds it there after `relations.load_calendar(connection, days)`.
    """
    values = settled(rule.path.name, rule.parameters, as_of, overrides or {})
    there = {str(row[0]) for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    there |= {str(row[0]) for row in connection.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    for name in rule.optional:
        if name not in there:
            select = relations.empty_select(relations.columns_for(rule)[name])
            connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {select}")
    for name, columns in (("hits", hits.HIT_COLUMNS), ("evidence", hits.EVIDENCE_COLUMNS)):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
    OnDuckDB(connection, time_limit).find(rule, values, as_of, "raw")
    finish(connection, rule, values, "raw")
    hits.collect(connection, rule, "raw")
    return _read(connection)


def _read(connection: duckdb.DuckDBPyConnection) -> list[Hit]:
    lines: dict[str, list[EvidenceLine]] = {}
    for hit_id, number, name, rec, file, sheet, row, told in connection.execute(
        'SELECT hit_id, evidence_no, "table", rec, file, sheet, "row", "values" FROM evidence ORDER BY hit_id, evidence_no'
    ).fetchall():
        line = EvidenceLine(number, name, rec, file, sheet, row, json.loads(told))
        lines.setdefault(hit_id, []).append(line)
    found = connection.execute("SELECT * FROM hits ORDER BY hit_id").fetchall()
    return [replace(Hit(*row), evidence=tuple(lines.get(row[0], ()))) for row in found]
