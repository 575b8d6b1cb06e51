"""Rows into tables by the thousand, on either database: executemany on SQLite, COPY on PostgreSQL.

Each table is told the columns that are given; the others take the model's defaults, so that a column added later
does not stop the bench.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models, transaction

Row = Sequence[Any]


class Table:
    """A model's table and the rows that wait to be written to it. Ids are given out here unless a row brings its key."""

    def __init__(self, model: type[models.Model], columns: str) -> None:
        named = columns.split()
        key = model._meta.pk
        assert key is not None
        self.is_numbered = key.column not in named
        rest = [field for field in model._meta.concrete_fields if field.column not in (*named, key.column)]
        self.name, self.key = model._meta.db_table, key.column
        self.columns = [
            *([key.column] if self.is_numbered else []),
            *named,
            *(field.column for field in rest),
        ]
        self.rows: list[Row] = []
        self._rest = tuple(field.get_db_prep_save(field.get_default(), connection) for field in rest)
        rows = model._base_manager.order_by()
        self._last = (rows.aggregate(last=models.Max("pk"))["last"] or 0) if self.is_numbered else 0

    def add(self, *values: Any) -> int:
        """The id of the new row; 0 where the row brings its own key."""
        if not self.is_numbered:
            self.rows.append((*values, *self._rest))
            return 0
        self._last += 1
        self.rows.append((self._last, *values, *self._rest))
        return self._last


def write(tables: Sequence[Table]) -> None:
    """All that waits, in one transaction, in the order of the tables."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            if table.rows:
                _copy(cursor, table) if connection.vendor == "postgresql" else _insert(cursor, table)
                table.rows = []


def begin() -> None:
    """Without the waits and checks that a bulk load does not need; the rows themselves keep to the constraints."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            for pragma in ("synchronous = OFF", "foreign_keys = OFF", "cache_size = -400000"):
                cursor.execute(f"PRAGMA {pragma}")


def end(tables: Sequence[Table]) -> None:
    """Sequences set behind the last id, the checks on again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                if table.is_numbered:
                    sequence = f"pg_get_serial_sequence('{table.name}', '{table.key}')"
                    cursor.execute(f"SELECT setval({sequence}, (SELECT MAX({table.key}) FROM {table.name}))")
            cursor.execute("SET session_replication_role = DEFAULT")
        else:
            cursor.execute("PRAGMA foreign_keys = ON")
    connection.close()


def _insert(cursor: Any, table: Table) -> None:
    marks = ", ".join(["?"] * len(table.columns))
    names = ", ".join(f'"{name}"' for name in table.columns)
    cursor.connection.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", table.rows)


def _copy(cursor: Any, table: Table) -> None:
    names = ", ".join(f'"{name}"' for name in table.columns)
    lines = ("\t".join(map(_text, row)) + "\n" for row in table.rows)
    with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        copy.write("".join(lines))


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bytes | memoryview):
        return "\\\\x" + bytes(value).hex()
    text = str(value)
    return text.replace("\\", "\\\\") if "\\" in text else text
