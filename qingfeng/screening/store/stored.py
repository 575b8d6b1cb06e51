"""A store opened for reading: typed tables for the rules, and apart from them the vault."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from qingfeng.screening import catalogue
from qingfeng.screening.catalogue.stored import of_column
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.cleaning.kinds import SECRET_TYPES
from qingfeng.screening.errors import BadData
from qingfeng.screening.memory import share_for_duckdb
from qingfeng.screening.spool import sql_text
from qingfeng.screening.store import manifest as manifests
from qingfeng.screening.store.sheets import EMPTY_VAULT, VAULT_KINDS

TABLES, RESOLVED, VAULT, FAULTS, SCRATCH = "tables", "resolved", "vault", "faults", "scratch"


class Store:
    """Tables cleaned once. `tables` maps each loaded table to its rows; `report` tells file by file how it went."""

    def __init__(self, path: Path, keys: Keys | None = None) -> None:
        found = manifests.load(path)
        if found is None:
            raise BadData(str(path), "这里没有载入过的数据，请先用 --data 指定数据文件夹载入")
        self.path = self.folder = path
        self.keys = keys
        self.manifest = found

    @property
    def tables(self) -> dict[str, int]:
        return self.manifest.rows()

    @property
    def report(self) -> list[dict[str, Any]]:
        return [line for _, file in sorted(self.manifest.files.items()) for line in file.report]

    def table_path(self, name: str) -> Path:
        """The folder of a table's Parquet files: as resolved by the matching when it has been, else as ingested."""
        resolved = self.resolved_path(name)
        return resolved if resolved.is_dir() else self.ingested_path(name)

    def ingested_path(self, name: str) -> Path:
        return self.path / TABLES / name

    def resolved_path(self, name: str) -> Path:
        """Where the matching puts a table whose keys it filled; emptied whenever something new is ingested."""
        return self.path / RESOLVED / name

    def relation(self, name: str, *, ingested: bool = False) -> str:
        """SQL that reads a table: `SELECT … FROM {store.relation("payments")}`."""
        if not ingested and self.resolved_path(name).is_dir():
            return f"read_parquet({sql_text(str(self.resolved_path(name) / '*.parquet'))})"
        files = [
            sql_text(str(self.ingested_path(name) / part.file_name))
            for part in self.manifest.parts()
            if part.table == name
        ]
        if not files:
            raise BadData(f"表 {name}", "没有载入过这张表")
        return f"read_parquet([{', '.join(files)}])"

    def connect(
        self, *, memory_limit: str = "2GB", threads: int | None = None, vault: bool = False
    ) -> duckdb.DuckDBPyConnection:
        """A connection with every loaded table as a view; with `vault`, also the clear values (see clear_relation)."""
        connection = connect(self.path / SCRATCH, memory_limit, threads)
        for name in self.tables:
            connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {self.relation(name)}')
        if vault:
            connection.execute(
                f"CREATE VIEW vault AS {' UNION ALL '.join(self._long(n) for n in self.tables)}"
            )
            for name in self.tables:
                connection.execute(f'CREATE VIEW "clear_{name}" AS SELECT * FROM {self.clear_relation(name)}')
        return connection

    # -- the vault

    def vault_relation(self, name: str) -> str:
        """SQL of a table's vault as it lies: a clear value once a key; a number that was refused by its record."""
        return self._vault(name)

    def _vault(self, name: str) -> str:
        files = [
            sql_text(str(self.path / VAULT / part.file_name))
            for part in self.manifest.parts()
            if part.table == name and (self.path / VAULT / part.file_name).exists()
        ]
        return f"(SELECT * FROM read_parquet([{', '.join(files)}]))" if files else EMPTY_VAULT

    def clear_relation(self, name: str) -> str:
        """SQL of the clear values of a table, one row a record: rec and its secret source columns
        (`id_no`, `name`, `account`, `phone`, `address`, …). A bad identity number stands as it was typed."""
        table, vault = catalogue.table(name), self._vault(name)
        chosen, joins = ["t.rec"], []
        for number, column in enumerate(table.columns):
            if column.type not in SECRET_TYPES:
                continue
            key = next(stored for stored in of_column(column) if stored.endswith("_key"))
            kind, a, b = sql_text(VAULT_KINDS[column.type]), f"k{number}", f"r{number}"
            joins.append(
                f"LEFT JOIN (SELECT key, any_value(value) AS value FROM {vault} WHERE kind = {kind} AND key IS NOT NULL "
                f'GROUP BY key) {a} ON t."{key}" = {a}.key '
                f'LEFT JOIN (SELECT rec, value FROM {vault} WHERE "column" = {sql_text(column.name)} AND rec IS NOT NULL) '
                f"{b} ON t.rec = {b}.rec"
            )
            chosen.append(f'coalesce({b}.value, {a}.value) AS "{column.name}"')
        relation = self.relation(name, ingested=True)
        return f"(SELECT {', '.join(chosen)} FROM {relation} t {' '.join(joins)})"

    def _long(self, name: str) -> str:
        secret = [column.name for column in catalogue.table(name).columns if column.type in SECRET_TYPES]
        parts = [
            f'SELECT {sql_text(name)} AS "table", rec, {sql_text(column)} AS "column", "{column}" AS value '
            f'FROM {self.clear_relation(name)} WHERE "{column}" IS NOT NULL'
            for column in secret
        ]
        empty = f'SELECT {sql_text(name)} AS "table", NULL::BIGINT AS rec, NULL AS "column", NULL AS value WHERE false'
        return " UNION ALL ".join(parts or [empty])

    def reveal(self, name: str, recs: Iterable[int]) -> list[dict[str, Any]]:
        """The clear values of some records. The caller writes down who looked, at what and why."""
        wanted = ", ".join(str(int(rec)) for rec in recs) or "NULL"
        connection = connect(self.path / SCRATCH, "1GB", None)
        found = connection.execute(
            f"SELECT * FROM {self.clear_relation(name)} WHERE rec IN ({wanted}) ORDER BY rec"
        )
        names = [one[0] for one in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def connect(scratch: Path, memory_limit: str, threads: int | None) -> duckdb.DuckDBPyConnection:
    """DuckDB within its share of a memory limit, spilling beside the store, reaching nothing on the network."""
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET memory_limit = {sql_text(share_for_duckdb(memory_limit))}")
    connection.execute(f"SET temp_directory = {sql_text(str(scratch))}")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    if threads:
        connection.execute(f"SET threads = {int(threads)}")
    return connection
