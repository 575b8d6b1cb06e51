"""An installation of its own for tests that need several processes: a data folder, on the kind of database under test."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection


@contextmanager
def installation(home: Path, *, today: str) -> Iterator[dict[str, str]]:
    """The environment of its processes; a database made for it on PostgreSQL goes away afterwards."""
    env = {**os.environ, "QINGFENG_HOME": str(home), "QINGFENG_TODAY": today}
    if connection.vendor == "sqlite":
        yield {**env, "QINGFENG_DATABASE": ""}
        return
    name = f"installation_{uuid.uuid4().hex[:8]}"
    given = {key: connection.settings_dict[key.upper()] for key in ("user", "password", "host", "port")}
    params = {key: value for key, value in given.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **params) as link:
        link.execute(f'CREATE DATABASE "{name}"')
    try:
        yield {**env, "QINGFENG_DATABASE": _address(name, params)}
    finally:
        with psycopg.connect(dbname="postgres", autocommit=True, **params) as link:
            link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _address(name: str, params: dict[str, str]) -> str:
    who = f"{params.get('user', '')}:{params.get('password', '')}"
    if params["host"].startswith("/"):
        return f"postgresql://{who}@/{name}?host={params['host']}"
    return f"postgresql://{who}@{params['host']}:{params.get('port', 5432)}/{name}"
