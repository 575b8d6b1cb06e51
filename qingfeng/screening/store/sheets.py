"""One sheet, from its staged rows to typed Parquet. Nothing is dropped without its reason and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from qingfeng.screening import catalogue
from qingfeng.screening.catalogue import Column, FirmRole
from qingfeng.screening.catalogue.stored import of_column
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.cleaning.kinds import SECRET_TYPES
from qingfeng.screening.spool import sql_text
from qingfeng.screening.store import row_kinds
from qingfeng.screening.store.groups import Group
from qingfeng.screening.store.maps import ColumnMap, MapMaker
from qingfeng.screening.store.staging import Counts, Sheet, stage
from qingfeng.screening.store.writing import copied

# A part holds at most this many rows, so that its records number apart from those of all other parts.
ROWS_PER_PART = 1_000_000_000
EXAMPLES = 10
NOT_GIVEN = "没有填"
STAGED = "(SELECT rowid AS place, * FROM staged)"

# Under which kind the vault keeps the clear values of a type; those of one kind share their keys.
VAULT_KINDS = {
    "person_id": "person",
    "person_name": "name",
    "account": "account",
    "phone": "phone",
    "plate": "plate",
    "address": "address",
}


@dataclass
class Outcome:
    """What became of the rows of a sheet: reasons with the count and the first rows."""

    rows_read: int = 0
    rows_loaded: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    set_aside: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class SheetCleaner:
    """Cleans sheets on one connection; the scratch folder takes what passes through files."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, keys: Keys, scratch: Path) -> None:
        self.connection = connection
        self.maker = MapMaker(connection, keys, scratch)

    def clean(
        self, sheet: Sheet, *, part: int, table_file: Path, vault_file: Path, faults_file: Path
    ) -> Outcome:
        """Writes the typed rows, the clear values and the faults of a sheet, and says what became of it."""
        counts = stage(self.connection, sheet)
        maps = self.maker.make(sheet, counts)
        cleaning = _Cleaning(self.connection, sheet, counts, {one.column.name: one for one in maps}, part)
        cleaning.find_refused()
        cleaning.find_faults()
        cleaning.find_doubles()
        cleaning.report()
        cleaning.write_table(table_file)
        cleaning.write_vault(vault_file)
        cleaning.write_faults(faults_file)
        names = [
            "staged",
            "refused",
            "refused_rows",
            "faults",
            "shared",
            "doubles",
            *(f"m_{one.column.name}" for one in maps),
            *(name for group in counts.groups for name in group.tables),
        ]
        self.connection.execute("; ".join(f'DROP TABLE IF EXISTS "{name}"' for name in names))
        return cleaning.outcome


