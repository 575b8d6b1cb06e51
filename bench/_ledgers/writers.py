"""Sixteen people file sheets at once, in four processes as a larger installation has them: no gap, no double, no error."""

from __future__ import annotations

import importlib
import multiprocessing
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.db.models import Count, Max

from .report import Line, Report

PROCESSES, THREADS = 4, 4
UNITS = 8
"""So few, that two writers always share a unit's series of numbers."""
BARE = """UPDATE records_numberseries SET last = last
    WHERE id = (SELECT MIN(id) FROM records_numberseries)"""


def writers(report: Report, sheets: int) -> None:
    """Adds so many sheets with a problem each to the ledgers, each in its own transaction, and looks at the numbers."""
    each = sheets // (PROCESSES * THREADS)
    connection.close()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with multiprocessing.get_context("spawn").Pool(PROCESSES, _set_up) as pool:
        pool.map(_idle, range(PROCESSES), chunksize=1)
        begun = time.perf_counter()
        told = pool.starmap(_process, [(number, each) for number in range(PROCESSES)], chunksize=1)
        wall = time.perf_counter() - begun
        pool.close()
        pool.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    times = [moment for times, _faults in told for moment in times]
    faults = [fault for _times, faults in told for fault in faults]
    line = Line(f"{PROCESSES * THREADS} writers: one sheet", wall=times, floor=_bare_commits())
    report.add(line)
    report.facts[f"{len(times)} sheets by {PROCESSES * THREADS} writers"] = (
        f"{wall:.1f} s, {len(times) / wall:.0f} a second; processor time of all, with loading the platform, "
        f"{after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime:.1f} s; {len(faults)} errors"
    )
    report.check("errors of the writers", faults[:3], [])
    report.check("sheets filed", len(times), each * PROCESSES * THREADS)
    _check_numbers(report)


def _check_numbers(report: Report) -> None:
    """Every series of sheets counts from 1 without a gap; so does the chain of the campaign's events."""
    models = importlib.import_module("qingfeng.apps.work.inspections.models")
    records = importlib.import_module("qingfeng.apps.base.records.models")
    series = models.Sheet.objects.order_by().values("filing_unit", "filing_group", "kind")
    rows = series.annotate(last=Max("number"), many=Count("pk"), different=Count("number", distinct=True))
    wrong = [row for row in rows if not row["last"] == row["many"] == row["different"]]
    report.check("series of sheets with a gap or a double", wrong[:3], [])
    chains = records.Event.objects.order_by().values("stream", "stream__last_seq")
    broken = [
        row
        for row in chains.annotate(many=Count("pk"), last=Max("seq"))
        if not row["many"] == row["last"] == row["stream__last_seq"]
    ]
    report.check("chains with a gap or a double", broken[:3], [])


def _bare_commits(times: int = 200) -> list[float]:
    """One bare UPDATE of one row, each its own commit: what one writer alone pays the disk."""
    taken = []
    with connection.cursor() as cursor:
        for _turn in range(times):
            begun = time.perf_counter()
            cursor.execute(BARE)
            taken.append(1000 * (time.perf_counter() - begun))
    return taken


# In the processes of the writers


def _set_up() -> None:
    """All is loaded before there are threads: two of them loading the same modules may find one half loaded."""
    importlib.import_module("django").setup()
    importlib.import_module("_ledgers.filing")


def _idle(_number: int) -> None:
    """So that all have loaded the platform before the clock starts."""
    time.sleep(0.2)


def _process(number: int, each: int) -> tuple[list[float], list[str]]:
    with ThreadPoolExecutor(THREADS) as threads:
        found = list(threads.map(lambda thread: _writer(number * THREADS + thread, each), range(THREADS)))
    return [one for times, _faults in found for one in times], [
        one for _times, faults in found for one in faults
    ]


def _writer(number: int, each: int) -> tuple[list[float], list[str]]:
    times: list[float] = []
    faults: list[str] = []
    try:
        file_one = sys.modules["_ledgers.filing"].filer(number % UNITS)
        for turn in range(each):
            begun = time.perf_counter()
            try:
                file_one(turn)
            except Exception as error:  # told with the others, and fails the run
                faults.append(f"{type(error).__name__}: {error}")
            else:
                times.append(1000 * (time.perf_counter() - begun))
    finally:
        connection.close()
    return times, faults
