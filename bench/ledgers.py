"""The ledgers at 10⁴, 10⁵ or 10⁶ problems: pages, searches, changes, exports, monthly forms, writers, start.

    python bench/ledgers.py --cache DIR [--rows 10000] [--units 400] [--postgres | --database postgresql://…]
                            [--tables FILE] [--fill-only] [--only PART …] [--times N] [--sheets N] [--json]

The filled data folders are kept under DIR. Prints, beside each figure, the floor of the same run.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import sys
from pathlib import Path

from _settling import begin_from, settle


def main() -> int:
    wanted = _wanted()
    store = importlib.import_module("_ledgers.store")
    with contextlib.ExitStack() as stack:
        address = wanted.database
        if wanted.postgres:
            address = stack.enter_context(store.cluster(wanted.cache))
            address = store.create_database(address, f"ledgers_{wanted.rows}_{wanted.units}_v{store.VERSION}")
        vendor = "postgresql" if address else "sqlite"
        home = store.home_of(wanted.cache.resolve(), vendor, wanted.rows, wanted.units)
        home.mkdir(parents=True, exist_ok=True)
        begin_from(wanted.tables, home)
        settle(home, address, QINGFENG_TODAY="2026-11-18")
        seconds = importlib.import_module("_ledgers.filling").fill(wanted.rows, wanted.units)
        print(
            f"{vendor}, {wanted.rows} problems in {wanted.units} units: {home} ({seconds:.0f} s to fill)",
            file=sys.stderr,
        )
        if wanted.fill_only:
            return 0
        return _measure(wanted, home, vendor)


def _measure(wanted: argparse.Namespace, home: Path, vendor: str) -> int:
    told = importlib.import_module("_ledgers.report")
    report = importlib.import_module("_ledgers.measuring").run(
        vendor, wanted.rows, set(wanted.only), wanted.times, wanted.sheets
    )
    before = told.smaller_one(wanted.cache.resolve(), home, vendor)
    report.keep(home)
    print(json.dumps(report.as_dict(), ensure_ascii=False) if wanted.json else report.as_text(before))
    return 1 if report.failures else 0


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The ledgers, measured.")
    parser.add_argument("--cache", type=Path, required=True, help="folder that keeps the filled databases")
    parser.add_argument("--rows", type=int, default=10_000, help="problems")
    parser.add_argument("--units", type=int, default=400)
    parser.add_argument(
        "--postgres", action="store_true", help="a PostgreSQL of our own under the cache folder"
    )
    parser.add_argument("--database", default="", help="a given PostgreSQL database, empty or filled before")
    parser.add_argument("--tables", type=Path, help="an SQLite file with empty tables to begin from")
    parser.add_argument("--fill-only", action="store_true", help="fill and stop")
    parser.add_argument("--only", nargs="*", default=[], help="parts: pages export forms writers")
    parser.add_argument("--times", type=int, default=40, help="how often each page is asked")
    parser.add_argument("--sheets", type=int, default=2000, help="how many the sixteen writers file")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
