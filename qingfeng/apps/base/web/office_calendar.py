"""The working-day calendar of this installation: the built-in years and the tables that were loaded here."""

from __future__ import annotations

import functools
from pathlib import Path

from django.conf import settings

from qingfeng.calendars import WorkingDays, load_folder


def folder() -> Path:
    """Where loaded year tables lie."""
    return Path(settings.ZONE_HOME) / "calendars"


def working_days() -> WorkingDays:
    """The calendar; read again when a table was added."""
    place = folder()
    changed = max((path.stat().st_mtime_ns for path in place.glob("*")), default=0) if place.is_dir() else 0
    return _read(place, changed)


@functools.lru_cache(maxsize=4)
def _read(place: Path, changed: int) -> WorkingDays:
    return WorkingDays(load_folder(place) if changed else ())
