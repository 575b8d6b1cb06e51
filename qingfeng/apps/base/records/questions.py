"""Questions asked within other questions, put into the database's words once.

A page asks a dozen times “of these units”. As a queryset such a question is copied, renamed and compiled anew wherever
it stands, which took more of a page's time than the database. Only words are kept here, never an answer.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import BigIntegerField, QuerySet
from django.db.models.expressions import Expression
from django.db.models.sql.where import WhereNode

MOST = 500
"""So many questions are kept, of some fifty kilobytes each; the one first asked goes first."""


class Question(Expression):
    """A whole subquery that looks at nothing outside itself, so that it reads the same wherever it stands."""

    output_field = BigIntegerField()

    def __init__(self, statement: str, values: tuple[Any, ...]) -> None:
        super().__init__()
        self.statement = statement
        self.values = values

    def resolve_expression(self, *given: Any, **named: Any) -> Question:
        return self

    def relabeled_clone(self, change_map: Any) -> Question:
        return self

    def get_group_by_cols(self) -> list[Any]:
        return []

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if not self.statement:
            raise EmptyResultSet
        return self.statement, self.values


def words_of(rows: QuerySet) -> Question:
    """The question for these rows, which select one key, for `__in=`."""
    try:
        statement, values = rows.order_by().query.sql_with_params()
    except EmptyResultSet:
        return Question("", ())
    return Question(f"({statement})", tuple(values))


class _Kept:
    """A question in the database's words, with what makes records of its answer."""

    def __init__(self, rows: QuerySet) -> None:
        if rows._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise ValueError("further questions, which are not kept")
        self.rows = rows._chain()  # type: ignore[attr-defined]
        self.compiler = self.rows.query.get_compiler(using=rows.db)
        self.words: Any = None
        with suppress(EmptyResultSet):
            self.words = self.compiler.as_sql()
        self.rows.query.where = WhereNode()  # it is in the words; the largest part of what would be kept

    def ask(self) -> list[Any]:
        if self.words is None:
            return []
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[self.rows.db]
        compiler.as_sql = lambda *given, **named: self.words  # type: ignore[method-assign,assignment]
        asked = object.__new__(type(self.rows))  # to copy a queryset is to ask it
        asked.__dict__ |= self.rows.__dict__
        asked._query = copy.copy(self.rows.query)
        asked._query.get_compiler = lambda *given, **named: compiler  # type: ignore[method-assign]
        return list(asked._iterable_class(asked))


_kept: dict[Hashable, _Kept] = {}


def answers(key: Hashable, rows: Callable[[], QuerySet]) -> list[Any]:
    """What the database answers now; the question is put together the first time only.

    `key` names everything that `rows` makes the question of: who asks with which posts, the day, the campaign. What
    the question is about is read each time.
    """
    kept = _kept.get(key)
    if kept is None:
        with connection.execute_wrapper(_nothing_is_asked):
            kept = _kept[key] = _Kept(rows())
        for oldest in list(_kept)[: len(_kept) - MOST]:
            _kept.pop(oldest, None)
    return kept.ask()


def _nothing_is_asked(*_given: Any) -> None:
    """While a question is put together: an answer would be kept with it."""
    raise RuntimeError("an answer of the database would be kept as part of a question")
