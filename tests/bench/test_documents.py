"""Documents are measured on a handful: what is counted holds, and the three papers are typed far less."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def measured(*words: str) -> dict[str, Any]:
    command = [sys.executable, str(ROOT / "bench" / "documents.py"), "--json", *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT)
    assert done.stdout, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["failures"] == [] and done.returncode == 0
    return told


@pytest.mark.slow
def test_a_ledger_is_not_much_dearer_than_its_bare_cells() -> None:
    told = measured("--only", "ledger", "--ledger", "2000")
    (line,) = told["lines"]
    assert line["peak_mib"] > 0 and 0 < line["ratio"] < 30


@pytest.mark.nightly
def test_circulars_an_import_the_half_year_report_and_the_share_of_typing_saved() -> None:
    small = ("--circulars", "12", "--ledger", "500", "--import-rows", "40", "--rows", "400", "--units", "20")
    told = measured(*small)
    assert int(told["facts"]["typing saved"].rstrip("%")) >= 60
    assert all(line["cpu"] > 0 for line in told["lines"])
