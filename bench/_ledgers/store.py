"""The filled databases, kept under a folder so that a second run is quick: one data folder for each size.

A PostgreSQL lies beside them, in the same folder, and runs only while the bench does.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VERSION = "1"
"""Of what the generator writes: another one is built anew."""
BIGGER = ("shared_buffers=512MB", "max_wal_size=4GB", "work_mem=16MB")


def home_of(cache: Path, vendor: str, rows: int, units: int) -> Path:
    return cache / f"{vendor}-{rows}-{units}-v{VERSION}"


@contextlib.contextmanager
def cluster(cache: Path) -> Iterator[str]:
    """The address of the cluster of this folder, without a database; made when it is not there yet."""
    sys.path.insert(0, str(ROOT))
    from tests.environment import postgres

    folder = cache.resolve() / "cluster"
    folder.mkdir(parents=True, exist_ok=True)
    user = postgres.other_user(folder)
    programs = _programs(postgres, folder, copied=user is not None)
    data = folder / "data"
    if not data.is_dir():
        postgres.initialise(programs, data, user)
    port = postgres.free_port()
    postgres.HURRY = (*postgres.HURRY, *BIGGER)
    running = postgres.start(programs, data, port, user)
    try:
        postgres.wait_until_ready(programs, port, running, folder)
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        running.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(60)


def _programs(postgres: object, folder: Path, *, copied: bool) -> Path:
    """As `postgres.binaries`, but a copy once made is used again."""
    made = sorted(folder.glob("postgres/*/pginstall/bin"))
    return made[0] if made else postgres.binaries(folder, copied=copied)  # type: ignore[attr-defined,no-any-return]


def create_database(address: str, name: str) -> str:
    """The address of the database of that name, made when it is not there yet."""
    import psycopg

    with psycopg.connect(f"{address}/postgres", autocommit=True) as server:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            server.execute(f'CREATE DATABASE "{name}"')
    return f"{address}/{name}"
