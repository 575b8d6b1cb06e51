"""One measured run in a process of its own: the engine, or hand-written SQL; prints seconds, hits and peak memory.

The seconds begin when the modules are imported and the calendar is there, and end when all results are written.

    python -m _screening.one_run engine|floor FOLDER OUT MEMORY [RULE …]
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Collection
from datetime import date
from pathlib import Path

import duckdb

AS_OF = date(2026, 6, 30)
FIRST_TWENTY = [
    "A01",
    "A02",
    "A03",
    "A06",
    "A07",
    "A11",
    "B01",
    "B07",
    "B08",
    "E01",
    "A04",
    "A05",
    "C01",
    "C02",
    "E02",
    "E04",
    "E07",
    "G02",
    "G06",
    "D01",
]
THREADS = 2
FLOOR = Path(__file__).parent / "floor"


class Folder:
    """The tables of a made store, as the engine asks for them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def tables(self) -> Collection[str]:
        return [path.parent.name for path in sorted(self.folder.glob("*/part.parquet"))]

    def table_path(self, name: str) -> Path:
        return self.folder / name


def main(kind: str, folder: Path, out: Path, memory: str, rules: list[str]) -> dict[str, object]:
    wanted = rules or list(FIRST_TWENTY)
    told = (engine if kind == "engine" else floor)(folder, out, memory, wanted)
    told["peak_mib"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return told


def engine(folder: Path, out: Path, memory: str, wanted: list[str]) -> dict[str, object]:
    """The product: evidence, hits, sums and sentences, written out."""
    from qingfeng.cli.screening import days
    from qingfeng.screening.engine.rule import load
    from qingfeng.screening.engine.run import BUNDLED, Settings, run

    paths = [BUNDLED / name[0].lower() / f"{name.lower()}.sql" for name in wanted]
    rules = [load(path) for path in paths if path.exists()]
    settings = Settings(AS_OF, memory_limit=memory, threads=THREADS)
    calendar = list(days())
    began = time.perf_counter()
    summary = run(Folder(folder), rules, settings=settings, calendar=calendar, out=out)
    seconds = round(time.perf_counter() - began, 3)
    by_rule = {
        rule.id: {"seconds": rule.seconds, "hits": rule.hits, "status": rule.status} for rule in summary.rules
    }
    return {"kind": "engine", "seconds": seconds, "rules": by_rule}


def floor(folder: Path, out: Path, memory: str, wanted: list[str]) -> dict[str, object]:
    """Hand-written SQL: the evidence rows with their subject, into a table, and the subjects counted."""
    out.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    connection = duckdb.connect(
        config={"memory_limit": memory, "threads": THREADS, "temp_directory": str(out / "spill")}
    )
    for name in Folder(folder).tables:
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{folder / name}/*.parquet')")
    _calendar(connection)
    by_rule = {}
    for name in wanted:
        path = FLOOR / f"{name.lower()}.sql"
        if not path.exists():
            continue
        began = time.perf_counter()
        connection.execute(f"CREATE OR REPLACE TEMP TABLE found AS {path.read_text('utf-8')}")
        hits = connection.execute("SELECT count(DISTINCT subject) FROM found").fetchone()
        seconds = round(time.perf_counter() - began, 3)
        by_rule[name] = {"seconds": seconds, "hits": hits[0] if hits else 0, "status": "done"}
    return {"kind": "floor", "seconds": round(time.perf_counter() - start, 3), "rules": by_rule}


def _calendar(connection: duckdb.DuckDBPyConnection) -> None:
    from qingfeng.calendars import WorkingDays

    calendar = WorkingDays()
    first, last = date(2025, 1, 1), date(2026, 12, 31)
    rows = [
        (day, calendar.is_working_day(day))
        for day in map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
    ]
    values = ", ".join(f"(DATE '{day}', {worked})" for day, worked in rows)
    connection.execute(f"CREATE TEMP TABLE workdays AS SELECT * FROM (VALUES {values}) AS days(day, worked)")


if __name__ == "__main__":
    kind, folder, out, memory, *rules = sys.argv[1:]
    sys.stdout.write(json.dumps(main(kind, Path(folder), Path(out), memory, rules)) + "\n")
