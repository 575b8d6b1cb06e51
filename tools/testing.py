"""`make test`: the suite on SQLite, then on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools.places import ROOT, program, say
from tools.setting_up import set_up

DATABASES = ("sqlite", "postgresql")
NO_TEST = 5


def test(arguments: list[str]) -> int:
    """Both rounds, always; `--only sqlite` takes one. Other words go to pytest."""
    databases, words = chosen(arguments)
    set_up(for_tests=True)
    prepare_browser()
    prepare_java()
    results = [(database, *one_round(database, words)) for database in databases]
    say("")
    for database, code, closing in results:
        say(f"{database}: {closing or f'pytest ended with code {code}'}")
    codes = {code for _, code, _ in results}
    if NO_TEST in codes and words and len(codes) > 1:
        codes.discard(NO_TEST)  # what was asked for has no database: one round was enough
    return max(codes)


def chosen(arguments: list[str]) -> tuple[tuple[str, ...], list[str]]:
    words = list(arguments)
    if "--only" not in words:
        return DATABASES, words
    at = words.index("--only")
    return tuple(words[at + 1].split(",")), words[:at] + words[at + 2 :]


def one_round(database: str, words: list[str]) -> tuple[int, str]:
    """Run pytest on this database; its exit code and closing line. Its output is passed on as it comes."""
    say(f"\n== {database}")
    env = dict(os.environ, QINGFENG_TEST_DATABASE=database)
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    command: list[str | Path] = [program("python"), "-m", "pytest", "-n", "2", *colour, *words]
    closing = ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            print(line, end="", flush=True)
            if line.strip():
                closing = line.strip()
    return running.returncode, closing


def prepare_browser() -> None:
    """Look for Chromium and the fonts before the clock of any test runs; what is missing, the tests say."""
    subprocess.call([program("python"), "-m", "tests.environment.browser"], cwd=ROOT)


def prepare_java() -> None:
    """Look for the Java that Spark needs; what is missing, the tests say."""
    subprocess.call([program("python"), "-m", "tests.environment.java"], cwd=ROOT)
