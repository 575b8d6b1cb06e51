"""A rule that cannot find anything on what was handed over is left out and says why; it never tells “0”."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from qingfeng.screening.engine import relations
from qingfeng.screening.engine.duckdb import OnDuckDB
from qingfeng.screening.engine.finishing import finish
from qingfeng.screening.engine.lacking import obstacle
from qingfeng.screening.engine.parameters import settled
from qingfeng.screening.engine.rule import Rule, load
from qingfeng.screening.engine.specs import cells, document
from qingfeng.screening.engine.specs.running import load_case

FILES = sorted(Path(__file__).parent.parent.rglob("*.sql"))


def handed_over(rule: Rule) -> set[str]:
    return {name for name in (*rule.inputs, *rule.optional) if name != relations.CALENDAR}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rule_without_what_it_needs_is_left_out_and_says_so(path: Path) -> None:
    rule = load(path)
    there = handed_over(rule)
    assert obstacle(rule, there, {}) == ""
    for name in {*rule.inputs} - {relations.CALENDAR}:
        assert obstacle(rule, there - {name}, {}).startswith("缺少表：")
    for name, columns in rule.needs.items():
        for column in columns:
            assert obstacle(rule, there, {name: {column}}).startswith("缺少列：")
    if rule.either:
        assert "还要有" in obstacle(rule, {*rule.inputs}, {}) or any(
            table in rule.inputs for way in rule.either for table, _ in way
        )


@pytest.mark.nightly
@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_found_without_what_is_needed(path: Path) -> None:
    rule = load(path)
    needed = [
        f'UPDATE {name} SET "{column}" = NULL' for name, columns in rule.needs.items() for column in columns
    ]
    cases = 0
    for connection, case in drawn_hits(rule):
        cases += 1
        assert [change for change in needed if found(connection, rule, case, change)] == []
        if rule.either:
            blank = [
                f"DELETE FROM {name}" if name in rule.optional else f'UPDATE {name} SET "{column}" = NULL'
                for way in rule.either
                for name, column in way
            ]
            assert not found(connection, rule, case, *blank)
    assert cases


@pytest.mark.nightly
@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rule_that_takes_one_of_its_optional_tables_says_so_when_all_are_absent(path: Path) -> None:
    rule = load(path)
    gone = [f"DELETE FROM {name}" for name in rule.optional]
    raised = [found(connection, rule, case, *gone) for connection, case in drawn_hits(rule)]
    assert raised and (any(raised) or obstacle(rule, {*rule.inputs}, {}))


def drawn_hits(rule: Rule) -> Iterator[tuple[duckdb.DuckDBPyConnection, document.Case]]:
    for case in document.read(document.beside(rule.path)).cases:
        with duckdb.connect(config={"threads": 1}) as connection:
            load_case(connection, rule, case, cells.Cells())
            if case.hits and found(connection, rule, case):
                yield connection, case


def found(connection: duckdb.DuckDBPyConnection, rule: Rule, case: document.Case, *changes: str) -> int:
    """How many evidence rows there are once the tables are changed; the change is taken back."""
    values = settled(rule.path.name, rule.parameters, case.as_of, case.settings)
    connection.execute("BEGIN")
    try:
        for change in changes:
            connection.execute(change)
        OnDuckDB(connection).find(rule, values, case.as_of, "raw")
        finish(connection, rule, values, "raw")
        counted = connection.execute("SELECT count(*) FROM raw").fetchone()
        return int(counted[0]) if counted else 0
    finally:
        connection.execute("ROLLBACK")
