"""What a kind of record says of itself to be found by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django.apps import apps
from django.db.models import Model, QuerySet

from qingfeng.apps.base.records.search.words import spread, tokens_of


@dataclass(frozen=True)
class Found:
    """By what a record is found, and in whose reach it lies. Restricted fields never stand here."""

    campaign_id: int
    words: tuple[str, ...]
    number: str = ""
    """A number that only those who see its series may search by."""
    seen_by: tuple[str, ...] = ()

    def columns(self) -> dict[str, Any]:
        """As the entry keeps it."""
        return {
            "campaign_id": self.campaign_id,
            "text": spread(self.words),
            "number": spread([self.number]),
            "seen_by": " ".join(sorted(set(self.seen_by))),
        }


class Searchable:
    """Mixed into the records that are in the search index."""

    SEARCHED_FIELDS: ClassVar[frozenset[str]]
    """Fields that `found_by` reads: a change of another one leaves the entry as it is."""

    @classmethod
    def rows_to_search(cls, rows: QuerySet) -> QuerySet:
        """These rows with all that `found_by` reads, so that it asks nothing more."""
        return rows

    def found_by(self) -> Found:
        raise NotImplementedError(f"{type(self).__name__} does not say what it is found by")


@cache
def searchable_models() -> tuple[type[Model], ...]:
    """The kinds of record in the index."""
    return tuple(model for model in apps.get_models() if issubclass(model, Searchable))


def kind_of(model: type[Model]) -> str:
    return model._meta.label_lower


def unit_mark(key: int | None) -> str:
    return f"§u{key}"


def group_mark(key: int | None) -> str:
    return f"§g{key}"


def person_mark(key: int | None) -> str:
    return f"§p{key}"


def scope_mark(kind: str, campaign_id: int) -> str:
    """One kind of record of one campaign. Marks begin with §, which is no unit of any text."""
    return f"§{kind.replace('.', '§')}§{campaign_id}"


def all_tokens(kind: str, columns: dict[str, Any]) -> list[str]:
    """The tokens of an entry: its words and its marks."""
    words = tokens_of(columns["text"]) | tokens_of(columns["number"])
    marks: Iterable[str] = (scope_mark(kind, columns["campaign_id"]), *columns["seen_by"].split())
    return sorted(words.union(marks))
