"""Maps: the distinct texts of a column and what becomes of each, made once and joined to all its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from qingfeng.screening.catalogue import Column
from qingfeng.screening.catalogue.stored import of_column
from qingfeng.screening.cleaning import codes, whole_columns
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.cleaning.kinds import clean_cell
from qingfeng.screening.spool import relation, write_rows
from qingfeng.screening.store.staging import MAPPED_TYPES, Counts, Sheet

SIDE_BY_SIDE = 4  # so many maps at most at a time


@dataclass(frozen=True)
class ColumnMap:
    """The map `m_<column>` (raw, clear, stored columns, fault), and what its texts may hold."""

    column: Column
    faulty: bool = False  # a fault is told of some text
    lacking: bool = False  # some text gives no value
    old_numbers: bool = False  # 15-digit numbers
    repeats: bool = False  # all its texts stand in an earlier map of the same kind

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
        self.scratch = scratch
        row = connection.execute("SELECT current_setting('threads')").fetchone()
        self.threads = int(row[0]) if row else 1

    def make(self, sheet: Sheet, counts: Counts) -> list[ColumnMap]:
        """The maps of the columns that need one. Those of one type (a name and an account holder's) share what they
        found and come one after the other; the others side by side, for few texts keep only one thread busy."""
        columns = [column for column in sheet.columns if counts.texts[column.name]]
        # The costliest first: identity numbers, then what has a key at all.
        ordered = sorted(columns, key=lambda c: (c.type != "person_id", c.type not in MAPPED_TYPES, c.type))
        groups = [list(of_type) for _, of_type in groupby(ordered, key=lambda column: column.type)]
        with self._side_by_side(len(groups)) as pool:
            made = [
                one
                for of_type in pool.map(lambda g: self._of_type(sheet, counts, g), groups)
                for one in of_type
            ]
        return sorted(made, key=lambda one: columns.index(one.column))

    @contextmanager
    def _side_by_side(self, many: int) -> Iterator[ThreadPoolExecutor]:
        """Threads of ours, each of which works at what it asks for; DuckDB has so many fewer of its own, else ours would
        wait for these, busily, and keep a processor from working."""
        ours = max(1, min(self.threads, many, SIDE_BY_SIDE))
        self.connection.execute(f"SET threads = {self.threads - ours + 1}")
        try:
            with ThreadPoolExecutor(ours) as pool:
                yield pool
        finally:
            self.connection.execute(f"SET threads = {self.threads}")

    def _of_type(self, sheet: Sheet, counts: Counts, columns: Sequence[Column]) -> list[ColumnMap]:
        made: list[ColumnMap] = []
        with self.connection.cursor() as cursor:
            for column in columns:
                one = _OneMap(cursor, self.keys, self.scratch, sheet, counts, column)
                found = one.keyed(made[0] if made else None) if one.is_keyed else one.left_over()
                made += [found] if found else []
        return made


class _OneMap:
    """The making of one map, on a cursor of its own."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        keys: Keys,
        scratch: Path,
        sheet: Sheet,
        counts: Counts,
        column: Column,
    ) -> None:
        self.connection = connection
        self.keys = keys
        self.sheet = sheet
        self.column = column
        self.map = ColumnMap(column)
        self.path = scratch / f"map-{column.name}.csv"
        self.raws, self.fresh = f'"raws {column.name}"', f'"fresh {column.name}"'
        self.stored = {**of_column(column), **_extra_types(column)}
        self.all_texts = f"SELECT raw FROM ({counts.texts_of(column)}) WHERE raw IS NOT NULL"
        self.texts = f"SELECT DISTINCT raw FROM ({self.all_texts})"
        self.repeats = counts.group_of(column) is not None or column.name in counts.repeating

    @property
    def is_keyed(self) -> bool:
        return self.column.type in MAPPED_TYPES

    def left_over(self) -> ColumnMap | None:
        """The map of the texts that the whole-column SQL is not sure of; None when there are none. Where texts repeat
        each is looked at once; where they do not, every row is, and only the few unsure ones are sorted out."""
        direct = self.sheet.direct(self.column, "raw")
        if direct is None:
            return self._plain(self.texts)
        if self.repeats:
            return self._unsure(f"SELECT raw FROM ({self.texts}) WHERE ({direct}) IS NULL")
        return self._unsure(f"SELECT DISTINCT raw FROM ({self.all_texts}) WHERE ({direct}) IS NULL")

    def _unsure(self, texts: str) -> ColumnMap | None:
        """The map of texts that are not clean: the usual dirt by whole-column SQL, the rest by the plain form."""
        usual = whole_columns.usual(self.column, "raw", self.sheet.factor(self.column))
        if usual is None:
            return self._plain(texts)
        made = f"CREATE OR REPLACE TABLE {self.raws} AS SELECT raw, {usual} AS value FROM ({texts})"
        if not self._count(made):
            self.connection.execute(f"DROP TABLE {self.raws}")
            return None
        [stored] = self.stored
        self.connection.execute(
            f"CREATE OR REPLACE TABLE {self.map.name} AS SELECT raw, NULL::VARCHAR AS clear, "
            f'value AS "{stored}", NULL::VARCHAR AS fault FROM {self.raws} WHERE value IS NOT NULL'
        )
        found = self._plain(f"SELECT raw FROM {self.raws} WHERE value IS NULL", add=True) or self.map
        self.connection.execute(f"DROP TABLE {self.raws}")
        return found

    def keyed(self, earlier: ColumnMap | None) -> ColumnMap | None:
        """The map of all texts of a column."""
        fast = whole_columns.keyed(self.column, self.keys, self.raws)
        if fast is None and earlier is None:
            return self._plain(self.texts)
        self.connection.execute(f"CREATE OR REPLACE TABLE {self.raws} AS {self.texts}")
        known = [f"SELECT e.* FROM {earlier.name} e SEMI JOIN {self.raws} USING (raw)"] if earlier else []
        repeats = False
        if fast and earlier:
            repeats = not self._count(
                f"CREATE OR REPLACE TABLE {self.fresh} AS SELECT raw FROM {self.raws} ANTI JOIN {earlier.name} USING (raw)"
            )
            fast = whole_columns.keyed(self.column, self.keys, self.fresh)
        if fast and not repeats:
            known.append(f"SELECT *, NULL::VARCHAR FROM ({fast})")
        named = ", ".join(f'"{one}"' for one in ("raw", "clear", *self.stored, "fault"))
        self.connection.execute(
            f"CREATE OR REPLACE TABLE {self.map.name} AS SELECT * FROM ({' UNION ALL '.join(known)}) AS made({named})"
        )
        rest = f"SELECT raw FROM {self.raws} ANTI JOIN {self.map.name} USING (raw)"
        made = self._plain(rest, add=True) or self.map
        self.connection.execute(f"DROP TABLE {self.raws}; DROP TABLE IF EXISTS {self.fresh}")
        return replace(
            made,
            faulty=made.faulty or (earlier is not None and earlier.faulty),
            lacking=made.lacking or (earlier is not None and earlier.lacking),
            old_numbers=made.old_numbers or (earlier is not None and earlier.old_numbers),
            repeats=repeats,
        )

    def _count(self, sql: str) -> int:
        row = self.connection.execute(sql).fetchone()
        return int(row[0]) if row else 0

    def _plain(self, texts: str, *, add: bool = False) -> ColumnMap | None:
        """Maps the texts of a query by the plain form, into a new map or an existing one; None when there are none."""
        found = self.connection.execute(texts)
        first = found.fetchmany(10_000)
        if not first:
            return None
        seen = {"faulty": False, "lacking": False, "old_numbers": False}
        write_rows(self.path, self._rows(first, found, seen))
        columns = {"raw": "VARCHAR", "clear": "VARCHAR", **self.stored, "fault": "VARCHAR"}
        into = f"INSERT INTO {self.map.name}" if add else f"CREATE OR REPLACE TABLE {self.map.name} AS"
        self.connection.execute(f"{into} SELECT * FROM {relation(self.path, columns)}")
        self.path.unlink()
        return replace(
            self.map,
            faulty=seen["faulty"],
            lacking=seen["lacking"],
            old_numbers=seen["old_numbers"],
        )

    def _rows(self, some: list[Any], found: Any, seen: dict[str, bool]) -> Iterator[list[Any]]:
        factor, column = self.sheet.factor(self.column), self.column
        while some:
            for (raw,) in some:
                cell = clean_cell(column, raw, self.keys, factor)
                values = {**cell.stored, **_extra_values(column, cell.stored)}
                seen["faulty"] = seen["faulty"] or cell.fault is not None
                seen["lacking"] = seen["lacking"] or values[self.map.value] is None
                seen["old_numbers"] = seen["old_numbers"] or (
                    column.type == "person_id" and cell.fault is None
                )
                yield [raw, cell.clear, *(values[name] for name in self.stored), cell.fault]
            some = found.fetchmany(10_000)


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
