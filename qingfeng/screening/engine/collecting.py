"""The hits of one rule are collected while the next rule is being looked for: one core grouped and numbered a few
thousand rows while the other waited, which took a fifth of a run."""

from __future__ import annotations

import json
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict

import duckdb

from qingfeng.screening.engine import hits
from qingfeng.screening.engine.hits import HANDED_OVER
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.summary import RuleResult


def open_hand_over(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes room for evidence rows that all connections of a run see; before the run is locked."""
    connection.execute(f"ATTACH ':memory:' AS {HANDED_OVER}")


class Collecting:
    """A second connection of the run, with a thread of its own; one rule at a time, in their order."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.main = connection
        self.connection = connection.cursor()
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="collecting")

    def take(self, rule: Rule, raw: str, result: RuleResult, signature: str, began: float) -> Future[None]:
        """Takes the evidence rows out of `raw`; the rest of the result is there when the future is done."""
        taken = f"{HANDED_OVER}.raw_{rule.id.lower()}"
        self.main.execute(f"CREATE OR REPLACE TABLE {taken} AS FROM {raw}")
        self.main.execute(f"DROP TABLE {raw}")
        return self.thread.submit(self._collect, rule, taken, result, signature, time.monotonic() - began)

    def _collect(self, rule: Rule, taken: str, result: RuleResult, signature: str, so_far: float) -> None:
        began = time.monotonic()
        self.connection.execute("BEGIN")
        try:
            counted = hits.collect(self.connection, rule, taken, located=False)
            _fill(result, rule, counted)
            result.seconds = round(so_far + time.monotonic() - began, 3)
            note_finished(self.connection, rule, signature, result)
            self.connection.execute("COMMIT")
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        finally:
            self.connection.execute(f"DROP TABLE IF EXISTS {taken}")

    def wait(self) -> None:
        """Until nothing is being collected: what is then in the tables stays there."""
        self.thread.submit(lambda: None).result()

    def close(self) -> None:
        """Waits for what was taken."""
        self.thread.shutdown(wait=True)
        self.connection.close()


def _fill(result: RuleResult, rule: Rule, counted: hits.Counted) -> None:
    result.hits, result.questions, result.subjects = counted.hits, counted.questions, counted.subjects
    result.sum = None if counted.sum is None else counted.sum / 100
    if counted.without_subject:
        result.notes.insert(
            0, f"有{counted.without_subject}行证据缺少对象（{'、'.join(rule.subject.columns)}），未列入。"
        )


def note_finished(
    connection: duckdb.DuckDBPyConnection, rule: Rule, signature: str, result: RuleResult
) -> None:
    """Remembers a rule as done, with the hits that stand there."""
    told = hits.text(json.dumps(asdict(result), ensure_ascii=False))
    connection.execute(f"INSERT INTO finished VALUES ({hits.text(rule.id)}, {hits.text(signature)}, {told})")
