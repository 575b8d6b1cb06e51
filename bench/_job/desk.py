"""The command line as somebody at a desk uses it, in this process or in one of its own, with its exit codes checked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from typing import Any

import typer
from click.testing import CliRunner

from qingfeng.apps.base.web import clock
from qingfeng.cli import platform

DONE, BAD_INPUT, REFUSED = 0, 2, 3


class Desk:
    """Runs `qingfeng …` on a business day; an unexpected exit code ends the job with what was said."""

    def __init__(self) -> None:
        application = typer.Typer()
        platform.add_to(application)
        self._command = typer.main.get_command(application)
        self._runner = CliRunner()
        self.calls: Counter[int] = Counter()

    def run(self, day: date, *words: str, by: str = "", expect: int = DONE) -> dict[str, Any]:
        """What the command answered with --json."""
        arguments = [*words, *(["--as", by] if by else []), "--json"]
        with clock.on(day):
            result = self._runner.invoke(self._command, arguments)
        self._check(arguments, result.exit_code, expect, result.output, result.exception)
        return json.loads(result.stdout) if expect == DONE else {}

    def process(self, day: date, *words: str, by: str = "", expect: int = DONE) -> dict[str, Any]:
        """The same in a process of its own, as a script would call it."""
        arguments = [*words, *(["--as", by] if by else []), "--json"]
        environment = {
            **os.environ,
            "QINGFENG_TODAY": day.isoformat(),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        done = subprocess.run(
            [sys.executable, "-m", "qingfeng.cli.main", *arguments],
            env=environment,
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        self._check(arguments, done.returncode, expect, done.stdout + done.stderr, None)
        return json.loads(done.stdout) if expect == DONE else {}

    def _check(
        self, arguments: list[str], code: int, expected: int, output: str, error: BaseException | None
    ) -> None:
        self.calls[code] += 1
        if code != expected:
            told = " ".join(arguments)
            raise AssertionError(
                f"qingfeng {told}\n  ended with {code}, not {expected}: {output[-800:]}"
            ) from error
