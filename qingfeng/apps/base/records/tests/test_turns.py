"""Who may write next: in the order of coming, and nobody is forgotten."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from qingfeng.apps.base.records.turns import _Line, _locks


def in_line(line: _Line, name: int, served: list[int]) -> threading.Thread:
    def wait() -> None:
        line.enter(10)
        served.append(name)
        line.leave()

    thread = threading.Thread(target=wait)
    thread.start()
    while not any(mine for mine in list(line._waiting)[name + 1 :]):
        time.sleep(0.001)
    return thread


def test_threads_are_served_in_the_order_in_which_they_came() -> None:
    line, served = _Line(), list[int]()
    line.enter(1)
    threads = [in_line(line, name, served) for name in range(5)]
    line.leave()
    for thread in threads:
        thread.join()
    assert served == [0, 1, 2, 3, 4]


def test_who_gives_up_leaves_the_line_to_the_next() -> None:
    line, served = _Line(), list[int]()
    line.enter(1)
    with ThreadPoolExecutor(1) as other, pytest.raises(Timeout):
        other.submit(line.enter, 0.05).result()
    late = in_line(line, 0, served)
    line.leave()
    late.join(5)
    assert served == [0]


def test_a_door_held_by_another_process_is_waited_for_and_given_up(tmp_path: Path) -> None:
    name = str(tmp_path / "db.sqlite3")
    with FileLock(f"{name}-door"), ExitStack() as held, pytest.raises(Timeout):
        _locks(name, 0.05).enter(held)
    with ExitStack() as held:
        _locks(name, 0.05).enter(held)
        with pytest.raises(Timeout):
            FileLock(f"{name}-door", timeout=0.01).acquire()
    FileLock(f"{name}-door", timeout=0.01).acquire()
