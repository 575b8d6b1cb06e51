"""Numbers stay gapless and chains whole while several processes file at once, on both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

WRITERS, SHEETS = 4, 12


@pytest.fixture
def home(tmp_path: Path, django_db_setup: None, django_db_blocker) -> Iterator[dict[str, str]]:  # type: ignore[no-untyped-def]
    """An installation of its own, on the kind of database under test."""
    env = {**os.environ, "QINGFENG_HOME": str(tmp_path), "QINGFENG_TODAY": "2026-06-10"}
    if connection.vendor == "sqlite":
        yield {**env, "QINGFENG_DATABASE": ""}
        return
    name = f"concurrency_{uuid.uuid4().hex[:8]}"
    params = {key: connection.settings_dict[key.upper()] for key in ("user", "password", "host", "port")}
    params = {key: value for key, value in params.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **params) as link:
        link.execute(f'CREATE DATABASE "{name}"')
    user, host = (
        f"{params.get('user', '')}:{params.get('password', '')}",
        f"{params['host']}:{params.get('port', 5432)}",
    )
    address = f"postgresql://{user}@{host}/{name}"
    if params["host"].startswith("/"):
        address = f"postgresql://{user}@/{name}?host={params['host']}"
    yield {**env, "QINGFENG_DATABASE": address}
    with psycopg.connect(dbname="postgres", autocommit=True, **params) as link:
        link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


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
