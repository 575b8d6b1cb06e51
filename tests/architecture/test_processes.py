"""Web processes stay small: what reads and writes office files runs in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("docx", "pypdf", "pandas", "duckdb", "lxml", "openpyxl")
SCRIPT = f"""
import sys
from qingfeng.site.wsgi import application
from django.urls import get_resolver
get_resolver().url_patterns
print(sorted(set({HEAVY!r}) & set(sys.modules)))
"""


def test_a_web_process_loads_no_office_library(tmp_path: Path) -> None:
    env = {**os.environ, "QINGFENG_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "qingfeng.site.settings"}
    env.pop("QINGFENG_DATABASE", None)
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, env=env, check=True)
    assert done.stdout.strip() == "[]"
