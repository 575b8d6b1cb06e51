"""Reading a plan file: by the plan reader in a process of its own, because its libraries never enter a web process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.base.web import office_calendar
from qingfeng.apps.base.web.errors import BadInput

PATIENCE = 60
"""Seconds after which a file is given up; a plan takes one or two."""
BAD_INPUT = 2
COMMAND = (sys.executable, "-m", "qingfeng.apps.work.campaigns.plan_process")


@dataclass(frozen=True)
class Reading:
    """What the reader says of a file: the draft and the numbered lines it refers to. No names of persons."""

    draft: dict[str, Any]
    lines: list[dict[str, Any]]

    @property
    def is_plan(self) -> bool:
        return self.draft.get("kind") == "plan"


def read_plan(name: str, content: bytes) -> Reading:
    """Reads one file. BadInput with the reader's own sentence when it cannot."""
    with tempfile.TemporaryDirectory(prefix="qingfeng-plan-") as folder:
        path = Path(folder) / f"plan{Path(name).suffix.lower()}"
        path.write_bytes(content)
        answer = json.loads(_ask(path, name))
    return Reading(answer["draft"], answer["lines"])


def _ask(path: Path, name: str) -> str:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [*COMMAND, str(path), str(office_calendar.folder())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, env=environment, check=False)
    except subprocess.TimeoutExpired as error:
        raise BadInput(
            _("文件“%(name)s”读了%(seconds)d秒还没有读完，请另存为文本后再传。")
            % {"name": name, "seconds": PATIENCE}
        ) from error
    if done.returncode == BAD_INPUT:
        sentence = done.stderr.decode("utf-8", "replace").strip().replace(path.name, name)
        raise BadInput(sentence or _("文件“%(name)s”不能读取。") % {"name": name})
    if done.returncode:
        raise BadInput(
            _("文件“%(name)s”不能读取，请另存为文本（.txt）或Word（.docx）后再传。") % {"name": name}
        )
    return done.stdout.decode("utf-8")
