"""What the same work costs at the very least: the bare statement, the bare cells, the bare hash."""

from __future__ import annotations

import hashlib
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from qingfeng.apps.base.orgs.actions import rename_unit
from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.records.verification import verify_streams

from .report import Ratio

TIMES = 60


def change_with_event(code: str) -> Ratio:
    """One change of a record with its chained event, against the bare UPDATE of the same row; each its own commit."""
    unit = Unit.objects.get(code=code)

    def ours(turn: int) -> None:
        rename_unit(unit=unit, name=f"更名{turn}", short_name=f"更名{turn}", by=None)

    def floor(turn: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE orgs_unit SET name = %s WHERE id = %s", [f"直写{turn}", unit.pk])

    told, bare = _in_turn(ours, floor)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE orgs_unit SET name = %s WHERE id = %s", [unit.name, unit.pk])
    return Ratio("one change with its event", "one bare UPDATE of the same row", told, bare)


def reading_cells(paths: Iterable[Path], seconds: float) -> Ratio:
    """Sheets taken in from files, against reading the bare cells of the same files."""
    begun = time.perf_counter()
    for path in paths:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    return Ratio("import of all sheets", "reading the bare cells", seconds, time.perf_counter() - begun)


def verifying() -> Ratio:
    """Walking all chains, against hashing the same texts once."""
    begun = time.perf_counter()
    verify_streams()
    ours = time.perf_counter() - begun
    begun = time.perf_counter()
    for text in Event.objects.order_by("pk").values_list("text", flat=True).iterator():
        hashlib.sha256(text.encode()).hexdigest()
    return Ratio("verify", "hashing the texts of all events once", ours, time.perf_counter() - begun)


def _in_turn(ours: Callable[[int], None], floor: Callable[[int], None]) -> tuple[float, float]:
    """Medians of both, taken alternately so that the machine's moods hit both alike."""
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(TIMES):
        for times, work in zip(taken, (ours, floor), strict=True):
            begun = time.perf_counter()
            work(turn)
            times.append(time.perf_counter() - begun)
    return statistics.median(taken[0]), statistics.median(taken[1])
