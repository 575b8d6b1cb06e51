"""A file of many rows read, checked and shown before it is filed; beside it the bare reading of its cells."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from _settling import ROOT, settle

from .report import Line, Report

UNITS = 40


def measure(report: Report, rows: int) -> None:
    """In a district of its own, which is thrown away: reading keeps a batch."""
    command = [sys.executable, "-m", "_documents.imports", str(rows)]
    done = subprocess.run(
        command, cwd=ROOT / "bench", capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    if done.returncode:
        report.failures.append(f"import: {done.stderr[-1500:]}")
        return
    told = json.loads(done.stdout.splitlines()[-1])
    report.lines.append(
        Line(
            f"import of {rows:,} rows, read, checked, shown", told["wall"], told["cpu"], told["floor"],
            "calamine: the bare cells of the same file", most=15.0,
        )
    )  # fmt: skip
    report.facts["import"] = told["lines"]
    report.check("problems read", told["problems"], rows)
    report.check("sheets with a fault", told["faulty"], 0)


def main() -> None:
    """In the child: how many rows."""
    with tempfile.TemporaryDirectory(prefix="bench-import-") as folder:
        settle(Path(folder), "", QINGFENG_TODAY="2026-11-18")
        importlib.import_module("_ledgers.filling").fill(200, UNITS)
        told = importlib.import_module("_documents.importing").run(int(sys.argv[1]))
        print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
