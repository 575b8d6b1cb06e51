"""Kept questions as statements that PostgreSQL prepares: parsed and planned once a connection, asked by their names.

To plan a page's questions takes PostgreSQL longer than to answer them. What a question is made of stands in it as
constants, so that its plan is made for this reader's units and this day, as if it were asked for the first time; only what
is told each time is a parameter, and a question with parameters is planned each time (`plan_cache_mode`, see the settings).
Other questions are asked as Django asks them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

_PLACE = re.compile(r"%(%|s)")


class Statement:
    """A question's words with their constants in them."""

    def __init__(
        self, words: str, values: Sequence[Any], is_told: Callable[[Any], bool], connection: Any
    ) -> None:
        self.told = [value for value in values if is_told(value)]
        self.words = _with_constants(words, values, is_told, connection, has_told=bool(self.told))

    def rows(self, values: Sequence[Any], connection: Any) -> list[tuple[Any, ...]]:
        """What the database answers now; through Django's own wrapper, which sees every question."""
        connection.ensure_connection()
        with connection.wrap_database_errors:
            cursor = _cursor_class()(connection.connection)
        with connection._prepare_cursor(cursor) as asked:
            asked.execute(self.words, list(values) if self.told else None)
            return asked.fetchall()  # type: ignore[no-any-return]


@dataclass(frozen=True)
class _Words:
    """What Django reads of a question asked, where queries are told."""

    query: bytes


@cache
def _cursor_class() -> Any:
    from django.db.backends.postgresql.base import ServerBindingCursor  # no psycopg beside SQLite

    class Asked(ServerBindingCursor):  # type: ignore[misc]
        """A prepared question is asked by its name: its words are noted, else nobody could tell what was asked."""

        def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
            try:
                return super().execute(query, params, **how)
            finally:
                if self._query is None:  # type: ignore[has-type]
                    self._query = _Words(query.encode())

    return Asked


def _with_constants(
    words: str, values: Sequence[Any], is_told: Callable[[Any], bool], connection: Any, *, has_told: bool
) -> str:
    from psycopg.sql import Literal

    connection.ensure_connection()
    given = iter(values)

    def put(place: re.Match[str]) -> str:
        if place[1] == "%":
            return "%%" if has_told else "%"
        value = next(given)
        if is_told(value):
            return "%s"
        constant = Literal(value).as_string(connection.connection)
        return constant.replace("%", "%%") if has_told else constant

    return _PLACE.sub(put, words)
