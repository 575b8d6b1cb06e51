"""Rows whose sheet came without a column: seen by the rules that only show it, not by those that decide by it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from qingfeng.screening.catalogue import table
from qingfeng.screening.engine import statement
from qingfeng.screening.engine.incomplete import decisive, expected, without_incomplete
from qingfeng.screening.engine.run import Settings, run
from qingfeng.screening.engine.summary import RuleResult
from qingfeng.screening.engine.tests.drawn import (
    AS_OF,
    HEAD,
    SELECT,
    Folder,
    case_at,
    plain_days,
    rule_at,
    store_of,
)

SHOWING = SELECT.replace("p.amount,", "p.amount, p.benefit,").replace(
    " AND NOT has_word(p.benefit, $words)", ""
)
SHOWN = HEAD.replace("values: {", "values: {benefit: {title: 补贴项目}, ").replace(
    "  words: {type: list, value: [丧葬, 抚恤], title: 除外的项目}\n", ""
)


@pytest.fixture
def store(tmp_path: Path) -> Folder:
    rule = rule_at(tmp_path)
    return store_of(tmp_path / "store", rule, case_at(tmp_path))


def without(store: Folder, name: str, column: str, where: str = "true") -> None:
    """Takes the values of a column out of some rows of a table."""
    path = store.table_path(name) / "p.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t AS SELECT * FROM '{path}'")
        connection.execute(f'UPDATE t SET "{column}" = NULL WHERE {where}')
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")


def result(store: Folder, folder: Path, *, head: str = HEAD, select: str = SELECT) -> RuleResult:
    rule = rule_at(folder, head=head, select=select)
    return run(store, [rule], settings=Settings(AS_OF), calendar=plain_days(), out=folder / "out").rules[0]


def test_every_row_has_what_its_table_requires_but_for_what_others_stand_for() -> None:
    assert {"benefit", "pay_date", "amount"} <= expected(table("payments"))
    assert not {"name", "name_key", "person_key"} & expected(table("payments"))
    assert expected(table("awards")) == {"unit", "award_date"}


def test_a_rule_decides_by_its_conditions_and_by_what_goes_into_them(tmp_path: Path) -> None:
    select = """WITH paid AS (
  SELECT rec, person_key, name, pay_date AS day, amount FROM payments
  UNION ALL SELECT rec, person_key, name, registered_date, NULL FROM deaths
)
SELECT p.person_key, p.name, p.rec AS rec_payment, d.rec AS rec_death, p.day AS pay_date, p.amount, 1 AS tier
FROM paid p JOIN deaths d USING (person_key) WHERE p.day > d.death_date"""
    rule = rule_at(tmp_path, select=select)
    found = decisive(rule, statement.parsed(rule))
    assert {"person_key", "day", "pay_date", "registered_date", "death_date"} <= found
    assert not {"amount", "rec", "name"} & found


def test_rows_without_what_a_rule_decides_by_are_not_seen_and_that_is_said(
    tmp_path: Path, store: Folder
) -> None:
    without(store, "payments", "benefit", "amount > 60000")
    found = result(store, tmp_path)
    assert (found.status, found.hits, found.sum) == ("done", 2, 1200)
    assert "有的惠民惠农补贴发放没有“补贴项目”，那些行没有参加比对。" in found.notes


def test_rows_without_what_a_rule_only_shows_are_seen(tmp_path: Path, store: Folder) -> None:
    before = result(store, tmp_path, head=SHOWN, select=SHOWING)
    without(store, "payments", "benefit")
    found = result(store, tmp_path, head=SHOWN, select=SHOWING)
    assert (found.status, found.hits, found.sum) == ("done", before.hits, before.sum) == ("done", 2, 2700.5)


def test_a_rule_that_sees_no_row_at_all_says_which_column_it_lacks(tmp_path: Path, store: Folder) -> None:
    without(store, "payments", "benefit")
    found = result(store, tmp_path)
    assert (found.status, found.why) == ("skipped", "缺少列：惠民惠农补贴发放“补贴项目”")


def test_what_is_not_known_raises_nothing_where_a_rule_asks_for_what_is_absent(
    tmp_path: Path, store: Folder
) -> None:
    absent = "WHERE NOT EXISTS (SELECT 1 FROM deaths o WHERE o.person_key = p.person_key AND o.death_date < p.pay_date)"
    select = SHOWING[: SHOWING.index("WHERE")] + absent
    without(store, "payments", "pay_date", "month(pay_date) = 3")
    assert result(store, tmp_path, head=SHOWN, select=select).hits == 0


def test_a_statement_over_whole_tables_stays_as_it_is(tmp_path: Path) -> None:
    rule = rule_at(tmp_path)
    tree = statement.parsed(rule)
    assert without_incomplete(rule, tree, {}) is tree
    assert without_incomplete(rule, tree, {"payments": ["amount"]}) is tree
    narrowed = without_incomplete(rule, tree, {"payments": ["pay_date"]})
    assert "NOT pay_date IS NULL" in narrowed.sql("duckdb") and narrowed is not tree


def test_names_in_capitals_and_steps_called_like_a_table_are_told_apart(tmp_path: Path) -> None:
    select = SELECT.replace("FROM payments p", "FROM Payments p").replace(
        "p.pay_date > add", "p.PAY_DATE > add"
    )
    rule = rule_at(tmp_path, select=select)
    narrowed = without_incomplete(rule, statement.parsed(rule), {"payments": ["pay_date"]})
    assert "NOT pay_date IS NULL" in narrowed.sql("duckdb")
    step = "WITH payments AS (SELECT 1 AS rec) " + SELECT
    rule = rule_at(tmp_path, select=step, name="x02.sql")
    tree = statement.parsed(rule)
    assert without_incomplete(rule, tree, {"payments": ["pay_date"]}).sql() == tree.sql()


def test_a_finisher_decides_by_all_that_it_is_given(tmp_path: Path) -> None:
    rule = rule_at(tmp_path, head=SHOWN, select=SHOWING)
    tree = statement.parsed(rule)
    assert "benefit" not in decisive(rule, tree)
    assert "benefit" in decisive(replace(rule, finisher="near_copies"), tree)
