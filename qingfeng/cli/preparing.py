"""Brings a data folder up to date before anything is served from it."""

from __future__ import annotations

import compileall
import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from qingfeng.apps.base.records.search.actions import is_stale as search_is_stale
from qingfeng.apps.base.records.search.actions import rebuild as rebuild_search

PACKAGE = Path(__file__).resolve().parents[1]
NOT_SERVED = re.compile(r"[/\\](tests|migrations)[/\\]")


def prepare() -> None:
    """Byte code, tables, cache, search index, static files. Safe to call at every start, and quick when all is as it was."""
    compile_program()
    prepare_tables()
    if search_is_stale():
        rebuild_search()
    if static_is_stale():
        call_command("collectstatic", verbosity=0, interactive=False, clear=False)


def compile_program(folder: Path = PACKAGE) -> None:
    """Byte code of the program beside it, without which every start reads a thousand files of source: half its time.

    Python writes it by itself, but not where the environment forbids it, as images of containers like to do. Nothing
    is said where the folder is not ours to write.
    """
    compileall.compile_dir(folder, quiet=2, rx=NOT_SERVED)


def prepare_tables() -> None:
    """The tables of this version."""
    settings.ZONE_HOME.chmod(0o700)
    if lacks_migrations():
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def lacks_migrations() -> bool:
    """Asked by their names: loading and ordering them takes most of a start at which there is nothing to do."""
    applied = MigrationRecorder(connection).applied_migrations()
    return any(
        (app.label, file.stem) not in applied
        for app in apps.get_app_configs()
        for file in Path(app.path, "migrations").glob("[0-9]*.py")
    )


def static_is_stale() -> bool:
    """Whether a static file is newer than the manifest of those that are served."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    made = manifest.stat().st_mtime
    for finder in get_finders():
        for path, storage in finder.list([]):
            if Path(storage.path(path)).stat().st_mtime > made:
                return True
    return False
