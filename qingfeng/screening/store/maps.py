"""Maps: the distinct texts of a column and what becomes of each, made once and joined to all its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from qingfeng.screening.catalogue import Column
from qingfeng.screening.catalogue.stored import of_column
from qingfeng.screening.cleaning import codes, whole_columns
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.cleaning.kinds import clean_cell
from qingfeng.screening.spool import relation, write_rows
from qingfeng.screening.store.staging import MAPPED_TYPES, Sheet


@dataclass(frozen=True)
class ColumnMap:
    """The map `m_<column>` (raw, clear, stored columns, fault), and whether it may hold faults or 15-digit numbers."""

    column: Column
    faulty: bool
    old_numbers: bool

    @property
    def name(self) -> str:
        return f'"m_{self.column.name}"'

    @property
    def join(self) -> str:
        return f'{self.name} ON s."r_{self.column.name}" = {self.name}.raw'

    @property
    def value(self) -> str:
        """The stored column whose NULL means that nothing usable was there."""
        names = list(of_column(self.column))
        return names[1] if self.column.type == "person_name" else names[0]


class MapMaker:
    """Makes the maps of one sheet after another."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, keys: Keys, scratch: Path) -> None:
        self.connection = connection
        self.keys = keys
        self.path = scratch / "map.csv"

    def make(self, sheet: Sheet, columns: Sequence[Column]) -> list[ColumnMap]:
        """The maps of some columns. Those of one type (a name and an account holder's) share what they found."""
        made: list[ColumnMap] = []
        for column in columns:
            made.append(self._make(sheet, column, _alike(column, made)))
        return made

    def _make(self, sheet: Sheet, column: Column, earlier: ColumnMap | None) -> ColumnMap:
        name = column.name
        stored = {**of_column(column), **_extra_types(column)}
        fast = whole_columns.keyed(column, self.keys, "raws")
        distinct = (
            f'SELECT DISTINCT "r_{name}" AS raw FROM staged WHERE row_kind = 0 AND "r_{name}" IS NOT NULL'
        )
        if fast is None and earlier is None:
            return self._plain_only(sheet, column, stored, distinct)
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE raws AS {distinct}")
        known = [f"SELECT e.* FROM {earlier.name} e SEMI JOIN raws USING (raw)"] if earlier else []
        if fast and earlier:
            self.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE fresh AS SELECT raw FROM raws ANTI JOIN {earlier.name} USING (raw)"
            )
            fast = whole_columns.keyed(column, self.keys, "fresh")
        if fast:
            known.append(f"SELECT *, NULL::VARCHAR FROM ({fast})")
        named = ", ".join(f'"{one}"' for one in ("raw", "clear", *stored, "fault"))
        self.connection.execute(
            f'CREATE OR REPLACE TEMP TABLE "m_{name}" AS SELECT * FROM ({" UNION ALL ".join(known)}) AS made({named})'
        )
        rest = f'SELECT raw FROM raws ANTI JOIN "m_{name}" USING (raw)'
        made = self._plain_only(sheet, column, stored, rest, add=True)
        self.connection.execute("DROP TABLE raws; DROP TABLE IF EXISTS fresh")
        if earlier:
            made = replace(
                made,
                faulty=made.faulty or earlier.faulty,
                old_numbers=made.old_numbers or earlier.old_numbers,
            )
        return made

    def _plain_only(
        self, sheet: Sheet, column: Column, stored: Mapping[str, str], texts: str, *, add: bool = False
    ) -> ColumnMap:
        """Maps the texts of a query by the plain form, into a new map or an existing one."""
        found = self.connection.execute(texts)
        seen = {"any": False, "faulty": False, "old": False}
        write_rows(self.path, self._rows(sheet, column, stored, found, seen))
        columns = {"raw": "VARCHAR", "clear": "VARCHAR", **stored, "fault": "VARCHAR"}
        source = relation(self.path, columns)
        if not add:
            self.connection.execute(
                f'CREATE OR REPLACE TEMP TABLE "m_{column.name}" AS SELECT * FROM {source}'
            )
        elif seen["any"]:
            self.connection.execute(f'INSERT INTO "m_{column.name}" SELECT * FROM {source}')
        self.path.unlink()
        return ColumnMap(column, seen["faulty"], seen["old"])

    def _rows(
        self, sheet: Sheet, column: Column, stored: Mapping[str, str], found: Any, seen: dict[str, bool]
    ) -> Iterator[list[Any]]:
        factor = sheet.factor(column)
        while some := found.fetchmany(10_000):
            seen["any"] = True
            for (raw,) in some:
                cell = clean_cell(column, raw, self.keys, factor)
                values = {**cell.stored, **_extra_values(column, cell.stored)}
                seen["faulty"] = seen["faulty"] or cell.fault is not None
                seen["old"] = seen["old"] or (column.type == "person_id" and cell.fault is None)
                yield [raw, cell.clear, *(values[name] for name in stored), cell.fault]


def _alike(column: Column, made: Sequence[ColumnMap]) -> ColumnMap | None:
    """A map made already that says the same of the same texts."""
    if column.type not in MAPPED_TYPES:
        return None
    return next((one for one in made if one.column.type == column.type), None)


def _extra_types(column: Column) -> dict[str, str]:
    """What the key of a firm is made from."""
    if column.type == "firm_code":
        return {f"{column.name} valid": "BOOLEAN"}
    return {f"{column.name} core": "VARCHAR"} if column.type == "firm_name" else {}


def _extra_values(column: Column, stored: Mapping[str, Any]) -> dict[str, Any]:
    value = stored.get(column.name)
    if column.type == "firm_code":
        return {f"{column.name} valid": value is not None and codes.is_valid(value)}
    if column.type == "firm_name":
        return {f"{column.name} core": codes.name_core(value) if value else None}
    return {}
