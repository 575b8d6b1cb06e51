"""Asking Debian's package manager, which only root may do."""

from __future__ import annotations

import os
import shutil
import subprocess

from tools.places import is_root


def can_install() -> bool:
    return is_root() and shutil.which("apt-get") is not None


def install(*packages: str) -> str:
    """Install these packages; returns an empty text, or the last lines that apt printed when it failed."""
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        if done.returncode != 0 and command[1] == "install":
            return "\n".join(done.stdout.splitlines()[-5:]) or "apt-get failed"
    return ""
