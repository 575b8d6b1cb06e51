"""`qingfeng verify`: does the index say what the records say, and hold the tokens that its entries have?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.db import connection

from qingfeng.apps.base.records import slots
from qingfeng.apps.base.records.search.actions import CHUNK, columns_of
from qingfeng.apps.base.records.search.models import SearchEntry
from qingfeng.apps.base.records.search.sources import Source, all_tokens, kind_of

SHOWN = 20
"""So many differences are told; they are put right all at once by building the index anew."""


def verify_search() -> list[str]:
    """The first differences as sentences; empty when the index agrees."""
    return list(islice(_differences(), SHOWN))


def _differences() -> Iterator[str]:
    held: Counter[str] = Counter()
    for source in slots.search_sources:
        yield from _of_source(source, held)
    yield from _of_tokens(held)


def _of_source(source: Source, held: Counter[str]) -> Iterator[str]:
    kind, last, number = kind_of(source.model), 0, 0
    while True:
        rows = source.model._base_manager.filter(pk__gt=last).order_by("pk")
        keys = list(rows.values_list("pk", flat=True)[:CHUNK])
        if not keys:
            break
        last, number = keys[-1], number + len(keys)
        entries = {row.subject_id: row for row in SearchEntry.objects.filter(kind=kind, subject_id__in=keys)}
        for key, found in source.found(source.model._base_manager.filter(pk__in=keys)):
            entry, columns = entries.get(key), found.columns()
            held.update(all_tokens(source.place, columns))
            if entry is None or columns_of(entry) != columns:
                yield f"查找索引：{kind}:{key} {'缺失' if entry is None else '与记录不符'}"
    extra = SearchEntry.objects.filter(kind=kind).count() - number
    if extra > 0:
        yield f"查找索引：{kind} 多出 {extra} 条"


def _of_tokens(held: Counter[str]) -> Iterator[str]:
    """Every token stands with as many entries as it should; read from the database's own count of its index."""
    kept = dict(_kept())
    for token in sorted(held.keys() | kept.keys()):
        if held[token] != kept.get(token, 0):
            yield f"查找索引：“{token}”应有 {held[token]} 条，实有 {kept.get(token, 0)} 条"


def _kept() -> list[tuple[str, int]]:
    statement = "SELECT word, ndoc FROM ts_stat('SELECT tokens FROM records_search')"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.records_search_words"
                " USING fts5vocab(main, 'records_search', 'row')"
            )
            statement = "SELECT term, doc FROM temp.records_search_words"
        cursor.execute(statement)
        return list(cursor.fetchall())
