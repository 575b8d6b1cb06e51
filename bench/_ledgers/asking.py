"""Pages asked through the whole handler, with every middleware, by people who are signed in."""

from __future__ import annotations

import importlib
import re
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingfeng.apps.base.orgs.models import User

from .report import Line

importlib.import_module(
    "qingfeng.site.wsgi"
)  # as the web process is: what is loaded is out of the collector's way
BETWEEN = re.compile(r"(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)")
PATIENCE = 5.0
"""Seconds after which a line is asked no more."""
LEAST = 3


class Asked:
    """One person's browser."""

    def __init__(self, username: str, times: int = 1) -> None:
        self.times = times
        self.user = User.objects.select_related("person").get(username=username)
        self.client = self.sign_in()

    def sign_in(self) -> Client:
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(self.user)
        return client

    def get(self, address: str, client: Client | None = None) -> Any:
        response = (client or self.client).get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code}")
        return response

    def line(
        self, name: str, address: str, *more: str, floor: Callable[[], Any] | None = None, **limits: Any
    ) -> Line:
        """Counted once as the first page after signing in and once as a further one; then timed, in turn with the floor.
        Several addresses are asked in turn: the line is of all of them."""
        line = Line(name, **limits)
        try:
            fresh = self.sign_in()
            line.queries_at_first = queries_of(lambda: self.get(address, fresh))
            for one in (address, *more):
                self.get(one)
                line.queries = max(line.queries, queries_of(partial(self.get, one)))
            turns = cycle((address, *more))
            measure(line, lambda: self.get(next(turns)), floor, self.times)
        except Exception as error:  # a page that fails is told with the others, and fails the run
            line.error = f"{type(error).__name__}: {error}"
        return line


def queries_of(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as told:
        work()
    return len([one for one in told.captured_queries if not BETWEEN.match(one["sql"])])


def measure(line: Line, work: Callable[[], Any], floor: Callable[[], Any] | None, times: int) -> None:
    """Takes the times of both alternately, so that the machine's moods hit both alike."""
    until = time.perf_counter() + PATIENCE
    for turn in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        line.wall.append(1000 * (time.perf_counter() - wall))
        line.cpu.append(1000 * (time.process_time() - cpu))
        if floor is not None:
            begun = time.process_time()
            floor()
            line.floor.append(1000 * (time.process_time() - begun))
        if turn + 1 >= min(LEAST, times) and time.perf_counter() > until:
            break


def bare(statement: str, values: list[Any] | None = None) -> Callable[[], list[Any]]:
    """The same rows, fetched by a statement and nothing else."""

    def fetched() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values or [])
            return cursor.fetchall()

    return fetched
