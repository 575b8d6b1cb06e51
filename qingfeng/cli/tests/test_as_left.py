"""A start does without looking only when everything is the very same."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pytest_django import Settings

from qingfeng.cli import as_left


@pytest.fixture
def home(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder after a start that had something to tell."""
    settings.ZONE_HOME = tmp_path / "work"
    settings.STATIC_ROOT = str(tmp_path / "static")
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    program = tmp_path / "program"
    for folder in ("work", "static", "program/__pycache__"):
        (tmp_path / folder).mkdir(parents=True)
    (program / "views.py").write_text("a page")
    monkeypatch.setattr(as_left, "PACKAGE", program)
    (tmp_path / "static" / "staticfiles.json").write_text("{}")
    run(tmp_path, "CREATE TABLE django_migrations (app TEXT, name TEXT)")
    run(tmp_path, "CREATE TABLE records_searchbuild (version INTEGER)")
    run(tmp_path, "INSERT INTO django_migrations VALUES ('orgs', '0001_initial')")
    as_left.remember("演示账号", with_demo=True)
    return tmp_path


def run(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / "work" / "db.sqlite3")) as connection, connection:
        connection.execute(statement)


def told() -> str | None:
    return as_left.words_of_last_start(with_demo=True)


def test_a_start_that_would_find_the_same_tells_the_same(home: Path) -> None:
    (home / "program" / "__pycache__" / "views.pyc").write_bytes(b"compiled")
    assert told() == "演示账号"
    assert as_left.words_of_last_start(with_demo=False) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda home: (home / "program" / "views.py").write_text("another page"),
        lambda home: (home / "program" / "new.py").write_text(""),
        lambda home: (home / "static" / "staticfiles.json").unlink(),
        lambda home: run(home, "DELETE FROM django_migrations"),
        lambda home: run(home, "INSERT INTO records_searchbuild VALUES (2)"),
        lambda home: (home / "work" / "db.sqlite3").unlink(),
        lambda home: (home / "work" / "db.sqlite3").write_bytes(b"no database at all" * 99),
        lambda home: (home / "work" / as_left.MARK).write_text("{"),
    ],
    ids=["changed", "added", "static", "older tables", "search", "no database", "broken", "mark"],
)
def test_whatever_differs_makes_the_start_look(home: Path, change: Callable[[Path], object]) -> None:
    change(home)
    assert told() is None


def test_a_database_server_is_always_asked(
    home: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    assert told() is None
