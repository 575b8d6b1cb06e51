"""What a rule marks AS MATERIALIZED is a step of its own on DuckDB and nothing else anywhere."""

from __future__ import annotations

import duckdb
import sqlglot
from sqlglot import exp

from qingfeng.screening.engine import statement
from qingfeng.screening.memory import heap_of_java, share_for_duckdb

SQL = """WITH paid AS (SELECT person_key, amount FROM payments WHERE amount > 0),
many AS MATERIALIZED (SELECT person_key FROM paid GROUP BY person_key HAVING count(*) > 1),
sums AS MATERIALIZED (SELECT p.person_key, sum(p.amount) AS total FROM paid p JOIN many m ON m.person_key = p.person_key
  GROUP BY p.person_key)
SELECT m.person_key, s.total FROM many m JOIN sums s ON s.person_key = m.person_key"""


def parsed() -> exp.Expression:
    return sqlglot.parse_one(SQL, read="duckdb")


def rows_by_steps(connection: duckdb.DuckDBPyConnection) -> tuple[list[str], list[tuple[object, ...]]]:
    steps, rest = statement.steps(parsed())
    for name, select in steps.items():
        connection.execute(f"CREATE TEMP TABLE {name} AS {select}")
    return list(steps), connection.execute(rest.sql(dialect="duckdb")).fetchall()


def test_steps_find_what_the_whole_statement_finds() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE payments AS SELECT * FROM (VALUES ('a', 1), ('a', 2), ('b', 5), ('c', -1), ('c', 4), ('a', -9))"
            " AS given(person_key, amount)"
        )
        whole = connection.execute(SQL).fetchall()
        names, by_steps = rows_by_steps(connection)
    assert whole == by_steps == [("a", 3)]
    assert names == ["step_many", "step_sums"]


def test_a_statement_without_marks_has_no_steps() -> None:
    tree = sqlglot.parse_one("SELECT person_key FROM payments", read="duckdb")
    assert statement.steps(tree) == ({}, tree)


def test_a_run_keeps_a_quarter_of_its_memory_for_what_duckdb_does_not_count() -> None:
    given = ("2GB", "1.5 gb", "2GiB", "700MB", "80%")
    assert [share_for_duckdb(limit) for limit in given] == ["1500MB", "1125MB", "1500MIB", "420000KB", "80%"]


def test_java_is_told_its_heap_in_a_word_it_knows() -> None:
    assert [heap_of_java(limit) for limit in ("2GB", "1.5 GiB", "700MB", "80%")] == [
        "1907m",
        "1536m",
        "667m",
        "1g",
    ]
