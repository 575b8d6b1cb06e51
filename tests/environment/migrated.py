"""A database with all tables and no rows, to begin from: a copy takes a second, `migrate` a quarter of a minute.

It is named after what makes its tables, so that a changed migration makes another. SQLite's is kept from round to round
in pytest's cache; PostgreSQL's lives as long as its server.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import django
import psycopg
from django.db import connection
from filelock import FileLock
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".pytest_cache" / "migrated"


def digest() -> str:
    """Of Django and of every file that says what a table is: models (their names become rights) and migrations."""
    found = hashlib.sha256(django.__version__.encode())
    apps = ROOT / "qingfeng" / "apps"
    for path in sorted(
        {*apps.rglob("models*.py"), *apps.rglob("models/*.py"), *apps.rglob("migrations/*.py")}
    ):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def migrate(home: str, database: str) -> None:
    env = {**os.environ, "QINGFENG_HOME": home, "QINGFENG_DATABASE": database}
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "-v", "0"],
        env={**env, "DJANGO_SETTINGS_MODULE": "qingfeng.site.settings"},
        cwd=ROOT,
        check=True,
    )


def sqlite_file() -> Path:
    """The file, made by whoever needs it first."""
    CACHE.mkdir(parents=True, exist_ok=True)
    made = CACHE / f"{digest()}.sqlite3"
    with FileLock(CACHE / "lock"):
        if not made.is_file():
            for old in CACHE.glob("*.sqlite3"):
                old.unlink()
            with tempfile.TemporaryDirectory() as home:
                migrate(home, "")
                copy_sqlite(Path(home, "work", "db.sqlite3"), made.with_suffix(".part"))
            made.with_suffix(".part").replace(made)
    return made


def copy_sqlite(source: Path, target: Path) -> None:
    """The rows too that still stand in its journal."""
    with closing(sqlite3.connect(source)) as full, closing(sqlite3.connect(target)) as empty:
        full.backup(empty)


def params() -> dict[str, Any]:
    """How the server under test is reached."""
    given = {key: connection.settings_dict[key.upper()] for key in ("user", "password", "host", "port")}
    return {key: str(value) for key, value in given.items() if value}


def address(name: str) -> str:
    """Of a database on the server under test."""
    given = params()
    who = f"{given.get('user', '')}:{given.get('password', '')}"
    if given["host"].startswith("/"):
        return f"postgresql://{who}@/{name}?host={given['host']}"
    return f"postgresql://{who}@{given['host']}:{given.get('port', 5432)}/{name}"


def postgres_template() -> str:
    """The name of the database to copy on the server under test, made by whoever needs it first."""
    name = f"migrated_{digest()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **params()) as link:
        link.execute("SELECT pg_advisory_lock(99)")  # the other workers wait until the first has made it
        if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            draft = f"{name}_draft"
            link.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(draft)))
            link.execute(SQL("CREATE DATABASE {}").format(Identifier(draft)))
            with tempfile.TemporaryDirectory() as home:
                migrate(home, address(draft))
            link.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(draft), Identifier(name)))
    return name


def begin_from_tables() -> sqlite3.Connection | None:
    """Let this session's test database begin as a copy. In memory it lives as long as what is answered here."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = postgres_template()
        return None
    keeper = sqlite3.connect(
        f"file:memorydb_{connection.alias}?mode=memory&cache=shared", uri=True, check_same_thread=False
    )
    with closing(sqlite3.connect(sqlite_file())) as full:
        full.backup(keeper)
    return keeper
