"""The reference engine: a rule on DuckDB, with a time limit."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any

import duckdb

from qingfeng.screening.engine import macros, statement
from qingfeng.screening.engine.incomplete import NOTHING_LACKING, Incomplete
from qingfeng.screening.engine.invalid import RuleFailed
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.errors import disk_is_full

TIME_LIMIT = 1800.0
"""Seconds after which a rule is broken off."""


class OnDuckDB:
    """Runs rules on a connection in which their tables lie."""

    name = "duckdb"

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        time_limit: float = TIME_LIMIT,
        incomplete: Incomplete = NOTHING_LACKING,
    ) -> None:
        self.connection = connection
        self.time_limit = time_limit
        self.incomplete = incomplete
        self.ahead: dict[str, Future[statement.Prepared]] = {}
        for macro in macros.duckdb_statements():
            connection.execute(macro)

    def expect(self, asked: Iterable[tuple[Rule, Mapping[str, Any]]], as_of: date) -> None:
        """Writes the statements of the rules to come in a thread, while DuckDB is busy with those before."""
        writer = ThreadPoolExecutor(1, thread_name_prefix="statements")
        for rule, values in asked:
            self.ahead[rule.id] = writer.submit(self._prepared, rule, values, as_of)
        writer.shutdown(wait=False)

    def find(self, rule: Rule, values: Mapping[str, Any], as_of: date, into: str) -> None:
        """Puts the evidence rows of a rule into a temporary table."""
        known = self.ahead.pop(rule.id, None)
        ready = known.result() if known else self._prepared(rule, values, as_of)
        for name, select in ready.given.items():
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")
        try:
            with self._limited():
                for name, select in {**ready.steps, into: ready.evidence}.items():
                    self._aside(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")
        except duckdb.InterruptException as error:
            raise RuleFailed(f"运行超过{self.time_limit:g}秒，已中断；请检查表之间的连接条件。") from error
        except duckdb.Error as error:
            if disk_is_full(error) or isinstance(error, duckdb.OutOfMemoryException):
                raise  # nothing is wrong with the rule
            raise RuleFailed(f"SQL 运行出错：{plain(error)}") from error
        finally:
            for name in (*ready.given, *ready.steps):
                self.connection.execute(f"DROP TABLE IF EXISTS {name}")

    def _prepared(self, rule: Rule, values: Mapping[str, Any], as_of: date) -> statement.Prepared:
        return statement.prepared(rule, values, as_of, self.incomplete)

    def _aside(self, sql: str) -> None:
        """Runs a statement in a thread of its own: a signal reaches Python only between statements, so the main thread
        must wait outside of one to be stopped."""
        raised: list[BaseException] = []

        def work() -> None:
            try:
                self.connection.execute(sql)
            except BaseException as error:
                raised.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            while thread.is_alive():
                thread.join(0.2)
        except BaseException:
            self.connection.interrupt()
            thread.join()
            raise
        if raised:
            raise raised[0]

    @contextmanager
    def _limited(self) -> Iterator[None]:
        timer = threading.Timer(self.time_limit, self.connection.interrupt)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def plain(error: BaseException) -> str:
    """The first line of an engine's message: the rest repeats the statement."""
    return str(error).split("\n")[0]
