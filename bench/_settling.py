"""The stage of a measurement: an installation of its own, set before Django reads its settings."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def settle(home: Path, database: str, **more: str) -> None:
    """The environment of an installation of its own; nothing of the shell's settings reaches it."""
    for name in [name for name in os.environ if name.startswith("QINGFENG_") and name != "QINGFENG_SHARED"]:
        del os.environ[name]
    os.environ |= {
        "QINGFENG_HOME": str(home),
        "QINGFENG_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "qingfeng.site.settings",
        "PYTHONUTF8": "1",
        **more,
    }
    sys.path.insert(0, str(ROOT))
    importlib.import_module("django").setup()


def begin_from(tables: Path | None, home: Path) -> None:
    """An SQLite file that has all tables and no rows already saves the ten seconds of making them."""
    place = home / "work" / "db.sqlite3"
    if tables is not None and not place.exists():
        place.parent.mkdir(parents=True)
        shutil.copyfile(tables, place)
