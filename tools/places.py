"""Where things lie in the working tree, and how a sentence reaches the person at the terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
ASSETS = ROOT / ".assets"
VENDOR = ROOT / "qingfeng" / "apps" / "base" / "web" / "static" / "vendor"
LOCALE = ROOT / "qingfeng" / "locale"
REQUIREMENTS = ROOT / "requirements"
HOME = ROOT / "var"
PROGRAMS = "Scripts" if os.name == "nt" else "bin"
ENDING = ".exe" if os.name == "nt" else ""


class Stopped(Exception):
    """What was asked cannot be done; the message says why and what to do, in Chinese and English."""


def program(name: str, venv: Path = VENV) -> Path:
    """A program inside a virtual environment."""
    return venv / PROGRAMS / (name + ENDING)


def say(sentence: str) -> None:
    print(sentence, flush=True)


def run(command: list[str | Path], **options: object) -> None:
    """Run a step's command; a failure shows what it printed and stops the recipe."""
    done = subprocess.run(  # type: ignore[call-overload]
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    )
    if done.returncode != 0:
        sys.stdout.write(done.stdout)
        name = " ".join(Path(str(part)).name for part in command[:4])
        raise Stopped(
            f"这一步没有成功:{name}(原因见上)。修正后重新运行即可,已完成的步骤不会重做。\n"
            f"This step failed: {name} (reason above). Run the same command again; finished steps are kept."
        )


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
