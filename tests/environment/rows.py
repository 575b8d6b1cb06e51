"""Rows as literals: what was written into the tables between two moments, as statements that write it again."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

Rows = dict[str, None]
"""The rows of a table, in their order, each as its values in the words of SQL."""


class Changes:
    """Statements that make the same rows of the same rows; complete when `recorded` has ended."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.of_indexes: list[tuple[str, Any, bool]] = []
        """SQLite's full-text index cannot be written as rows: it is told again what it was told."""

    def make(self) -> None:
        with connection.cursor() as cursor:
            for statement in self.statements:
                cursor.execute(statement)
            for words, values, many in self.of_indexes:
                (cursor.executemany if many else cursor.execute)(words, values)


@contextmanager
def recorded() -> Iterator[Changes]:
    """What is written meanwhile."""
    changes, before = Changes(), all_rows()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if any(f"{index}(" in sql for index in indexes()) and not sql.startswith("SELECT"):
            params = list(params) if many else params
            changes.of_indexes.append((sql, params, many))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield changes
    for table, rows in all_rows().items():
        changes.statements += differences(table, before[table], rows)


def differences(table: str, before: Rows, after: Rows) -> Iterator[str]:
    """A changed row goes and comes again: no column needs to be a key."""
    gone = [f"'{escaped(row)}'" for row in before if row not in after]
    come = [f"({row})" for row in after if row not in before]
    if gone:
        yield f'DELETE FROM "{table}" WHERE {as_literals(table)} IN ({", ".join(gone)})'
    if come:
        yield f'INSERT INTO "{table}" ({", ".join(columns(table))}) VALUES {", ".join(come)}'


def escaped(text: str) -> str:
    return text.replace("'", "''")


def all_rows() -> dict[str, Rows]:
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'SELECT {as_literals(table)} FROM "{table}"')
            found[table] = dict.fromkeys(row for (row,) in cursor.fetchall())
    return found


@functools.cache
def tables() -> list[str]:
    """Without SQLite's full-text index and the tables in which it keeps itself."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return [name for name in names if not any(name == one or name.startswith(f"{one}_") for one in indexes())]


@functools.cache
def indexes() -> list[str]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
        return [name for (name,) in cursor.fetchall()]


@functools.cache
def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return [connection.ops.quote_name(column.name) for column in found]


@functools.cache
def as_literals(table: str) -> str:
    """The expression of a row's values, as they are written in a statement."""
    literal = "quote({})" if connection.vendor == "sqlite" else "quote_nullable({}::text)"
    return " || ', ' || ".join(literal.format(column) for column in columns(table))
