"""What a run leaves: summary.json, hits.csv, evidence.parquet and the report page."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb

from qingfeng.screening.engine import hits, report
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.summary import Summary

SUMMARY, HITS, EVIDENCE, REPORT = "summary.json", "hits.csv", "evidence.parquet", "report.html"
COLUMNS = (
    "hit_id", "rule", "version", "kind", "subject_kind", "subject", "subject_shown", "sum", "first_date", "last_date",
    "rows", "score", "sentence", "fingerprint",
)  # fmt: skip
FORMULA = re.compile(r"[=+\-@\t\r]")
KEY_FIRST = re.compile(r"-[A-Za-z0-9_-]{11}(\||$)")
"""A key may begin with a hyphen; it holds nothing that a spreadsheet could compute."""


def write(connection: duckdb.DuckDBPyConnection, out: Path, summary: Summary, rules: Sequence[Rule]) -> None:
    """Writes all four; each appears whole or not at all.

    While DuckDB looks for the places of the records and writes the evidence, Python writes the hits and the page.
    """
    with ThreadPoolExecutor(2, thread_name_prefix="outputs") as beside:
        raised = beside.submit(_write_hits, connection.cursor(), out / HITS)
        hits.locate(connection)
        proven = beside.submit(_write_evidence, connection.cursor(), out / EVIDENCE)
        part = out / f".{REPORT}.part"
        report.write(connection, part, summary, rules)
        os.replace(part, out / REPORT)
        raised.result()
        proven.result()
    replace(out / SUMMARY, json.dumps(summary.as_dict(), ensure_ascii=False, indent=1) + "\n")


def replace(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Writes a text file so that a reader never sees half of it."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding=encoding, newline="")
    os.replace(part, path)


def _write_hits(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows(connection):
            writer.writerow([neutral(cell) for cell in row])
    os.replace(part, path)


def rows(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """All hits as they stand in hits.csv: rule by rule, the strongest and largest first."""
    cursor = connection.execute(
        f"SELECT hit_id, rule, version, kind, subject_kind, subject, subject_shown, {hits.yuan('sum')}, first_date,"
        ' last_date, "rows", score, sentence, fingerprint FROM hits'
        " ORDER BY rule, kind, score DESC, sum DESC NULLS LAST, hit_id"
    )
    while part := cursor.fetchmany(5000):
        yield from part


def neutral(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and FORMULA.match(cell) and not KEY_FIRST.match(cell):
        return "'" + cell
    return "" if cell is None else cell


def _write_evidence(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    part = path.with_name(f".{path.name}.part")
    connection.execute(
        f'COPY (SELECT * FROM {hits.LOCATED} ORDER BY rule, hit_id, evidence_no, "table", rec)'
        f" TO {hits.text(str(part))} (FORMAT parquet, COMPRESSION zstd)"
    )
    os.replace(part, path)
