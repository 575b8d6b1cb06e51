"""The first twenty rules: the engine beside hand-written SQL and beside pandas, each in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from _screening import volume
from _screening.one_run import FIRST_TWENTY
from qingfeng.calendars import WorkingDays

RATIO_CEILING = 1.3
PANDAS_FLOOR = 3.0
MEMORY_CEILING_MIB = 2048
MEMORY = "2GB"
BENCH = Path(__file__).parent.parent


def measure(cache: Path, payments: int, *, pandas: Path | None, as_json: bool) -> int:
    """Prints the comparison; 1 when a limit is not kept or the hits differ."""
    load = os.getloadavg()[0]
    folder = volume.make(cache / f"store-{payments}", payments)
    runs = {kind: _run(kind, folder, cache / f"out-{kind}") for kind in ("floor", "engine")}
    if pandas:
        _holidays(folder)
        command = [str(pandas), str(BENCH / "_screening" / "pandas_run.py"), str(folder), *FIRST_TWENTY]
        runs["pandas"] = _told(command)
    report = {"payments": payments, "load": [round(load, 1), round(os.getloadavg()[0], 1)], "runs": runs}
    report["faults"] = _faults(runs)
    print(json.dumps(report, ensure_ascii=False) if as_json else _text(report))
    return 1 if report["faults"] else 0


def _run(kind: str, folder: Path, out: Path) -> dict[str, Any]:
    shutil.rmtree(out, ignore_errors=True)
    return _told([sys.executable, "-m", "_screening.one_run", kind, str(folder), str(out), MEMORY])


def _told(command: list[str]) -> dict[str, Any]:
    finished = subprocess.run(command, cwd=BENCH, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise SystemExit(finished.stderr)
    return json.loads(finished.stdout.splitlines()[-1])


def _holidays(folder: Path) -> None:
    """Weekdays off and weekend days on, for numpy's calendar."""
    calendar, off, on = WorkingDays(), [], []
    day = date(2025, 1, 1)
    while day <= date(2026, 12, 31):
        worked, weekday = calendar.is_working_day(day), day.weekday() < 5
        (off if weekday and not worked else on if worked and not weekday else []).append(day.isoformat())
        day += timedelta(days=1)
    (folder / "holidays.json").write_text(json.dumps({"off": off, "on": on}))


def _faults(runs: dict[str, Any]) -> list[str]:
    engine, floor = runs["engine"], runs["floor"]
    faults = [
        f"{rule}: {other['kind']} {other['rules'][rule]['hits']} hits, engine {told['hits']} ({told['status']})"
        for other in runs.values()
        for rule, told in engine["rules"].items()
        if rule in other["rules"] and other["rules"][rule]["hits"] != told["hits"]
    ]
    faults += [f"{rule}: no such rule" for rule in FIRST_TWENTY if rule not in engine["rules"]]
    if engine["seconds"] > RATIO_CEILING * floor["seconds"]:
        faults.append(
            f"engine : hand-written SQL {engine['seconds'] / floor['seconds']:.2f}, limit {RATIO_CEILING}"
        )
    if engine["peak_mib"] > MEMORY_CEILING_MIB:
        faults.append(f"peak memory {engine['peak_mib']} MiB, limit {MEMORY_CEILING_MIB}")
    if "pandas" in runs and runs["pandas"]["seconds"] < PANDAS_FLOOR * engine["seconds"]:
        faults.append(
            f"pandas : engine {runs['pandas']['seconds'] / engine['seconds']:.2f}, limit {PANDAS_FLOOR}"
        )
    return faults


def _text(report: dict[str, Any]) -> str:
    runs = report["runs"]
    lines = [
        f"{report['payments']} payments, load {report['load'][0]} before, {report['load'][1]} after, 2 threads, memory limit {MEMORY}"
    ]
    lines.append(f"{'rule':6}{'hits':>9}" + "".join(f"{kind + ' s':>11}" for kind in runs))
    for rule in runs["engine"]["rules"]:
        told = "".join(
            f"{run['rules'].get(rule, {}).get('seconds', float('nan')):11.2f}" for run in runs.values()
        )
        lines.append(f"{rule:6}{runs['engine']['rules'][rule]['hits']:9}{told}")
    lines.append(f"{'all':6}{'':9}" + "".join(f"{run['seconds']:11.2f}" for run in runs.values()))
    lines.append(f"{'MiB':6}{'':9}" + "".join(f"{run['peak_mib']:11}" for run in runs.values()))
    lines.append(f"engine : hand-written SQL {runs['engine']['seconds'] / runs['floor']['seconds']:.2f}")
    if "pandas" in runs:
        lines.append(f"pandas : engine {runs['pandas']['seconds'] / runs['engine']['seconds']:.2f}")
    return "\n".join(lines + [f"! {fault}" for fault in report["faults"]])
