"""Writing the index: with each change of a record, and as a whole when it has to be built anew.

The index is derived, so its rows change without events of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from qingfeng.apps.base.records import slots
from qingfeng.apps.base.records.search import tables
from qingfeng.apps.base.records.search.models import SearchBuild, SearchEntry
from qingfeng.apps.base.records.search.sources import Source, all_tokens, entry_key, kind_of

VERSION = 3
"""Raise it when texts are cut otherwise or a source tells something else: the next start builds the index anew."""
CHUNK = 1000
COLUMNS = ("campaign_id", "text", "number", "seen_by")
Touched = dict[Source, set[int]]


def touch(touched: Touched, record: Any, fields: Iterable[str] | None) -> None:
    """Notes which entries tell of this record; they are written once, when the action ends."""
    changed = None if fields is None else frozenset(name.removesuffix("_id") for name in fields)
    for source in slots.search_sources:
        keys = source.touched_by(record, changed)
        if keys:
            touched.setdefault(source, set()).update(keys)


def write_touched(touched: Touched) -> None:
    """The entries of everything touched, as the records are now."""
    for source, keys in sorted(touched.items(), key=lambda item: kind_of(item[0].model)):
        for chunk in _chunks(sorted(keys)):
            refresh(source, chunk)


def refresh(source: Source, keys: list[int]) -> None:
    """The entries of these rows; unchanged ones are not written. Two queries more than the source's own to look."""
    kind = kind_of(source.model)
    wanted = _wanted(source, keys)
    kept = {row.subject_id: row for row in SearchEntry.objects.filter(kind=kind, subject_id__in=keys)}
    _add(source, {key: columns for key, columns in wanted.items() if key not in kept})
    _alter(
        source.place,
        [
            (kept[key], columns)
            for key, columns in wanted.items()
            if key in kept and columns_of(kept[key]) != columns
        ],
    )


def rebuild(told: Callable[[int], None] = lambda _number: None) -> int:
    """The whole index anew, in one transaction; answers how many entries it has."""
    number = 0
    with transaction.atomic():
        tables.empty()
        SearchEntry.objects.all().delete()
        for source in slots.search_sources:
            for keys in _chunks(
                source.model._base_manager.order_by("pk").values_list("pk", flat=True).iterator()
            ):
                wanted = _wanted(source, keys)
                _add(source, wanted)
                number += len(wanted)
                told(number)
        SearchBuild.objects.all().delete()
        SearchBuild.objects.create(version=VERSION, built_at=timezone.now())
        tables.settle()
    return number


def is_stale() -> bool:
    """Whether the index was never built, or by another version, or lacks what was loaded past the actions."""
    if not SearchBuild.objects.filter(version=VERSION).exists():
        return True
    return any(_lacks_the_last(source.model) for source in slots.search_sources)


def _lacks_the_last(model: type[Model]) -> bool:
    last = model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    return last is not None and not SearchEntry.objects.filter(kind=kind_of(model), subject_id=last).exists()


def columns_of(entry: SearchEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in COLUMNS}


def _wanted(source: Source, keys: list[int]) -> dict[int, dict[str, Any]]:
    rows = source.model._base_manager.filter(pk__in=keys).order_by("pk")
    return {key: found.columns() for key, found in source.found(rows)}


def _add(source: Source, wanted: dict[int, dict[str, Any]]) -> None:
    kind, place = kind_of(source.model), source.place
    entries = [
        SearchEntry(id=entry_key(place, key), kind=kind, subject_id=key, **columns)
        for key, columns in wanted.items()
    ]
    SearchEntry.objects.bulk_create(entries)
    tables.put([(entry.pk, all_tokens(place, columns_of(entry))) for entry in entries])


def _alter(place: int, changes: list[tuple[SearchEntry, dict[str, Any]]]) -> None:
    before, after = [], []
    for entry, columns in changes:
        before.append((entry.pk, all_tokens(place, columns_of(entry))))
        for name, value in columns.items():
            setattr(entry, name, value)
        after.append((entry.pk, all_tokens(place, columns)))
    SearchEntry.objects.bulk_update([entry for entry, _columns in changes], COLUMNS, batch_size=100)
    tables.put(after, instead_of=before)


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    iterator = iter(keys)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