class _Cleaning:
    """The steps for one sheet, over the tables staged, m_…, refused, refused_rows, faults and doubles."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        sheet: Sheet,
        counts: Counts,
        maps: dict[str, ColumnMap],
        part: int,
    ) -> None:
        self.connection = connection
        self.sheet = sheet
        self.counts = counts
        self.maps = maps
        self.rec = f"CAST({part * ROWS_PER_PART} + {sheet.row} AS BIGINT)"
        self.refused = 0
        self.faults = 0
        self.doubles = 0
        self.stored = catalogue.stored_columns(sheet.table)
        self.outcome = Outcome(rows_read=counts.rows_read)

    def _count(self, sql: str) -> int:
        """Runs a statement that answers with a number of rows."""
        row = self.connection.execute(sql).fetchone()
        return int(row[0]) if row else 0

    # -- what is refused, what is double

    def find_refused(self) -> None:
        """Rows in which something required is missing or cannot be used."""
        found = [
            "SELECT NULL::BIGINT AS place, 0 AS row_no, 0 AS position, '' AS title, '' AS reason, '' AS value WHERE false"
        ]
        for position, column in enumerate(self.sheet.columns):
            if not column.required:
                continue
            told = f"SELECT s.place, {self.sheet.row}, {position}, {sql_text(column.title)}"
            text, rows = f's."r_{column.name}"', self.counts.rows_of(column)
            if self.counts.texts[column.name] < self.counts.records:
                found.append(f"{told}, {sql_text(NOT_GIVEN)}, NULL FROM {rows} s WHERE {text} IS NULL")
            one = self.maps.get(column.name)
            if one and one.lacking:
                found.append(
                    f"{told}, coalesce({one.name}.fault, {sql_text(NOT_GIVEN)}), {text} FROM {rows} s JOIN {one.join} "
                    f'WHERE {one.name}."{one.value}" IS NULL'
                )
        self._count(f"CREATE OR REPLACE TABLE refused AS {' UNION ALL '.join(found)}")
        self.refused = self._count(
            "CREATE OR REPLACE TABLE refused_rows AS SELECT DISTINCT place FROM refused"
        )

    def find_faults(self) -> None:
        """Cells that stay empty because their text cannot be used."""
        found = [
            "SELECT NULL::BIGINT AS place, 0 AS row_no, '' AS name, '' AS title, '' AS reason, '' AS value, '' AS clear "
            "WHERE false"
        ]
        for one in self.maps.values():
            if one.faulty and not one.column.required:
                found.append(
                    f"SELECT s.place, {self.sheet.row}, {sql_text(one.column.name)}, {sql_text(one.column.title)}, "
                    f"fault, raw, clear FROM {self.counts.rows_of(one.column)} s JOIN {one.join} WHERE fault IS NOT NULL"
                )
        self.faults = self._count(f"CREATE OR REPLACE TABLE faults AS {' UNION ALL '.join(found)}")

    def find_doubles(self) -> None:
        """Rows equal in every column. With a record number of its own among them it is one record written twice,
        kept once; without one they may be two true records (two equal payments on one day), and both stay."""
        number = self.sheet.table.number
        numbered = number is not None and number in self.sheet.places
        self.doubles = self._doubles(number if numbered else None)
        if not self.doubles:
            return
        rows = f"(SELECT s.place, {self.sheet.row} AS row_no FROM {STAGED} s SEMI JOIN doubles USING (place))"
        if number is None or not numbered:
            reason = "与前面某行完全相同，没有单据号可凭，均已载入"
            self.outcome.warnings.extend(self._grouped(sql_text(reason), rows))
            self._count("DELETE FROM doubles")
            self.doubles = 0
            return
        title = self.sheet.table.column(number).title
        reason = f"与前面某行完全相同（{title}也相同），只载入一次"
        self.outcome.set_aside.extend(self._grouped(sql_text(reason), rows))

    def _doubles(self, number: str | None) -> int:
        """Finds the rows equal to an earlier one. Where records are numbered, only rows that share their number can
        be, and mostly there are none."""
        looked_at = "WHERE row_kind = 0"
        if number is not None:
            shared = f'SELECT hash("r_{number}") AS h FROM staged WHERE row_kind = 0 GROUP BY h HAVING count(*) > 1'
            self._count(f"CREATE OR REPLACE TABLE shared AS {shared}")
            looked_at += f' AND hash("r_{number}") IN (SELECT h FROM shared)'
        kept = [f'"r_{column.name}"' for column in self.sheet.columns if not self.counts.group_of(column)]
        cells = ", ".join([*kept, *(group.mark for group in self.counts.groups)])
        hashed = f"SELECT rowid AS place, hash({cells}) AS h FROM staged {looked_at}"
        return self._count(
            f"CREATE OR REPLACE TABLE doubles AS SELECT s.place FROM ({hashed}) s "
            f"JOIN (SELECT h, min(place) AS kept FROM ({hashed}) GROUP BY h HAVING count(*) > 1) d "
            "ON s.h = d.h WHERE s.place > d.kept"
        )

    def _grouped(self, reason: str, rows: str) -> list[dict[str, Any]]:
        """Counts rows, each there once, by a reason, with the numbers of the first ten."""
        found = self.connection.execute(
            f"SELECT {reason} AS reason, count(*), min(row_no, {EXAMPLES}) FROM {rows} s GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        return [{"reason": why, "rows": n, "examples": [int(row) for row in rows]} for why, n, rows in found]

    # -- the report

    def report(self) -> None:
        if set(self.counts.kinds) - {row_kinds.RECORD, row_kinds.BLANK}:
            self._report_kinds()
        if self.refused:
            first = "(SELECT row_no, arg_min(title || '：' || reason, position) AS why FROM refused GROUP BY place, row_no)"
            self.outcome.refused.extend(self._grouped("why", first))
        for one in self.maps.values():
            self._report_column(one)

    def _report_kinds(self) -> None:
        kinds = self.connection.execute(
            f"SELECT row_kind, count(*), min({self.sheet.row}, {EXAMPLES}) FROM {STAGED} s "
            f"WHERE row_kind > {row_kinds.BLANK} GROUP BY 1 ORDER BY 1"
        ).fetchall()
        for kind, rows, examples in kinds:
            line = {
                "reason": row_kinds.REASONS[kind],
                "rows": rows,
                "examples": [int(row) for row in examples],
            }
            (self.outcome.refused if kind == row_kinds.TORN else self.outcome.set_aside).append(line)

    def _report_column(self, one: ColumnMap) -> None:
        if one.faulty and not one.column.required:
            where = self._kept(f"name = {sql_text(one.column.name)}")
            rows = f"(SELECT * FROM faults s WHERE {where})"
            self.outcome.warnings.extend(self._grouped("title || '：' || reason", rows))
        if one.old_numbers:
            tier = next(name for name in of_column(one.column) if name.endswith("person_tier"))
            where = self._kept(f'{one.name}."{tier}" = 2')
            rows_of = self.counts.rows_of(one.column)
            lengthened = self._count(f"SELECT count(*) FROM {rows_of} s JOIN {one.join} WHERE {where}")
            if lengthened:
                self.outcome.notes.append(f"{one.column.title}：15 位号码补成 18 位，{lengthened} 行")

    def _kept(self, condition: str) -> str:
        """The rows that are loaded."""
        kept = [condition]
        if self.refused:
            kept.append("s.place NOT IN (SELECT place FROM refused_rows)")
        if self.doubles:
            kept.append("s.place NOT IN (SELECT place FROM doubles)")
        return " AND ".join(kept)

    # -- writing

    def write_table(self, path: Path) -> None:
        values = {
            name: f'{group.values}."{name}"'
            for group in self.counts.groups
            for name in self._kept_values(group)
        }
        kept = [column for column in self.sheet.columns if not self.counts.group_of(column)]
        values |= self._values(kept)
        values |= self._of_months(values) | {
            "rec": self.rec,
            "source_file": sql_text(self.sheet.file),
            "source_sheet": sql_text(self.sheet.sheet),
            "source_row": f"CAST({self.sheet.row} AS INTEGER)",
        }
        joins = [f"JOIN {group.values} ON s.{group.mark} = {group.values}.h" for group in self.counts.groups]
        rows = " ".join([f"{STAGED} s", *joins, *self._joins(kept)])
        chosen = ", ".join(
            f'CAST({values.get(name, "NULL")} AS {kind}) AS "{name}"' for name, kind in self.stored.items()
        )
        # Row groups are written as they fill: each record carries its row, so that their order says nothing. The joins
        # stay as they stand: rows pass by the tables of what their texts become, which mostly are far smaller.
        self.connection.execute(
            "SET preserve_insertion_order = false; SET disabled_optimizers = 'join_order,build_side_probe_side'"
        )
        try:
            self.outcome.rows_loaded = self._count(
                copied(f"SELECT {chosen} FROM {rows} WHERE {self._kept('s.row_kind = 0')}", path)
            )
        finally:
            self.connection.execute("RESET preserve_insertion_order; RESET disabled_optimizers")

    def _of_months(self, values: dict[str, str]) -> dict[str, str]:
        """Dates that the sheet has no column for, and whose month it has: the first day, the earliest that can be."""
        return {
            column.name: values[column.of_month]
            for column in self.sheet.table.columns
            if column.of_month in values and column.name not in values
        }

    def _kept_values(self, group: Group) -> list[str]:
        """Makes the table of what is stored of each tuple of a group; returns its columns."""
        values = self._values(group.columns)
        chosen = ", ".join(
            f'CAST({value} AS {self.stored[name]}) AS "{name}"' for name, value in values.items()
        )
        joins = " ".join([f"{group.tuples} s", *self._joins(group.columns)])
        self._count(f"CREATE OR REPLACE TABLE {group.values} AS SELECT s.h, {chosen} FROM {joins}")
        return list(values)

    def _roles(self, columns: Sequence[Column]) -> list[FirmRole]:
        """The firms that some columns speak of."""
        names = {column.name for column in columns}
        return [role for role in catalogue.firm_roles(self.sheet.table) if names & {role.code, role.title}]

    def _joins(self, columns: Sequence[Column]) -> list[str]:
        names = [column.name for column in columns]
        joins = [f"LEFT JOIN {one.join}" for name, one in self.maps.items() if name in names]
        for role in self._roles(columns):
            if role.title in self.maps:
                core = f'{self.maps[role.title].name}."{role.title} core"'
                joins.append(f'LEFT JOIN firm_register "f_{role.name}" ON {core} = "f_{role.name}".core')
        return joins

    def _values(self, columns: Sequence[Column]) -> dict[str, str]:
        values: dict[str, str] = {}
        for column in columns:
            one = self.maps.get(column.name)
            for stored in of_column(column):
                value = f'{one.name}."{stored}"' if one else "NULL"
                sure = self.sheet.sure(column, f's."r_{column.name}"')
                if sure is not None:
                    value = f"CASE WHEN {one.name}.raw IS NULL THEN {sure} ELSE {value} END" if one else sure
                values[stored] = value
        for role in self._roles(columns):
            values[role.key] = self._firm_key(role)
        return values

    def _firm_key(self, role: catalogue.FirmRole) -> str:
        choices = []
        if role.code in self.maps:
            code = self.maps[role.code].name
            choices.append(f'CASE WHEN {code}."{role.code} valid" THEN {code}."{role.code}" END')
        if role.title in self.maps:
            choices.append(f'"f_{role.name}".code')
            choices.append(f"'n:' || nullif({self.maps[role.title].name}.\"{role.title} core\", '')")
        return f"coalesce({', '.join(choices)}, NULL)" if choices else "NULL"

    def write_vault(self, path: Path) -> None:
        """Clear values by their key, each once; by record only those that have no key (bad numbers)."""
        chosen = [f"SELECT * FROM {EMPTY_VAULT}"]
        for one in self.maps.values():
            if one.column.type not in SECRET_TYPES:
                continue
            key = next(name for name in of_column(one.column) if name.endswith("_key"))
            kind = sql_text(VAULT_KINDS[one.column.type])
            if not one.repeats:
                told = f'SELECT {kind}, "{key}", NULL, NULL'
                known = f'clear = raw AND "{key}" IS NOT NULL'
                chosen.append(f"{told}, clear FROM {one.name} WHERE {known}")
                chosen.append(
                    f'{told}, any_value(clear) FROM {one.name} WHERE clear <> raw AND "{key}" IS NOT NULL '
                    f'AND "{key}" NOT IN (SELECT "{key}" FROM {one.name} WHERE {known}) GROUP BY "{key}"'
                )
            if one.faulty and not one.column.required:
                where = self._kept(f"name = {sql_text(one.column.name)} AND clear IS NOT NULL")
                chosen.append(f"SELECT {kind}, NULL, {self.rec}, name, clear FROM faults s WHERE {where}")
        path.touch(mode=0o600)
        self._count(copied(" UNION ALL ".join(chosen), path))
        path.chmod(0o600)

    def write_faults(self, path: Path) -> None:
        """Every refused row and every cell left empty, its value masked; no file when there are none."""
        if not self.faults and not self.refused:
            return
        found = (
            "SELECT place, row_no, '整行未载入' AS what, title, reason, value FROM refused "
            "UNION ALL SELECT place, row_no, '该格留空', title, reason, value FROM faults"
        )
        origin = f"{sql_text(self.sheet.file)} AS file, {sql_text(self.sheet.sheet)} AS sheet"
        select = (
            f"SELECT {origin}, row_no, what, title, reason, {MASKED} AS value "
            f"FROM ({found}) ORDER BY place, title"
        )
        self._count(copied(select, path))


EMPTY_VAULT = (
    '(SELECT NULL::VARCHAR AS kind, NULL::VARCHAR AS key, NULL::BIGINT AS rec, NULL::VARCHAR AS "column", '
    "NULL::VARCHAR AS value WHERE false)"
)
MASKED = (
    "left(value, 1) || repeat('*', greatest(length(value) - 2, 0)) || "
    "CASE WHEN length(value) > 1 THEN right(value, 1) ELSE '' END"
)
