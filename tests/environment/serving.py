"""The real server before an installation of its own: for journeys, and for pictures of the pages."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

PATIENCE = 60
"""Seconds until the first answer."""


@contextmanager
def served(env: Mapping[str, str], *words: str) -> Iterator[str]:
    """The address of the site; `words` are further ones of `qingfeng serve`."""
    port = free_port()
    command = [sys.executable, "-m", "qingfeng.cli.main", "serve", *words, "--port", str(port)]
    server = subprocess.Popen(command, env=dict(env), stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/account/login/")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Returns at the first answer; OSError when none has come in time."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)
