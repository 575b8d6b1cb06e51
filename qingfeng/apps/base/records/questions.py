"""Questions asked within other questions, put into the database's words once.

A page asks a dozen times “of these units”. As a queryset such a question is copied, renamed and compiled anew wherever
it stands, which took more of a page's time than the database. Only words are kept here, never an answer. What differs
from one time to the next, the place in a list, the word that is looked for, the keys of a page, is `Given` when it is
asked.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import BigIntegerField, BooleanField, F, Field, QuerySet
from django.db.models.expressions import Expression
from django.db.models.sql.where import WhereNode

from qingfeng.apps.base.records.prepared import Statement

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


class Given(Expression):
    """A value that a question is asked with: kept with its words is its name alone. Elsewhere a value like any other."""

    statement = "%s"

    def __init__(self, name: str, value: Any, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name
        self.value = value

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return self.statement, (self if _is_kept.get() else self.told(self.value, connection),)

    def told(self, value: Any, connection: Any) -> Any:
        """As the database is told this value."""
        return self.output_field.get_db_prep_value(value, connection)


class GivenKeys(Given):
    """Some keys, for `…__in`, as one value: a place for each costs more than the question."""

    def __init__(self, name: str, keys: Sequence[int], output_field: Field | None = None) -> None:
        super().__init__(name, keys, output_field or BigIntegerField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        is_sqlite = connection.vendor == "sqlite"
        statement = "(SELECT value FROM json_each(%s))" if is_sqlite else "(SELECT unnest(%s::bigint[]))"
        return statement, super().as_sql(compiler, connection)[1]

    def told(self, value: Any, connection: Any) -> Any:
        return json.dumps(list(value)) if connection.vendor == "sqlite" else list(value)


class AmongKeys(GivenKeys):
    """The condition that the row's key is one of thousands. PostgreSQL knows how many are in an array."""

    def __init__(self, name: str, keys: Sequence[int]) -> None:
        super().__init__(name, keys, BooleanField())
        self.column: Any = F("pk")

    def get_source_expressions(self) -> list[Any]:
        return [self.column]

    def set_source_expressions(self, expressions: Sequence[Any]) -> None:
        (self.column,) = expressions

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = compiler.compile(self.column)
        among, keys = super().as_sql(compiler, connection)
        among = f"IN {among}" if connection.vendor == "sqlite" else "= ANY(%s::bigint[])"
        return f"{column} {among}", (*values, *keys)


_is_kept: ContextVar[bool] = ContextVar("words_are_kept", default=False)


@contextmanager
def _keeping_words() -> Iterator[None]:
    token = _is_kept.set(True)
    try:
        with connection.execute_wrapper(_nothing_is_asked):
            yield
    finally:
        _is_kept.reset(token)


Told = Mapping[str, Any]
"""What a question is asked with, by the names of what is `Given` in it."""
_NOTHING: Told = {}


def _with(values: Sequence[Any], told: Told, connection: Any) -> tuple[Any, ...]:
    return tuple(
        value.told(told[value.name], connection) if isinstance(value, Given) else value for value in values
    )


def _prepared(kept: _Kept | _KeptCount, told: Told, connection: Any) -> list[tuple[Any, ...]]:
    """What PostgreSQL answers to these words."""
    if kept.statement is None:
        words, values = kept.words
        kept.statement = Statement(words, values, lambda value: isinstance(value, Given), connection)
    return kept.statement.rows(_with(kept.statement.told, told, connection), connection)


class _Kept:
    """A question in the database's words, with what makes records of its answer."""

    def __init__(self, rows: QuerySet) -> None:
        if rows._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise ValueError("further questions, which are not kept")
        self.rows = rows._chain()  # type: ignore[attr-defined]
        self.compiler = self.rows.query.get_compiler(using=rows.db)
        self.words: Any = None
        self.statement: Statement | None = None
        with suppress(EmptyResultSet):
            self.words = self.compiler.as_sql()
        self.rows.query.where = WhereNode()  # it is in the words; the largest part of what would be kept

    def ask(self, told: Told) -> list[Any]:
        if self.words is None:
            return []
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[self.rows.db]
        if compiler.connection.vendor == "postgresql":
            found = _prepared(self, told, compiler.connection)
            compiler.execute_sql = lambda *given, **named: [found]  # type: ignore[method-assign,assignment]
        else:
            words = self.words[0], _with(self.words[1], told, compiler.connection)
            compiler.as_sql = lambda *given, **named: words  # type: ignore[method-assign,assignment]
        asked = object.__new__(type(self.rows))  # to copy a queryset is to ask it
        asked.__dict__ |= self.rows.__dict__
        asked._query = copy.copy(self.rows.query)
        asked._query.get_compiler = lambda *given, **named: compiler  # type: ignore[method-assign]
        return list(asked._iterable_class(asked))


class _KeptCount:
    """The question how many rows there are, in the database's words."""

    def __init__(self, rows: QuerySet) -> None:
        self.words: Any = None
        self.statement: Statement | None = None
        with suppress(EmptyResultSet):
            words, values = rows.query.sql_with_params()
            asked = f"SELECT COUNT(*) FROM ({words}) counted"  # noqa: S608  words as Django puts them
            self.words = asked, values

    def ask(self, told: Told) -> int:
        if self.words is None:
            return 0
        if connection.vendor == "postgresql":
            return int(_prepared(self, told, connection)[0][0])
        with connection.cursor() as cursor:
            cursor.execute(self.words[0], _with(self.words[1], told, connection))
            return int(cursor.fetchone()[0])


_kept: dict[Hashable, _Kept | _KeptCount] = {}


def answers(key: Hashable, rows: Callable[[], QuerySet], told: Told = _NOTHING) -> list[Any]:
    """What the database answers now; the question is put together the first time only.

    `key` names everything that `rows` makes the question of: who asks with which posts, the day, the campaign. What
    the question is about is read each time. `told` are the values, by their names, of what is `Given` in it.
    """
    return _question(key, lambda: _Kept(rows())).ask(told)  # type: ignore[no-any-return]


def number(key: Hashable, rows: Callable[[], QuerySet], told: Told = _NOTHING) -> int:
    """How many rows there are now, as `answers` asks; a slice bounds the counting. Of `values` of one key."""
    return _question(("number of", key), lambda: _KeptCount(rows())).ask(told)  # type: ignore[no-any-return]


def _question(key: Hashable, put_together: Callable[[], Any]) -> Any:
    kept = _kept.get(key)
    if kept is None:
        with _keeping_words():
            kept = _kept[key] = put_together()
        for oldest in list(_kept)[: len(_kept) - MOST]:
            _kept.pop(oldest, None)
    return kept


def _nothing_is_asked(*_given: Any) -> None:
    """While a question is put together: an answer would be kept with it."""
    raise RuntimeError("an answer of the database would be kept as part of a question")


class KeptQuestions:
    """How a ledger asks (`web.ledgers.Asking`) whose questions are kept. `made_of` names, beside its address, all that
    they are made of: the reader with posts and oversight, the day, the campaign as it is now."""

    def __init__(self, *made_of: Hashable) -> None:
        self.made_of = made_of

    def rows(self, key: Hashable, rows: Callable[[], QuerySet], told: Told) -> list[Any]:
        return answers((self.made_of, key), rows, told)

    def number(self, key: Hashable, rows: Callable[[], QuerySet], told: Told) -> int:
        return number((self.made_of, key), rows, told)

    def given(self, name: str, value: Any, field: Field | None) -> Any:
        return Given(name, value, field or Field())

    def among(self, name: str, keys: Sequence[int]) -> Any:
        return AmongKeys(name, keys)
