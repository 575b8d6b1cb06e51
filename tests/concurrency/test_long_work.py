"""Workers that are killed, and workers that reach for the same job: nothing doubled, nothing lost, on both databases."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.environment.installations import installation

CHUNKS, KILLED_IN = 30, 7
"""As in `long_work`, whose module sets up a Django of its own."""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="the signals of POSIX"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[dict[str, str]]:
    """One installation for all: building its tables takes longest."""
    with installation(tmp_path_factory.mktemp("home"), today="2026-06-10") as env:
        told(env, "set-up")
        yield env


def call(*words: str) -> list[str]:
    return [sys.executable, "-m", "tests.concurrency.long_work", *words]


def told(env: dict[str, str], *words: str) -> Any:
    done = subprocess.run(call(*words), env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout or "null")


def test_a_killed_worker_is_followed_by_the_next_with_nothing_doubled_or_lost(home: dict[str, str]) -> None:
    told(home, "ask")
    first = subprocess.run(call("work", "w1"), env=home, capture_output=True, text=True, timeout=300)
    assert first.returncode == -signal.SIGKILL, first.stderr
    left = told(home, "count")
    assert left["state"] == "running" and left["last"] == left["events"] == left["done"] == KILLED_IN
    told(home, "work", "w2", "w1")
    found = told(home, "count")
    assert (found["state"], found["attempts"], found["done"]) == ("done", 2, CHUNKS)
    assert found["lines"] == [[f"第{step}行", str(step + 1)] for step in range(CHUNKS)]
    assert found["last"] == found["events"] == CHUNKS and found["broken"] == []


def test_workers_at_once_take_each_job_once(home: dict[str, str]) -> None:
    told(home, "ask", "all")
    workers = [
        subprocess.Popen(call("claim", f"w{number}"), env=home, stdout=subprocess.PIPE, text=True)
        for number in range(3)
    ]
    taken = [json.loads(worker.communicate(timeout=120)[0]) for worker in workers]
    everything = [pk for one in taken for pk in one]
    assert len(everything) == len(set(everything)) == 15


def test_the_supervisor_starts_a_dead_worker_again_and_ends_both(
    home: dict[str, str], tmp_path: Path
) -> None:
    """A stand-in for the web server: what is tested is who keeps whom."""
    web = [sys.executable, "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(tmp_path)]
    keeper = subprocess.Popen(
        [sys.executable, "-m", "qingfeng.site.supervisor", "127.0.0.1", "9", *web],
        env=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        first = worker_of(keeper)
        os.kill(first, signal.SIGKILL)
        second = worker_of(keeper, but=first)
    finally:
        keeper.terminate()
        keeper.communicate(timeout=30)
    assert keeper.returncode == 0
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def worker_of(keeper: subprocess.Popen[str], but: int = 0) -> int:
    """The process id of its worker, as soon as there is one."""
    until = time.monotonic() + 40
    while time.monotonic() < until:
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (folder / "cmdline").read_bytes().split(b"\0")
                parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
                if parent == str(keeper.pid) and b"qingfeng.site.worker" in words and folder.name != str(but):
                    return int(folder.name)
        time.sleep(0.2)
    raise AssertionError("no worker came")
