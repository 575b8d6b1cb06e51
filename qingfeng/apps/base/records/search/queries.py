"""Searching a ledger: the index says which rows may be meant, the entry of each says whether it is.

A word that few rows hold names them, and the ledger reads those. A common word names too many: then the ledger is
walked in its own order and each row's entry asked, which soon fills a page, because the word is common. Where the
reader's reach is small, the index is asked for the reach as well, so that a word is rare wherever the page would be
long in filling. What a reader may see is decided by the rows that are handed in, never by the index.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from qingfeng.apps.base.records.questions import AmongKeys, Given
from qingfeng.apps.base.records.search import tables
from qingfeng.apps.base.records.search.models import SearchEntry
from qingfeng.apps.base.records.search.sources import entry_key, scope_of, subject_of
from qingfeng.apps.base.records.search.words import Phrase, phrases_of

FEW = 8000
"""So many rows at most are named one by one. One page of a word that more hold is filled after some thousand rows."""
SAMPLE = 2000
"""So many of the rows of a common word are counted, before all of them are."""
BY_TEXT, BY_NUMBER = 2, 1


@dataclass(frozen=True)
class Search:
    """What somebody looks for in one ledger. One query to the index, none where the query has no words.

    `marks` are those of the reader's reach, where it is small; `sees_number` says of which rows the reader may see the
    number in the series: only there is it searched.
    """

    query: str
    place: int
    campaign_id: int
    marks: Sequence[str] | None = None
    sees_number: Q | None = None

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        return phrases_of(self.query)

    @cached_property
    def _found(self) -> tuple[list[int], bool]:
        if not self.phrases:
            return [], False
        scope = scope_of(self.place, self.campaign_id)
        entries, are_more = tables.candidates(scope, self.phrases, self.marks, limit=FEW + 1)
        return [subject_of(entry_id) for entry_id in entries], are_more

    @property
    def candidates(self) -> list[int]:
        """Keys of the rows that may be meant; of a common word of some of them."""
        return self._found[0]

    @property
    def is_common(self) -> bool:
        """Whether too many rows may be meant to name them."""
        return self._found[1]

    def of(self, rows: QuerySet) -> QuerySet:
        """Those of these rows that meet every word."""
        if not self.phrases:
            return rows.none()
        if self.is_common:
            return self._asked(rows)
        return self._asked(rows.filter(AmongKeys("candidates", self.candidates)))

    def some_of(self, rows: QuerySet) -> QuerySet:
        """Of the rows that meet every word, some that are found quickly."""
        return rows.filter(AmongKeys("some", self.candidates[:SAMPLE]))

    @property
    def shape(self) -> Hashable:
        """All that a question with this search is made of, but for the reader, whom the ledger names, and `told`."""
        return self.place, self.campaign_id, len(self.phrases), self.is_common

    @cached_property
    def told(self) -> Mapping[str, Any]:
        """The words, and the rows that the index names, as a kept question is told them."""
        words = {f"needle{place}": phrase.needle for place, phrase in enumerate(self.phrases)}
        named = {"some": self.candidates[:SAMPLE]} if self.is_common else {"candidates": self.candidates}
        return {**words, **named}

    def _asked(self, rows: QuerySet) -> QuerySet:
        """A scalar subquery: PostgreSQL would make a join of an EXISTS and read the entries of all rows first."""
        entry = SearchEntry.objects.filter(pk=entry_key(self.place, OuterRef("pk")))
        rows = rows.alias(searched_as=Subquery(entry.values_list(self._how, flat=True)[:1]))
        met = Q(searched_as=BY_TEXT)
        if self.sees_number is not None:
            met |= Q(searched_as=BY_NUMBER) & self.sees_number
        return rows.filter(met)

    @property
    def _how(self) -> Case:
        needles = [
            Given(f"needle{place}", phrase.needle, TextField()) for place, phrase in enumerate(self.phrases)
        ]
        places = [(StrIndex("text", needle), StrIndex("number", needle)) for needle in needles]
        by_text, either = Q(), Q()
        for in_text, in_number in places:
            by_text &= Q(GreaterThan(in_text, 0))
            either &= Q(GreaterThan(in_text, 0)) | Q(GreaterThan(in_number, 0))
        return Case(
            When(by_text, then=BY_TEXT), When(either, then=BY_NUMBER), default=0, output_field=IntegerField()
        )
