"""Both engines find the same: the words of rules, drawn cases, made-up tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from qingfeng.screening.engine import macros, spark, statement
from qingfeng.screening.engine.duckdb import OnDuckDB
from qingfeng.screening.engine.parameters import settled
from qingfeng.screening.engine.rule import Rule, load
from qingfeng.screening.engine.run import BUNDLED, Settings, run
from qingfeng.screening.engine.specs import cells, document
from qingfeng.screening.engine.specs.running import faults, load_case
from qingfeng.screening.engine.statement import rows_select
from qingfeng.screening.engine.tests.drawn import case_at, plain_days, rule_at, store_of
from qingfeng.screening.engine.tests.made_up import shaken
from tests.environment.java import missing
from tests.environment.needs import need

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.filterwarnings("default")]
FILES = sorted(BUNDLED.rglob("*.sql"))
QUICK = {"a01"}
"""Rules whose cases run on Spark in every round; the others in the nightly one."""
SEEDS = range(3)


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    if missing():
        need(missing())
    pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'qingfeng[spark]'")
    with spark.started() as made:
        yield made


def rules_with(quick: set[str]) -> list[Any]:
    return [
        pytest.param(path, id=path.stem, marks=() if path.stem in quick else pytest.mark.nightly)
        for path in FILES
    ]


DATES = ("2024-02-29", "2025-02-28", "2025-03-01", "2025-12-31", "2026-01-01", "1961-06-30", None)
TIMES = ("2026-01-01 00:00:00", "2026-01-01 23:59:59", "2025-12-31 12:00:30", None)
TEXTS = ("AB0012", "12", "", "无", "1a2b3", "99999999999999999999", None)
NUMBERS = (0, 1, -1, 3, 128, -7, 100000, 123456789012, None)
VALUES: dict[str, tuple[Any, ...]] = {
    "DATE": DATES, "TIMESTAMP": TIMES, "VARCHAR": TEXTS, "BIGINT": NUMBERS, "DECIMAL(28,3)": NUMBERS,
}  # fmt: skip
SMALL = {"n": (-31, 0, 31), "unit_fen": (100, 100000), "part": ("0", "无", "12")}


@pytest.mark.parametrize("macro", macros.MACROS.values(), ids=lambda macro: macro.name)
def test_a_word_of_rules_means_the_same_on_both(session: SparkSession, macro: macros.Macro) -> None:
    names = list(macro.arguments)
    kinds = {name: "BIGINT" if kind.startswith("DECIMAL") else kind for name, kind in macro.arguments.items()}
    rows: list[tuple[Any, ...]] = [()]
    for name, kind in macro.arguments.items():
        rows = [(*row, value) for row in rows for value in SMALL.get(name, VALUES[kind])]
    call = f"{macro.name}({', '.join(names)})"
    on_spark = session.sql(
        f"SELECT {', '.join(names)}, {call} AS given FROM ({rows_select(kinds, rows)})"
    ).collect()
    with duckdb.connect() as connection:
        for made in macros.duckdb_statements():
            connection.execute(made)
        casts = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in kinds.items())
        values = ", ".join(
            "(" + ", ".join("NULL" if v is None else f"'{v}'" for v in row) + ")" for row in rows
        )
        on_duckdb = connection.execute(
            f"SELECT {', '.join(names)}, {call} FROM (SELECT {casts} FROM (VALUES {values}) t({', '.join(names)}))"
        ).fetchall()
    assert {repr(tuple(row)) for row in on_spark} == {repr(row) for row in on_duckdb}


def test_a_fraction_becomes_a_whole_number_in_the_same_way_on_both(session: SparkSession) -> None:
    text = "SELECT CAST(ratio(fen, 2) AS BIGINT) AS half FROM given"
    rule = replace(load(BUNDLED / "a" / "a01.sql"), sql=text, parameters={})
    tree = statement.bound(rule, statement.parsed(rule), {}, date(2026, 6, 30))
    session.sql(rows_select({"fen": "BIGINT"}, [(5,), (-5,), (7,), (None,)])).createOrReplaceTempView("given")
    written = statement.as_spark(tree).sql(dialect="spark")
    assert [row.half for row in session.sql(f"{written} ORDER BY half DESC NULLS LAST").collect()] == [
        4,
        3,
        -3,
        None,
    ]
    with duckdb.connect() as connection:
        for made in macros.duckdb_statements():
            connection.execute(made)
        connection.execute("CREATE TABLE given AS SELECT unnest([5, -5, 7, NULL]) AS fen")
        assert connection.execute(f"{text} ORDER BY half DESC NULLS LAST").fetchall() == [
            (4,),
            (3,),
            (-3,),
            (None,),
        ]


def test_a_run_on_spark_leaves_the_same_hits(tmp_path: Path, session: SparkSession) -> None:
    rule = rule_at(tmp_path)
    store = store_of(tmp_path / "store", rule, case_at(tmp_path))
    settings = Settings(date(2026, 6, 30), threads=1)
    run(store, [rule], settings=settings, calendar=plain_days(), out=tmp_path / "duckdb")
    summary = run(
        store, [rule], settings=settings, calendar=plain_days(), out=tmp_path / "spark",
        engine=lambda place: spark.over(session, place, time_limit=600),
    )  # fmt: skip
    assert summary.engine == "spark" and summary.rules[0].hits == 2
    assert (tmp_path / "spark" / "hits.csv").read_bytes() == (tmp_path / "duckdb" / "hits.csv").read_bytes()


@pytest.mark.parametrize("path", rules_with(QUICK))
def test_drawn_cases_hold_on_spark(session: SparkSession, path: Path) -> None:
    rule = load(path)
    cases = document.read(document.beside(path)).cases
    chosen = cases[:2] if path.stem in QUICK else cases
    told = [
        f"{case.title}：{fault}"
        for case in chosen
        for fault in faults(rule, case, lambda connection: spark.OnSparkSmall(session, connection))
    ]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("path", rules_with(QUICK))
def test_made_up_tables_give_the_same_evidence_on_both(session: SparkSession, path: Path) -> None:
    rule = load(path)
    for seed in SEEDS:
        case = shaken(document.read(document.beside(path)), seed)
        with duckdb.connect(config={"threads": 1}) as connection:
            load_case(connection, rule, case, cells.Cells())
            one = evidence(connection, OnDuckDB(connection), rule, case)
            two = evidence(connection, spark.OnSparkSmall(session, connection), rule, case)
        assert one == two, f"{path.stem}，种子{seed}"


def evidence(
    connection: duckdb.DuckDBPyConnection, engine: Any, rule: Rule, case: document.Case
) -> list[Any]:
    values = settled(rule.path.name, rule.parameters, case.as_of, {})
    for name in rule.optional:
        assert connection.execute(f"SELECT count(*) FROM {name}").fetchone()
    engine.find(rule, values, case.as_of, "raw")
    return connection.execute("SELECT * FROM raw ORDER BY ALL").fetchall()
