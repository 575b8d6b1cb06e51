"""Whose turn it is to write, where the database has one writer at a time.

SQLite makes a waiting writer ask again after longer and longer pauses: whoever has waited long comes last, whoever has
just written first, and after thirty seconds one is refused. Here all who wait have the same chance, and whoever has
just written stands behind one of them: sixteen clerks who save at once are served evenly.
"""

from __future__ import annotations

import functools
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.db import connection
from filelock import FileLock, Timeout

_AT_THE_DOOR, _IN_THE_QUEUE = 0.001, 0.004
"""Seconds between two questions; a change takes some forty thousandths."""


@contextmanager
def turn() -> Iterator[None]:
    """Waits for the turn of this thread; within a transaction, in memory and on other databases there is nothing to wait for.

    After as long as a writer may wait at the database itself, it goes on to the database, which says what is the matter.
    """
    place = _place_of_database()
    if place is None:
        yield
        return
    with ExitStack() as held:
        try:
            _locks(*place).enter(held)
        except Timeout:
            held.close()
        yield


def _place_of_database() -> tuple[str, float] | None:
    """The file, and how many seconds a writer may wait; None where nobody waits."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return None
    name = str(connection.settings_dict["NAME"])
    if ":memory:" in name or "mode=memory" in name:
        return None
    return name, float(connection.settings_dict["OPTIONS"].get("timeout", 5))


class _Line:
    """The threads of this process, served in the order in which they came."""

    def __init__(self) -> None:
        self._held = threading.Lock()
        self._waiting: deque[threading.Event] = deque()

    def enter(self, longest: float) -> None:
        """Raises Timeout; whoever gives up leaves the line."""
        mine = threading.Event()
        with self._held:
            self._waiting.append(mine)
            if len(self._waiting) == 1:
                return
        if not mine.wait(longest):
            self._give_up(mine)

    def leave(self) -> None:
        with self._held:
            self._waiting.popleft()
            if self._waiting:
                self._waiting[0].set()

    def _give_up(self, mine: threading.Event) -> None:
        with self._held:
            if mine.is_set():  # called in the same moment
                return
            self._waiting.remove(mine)
        raise Timeout("line")


@dataclass(frozen=True)
class _Locks:
    """Threads wait in their line; of the processes one stands at the door and one at the head of the queue to it."""

    longest: float
    line: _Line
    queue: FileLock
    door: FileLock

    def enter(self, held: ExitStack) -> None:
        """Takes the turn until `held` is closed. Raises Timeout."""
        self.line.enter(self.longest)
        held.callback(self.line.leave)
        with self.queue:  # kept until the door opens: nobody passes
            held.enter_context(self.door)


@functools.cache
def _locks(path: str, longest: float) -> _Locks:
    return _Locks(
        longest,
        _Line(),
        FileLock(f"{path}-queue", timeout=longest, poll_interval=_IN_THE_QUEUE),
        FileLock(f"{path}-door", timeout=longest, poll_interval=_AT_THE_DOOR),
    )
