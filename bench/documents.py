"""Documents: circulars, ledgers as .xlsx, an import with its preview, the half-year report, typing that is saved.

    python bench/documents.py [--only PART …] [--circulars 1000] [--ledger 10000 100000] [--import-rows 10000]
                              [--cache DIR] [--rows 10000] [--units 40] [--json]

Parts: circulars ledger import report typing. With --cache the filled database of bench/ledgers.py is used and kept
(`--rows 1000000 --units 400 --cache DIR` for the report over a million problems); without it a small one is thrown away.
Each time stands beside a floor of the same run. Only counts, and the share of typing saved, make the run fail.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
from pathlib import Path

from _settling import ROOT, settle

PARTS = ("circulars", "ledger", "import", "report", "typing")
OF_DATABASE = {"report", "typing"}


def main() -> int:
    wanted = _wanted()
    sys.path.insert(0, str(ROOT))
    parts = [part for part in PARTS if not wanted.only or part in wanted.only]
    report = importlib.import_module("_documents.report").Report()
    if "circulars" in parts:
        importlib.import_module("_documents.circulars").measure(report, wanted.circulars)
    if "ledger" in parts:
        importlib.import_module("_documents.ledgers").measure(report, wanted.ledger)
    with tempfile.TemporaryDirectory(prefix="bench-documents-") as folder:
        if OF_DATABASE & set(parts):
            _filled(wanted, Path(folder))
        if "report" in parts:
            importlib.import_module("_documents.half_year").measure(report)
        if "typing" in parts:
            importlib.import_module("_documents.typing").measure(report)
        if "import" in parts:
            importlib.import_module("_documents.imports").measure(report, wanted.import_rows)
    print(json.dumps(report.as_dict(), ensure_ascii=False) if wanted.json else report.as_text())
    return 1 if report.failures else 0


def _filled(wanted: argparse.Namespace, folder: Path) -> None:
    """The database of bench/ledgers.py: kept under --cache, or made small and thrown away."""
    store = importlib.import_module("_ledgers.store")
    home = store.home_of((wanted.cache or folder).resolve(), "sqlite", wanted.rows, wanted.units)
    home.mkdir(parents=True, exist_ok=True)
    settle(home, "", QINGFENG_TODAY="2026-11-18")
    importlib.import_module("_ledgers.filling").fill(wanted.rows, wanted.units)


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Documents, measured.")
    parser.add_argument("--only", nargs="*", default=[], choices=PARTS, metavar="PART")
    parser.add_argument("--circulars", type=int, default=1000)
    parser.add_argument(
        "--ledger", type=int, nargs="*", default=[10_000, 100_000], help="rows of each ledger"
    )
    parser.add_argument("--import-rows", type=int, default=10_000)
    parser.add_argument("--cache", type=Path, help="folder that keeps the filled databases")
    parser.add_argument("--rows", type=int, default=1000, help="problems in the database")
    parser.add_argument("--units", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
