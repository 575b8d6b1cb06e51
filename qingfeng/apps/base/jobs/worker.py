"""The loop of a worker process: look for work, do it, say that one is alive.

It imports Django and the apps, nothing heavy; what a job loads goes with the process, which makes room by starting
itself anew when it has grown.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.db import Error, close_old_connections, connection

from qingfeng.apps.base.jobs import terms
from qingfeng.apps.base.jobs.actions import clear_past_term, working
from qingfeng.apps.base.jobs.doing import carry_out
from qingfeng.apps.base.jobs.models import CLAIMABLE, Job

log = logging.getLogger(__name__)
ROOM = 48 * 1024 * 1024
"""How much a worker may have grown before it starts anew."""
PATIENCE = 5.0
"""Seconds before the database is asked again that did not answer."""


class Worker:
    """One worker. `after` is the name of the one before it that is known to be gone: its job is taken up at once."""

    def __init__(self, name: str = "", after: str = "", alone: Callable[[], bool] = lambda: False) -> None:
        self.name = name or secrets.token_hex(8)
        self.after = after
        self._alone = alone
        self._stop = threading.Event()
        self._beaten = self._tidied = 0.0
        self._began_with = memory()

    def stop(self) -> None:
        """After the chunk in hand. Safe to call from a signal handler."""
        self._stop.set()

    @property
    def is_stopping(self) -> bool:
        return self._stop.is_set() or self._alone()

    def run(self, *, once: bool = False) -> bool:
        """Works until told to stop (`once`: until nothing waits); True when it wants to be started anew."""
        self._begin()
        wants_room = False
        while not self.is_stopping and not wants_room:
            try:
                idle = not self._turn()
            except Error as error:
                log.error("the database did not answer: %s", type(error).__name__)
                connection.close()
                self._stop.wait(PATIENCE)
                continue
            if once and idle:
                break
            if idle:
                self._stop.wait(terms.POLL)
            wants_room = memory() - self._began_with > ROOM
        working.end_work(name=self.name)
        connection.close()
        return wants_room and not self.is_stopping

    def _begin(self) -> None:
        working.begin_work(name=self.name, host=socket.gethostname(), pid=os.getpid())
        self._beaten = time.monotonic()
        if self.after:
            working.take_up_lapsed(worker=self.after)
            working.end_work(name=self.after)

    def _turn(self) -> bool:
        """One look; whether there was work."""
        close_old_connections()
        self._keep_house()
        if not Job.objects.filter(state__in=CLAIMABLE).exists():
            return False
        job = working.claim(worker=self.name)
        if job is None:
            return False
        with _Heart(self.name, job):
            carry_out(job, stopping=lambda: self.is_stopping)
        return True

    def _keep_house(self) -> None:
        now = time.monotonic()
        if now - self._beaten >= terms.BEAT:
            self._beaten = now
            working.beat(worker=self.name)
            working.take_up_lapsed()
        if not self._tidied or now - self._tidied >= terms.TIDY:
            self._tidied = now
            clear_past_term()


class _Heart:
    """Beats in a thread with a connection of its own while a job is done."""

    def __init__(self, worker: str, job: Job) -> None:
        self._worker, self._job = worker, job
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heart", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_ending: object) -> None:
        self._end.set()
        self._thread.join(terms.LEASE)

    def _beat(self) -> None:
        try:
            while not self._end.wait(terms.BEAT):
                try:
                    working.beat(worker=self._worker, job=self._job)
                except Error as error:
                    log.warning("a heartbeat was missed: %s", type(error).__name__)
                    connection.close()
        finally:
            connection.close()


def memory() -> int:
    """Bytes that this process holds just now; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
