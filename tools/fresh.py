"""`make fresh`: the two commands on a machine that has Python and make only, kept as a promise.

The committed state is cloned into a temporary folder, and node, Chromium, PostgreSQL, msgfmt and uv are hidden.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools.places import ROOT, Stopped, say

HIDDEN = {
    "node",
    "npm",
    "npx",
    "corepack",
    "yarn",
    "pnpm",
    "psql",
    "postgres",
    "initdb",
    "createdb",
    "createuser",
}
HIDDEN |= {
    "msgfmt",
    "uv",
    "uvx",
    "ruff",
    "mypy",
    "pytest",
    "cc",
    "gcc",
    "g++",
    "c++",
    "clang",
    "cargo",
    "rustc",
}
HIDDEN_FAMILIES = ("chrom", "google-chrome", "pg_")
FIRST_START = 900
SECOND_START = 30


def fresh(arguments: list[str]) -> int:
    """Clone, test, run, run again. The folder is kept for a look when something failed."""
    if os.name != "posix":
        raise Stopped("make fresh 需要 Linux 或 macOS。\nmake fresh needs Linux or macOS.")
    if not arguments:
        arguments = ["test", "run"]
    folder = Path(tempfile.mkdtemp(prefix="qingfeng-fresh-"))
    clone, tools = folder / "qingfeng", folder / "path"
    env = bare_environment(tools)
    subprocess.run(["git", "clone", "--quiet", "--no-local", ROOT, clone], check=True)
    verdicts = []
    if "test" in arguments:
        say(f"== make test · {clone}")
        code = subprocess.call(["make", "test"], cwd=clone, env=env, stdin=subprocess.DEVNULL)
        verdicts.append((code == 0, f"make test ended with {code}"))
    if "run" in arguments:
        verdicts.append(site_answers(clone, env, "first make run", FIRST_START))
        verdicts.append(site_answers(clone, env, "second make run", SECOND_START))
    for passed, sentence in verdicts:
        say(f"{'通过 passed' if passed else '未过 FAILED'} · {sentence}")
    if not all(passed for passed, _ in verdicts):
        say(f"留作查看 kept for a look: {folder}")
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    return 0


def bare_environment(tools: Path) -> dict[str, str]:
    """The environment with a path that holds every program but the hidden ones."""
    tools.mkdir(parents=True)
    for entry in os.environ["PATH"].split(os.pathsep):
        place = Path(entry)
        if not place.is_dir() or place.is_relative_to(ROOT):
            continue
        for found in place.iterdir():
            if is_hidden(found.name) or (tools / found.name).exists() or not os.access(found, os.X_OK):
                continue
            show(found, tools / found.name)
    dropped = ("QINGFENG_", "VIRTUAL_ENV", "PYTHON", "DJANGO_", "MAKE", "ARGS", "PORT")
    env = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return env | {
        "PATH": str(tools),
        "QINGFENG_SHARED": os.environ.get("QINGFENG_SHARED", str(ROOT.parent / "shared")),
    }


def is_hidden(name: str) -> bool:
    return name in HIDDEN or name.startswith(HIDDEN_FAMILIES)


def show(found: Path, shown: Path) -> None:
    """A link; but Python finds its library from the place it was started at, so it gets a line that starts it there."""
    if found.name.startswith("python"):
        shown.write_text(f'#!/bin/sh\nexec "{found}" "$@"\n')
        shown.chmod(0o755)
    else:
        shown.symlink_to(found)


def site_answers(clone: Path, env: dict[str, str], title: str, within: float) -> tuple[bool, str]:
    """Start the site, wait for its sign-in page, stop it."""
    port = free_port()
    say(f"== {title} · PORT={port}")
    started = time.monotonic()
    with subprocess.Popen(
        ["make", "run"], cwd=clone, env=env | {"PORT": str(port)}, start_new_session=True
    ) as site:
        try:
            while time.monotonic() - started < within and site.poll() is None:
                if shows_sign_in(port):
                    return True, f"{title}: the sign-in page after {time.monotonic() - started:.0f} s"
                time.sleep(0.5)
        finally:
            stop(site)
    return False, f"{title}: no sign-in page within {within:.0f} s"


def shows_sign_in(port: int) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            return 'type="password"' in answer.read().decode("utf-8")
    except (urllib.error.URLError, OSError):
        return False


def stop(site: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C does, to the whole group; harder if it does not listen."""
    for signal_number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(site.pid, signal_number)
            site.wait(10)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
