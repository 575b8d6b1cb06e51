"""The hits of a rule are collected while the next one is being looked for, and each rule answers for itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from qingfeng.screening.engine import hits
from qingfeng.screening.engine.duckdb import OnDuckDB
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.run import Settings, run
from qingfeng.screening.engine.tests.drawn import (
    AS_OF,
    HEAD,
    Folder,
    case_at,
    plain_days,
    rule_at,
    store_of,
)
from qingfeng.screening.engine.workplace import Workplace

SETTINGS = Settings(AS_OF, memory_limit="200MB", threads=1)
collect = hits.collect


@pytest.fixture
def rules(tmp_path: Path) -> list[Rule]:
    second = rule_at(tmp_path, head=HEAD.replace("X01", "X02"), name="x02.sql")
    return [rule_at(tmp_path), second]


@pytest.fixture
def store(tmp_path: Path, rules: list[Rule]) -> Folder:
    return store_of(tmp_path / "store", rules[0], case_at(tmp_path))


def test_the_next_rule_is_looked_for_while_hits_are_collected(
    tmp_path: Path, store: Folder, rules: list[Rule], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_for = threading.Event()

    class Telling(OnDuckDB):
        def find(self, rule: Rule, values: Any, as_of: date, into: str) -> None:
            super().find(rule, values, as_of, into)
            if rule.id == "X02":
                looked_for.set()

    @contextmanager
    def telling(place: Workplace) -> Iterator[Telling]:
        yield Telling(place.connection)

    def waiting(connection: duckdb.DuckDBPyConnection, rule: Rule, raw: str, **more: Any) -> hits.Counted:
        assert looked_for.wait(20)
        return collect(connection, rule, raw, **more)

    monkeypatch.setattr(hits, "collect", waiting)
    summary = run(
        store, rules, settings=SETTINGS, calendar=plain_days(), out=tmp_path / "out", engine=telling
    )
    assert [(one.status, one.hits) for one in summary.rules] == [("done", 2), ("done", 2)]


def test_a_rule_whose_hits_cannot_be_collected_fails_alone_and_leaves_none(
    tmp_path: Path, store: Folder, rules: list[Rule], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(connection: duckdb.DuckDBPyConnection, rule: Rule, raw: str, **more: Any) -> hits.Counted:
        counted = collect(connection, rule, raw, **more)
        if rule.id == "X01":
            raise duckdb.ConversionException("made up")
        return counted

    monkeypatch.setattr(hits, "collect", failing)
    summary = run(store, rules, settings=SETTINGS, calendar=plain_days(), out=tmp_path / "out")
    assert [one.status for one in summary.rules] == ["failed", "done"]
    assert "运行出错：made up" in summary.rules[0].why
    told = (tmp_path / "out" / "hits.csv").read_text("utf-8-sig")
    assert "X02-" in told and "X01-" not in told
