"""The ledgers are asked for on a small district: query counts hold, and no page needs more of them with more rows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment.migrated import sqlite_file

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_pages_keep_to_their_query_counts_and_sixteen_writers_to_their_numbers(tmp_path: Path) -> None:
    words = [sys.executable, str(ROOT / "bench" / "ledgers.py"), "--cache", str(tmp_path), "--json"]
    size = ["--rows", "1000", "--units", "20", "--times", "1", "--sheets", "64"]
    tables = ["--tables", str(sqlite_file())]
    done = subprocess.run(
        [*words, *size, *tables], capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT
    )
    assert done.stdout, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["failures"] == [] and done.returncode == 0
    lines = {line["name"]: line for line in told["lines"]}
    assert sum(line["queries"] > 0 for line in lines.values()) > 30
    assert "64 sheets by 16 writers" in told["facts"]
    assert lines["export: 10,000 rows, official form"]["ratio"] < 30
    assert max(line["queries_at_first"] for name, line in lines.items() if name.startswith("problems:")) <= 12
