"""Keeps the web server and the worker running: `python -m qingfeng.site.supervisor HOST PORT COMMAND…`.

It imports the standard library only, so that it weighs next to nothing. Whichever dies is started again, ever more
patiently when it dies young; both end with it.
"""

from __future__ import annotations

import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

YOUNG = 10.0
"""Seconds that a process must live for its end to be an accident and not a defect of its start."""
LONGEST_WAIT = 30.0
GRACE = 15.0
"""Seconds that both have to end in good order."""
LOOK = 0.2
WORKER = (sys.executable, "-m", "qingfeng.site.worker", "--kept")


class Kept:
    """One process that is kept running."""

    def __init__(self, title: str, command: Callable[[], list[str]]) -> None:
        self.title = title
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._begun = self._next = 0.0
        self._wait = 0.5
        self.ended_young = 0

    def start(self) -> None:
        self._begun = time.monotonic()
        self._process = subprocess.Popen(self._command())

    def look(self) -> None:
        """Starts it again when it has died, after a while."""
        if self._process is not None:
            code = self._process.poll()
            if code is None:
                return
            self._died(code)
        if time.monotonic() >= self._next:
            self.start()

    def _died(self, code: int) -> None:
        lived = time.monotonic() - self._begun
        young = lived < YOUNG
        self.ended_young = self.ended_young + 1 if young else 0
        self._wait = min(self._wait * 2, LONGEST_WAIT) if young else 0.5
        self._next = time.monotonic() + (self._wait if young else 0.0)
        self._process = None
        print(f"{self.title}已退出（{code}），重新启动。", file=sys.stderr, flush=True)  # noqa: T201

    def ask_to_end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def end(self, until: float) -> None:
        """Waits for its end in good order; after that without."""
        if self._process is None:
            return
        try:
            self._process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Supervisor:
    """The web server first; the worker as soon as that answers, so that they do not start at the same time."""

    def __init__(self, host: str, port: int, web: list[str]) -> None:
        self._address = (host, port)
        self._web = Kept("网站", lambda: web)
        self._worker = Kept("后台处理程序", self._worker_command)
        self._before = ""
        self._ending = False

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        self._web.start()
        self._wait_for_web()
        while not self._ending and self._web.ended_young < 3:
            self._web.look()
            self._worker.look()
            time.sleep(LOOK)
        kept = (self._web, self._worker)
        for one in kept:
            one.ask_to_end()
        until = time.monotonic() + GRACE
        for one in kept:
            one.end(until)
        return 0 if self._ending else 1

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._ending = True

    def _wait_for_web(self) -> None:
        until = time.monotonic() + YOUNG
        while not self._ending and time.monotonic() < until:
            try:
                socket.create_connection(self._address, timeout=1).close()
                return
            except OSError:
                time.sleep(LOOK)

    def _worker_command(self) -> list[str]:
        """A new name each time, with the name of the one before: what that one held is taken up at once."""
        name, before = secrets.token_hex(8), self._before
        self._before = name
        return [*WORKER, "--name", name, *(("--after", before) if before else ())]


if __name__ == "__main__":
    sys.exit(Supervisor(sys.argv[1], int(sys.argv[2]), sys.argv[3:]).run())
