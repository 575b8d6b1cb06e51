"""An installation of its own for tests that need several processes: a data folder, on the kind of database under test."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier

from tests.environment.migrated import address, copy_sqlite, params, postgres_template, sqlite_file


@contextmanager
def installation(home: Path, *, today: str) -> Iterator[dict[str, str]]:
    """The environment of its processes, all tables made; a database made for it on PostgreSQL goes away afterwards."""
    env = {**os.environ, "QINGFENG_HOME": str(home), "QINGFENG_TODAY": today}
    if connection.vendor == "sqlite":
        (home / "work").mkdir(parents=True)
        copy_sqlite(sqlite_file(), home / "work" / "db.sqlite3")
        yield {**env, "QINGFENG_DATABASE": ""}
        return
    name = f"installation_{uuid.uuid4().hex[:8]}"
    template = postgres_template()
    with psycopg.connect(dbname="postgres", autocommit=True, **params()) as link:
        link.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
    try:
        yield {**env, "QINGFENG_DATABASE": address(name)}
    finally:
        with psycopg.connect(dbname="postgres", autocommit=True, **params()) as link:
            link.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
