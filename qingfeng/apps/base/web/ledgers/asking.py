"""How a ledger asks the database: anew each time, or with words that a higher app keeps."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Protocol

from django.db.models import Field, Q, QuerySet


class Asking(Protocol):
    """A question is put together by `rows`. The key names what it is made of, as far as it may differ from one page of
    this ledger to the next; `told` are the values, by name, of what is `given` in it."""

    def rows(self, key: Hashable, rows: Callable[[], QuerySet], told: Mapping[str, Any]) -> list[Any]:
        """What the database answers now."""

    def number(self, key: Hashable, rows: Callable[[], QuerySet], told: Mapping[str, Any]) -> int:
        """How many rows there are now."""

    def given(self, name: str, value: Any, field: Field | None) -> Any:
        """A value within a question."""

    def among(self, name: str, keys: Sequence[int]) -> Any:
        """The condition that a row's key is one of these."""


class AskedAnew:
    """The plain way."""

    def rows(self, key: Hashable, rows: Callable[[], QuerySet], told: Mapping[str, Any]) -> list[Any]:
        return list(rows())

    def number(self, key: Hashable, rows: Callable[[], QuerySet], told: Mapping[str, Any]) -> int:
        return rows().count()

    def given(self, name: str, value: Any, field: Field | None) -> Any:
        return value

    def among(self, name: str, keys: Sequence[int]) -> Any:
        return Q(pk__in=keys)
