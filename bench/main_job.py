"""The main job from end to end, in a fresh data folder: plan → sheets → moves → monthly forms → verify.

    python bench/main_job.py [--units 40] [--sheets 2] [--problems 2] [--database postgresql://…] [--tables FILE] [--keep] [--json]

Prints what was done, how many, how long, and ratios against floors of the same run. Ends with 1 when a check fails.
"""

from __future__ import annotations

import argparse
import importlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from _settling import begin_from, settle


def main() -> int:
    wanted = _wanted()
    home = Path(tempfile.mkdtemp(prefix="qingfeng-bench-"))
    try:
        begin_from(wanted.tables, home)
        settle(home, wanted.database)
        work = importlib.import_module("_job.work")  # only now: the settings read the environment
        report = work.MainJob(home, units=wanted.units, sheets=wanted.sheets, problems=wanted.problems).run()
        print(json.dumps(report.as_dict(), ensure_ascii=False) if wanted.json else report.as_text())
        return 1 if report.failures else 0
    finally:
        if wanted.keep:
            print(f"data folder: {home}", file=sys.stderr)
        else:
            shutil.rmtree(home, ignore_errors=True)


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The main job, end to end, measured.")
    parser.add_argument("--units", type=int, default=40, help="units that take part (at least 5)")
    parser.add_argument("--sheets", type=int, default=2, help="inspection sheets a unit")
    parser.add_argument("--problems", type=int, default=2, help="problems a sheet")
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; SQLite otherwise")
    parser.add_argument("--tables", type=Path, help="an SQLite file with empty tables to begin from")
    parser.add_argument("--keep", action="store_true", help="keep the data folder")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    if not 5 <= wanted.units <= 89:
        parser.error("--units: from 5 to 89")
    return wanted


if __name__ == "__main__":
    sys.exit(main())
