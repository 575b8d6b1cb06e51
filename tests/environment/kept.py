"""What many tests begin with is made once: the first test of a process makes it by the real actions, the others copy it.

The actions ask four hundred questions for the cast; its rows go in again by a dozen statements. Each test has its own
copy of the rows, in its own transaction, and of what the making answered.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection

T = TypeVar("T")


class Kept(Generic[T]):
    """What `make` writes into tables that are empty, and what it answers."""

    def __init__(self, make: Callable[[], T]) -> None:
        self.make = make
        self.insertions: list[str] = []
        self.answer: T | None = None

    def put_in(self) -> T:
        """Its rows stand in the database afterwards, under the same keys in each test."""
        if self.answer is None:
            return self._made_first()
        with connection.cursor() as cursor:
            for insertion in self.insertions:
                cursor.execute(insertion)
        return copy.deepcopy(self.answer)

    def _made_first(self) -> T:
        before = filled_tables()
        answer = self.make()
        self.insertions = [insertion(table) for table in filled_tables() if table not in before]
        self.answer = copy.deepcopy(answer)
        return answer


def filled_tables() -> list[str]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return [table for table in tables if has_rows(cursor, table)]


def has_rows(cursor: Any, table: str) -> bool:
    cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
    return cursor.fetchone() is not None


def insertion(table: str) -> str:
    """The statement that writes all rows of this table anew, every value as a literal."""
    with connection.cursor() as cursor:
        columns = [
            f'"{column.name}"' for column in connection.introspection.get_table_description(cursor, table)
        ]
        literal = "quote({})" if connection.vendor == "sqlite" else "quote_nullable({}::text)"
        row = " || ', ' || ".join(literal.format(column) for column in columns)
        cursor.execute(f'SELECT {row} FROM "{table}"')
        rows = ", ".join(f"({values})" for (values,) in cursor.fetchall())
    return f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES {rows}'
