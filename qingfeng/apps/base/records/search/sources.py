"""What is in the index: each higher app tells by a source what its records are found by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

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
            "text": spread(dict.fromkeys(self.words)),
            "number": spread([self.number]),
            "seen_by": " ".join(sorted(set(self.seen_by))),
        }


APART = "\x1f"
"""Between texts that a database joins: the sign that stands between fields, which nobody types."""


def apart(joined: str | None) -> list[str]:
    """Such texts, each by itself, always in the same order."""
    return sorted(joined.split(APART)) if joined else []


class Source(Protocol):
    """One kind of record in the index; put into the slot `records.slots.search_sources`."""

    model: type[Model]
    place: int
    """Its place among the sources, below PLACES; never another one, because the keys of its entries are made of it."""

    def found(self, rows: QuerySet) -> Iterable[tuple[int, Found]]:
        """(key, by what it is found) of each of these rows; a few queries for all of them."""

    def touched_by(self, record: Any, fields: frozenset[str] | None) -> Iterable[int]:
        """Keys of the rows whose entry tells of this record, which is new (None) or was changed in these fields."""


def kind_of(model: type[Model]) -> str:
    return str(model._meta.label_lower)


def unit_mark(key: int | None) -> str:
    return f"§u{key}"


def group_mark(key: int | None) -> str:
    return f"§g{key}"


def person_mark(key: int | None) -> str:
    return f"§p{key}"


PLACES = 16
_LETTERS = "abcdefghijklmnop"


def entry_key(place: int, subject_id: Any) -> Any:
    """The key of a record's entry: in its order, and the one told by the other without looking anything up."""
    return subject_id * PLACES + place


def subject_of(entry_id: int) -> int:
    return entry_id // PLACES


def scope_of(place: int, campaign_id: int) -> str:
    """One kind of record in one campaign. Every token begins with it, so that each scope is an index of its own.

    Figures and then a letter: no scope is the beginning of another.
    """
    return f"{campaign_id}{_LETTERS[place]}"


def all_tokens(place: int, columns: dict[str, Any]) -> list[str]:
    """The tokens of an entry: its words and its marks. Marks begin with §, which is no unit of any text."""
    scope = scope_of(place, columns["campaign_id"])
    words = tokens_of(columns["text"]) | tokens_of(columns["number"])
    return sorted(f"{scope}{token}" for token in {*words, *columns["seen_by"].split()})
