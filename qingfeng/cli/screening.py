"""`qingfeng screen …`: the screening library's commands, with the office calendar handed in."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import typer

from qingfeng.calendars import TableInvalid, WorkingDays, YearTable, load_folder
from qingfeng.screening.cli import commands
from qingfeng.screening.engine.relations import Days


def days() -> Days:
    """Every day of the years whose holidays are known here, with the tables that this installation has loaded."""
    calendar = WorkingDays(_loaded())
    for year in sorted(calendar.known_years):
        day = date(year, 1, 1)
        while day.year == year:
            yield day, calendar.is_working_day(day), calendar.festival(day)
            day += timedelta(days=1)


def _loaded() -> tuple[YearTable, ...]:
    home = os.environ.get("QINGFENG_HOME")
    folder = Path(home) / "work" / "calendars" if home else None
    if folder is None or not folder.is_dir():
        return ()
    try:
        return load_folder(folder)
    except TableInvalid as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error


application = commands(days)
"""The commands, as `libraries` adds them."""
