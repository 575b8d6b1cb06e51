"""The quality of a load (H06): what should be asked back from the sender before anybody trusts a hit.

Missing and bad identity numbers, dates in the future, records sent twice in different files, and a table that shrank
or grew by more than 30 % against the load before. Refused rows and cells are in the load report already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import duckdb

from qingfeng.screening import catalogue
from qingfeng.screening.catalogue import Column, Table
from qingfeng.screening.spool import sql_text
from qingfeng.screening.store.stored import Store

JUMP_PERCENT = 30
EXAMPLES = 5
# Days that lie ahead by their nature: ends of contracts, of notices, of terms.
AHEAD = frozenset({"to_date", "end_date", "due_date", "notice_to"})


@dataclass(frozen=True)
class Finding:
    """One weakness of one table: how many rows, of how many, and where to look."""

    table: str
    title: str
    kind: str  # missing_id · bad_id · future_date · sent_twice · jump
    sentence: str
    rows: int
    of: int
    examples: Sequence[str] = ()


@dataclass
class QualityReport:
    """All findings of a store, with the load report file by file."""

    as_of: date
    tables: dict[str, int]
    findings: list[Finding] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)

    @property
    def waiting(self) -> list[dict[str, Any]]:
        """Files that are not loaded: headers to confirm, or unreadable."""
        return [line for line in self.files if line["status"] in ("asked", "unread")]

    def as_dict(self) -> dict[str, Any]:
        return {
            "as_of": self.as_of.isoformat(),
            "tables": self.tables,
            "files": self.files,
            "findings": [asdict(one) for one in self.findings],
        }

    def lines(self) -> list[str]:
        """The findings as sentences, each with its places."""
        said = [f"{one.title}：{one.sentence}" + _places(one.examples) for one in self.findings]
        return said or ["没有发现数据质量问题"]


def _places(examples: Sequence[str]) -> str:
    return f"（如 {'、'.join(examples)}）" if examples else ""


def check(store: Store, *, as_of: date, memory_limit: str = "2GB") -> QualityReport:
    """Looks through every loaded table once."""
    report = QualityReport(as_of, store.tables, files=store.report)
    connection = store.connect(memory_limit=memory_limit)
    for name, rows in store.tables.items():
        table = catalogue.table(name)
        for column in table.columns:
            if column.type == "person_id":
                report.findings += _identity(connection, table, column, rows)
            elif column.type in ("date", "from_day", "timestamp") and column.name not in AHEAD:
                report.findings += _future(connection, table, column, rows, as_of)
        report.findings += _sent_twice(connection, table, rows)
        report.findings += _jump(table, rows, store.manifest.before.get(name))
    connection.close()
    return report


def _found(connection: duckdb.DuckDBPyConnection, table: Table, where: str) -> tuple[int, list[str]]:
    """How many rows a condition holds for, and where the first ones stand."""
    count = connection.execute(f'SELECT count(*) FROM "{table.name}" WHERE {where}').fetchone()
    if not count or not count[0]:
        return 0, []
    first = connection.execute(
        f'SELECT source_file, source_sheet, source_row FROM "{table.name}" WHERE {where} ORDER BY rec LIMIT {EXAMPLES}'
    ).fetchall()
    return int(count[0]), [f"{file}{f'·{sheet}' if sheet else ''} 第{row}行" for file, sheet, row in first]


def _identity(
    connection: duckdb.DuckDBPyConnection, table: Table, column: Column, rows: int
) -> list[Finding]:
    role = column.name.removesuffix("id_no")
    key, shown = f'"{role}person_key"', f'"{role}id_shown"'
    made = []
    missing, where = _found(connection, table, f"{key} IS NULL AND {shown} IS NULL")
    if missing == rows:
        sentence = f"没有一行有{column.title}，无法按身份证号比对"
        return [Finding(table.name, table.title, "missing_id", sentence, missing, rows)]
    if missing:
        sentence = f"{missing:,} 行（共 {rows:,} 行）没有{column.title}"
        made.append(Finding(table.name, table.title, "missing_id", sentence, missing, rows, where))
    bad, where = _found(connection, table, f"{key} IS NULL AND {shown} IS NOT NULL")
    if bad:
        sentence = f"{bad:,} 行（共 {rows:,} 行）的{column.title}有错，不能用"
        made.append(Finding(table.name, table.title, "bad_id", sentence, bad, rows, where))
    return made


def _future(
    connection: duckdb.DuckDBPyConnection, table: Table, column: Column, rows: int, as_of: date
) -> list[Finding]:
    late, where = _found(
        connection, table, f'CAST("{column.name}" AS DATE) > DATE {sql_text(as_of.isoformat())}'
    )
    if not late:
        return []
    sentence = f"{late:,} 行的{column.title}晚于 {as_of}"
    return [Finding(table.name, table.title, "future_date", sentence, late, rows, where)]


def _sent_twice(connection: duckdb.DuckDBPyConnection, table: Table, rows: int) -> list[Finding]:
    """Records equal in everything that stand in two files: cumulative lists sent month by month look like this, and
    would be taken for double payments."""
    several = connection.execute(
        f'SELECT min(source_file) <> max(source_file) FROM "{table.name}"'
    ).fetchone()
    if not several or not several[0]:
        return []
    stored = [f'"{name}"' for name in catalogue.stored_columns(table) if name not in catalogue.SOURCE_COLUMNS]
    hashed = f"hash({', '.join(stored)})"
    found = connection.execute(
        f"SELECT sum(n - 1)::BIGINT, min(one) || ' 与 ' || min(other) FROM (SELECT count(*) AS n, min(source_file) AS one, "
        f'max(source_file) AS other FROM "{table.name}" GROUP BY {hashed} HAVING min(source_file) <> max(source_file))'
    ).fetchone()
    if not found or not found[0]:
        return []
    sentence = f"{found[0]:,} 行在不同文件里重复报送"
    return [Finding(table.name, table.title, "sent_twice", sentence, int(found[0]), rows, [str(found[1])])]


def _jump(table: Table, rows: int, before: int | None) -> list[Finding]:
    if not before or abs(rows - before) * 100 <= before * JUMP_PERCENT:
        return []
    percent = round((rows - before) * 100 / before)
    sentence = f"{rows:,} 行，比上次载入（{before:,} 行）{'多' if percent > 0 else '少'} {abs(percent)}%"
    return [Finding(table.name, table.title, "jump", sentence, rows, before)]
