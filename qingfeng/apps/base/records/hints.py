"""What a database without statistics is told, so that it takes the right index.

SQLite plans by fixed guesses here: with the statistics of ANALYZE it walks the large ledgers in the wrong order (the
plain one took 11 s instead of 0.1), and it cannot see that a bound value meets the condition of a partial index.
PostgreSQL keeps statistics of its own and is told nothing.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, Func
from django.db.models.expressions import RawSQL


class Unindexed(Func):
    """A column by which SQLite shall not search: another condition, the order, or an index that holds all is better.

    A foreign key, unless `output_field` says otherwise.
    """

    template = "+%(expressions)s"
    arity = 1
    output_field = BigIntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="%(expressions)s", **context)


def literal(slug: str) -> RawSQL:
    """One of our own slugs as a constant of the statement, to which a partial index can be compared."""
    if not slug.isidentifier() or not slug.isascii():
        raise ValueError(slug)
    return RawSQL(f"'{slug}'", [])  # noqa: S611  a plain word, as checked
