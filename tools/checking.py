"""`make check` changes nothing and tells all that is wrong; `make fix` changes all that can be put right."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tools.places import ROOT, program, say
from tools.setting_up import set_up


@dataclass(frozen=True)
class Check:
    """One command whose exit code is its verdict; `repair` is the command that puts right what it finds."""

    title: str
    command: tuple[str, ...]
    repair: tuple[str, ...] = ()


def python(*arguments: str) -> tuple[str, ...]:
    return (str(program("python")), *arguments)


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(program(name)), *arguments)


# The slowest first, since two run at a time.
CHECKS = (
    Check("types", tool("mypy")),
    Check("lint", tool("ruff", "check", "--quiet"), tool("ruff", "check", "--quiet", "--fix")),
    Check(
        "format", tool("ruff", "format", "--quiet", "--check", "--diff"), tool("ruff", "format", "--quiet")
    ),
    Check("layers", tool("lint-imports")),
    Check("templates", python("-m", "tools.templates"), python("-m", "tools.templates", "--fix")),
    Check("migrations", python("-m", "django", "makemigrations", "--check", "--dry-run")),
    Check("translations", python("-m", "tools.messages"), python("-m", "tools.messages", "--fix")),
    Check("documents", tool("qingfeng", "docs", "--check"), tool("qingfeng", "docs")),
    Check("locks", python("-m", "tools.locks")),
    Check("browsers", python("-m", "tools.baseline")),
)


def check(arguments: list[str]) -> int:
    """Run all, or those that are named: `make check ARGS="types lint"`."""
    set_up(for_tests=True)
    chosen = [one for one in CHECKS if not arguments or one.title in arguments]
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(2) as workers:
        env = environment(home)
        verdicts = list(workers.map(lambda one: judge(one, env), chosen))
    failed = [one.title for one, passed in zip(chosen, verdicts, strict=True) if not passed]
    say(
        f"\n{len(chosen) - len(failed)} of {len(chosen)} checks passed"
        + (f"; failed: {', '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


def judge(one: Check, env: dict[str, str]) -> bool:
    """Run one check; what it printed is shown only when it failed."""
    started = time.monotonic()
    done = subprocess.run(
        one.command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    passed = done.returncode == 0
    verdict = f"{'passed' if passed else 'FAILED'} · {one.title} ({time.monotonic() - started:.1f} s)"
    say(verdict if passed else f"{verdict}\n{done.stdout.rstrip()}\n")
    return passed


def fix(arguments: list[str]) -> int:
    """Everything that a machine can put right; what is left, `make check` tells."""
    set_up(for_tests=True)
    code = 0
    with tempfile.TemporaryDirectory() as home:
        for one in CHECKS:
            if one.repair and (not arguments or one.title in arguments):
                say(f"· {one.title}")
                code = max(code, subprocess.call(one.repair, cwd=ROOT, env=environment(home)))
    return code


def environment(home: str) -> dict[str, str]:
    """The checks look at the code, never at anybody's data."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QINGFENG_")}
    return kept | {"QINGFENG_HOME": home, "DJANGO_SETTINGS_MODULE": "qingfeng.site.settings"}
