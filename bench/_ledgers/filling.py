"""Brings the database of these settings to so many problems, once: tables, district, campaign, rows."""

from __future__ import annotations

import json
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from qingfeng.apps.base.records.search.actions import is_stale, rebuild
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.queries import recount
from qingfeng.cli.preparing import prepare_tables, static_is_stale

from .district import TODAY, set_up
from .rows import Ledgers

MARK = "filled.json"


def fill(rows: int, units: int) -> float:
    """Seconds that it took; 0 when it had been done before. Newer migrations are applied in either case."""
    mark = Path(settings.ZONE_HOME) / MARK
    prepare_tables()
    if static_is_stale():
        call_command("collectstatic", verbosity=0, interactive=False)
    if mark.is_file():
        return 0.0
    begun = time.perf_counter()
    if Problem.objects.exists():
        raise SystemExit("half filled: remove the folder (and its database) and start again")
    campaign = Campaign.objects.first() or set_up(units)
    Ledgers(campaign).fill(rows)
    differences = recount(campaign)
    if differences or Problem.objects.count() != rows:
        raise SystemExit(f"the generator is wrong: {differences[:3]}")
    settings.BUSINESS_DATE_FILE.write_text(f"{TODAY.isoformat()}\n", encoding="ascii")
    if is_stale():
        rebuild()
    seconds = time.perf_counter() - begun
    mark.write_text(
        json.dumps({"rows": rows, "units": units, "seconds": round(seconds, 1)}), encoding="utf-8"
    )
    return seconds
