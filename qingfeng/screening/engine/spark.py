"""The second engine: the same rules on Apache Spark, for what one machine no longer holds.

Spark finds the evidence rows; grouping, identity and outputs are DuckDB's on both engines, over far fewer rows.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from qingfeng.screening.engine import hits, macros, relations, statement
from qingfeng.screening.engine.duckdb import TIME_LIMIT, plain
from qingfeng.screening.engine.incomplete import NOTHING_LACKING, Incomplete, without_incomplete
from qingfeng.screening.engine.invalid import RuleFailed
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.workplace import Workplace, pattern
from qingfeng.screening.errors import ScreeningError
from qingfeng.screening.memory import heap_of_java

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

FOLDER = ".spark"
LOCAL = "local[*]"


class SparkMissing(ScreeningError):
    """The extra or its Java is not there."""


SMALL = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
"""Drawn cases have a handful of rows: compiling for them would take longer than running."""


def session(
    master: str = LOCAL, memory: str = "1g", folder: Path | None = None, more: Mapping[str, str] | None = None
) -> SparkSession:
    """A Spark session under which the two engines mean the same: UTC, times without zone, errors instead of NULL."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkMissing('没有安装 Spark：请运行 pip install "qingfeng[spark]" 后再试。') from error
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise SparkMissing(
            "没有找到 Java：Spark 需要 Java 17 或 21，请先安装（例如 openjdk-21-jre-headless）。"
        )
    place = str(folder or Path.cwd())
    local = master.startswith("local")
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.timestampType": "TIMESTAMP_NTZ",
        "spark.sql.ansi.enabled": "true",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": memory,
        "spark.sql.warehouse.dir": place,
        "spark.sql.shuffle.partitions": "4" if local else "16",
        **(more or {}),
    }
    builder = SparkSession.builder.master(master).appName("qingfeng screen")
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        made = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise SparkMissing(
            f"Spark 没有启动起来（{plain(error)}）；请检查 Java 17 或 21 与 --master 的地址。"
        ) from error
    made.sparkContext.setLogLevel("OFF")
    for function in macros.spark_statements():
        made.sql(function)
    return made


class OnSpark:
    """Runs rules in a session in which their tables are views."""

    name = "spark"

    def __init__(
        self,
        spark: SparkSession,
        connection: duckdb.DuckDBPyConnection,
        folder: Path,
        time_limit: float = TIME_LIMIT,
        incomplete: Incomplete = NOTHING_LACKING,
    ) -> None:
        self.spark = spark
        self.incomplete = incomplete
        self.connection = connection
        self.folder = folder
        self.time_limit = time_limit

    def expect(self, asked: Iterable[tuple[Rule, Mapping[str, Any]]], as_of: date) -> None:
        """Nothing is written ahead: beside what Spark takes for a rule it does not count."""

    def find(self, rule: Rule, values: Mapping[str, Any], as_of: date, into: str) -> None:
        """Puts the evidence rows of a rule into a temporary table of the DuckDB connection."""
        target = self.folder / f"{rule.id}.parquet"
        shutil.rmtree(target, ignore_errors=True)
        try:
            with self._limited():
                self.query(rule, values, as_of).write.parquet(str(target))
        except Exception as error:
            if type(error).__module__.split(".")[0] not in {"pyspark", "py4j"}:
                raise
            raise RuleFailed(f"Spark 运行出错：{plain(error)}") from error
        described = ", ".join(
            f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in rule.select_columns.items()
        )
        files = hits.text(str(target / "*.parquet"))
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {into} AS SELECT {described} FROM read_parquet({files})"
        )
        shutil.rmtree(target, ignore_errors=True)

    def query(self, rule: Rule, values: Mapping[str, Any], as_of: date) -> Any:
        """The rule as a lazy data frame."""
        for name, columns in relations.columns_for(rule).items():
            if name in rule.optional and not self.spark.catalog.tableExists(name):
                self.spark.sql(relations.empty_select(columns, "spark")).createOrReplaceTempView(name)
        for name, select in statement.parameter_tables(rule, values, "spark").items():
            self.spark.sql(select).createOrReplaceTempView(name)
        whole = without_incomplete(rule, statement.parsed(rule), self.incomplete)
        tree = statement.bound(rule, whole, values, as_of)
        return self.spark.sql(statement.written(rule, tree, "spark"))

    @contextmanager
    def _limited(self) -> Iterator[None]:
        timer = threading.Timer(self.time_limit, self.spark.sparkContext.cancelAllJobs)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


@contextmanager
def on_workplace(workplace: Workplace, *, master: str, memory: str, time_limit: float) -> Iterator[OnSpark]:
    """Spark over the tables of a run, started for it and stopped after it."""
    folder = workplace.out.resolve() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    spark = session(master, heap_of_java(memory), folder)
    try:
        with over(spark, workplace, time_limit=time_limit) as engine:
            yield engine
    finally:
        spark.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def over(spark: SparkSession, workplace: Workplace, *, time_limit: float) -> Iterator[OnSpark]:
    """A running session over the tables of a run; its scratch folder lies in the output folder."""
    folder = workplace.out.resolve() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for name in workplace.store.tables:
            files = pattern(workplace.store.table_path(name).resolve())
            spark.read.parquet(files).createOrReplaceTempView(name)
        calendar = folder / "calendar.parquet"
        workplace.connection.execute(
            f"COPY {relations.CALENDAR} TO {hits.text(str(calendar))} (FORMAT parquet)"
        )
        spark.read.parquet(str(calendar)).createOrReplaceTempView(relations.CALENDAR)
        yield OnSpark(spark, workplace.connection, folder, time_limit, workplace.incomplete)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def started() -> Iterator[SparkSession]:
    """A small local session for drawn cases."""
    made = session("local[1]", more=SMALL)
    try:
        yield made
    finally:
        made.stop()


class OnSparkSmall(OnSpark):
    """For drawn cases: the small tables of a DuckDB connection go over as values and the rows come back as values."""

    def __init__(self, spark: SparkSession, connection: duckdb.DuckDBPyConnection) -> None:
        super().__init__(spark, connection, Path())
        self.handed: dict[str, list[tuple[Any, ...]]] = vars(spark).setdefault("_qingfeng_handed", {})

    def find(self, rule: Rule, values: Mapping[str, Any], as_of: date, into: str) -> None:
        """Runs without files."""
        for name, columns in relations.columns_for(rule).items():
            if not name.startswith(statement.PARAMETER_TABLE):
                self._hand_over(name, columns)
        rows = self.query(rule, values, as_of).collect()
        described = ", ".join(f'"{name}" {kind}' for name, kind in rule.select_columns.items())
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} ({described})")
        if rows:
            told = json.dumps([{key: _plain(value) for key, value in row.asDict().items()} for row in rows])
            self.connection.execute(
                f"INSERT INTO {into} SELECT r.* FROM (SELECT unnest(from_json(?, ?)) AS r)",
                [told, json.dumps([rule.select_columns])],
            )

    def _hand_over(self, name: str, columns: Mapping[str, str]) -> None:
        chosen = ", ".join(f'"{column}"' for column in columns)
        rows = self.connection.execute(f"SELECT {chosen} FROM {name}").fetchall()
        if self.handed.get(name) == rows:
            return
        self.handed[name] = rows
        view = statement.rows_select(columns, rows) if rows else relations.empty_select(columns, "spark")
        self.spark.sql(view).createOrReplaceTempView(name)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, (Decimal, date, datetime)) else value
