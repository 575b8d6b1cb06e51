"""Whether a data folder is as the last start left it: then a start need not load the platform to find nothing to do.

What was looked at is written beside the data: the program's files, the installed packages, the tables and the search
index of the database. Anything else than the very same, and the start looks for itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sysconfig
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings

MARK = "as-left.json"
PACKAGE = Path(__file__).resolve().parents[1]
BUILT = (
    "SELECT app, name FROM django_migrations ORDER BY 1, 2",
    "SELECT version FROM records_searchbuild ORDER BY 1",
)


def words_of_last_start(*, with_demo: bool) -> str | None:
    """What the last start had to tell, when this one would find the same; None when it must look."""
    home = _home()
    if home is None:
        return None
    try:
        told = json.loads((home / MARK).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    now = _state(home, with_demo)
    return str(told["words"]) if now is not None and told.get("state") == now else None


def remember(words: str, *, with_demo: bool) -> None:
    """Notes how this start left the folder. One that cannot be written costs the next start its second, no more."""
    home = _home()
    state = _state(home, with_demo) if home else None
    if home is None or state is None:
        return
    beside = home / f"{MARK}.new"
    try:
        beside.write_text(json.dumps({"state": state, "words": words}, ensure_ascii=False), "utf-8")
        beside.replace(home / MARK)
    except OSError:
        beside.unlink(missing_ok=True)


def _home() -> Path | None:
    """The zone's folder; None where the database is a server, which must be asked."""
    is_file = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    return Path(settings.ZONE_HOME) if is_file else None


def _state(home: Path, with_demo: bool) -> dict[str, Any] | None:
    tables = _tables(home / "db.sqlite3")
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if tables is None or not manifest.exists():
        return None
    return {
        "home": str(home),
        "demo": with_demo,
        "program": _program(),
        "packages": Path(sysconfig.get_paths()["purelib"]).stat().st_mtime_ns,
        "static": manifest.stat().st_mtime_ns,
        "tables": tables,
    }


def _program() -> str:
    """A digest of names, sizes and times of all files of the program."""
    found = hashlib.sha256()
    for folder, folders, names in os.walk(PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            about = os.stat(os.path.join(folder, name))
            found.update(f"{folder}/{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _tables(database: Path) -> str | None:
    """A digest of which tables and which search index the database says it has; None when it cannot be asked."""
    found = hashlib.sha256()
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            for statement in BUILT:
                for row in connection.execute(statement):
                    found.update(f"{row}\n".encode())
    except sqlite3.Error:
        return None
    return found.hexdigest()
