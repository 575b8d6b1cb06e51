"""What several rules ask of a large table is taken out of it once; they find the same as each for itself."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import sqlglot

from qingfeng.screening.engine import sharing
from qingfeng.screening.engine.duckdb import OnDuckDB
from qingfeng.screening.engine.parameters import settled
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.specs import cells
from qingfeng.screening.engine.specs.running import load_case
from qingfeng.screening.engine.tests.drawn import AS_OF, HEAD, SELECT, case_at, rule_at

ASKED = SELECT.replace("NOT has_word", "has_word")
OTHER = ASKED.replace("AND has_word", "AND p.amount > 60000 AND has_word")


def rules_at(folder: Path) -> list[Rule]:
    selects = {"x01": SELECT, "x02": ASKED, "x03": OTHER}
    needy = HEAD.replace("[丧葬, 抚恤]", "[低保, 特困]")
    return [
        rule_at(folder, head=needy.replace("X01", name.upper()), select=select, name=f"{name}.sql")
        for name, select in selects.items()
    ]


def found(
    connection: duckdb.DuckDBPyConnection, rules: list[Rule], rows: int
) -> tuple[list[object], list[set[str]]]:
    """The evidence rows of each rule, and the tables and views that were there after each."""
    engine = OnDuckDB(connection, rows={"payments": rows})
    asked = [(rule, settled(rule.path.name, rule.parameters, AS_OF, {})) for rule in rules]
    engine.expect(asked, AS_OF)
    evidence: list[object] = []
    there = []
    for rule, values in asked:
        engine.find(rule, values, AS_OF, "raw")
        evidence.append(connection.execute("FROM raw ORDER BY ALL").fetchall())
        names = "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views() WHERE NOT internal"
        there.append(
            {str(row[0]) for row in connection.execute(names).fetchall() if row[0].startswith("shared_")}
        )
    return evidence, there


@pytest.mark.parametrize("most", [100, 0])
def test_rules_that_ask_alike_of_a_large_table_find_what_each_would_find_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    rules = rules_at(tmp_path)
    monkeypatch.setattr(sharing, "MOST_PERCENT", most)
    with duckdb.connect(config={"threads": 1}) as connection:
        load_case(connection, rules[0], case_at(tmp_path), cells.Cells())
        alone, nothing = found(connection, rules, rows=4)
        together, taken = found(connection, rules, rows=sharing.LARGE)
    assert together == alone
    assert [len(rows) for rows in alone if isinstance(rows, list)] == [1, 5, 2]
    assert nothing == [set()] * 3
    views = {"shared_payments_benefit_1"}
    assert taken == [set(), views | {"shared_payments_benefit"} if most else views, set()]


@pytest.mark.parametrize(
    ("select", "asked"),
    [
        ("SELECT p.a FROM payments p JOIN deaths d ON d.k = p.person_key WHERE has_word(p.benefit, ['低保'])", True),
        ("SELECT p.a FROM deaths d LEFT JOIN payments p ON d.k = p.person_key WHERE p.benefit IN ('低保')", False),
        ("SELECT p.a FROM payments p WHERE NOT has_word(p.benefit, ['低保'])", False),
        ("SELECT * FROM payments p WHERE has_word(p.benefit, ['低保'])", False),
        ("SELECT p.a FROM payments p JOIN deaths d ON true WHERE p.benefit IN (d.k, '低保')", False),
        ("SELECT p.a FROM payments p WHERE p.benefit IN (SELECT k FROM deaths)", False),
        ("WITH payments AS (SELECT 1) SELECT p.a FROM payments p WHERE p.benefit IN ('低保')", False),
        ("SELECT p.a FROM payments p WHERE p.benefit IN ('低保') OR p.amount > 5", False),
    ],
)  # fmt: skip
def test_only_rows_that_a_rule_drops_anyway_are_left_behind(select: str, asked: bool) -> None:
    wide = select.replace("SELECT p.a", "SELECT p.rec, p.amount, p.pay_date, p.name")
    read = list(sharing.reads(sqlglot.parse_one(wide, read="duckdb"), ["payments"]))
    assert bool(read) == asked
    if read:
        assert read[0].column == "benefit"
        assert read[0].used == {"rec", "amount", "pay_date", "name", "person_key", "benefit"}
