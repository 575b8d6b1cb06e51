"""Web processes and the idle worker stay small: what reads and writes office files is loaded by the job that needs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = ("docx", "pypdf", "pandas", "duckdb", "lxml", "openpyxl", "python_calamine", "matplotlib")
SCRIPT = f"""
import sys
from qingfeng.site.wsgi import application
from django.urls import get_resolver
get_resolver().url_patterns
print(sorted(set({HEAVY!r}) & set(sys.modules)))
"""
IDLE_WORKER = f"""
import django
django.setup()
from django.core.management import call_command
call_command("migrate", "jobs", verbosity=0)
import sys
from qingfeng.apps.base.jobs.worker import Worker
Worker().run(once=True)
print(sorted(set({HEAVY!r}) & set(sys.modules)))
"""
SUPERVISOR = """
import sys
import qingfeng.site.supervisor
print(sorted({name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - {"__main__"}))
"""


def test_a_web_process_loads_no_office_library(tmp_path: Path) -> None:
    assert printed(SCRIPT, tmp_path) == "[]"


def test_the_idle_worker_loads_no_office_library(tmp_path: Path) -> None:
    assert printed(IDLE_WORKER, tmp_path) == "[]"


def test_the_supervisor_loads_the_standard_library_only(tmp_path: Path) -> None:
    found = set(printed(SUPERVISOR, tmp_path, "-S").strip("[]").replace("'", "").split(", "))
    assert found == {"qingfeng"}


def printed(script: str, home: Path, *options: str) -> str:
    """What a process of its own prints."""
    env = {**os.environ, "QINGFENG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "qingfeng.site.settings"}
    env.pop("QINGFENG_DATABASE", None)
    command = [sys.executable, *options, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=ROOT, check=True)
    return done.stdout.strip()
