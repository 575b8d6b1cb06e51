"""Where a run happens: a DuckDB file in the output folder, the store's tables as views, and no way out of there.

The file keeps what finished rules raised, so that an interrupted run loses nothing and `--resume` goes on.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Protocol

import duckdb

from qingfeng.screening.engine import hits, relations
from qingfeng.screening.engine.collecting import open_hand_over
from qingfeng.screening.engine.incomplete import gaps
from qingfeng.screening.engine.relations import Days
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.summary import RuleResult
from qingfeng.screening.errors import BadData, disk_is_full
from qingfeng.screening.memory import share_for_duckdb

RUN_FILE, SPILL = ".run.duckdb", ".spill"


class Tables(Protocol):
    """What a run needs of a store."""

    @property
    def tables(self) -> Collection[str]:
        """Names of the tables that lie in the store."""

    def table_path(self, name: str) -> Path:
        """The Parquet file of a table, or the folder of its files."""


def pattern(path: Path) -> str:
    """A table's Parquet files as DuckDB and Spark read them."""
    return str(path / "*.parquet") if path.is_dir() or not path.suffix else str(path)


class Workplace:
    """The connection of one run and what it knows of the tables."""

    def __init__(
        self,
        out: Path,
        store: Tables,
        calendar: Days,
        *,
        memory_limit: str = "1GB",
        threads: int | None = None,
        resume: bool = False,
    ) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self.out = out
        self.store = store
        self._check_free()
        if not resume:
            self.clear()
        config: dict[str, Any] = {
            "memory_limit": share_for_duckdb(memory_limit),
            "temp_directory": str(out / SPILL),
        }
        if threads:
            config["threads"] = threads
        self.connection = self._connected(config)
        hits.prepare(self.connection)
        open_hand_over(self.connection)
        self.connection.execute(
            "CREATE TABLE IF NOT EXISTS finished (rule VARCHAR, signature VARCHAR, result VARCHAR)"
        )
        self.rows: dict[str, int] = {}
        self.without_values: dict[str, frozenset[str]] = {}
        self.incomplete: dict[str, frozenset[str]] = {}
        for name in store.tables:
            self._open(name)
        days = list(calendar)
        relations.load_calendar(self.connection, days)
        self.calendar_years = {day.year for day, _, _ in days}
        self._lock()

    def _check_free(self) -> None:
        """No other run is at work there: it would lose what it has done."""
        path = self.out / RUN_FILE
        if not path.exists():
            return
        try:
            duckdb.connect(str(path), read_only=True).close()
        except (
            duckdb.Error
        ) as error:  # any other fault is met, or made good, when the file is opened to write
            if "lock" in str(error):
                raise BadData(
                    str(self.out), "另一次运行正在写这个结果文件夹；请等它结束，或用 --out 换一个。"
                ) from error

    def _connected(self, config: dict[str, Any]) -> duckdb.DuckDBPyConnection:
        """A file that a full disk cut off at its start holds no finished rule: it is begun anew."""
        try:
            return duckdb.connect(str(self.out / RUN_FILE), config=config)
        except duckdb.IOException as error:
            if disk_is_full(error):
                raise
            self.clear()
            return duckdb.connect(str(self.out / RUN_FILE), config=config)

    def _open(self, name: str) -> None:
        files = hits.text(pattern(self.store.table_path(name)))
        self.connection.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM read_parquet({files})")
        count = self.connection.execute(f"SELECT count(*) FROM {name}").fetchone()
        self.rows[name] = int(count[0]) if count else 0
        found = gaps(self.connection, name, files)
        self.without_values[name], self.incomplete[name] = found.without_values, found.incomplete

    def _lock(self) -> None:
        paths = [self.store.table_path(name) for name in self.store.tables]
        allowed = {path if path.is_dir() else path.parent for path in paths} | {self.out}
        listed = ", ".join(hits.text(str(path)) for path in sorted(allowed))
        self.connection.execute(f"SET allowed_directories = [{listed}]")
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")

    def stand_in(self, rule: Rule) -> None:
        """Empty relations for the optional tables that were not handed over."""
        columns = relations.columns_for(rule)
        for name in rule.optional:
            if name not in self.rows:
                self.connection.execute(f"CREATE TEMP VIEW {name} AS {relations.empty_select(columns[name])}")
                self.rows[name] = 0

    def finished(self, signature: str) -> RuleResult | None:
        """The result of a rule that an interrupted run has finished with the same text, parameters and tables."""
        row = self.connection.execute(
            "SELECT result FROM finished WHERE signature = ?", [signature]
        ).fetchone()
        return RuleResult(**json.loads(row[0])) if row else None

    def forget(self, rule: Rule) -> None:
        """Takes out what an earlier run with other settings raised for a rule."""
        for table in ("hits", "evidence", "finished"):
            self.connection.execute(f"DELETE FROM {table} WHERE rule = ?", [rule.id])

    def signature_of_tables(self, names: Collection[str]) -> Mapping[str, str]:
        """Size and time of the files behind tables: another load means another run."""
        told = {}
        for name in sorted(set(names) & set(self.store.tables)):
            path = self.store.table_path(name)
            files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
            told[name] = ";".join(
                f"{file.name}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in files
            )
        return told

    def close(self, *, keep: bool) -> None:
        """Leaves; an interrupted run keeps its file for --resume."""
        self.connection.close()
        shutil.rmtree(self.out / SPILL, ignore_errors=True)
        if not keep:
            self.clear()

    def clear(self) -> None:
        """Removes what a run has left behind."""
        for name in (RUN_FILE, RUN_FILE + ".wal"):
            (self.out / name).unlink(missing_ok=True)
        shutil.rmtree(self.out / SPILL, ignore_errors=True)
