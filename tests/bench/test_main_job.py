"""The main job runs from end to end on a small district."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment.migrated import sqlite_file

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_main_job_runs_and_its_counts_agree(shared: Path) -> None:
    words = [sys.executable, str(ROOT / "bench" / "main_job.py"), "--units", "5", "--json"]
    words += ["--tables", str(sqlite_file())]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-3000:] or done.stdout[-3000:]
    told = json.loads(done.stdout)
    assert told["plan"].startswith("002_") and told["failures"] == [] and told["checks"] > 30
    assert told["facts"]["moves refused"] > 20 and told["facts"]["moves made"]["close-out"] > 5
    assert {step["name"] for step in told["steps"]} > {
        "the four lists as .xlsx",
        "a late entry and a correction",
    }
    assert all(one["times"] > 0 for one in told["ratios"]) and len(told["ratios"]) == 3
