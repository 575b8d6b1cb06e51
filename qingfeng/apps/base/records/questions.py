"""Questions asked within other questions, put into the database's words once.

A page asks a dozen times “of these units”. As a queryset such a question is copied, renamed and compiled anew wherever
it stands, which took more of a page's time than the database. Only words are kept here, never an answer.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import BigIntegerField, QuerySet
from django.db.models.expressions import Expression


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
