"""The pytest plugin that sets the stage, before Django reads its settings and before xdist starts its workers.

One temporary data folder; no setting of the developer's shell; no network but the loopback; one PostgreSQL for all
workers in the round that asks for it (QINGFENG_TEST_DATABASE=postgresql).
"""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.environment.needs import need
from tests.environment.postgres import PostgresMissing, server

ROOT = Path(__file__).resolve().parents[2]
# What a test run may be told from outside; every other setting of the platform is put away.
TEST_SETTINGS = ("QINGFENG_TEST_", "QINGFENG_SHARED", "QINGFENG_REQUIRE_ALL")
# Without a database: once is enough.
WITHOUT_DATABASE = (
    "qingfeng/planreader",
    "qingfeng/calendars",
    "qingfeng/sealing",
    "qingfeng/gongwen",
    "qingfeng/screening",
    "qingfeng/apps/base/documents",
    "tests/setup",
    "tests/architecture",
    "tests/bench",
)
# What takes longest begins first, so that both cores end together.
FIRST = (
    "tests/guards/test_addresses.py",
    "tests/bench",
    "tests/journeys",
    "tests/concurrency",
    "qingfeng/gongwen",
    "qingfeng/demo",
)
stage = contextlib.ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    set_stage()
    return (yield)


def set_stage() -> None:
    """In a worker of xdist the stage stands already: only the data folder is its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    database = os.environ.get("QINGFENG_DATABASE", "") if worker else database_of_round()
    for name in [
        name for name in os.environ if name.startswith("QINGFENG_") and not name.startswith(TEST_SETTINGS)
    ]:
        del os.environ[name]
    home = stage.enter_context(
        tempfile.TemporaryDirectory(prefix=f"qingfeng-test-{worker}", ignore_cleanup_errors=True)
    )
    os.environ["QINGFENG_HOME"] = home
    Path(home, "static").mkdir()
    if database:
        os.environ["QINGFENG_DATABASE"] = database
    socket.socket.connect = guarded(socket.socket.connect)  # type: ignore[method-assign]
    socket.socket.connect_ex = guarded(socket.socket.connect_ex)  # type: ignore[method-assign]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make test ARGS=--nightly` takes the long rounds too."""
    parser.addoption("--nightly", action="store_true", help="also the long rounds, marked nightly")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long rounds run in the night: what the others show in principle they show for every case."""
    items.sort(key=lambda item: place_in_line(item.path))
    if config.getoption("--nightly"):
        return
    long = {item for item in items if any(item.get_closest_marker(name) for name in nightly_here())}
    if long:
        config.hook.pytest_deselected(items=[item for item in items if item in long])
        items[:] = [item for item in items if item not in long]


def place_in_line(path: Path) -> int:
    place = path.relative_to(ROOT)
    return next((at for at, first in enumerate(FIRST) if place.is_relative_to(first)), len(FIRST))


def nightly_here() -> tuple[str, ...]:
    """The marks that leave a test to the night in this round."""
    is_second = os.environ.get("QINGFENG_TEST_DATABASE", "sqlite") == "postgresql"
    return ("nightly", "nightly_on_postgresql") if is_second else ("nightly",)


def pytest_configure(config: pytest.Config) -> None:
    """What differs from a real installation: static files without their collected manifest, and quick hashes."""
    if not settings.configured:
        return
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def database_of_round() -> str:
    """The address of this round's database; empty means SQLite. A missing server is remembered, and told by each test."""
    if os.environ.get("QINGFENG_TEST_DATABASE", "sqlite") != "postgresql":
        return ""
    try:
        return stage.enter_context(server())
    except PostgresMissing as reason:
        os.environ["TEST_POSTGRES_MISSING"] = str(reason)
        return ""


def guarded(connect: Any) -> Any:
    """Tests speak to this machine only."""

    def connect_to_loopback(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise PermissionError(f"a test tried to reach {address[0]}: the network is closed in tests")
        return connect(self, address)

    return connect_to_loopback


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """The second round leaves out what has no database."""
    if os.environ.get("QINGFENG_TEST_DATABASE") != "postgresql" or not collection_path.is_relative_to(ROOT):
        return None
    place = collection_path.relative_to(ROOT)
    return True if any(place.is_relative_to(folder) for folder in WITHOUT_DATABASE) else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    missing = os.environ.get("TEST_POSTGRES_MISSING")
    if missing is not None:
        need(f"there is no PostgreSQL: {missing}")


def pytest_report_header() -> str:
    database = os.environ.get("QINGFENG_DATABASE", "")
    return f"database: {'PostgreSQL' if database else 'SQLite'}"


def pytest_unconfigure() -> None:
    stage.close()
