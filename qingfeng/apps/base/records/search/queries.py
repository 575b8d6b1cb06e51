"""Searching a ledger: the index says which rows may be meant, the entry of each says whether it is.

A rare word names its few rows, and the ledger reads those. A common word names too many: then the ledger is walked in
its own order and each row's entry asked, which soon fills a page, because the word is common. Where the reader's reach
is small, the index is asked for the reach as well, so that a word is rare wherever the page would be long in filling.
What a reader may see is decided by the rows that are handed in, never by the index.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import OuterRef, Q, QuerySet, Subquery

from qingfeng.apps.base.records.search import tables
from qingfeng.apps.base.records.search.models import SearchEntry
from qingfeng.apps.base.records.search.sources import kind_of, scope_mark
from qingfeng.apps.base.records.search.words import Phrase, phrases_of

FEW = 2000
"""So many rows at most are named one by one."""


def narrowed(
    rows: QuerySet,
    query: str,
    *,
    campaign_id: int,
    marks: Sequence[str] | None = None,
    sees_number: Q | None = None,
) -> QuerySet:
    """Those of these rows that meet every word of the query. One query to the index; none that has no words.

    `marks` are those of the reader's reach, where it is small; `sees_number` says of which rows the reader may see the
    number in the series: only there is it searched.
    """
    phrases = phrases_of(query)
    if not phrases:
        return rows.none()
    kind = kind_of(rows.model)
    few = few_candidates(kind, campaign_id, phrases, marks)
    if few is not None:
        rows = rows.filter(pk__in=few)
    entry = SearchEntry.objects.filter(kind=kind, subject_id=OuterRef("pk"))
    rows = rows.alias(
        searched_text=Subquery(entry.values("text")[:1]), searched_number=Subquery(entry.values("number")[:1])
    )
    for phrase in phrases:
        met = Q(searched_text__contains=phrase.needle)
        if sees_number is not None:
            met |= Q(searched_number__contains=phrase.needle) & sees_number
        rows = rows.filter(met)
    return rows


def few_candidates(
    kind: str, campaign_id: int, phrases: Sequence[Phrase], marks: Sequence[str] | None = None
) -> list[int] | None:
    """Keys of the rows that may meet all phrases and may lie in reach; None when they are too many to name."""
    found = tables.candidates(scope_mark(kind, campaign_id), phrases, marks, limit=FEW + 1)
    return found if len(found) <= FEW else None
