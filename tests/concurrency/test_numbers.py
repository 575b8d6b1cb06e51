"""Numbers stay gapless and chains whole while several processes file at once, on both databases."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.environment.installations import installation

WRITERS, SHEETS = 4, 12


@pytest.fixture
def home(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    with installation(tmp_path, today="2026-06-10") as env:
        yield env


def call(env: dict[str, str], *words: str) -> list[str]:
    return [sys.executable, "-m", "tests.concurrency.filing", *words]


def test_writers_at_once_leave_no_gap_and_no_double(home: dict[str, str]) -> None:
    subprocess.run(call(home, "set-up"), env=home, check=True)
    writers = [
        subprocess.Popen(call(home, "file", str(SHEETS)), env=home, stderr=subprocess.PIPE, text=True)
        for _ in range(WRITERS)
    ]
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors
    done = subprocess.run(call(home, "count"), env=home, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    assert found["numbers"] == list(range(1, WRITERS * SHEETS + 1))
    assert found["broken"] == [] and found["differences"] == []
