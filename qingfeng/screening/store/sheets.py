"""One sheet, from its raw grid to typed Parquet: staged once, cleaned by whole columns, written once.

The grid is read a single time into a staging table that spills to disk. What the whole-column SQL does not take is
cleaned by the plain form, each distinct text once, and joined back. Nothing is dropped without its reason and row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from qingfeng.screening import catalogue
from qingfeng.screening.catalogue import Column, Table
from qingfeng.screening.catalogue.stored import of_column
from qingfeng.screening.cleaning import codes, whole_columns
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.cleaning.kinds import SECRET_TYPES, clean_cell
from qingfeng.screening.store import row_kinds
from qingfeng.screening.store.spool import relation, sql_text, write_rows

# Cleaned through a map of their distinct texts; all other columns in place, with a map for what is left over.
MAPPED_TYPES = SECRET_TYPES | {"official_plate", "public_address", "firm_code", "firm_name"}
# A part holds at most this many rows, so that its records number apart from those of all other parts.
ROWS_PER_PART = 1_000_000_000


@dataclass(frozen=True)
class Sheet:
    """A sheet whose columns are known: where its grid is (`g0`, `g1`, … and perhaps `row_no`), and what they mean."""

    table: Table
    grid: str
    width: int
    places: Mapping[str, int]  # source column → number of the grid column
    headers: Mapping[str, str]  # source column → its header, to know headers printed again on each page
    file: str
    sheet: str
    first_row: int  # as Excel counts
    numbered: bool = False  # the grid brings its own row_no
    factors: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def columns(self) -> list[Column]:
        return [column for column in self.table.columns if column.name in self.places]

    def cell(self, column: Column) -> str:
        return f'"g{self.places[column.name]}"'


@dataclass
class Outcome:
    """What became of the rows of a sheet."""

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
        self.keys = keys
        self.scratch = scratch

    def clean(
        self, sheet: Sheet, *, part: int, table_file: Path, vault_file: Path, faults_file: Path
    ) -> Outcome:
        """Writes the typed rows, the clear values and the faults of a sheet, and says what became of it."""
        self._stage(sheet)
        for column in sheet.columns:
            self._map(sheet, column)
        outcome = Outcome()
        self._find_refused(sheet)
        self._find_doubles(sheet, outcome)
        self._report(sheet, outcome)
        self._write_table(sheet, part, table_file)
        self._write_vault(sheet, part, vault_file)
        self._write_faults(sheet, faults_file)
        outcome.rows_loaded = self._number(f"SELECT count(*) FROM read_parquet({sql_text(str(table_file))})")
        self._drop(sheet)
        return outcome

    def _number(self, sql: str) -> int:
        row = self.connection.execute(sql).fetchone()
        return int(row[0]) if row else 0

    # -- staging

    def _stage(self, sheet: Sheet) -> None:
        parts = ["row_no"] if sheet.numbered else []
        for column in sheet.columns:
            parts.extend(self._staged(sheet, column))
        parts.append(f"{row_kinds.sql(sheet)} AS row_kind")
        parts.append(f"hash({', '.join(sheet.cell(column) for column in sheet.columns)}) AS row_hash")
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE staged AS SELECT {', '.join(parts)} FROM {sheet.grid}"
        )

    def _staged(self, sheet: Sheet, column: Column) -> Iterator[str]:
        """`v_…` the stored value where it is sure, `r_…` the text that still has to be mapped."""
        cell = sheet.cell(column)
        fast = None
        if column.type not in MAPPED_TYPES:
            fast = whole_columns.plain(column, cell, sheet.factors.get(column.name, Decimal(1)))
        if fast is None:
            yield f'{cell} AS "r_{column.name}"'
        else:
            yield f'{fast} AS "v_{column.name}"'
            yield (
                f"CASE WHEN ({fast}) IS NULL AND NOT {whole_columns.is_nothing(cell)} "
                f'THEN {cell} END AS "r_{column.name}"'
            )

    def _has_value(self, sheet: Sheet, column: Column) -> bool:
        factor = sheet.factors.get(column.name, Decimal(1))
        return column.type not in MAPPED_TYPES and whole_columns.plain(column, "x", factor) is not None

    # -- maps: distinct text → stored values

    def _map(self, sheet: Sheet, column: Column) -> None:
        name = column.name
        self.connection.execute(
            f'CREATE OR REPLACE TEMP TABLE raws AS SELECT DISTINCT "r_{name}" AS raw FROM staged '
            f'WHERE row_kind = 0 AND "r_{name}" IS NOT NULL'
        )
        stored = {**of_column(column), **self._extra(column)}
        described = ", ".join(f'"{n}" {kind}' for n, kind in stored.items())
        self.connection.execute(
            f'CREATE OR REPLACE TEMP TABLE "m_{name}" (raw VARCHAR, clear VARCHAR, {described}, fault VARCHAR)'
        )
        fast = whole_columns.keyed(column, self.keys, "raws")
        if fast:
            named = ", ".join(f'"{n}"' for n in ("raw", "clear", *stored))
            self.connection.execute(f'INSERT INTO "m_{name}" ({named}) {fast}')
        self._map_rest(sheet, column, stored)

    @staticmethod
    def _extra(column: Column) -> dict[str, str]:
        """What the key of a firm is made from."""
        if column.type == "firm_code":
            return {f"{column.name} valid": "BOOLEAN"}
        return {f"{column.name} core": "VARCHAR"} if column.type == "firm_name" else {}

    def _map_rest(self, sheet: Sheet, column: Column, stored: Mapping[str, str]) -> None:
        rest = self.connection.execute(f'SELECT raw FROM raws ANTI JOIN "m_{column.name}" USING (raw)')
        path = self.scratch / "map.csv"
        factor = sheet.factors.get(column.name, Decimal(1))

        def rows() -> Iterator[list[Any]]:
            while some := rest.fetchmany(10_000):
                for (raw,) in some:
                    cell = clean_cell(column, raw, self.keys, factor)
                    values = {**cell.stored, **self._extra_values(column, cell.stored)}
                    yield [raw, cell.clear, *(values[name] for name in stored), cell.fault]

        write_rows(path, rows())
        columns = {"raw": "VARCHAR", "clear": "VARCHAR", **stored, "fault": "VARCHAR"}
        self.connection.execute(f'INSERT INTO "m_{column.name}" SELECT * FROM {relation(path, columns)}')
        path.unlink()

    @staticmethod
    def _extra_values(column: Column, stored: Mapping[str, Any]) -> dict[str, Any]:
        value = stored.get(column.name)
        if column.type == "firm_code":
            return {f"{column.name} valid": value is not None and codes.is_valid(value)}
        if column.type == "firm_name":
            return {f"{column.name} core": codes.name_core(value) if value else None}
        return {}

    # -- what is refused, what is double

    def _row(self, sheet: Sheet) -> str:
        return "s.row_no" if sheet.numbered else f"(s.rowid + {sheet.first_row})"

    def _shown_value(self, column: Column) -> str:
        """The column whose NULL means that nothing usable was there."""
        names = list(of_column(column))
        return names[1] if column.type == "person_name" else names[0]

    def _find_refused(self, sheet: Sheet) -> None:
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE refused "
            "(place BIGINT, position INTEGER, name VARCHAR, title VARCHAR, reason VARCHAR, value VARCHAR)"
        )
        for position, column in enumerate(sheet.columns):
            if not column.required:
                continue
            name, value = column.name, self._shown_value(column)
            unsure = f's."v_{name}" IS NULL AND' if self._has_value(sheet, column) else ""
            self.connection.execute(
                f"INSERT INTO refused SELECT s.rowid, {position}, {sql_text(name)}, {sql_text(column.title)}, "
                f'coalesce(m.fault, \'没有填\'), s."r_{name}" FROM staged s LEFT JOIN "m_{name}" m ON s."r_{name}" = m.raw '
                f'WHERE s.row_kind = 0 AND {unsure} m."{value}" IS NULL'
            )
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE refused_rows AS SELECT DISTINCT place FROM refused"
        )

    def _find_doubles(self, sheet: Sheet, outcome: Outcome) -> None:
        """Rows equal in every column. With a record number of its own among them it is one record written twice,
        kept once; without one they may be two true records (two equal payments on one day), and both stay."""
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE doubles AS SELECT s.rowid AS place, "
            "row_number() OVER (PARTITION BY s.row_hash ORDER BY s.rowid) AS nth FROM staged s "
            "SEMI JOIN (SELECT row_hash FROM staged WHERE row_kind = 0 GROUP BY row_hash HAVING count(*) > 1) d "
            "ON s.row_hash = d.row_hash WHERE s.row_kind = 0"
        )
        self.connection.execute("DELETE FROM doubles WHERE nth = 1")
        if not self._number("SELECT count(*) FROM doubles"):
            return
        number = sheet.table.number
        if number is None or number not in sheet.places:
            line = self._grouped(
                sheet, "'与前面某行完全相同，没有单据号可凭，均已载入'", "doubles d ON d.place = s.rowid"
            )
            outcome.warnings.extend(line)
            self.connection.execute("DELETE FROM doubles")
            return
        column = sheet.table.column(number)
        title = column.title
        line = self._grouped(
            sheet, f"'与前面某行完全相同（{title}也相同），只载入一次'", "doubles d ON d.place = s.rowid"
        )
        outcome.set_aside.extend(line)

    def _grouped(self, sheet: Sheet, reason: str, join: str, where: str = "true") -> list[dict[str, Any]]:
        row = self._row(sheet)
        found = self.connection.execute(
            f"SELECT {reason} AS reason, count(DISTINCT s.rowid), list_slice(list_sort(min({row}, 10)), 1, 10) "
            f"FROM staged s JOIN {join} WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        return [{"reason": r, "rows": n, "examples": [int(x) for x in rows]} for r, n, rows in found]

    # -- the report

    def _report(self, sheet: Sheet, outcome: Outcome) -> None:
        row = self._row(sheet)
        outcome.rows_read = self._number(f"SELECT count(*) FROM staged WHERE row_kind <> {row_kinds.BLANK}")
        kinds = self.connection.execute(
            f"SELECT row_kind, count(*), min({row}, 10) FROM staged s WHERE row_kind > {row_kinds.BLANK} GROUP BY 1 ORDER BY 1"
        ).fetchall()
        for kind, rows, examples in kinds:
            line = {"reason": row_kinds.REASONS[kind], "rows": rows, "examples": [int(x) for x in examples]}
            (outcome.refused if kind == row_kinds.TORN else outcome.set_aside).append(line)
        first = (
            "(SELECT place, arg_min(title || '：' || reason, position) AS why FROM refused GROUP BY place) f"
        )
        outcome.refused.extend(self._grouped(sheet, "f.why", f"{first} ON f.place = s.rowid"))
        for column in sheet.columns:
            self._report_column(sheet, column, outcome)

    def _report_column(self, sheet: Sheet, column: Column, outcome: Outcome) -> None:
        name = column.name
        join = f'"m_{name}" m ON s."r_{name}" = m.raw'
        if not column.required:
            title = sql_text(f"{column.title}：")
            where = (
                "s.row_kind = 0 AND m.fault IS NOT NULL AND s.rowid NOT IN (SELECT place FROM refused_rows)"
            )
            outcome.warnings.extend(self._grouped(sheet, f"{title} || m.fault", join, where))
        if column.type == "person_id":
            tier = next(n for n in of_column(column) if n.endswith("person_tier"))
            rows = self._number(
                f'SELECT count(*) FROM staged s JOIN {join} WHERE s.row_kind = 0 AND m."{tier}" = 2'
            )
            if rows:
                outcome.notes.append(f"{column.title}：15 位号码补成 18 位，{rows} 行")

    # -- writing

    def _write_table(self, sheet: Sheet, part: int, path: Path) -> None:
        values = self._values(sheet)
        row = self._row(sheet)
        values |= {
            "rec": f"CAST({part * ROWS_PER_PART} + {row} AS BIGINT)",
            "source_file": sql_text(sheet.file),
            "source_sheet": sql_text(sheet.sheet),
            "source_row": f"CAST({row} AS INTEGER)",
        }
        stored = catalogue.stored_columns(sheet.table)
        chosen = ", ".join(
            f'CAST({values.get(name, "NULL")} AS {kind}) AS "{name}"' for name, kind in stored.items()
        )
        self.connection.execute(
            f"COPY (SELECT {chosen} FROM {self._joined(sheet)} WHERE {self._kept()}) "
            f"TO {sql_text(str(path))} (FORMAT parquet)"
        )

    def _joined(self, sheet: Sheet) -> str:
        joins = ["staged s"]
        for column in sheet.columns:
            name = column.name
            if self._number(f'SELECT count(*) FROM "m_{name}"'):
                joins.append(f'LEFT JOIN "m_{name}" ON s."r_{name}" = "m_{name}".raw')
        for role in catalogue.firm_roles(sheet.table):
            if role.title in sheet.places and f'"m_{role.title}"' in " ".join(joins):
                joins.append(
                    f'LEFT JOIN firm_register "f_{role.name}" ON "m_{role.title}"."{role.title} core" = "f_{role.name}".core'
                )
        return " ".join(joins)

    def _kept(self) -> str:
        kept = ["s.row_kind = 0"]
        for table in ("refused_rows", "doubles"):
            if self._number(f"SELECT count(*) FROM {table}"):
                kept.append(f"s.rowid NOT IN (SELECT place FROM {table})")
        return " AND ".join(kept)

    def _values(self, sheet: Sheet) -> dict[str, str]:
        joined = self._joined(sheet)
        values: dict[str, str] = {}
        for column in sheet.columns:
            name = column.name
            mapped = f'"m_{name}"' in joined
            for stored in of_column(column):
                value = f'"m_{name}"."{stored}"' if mapped else "NULL"
                if self._has_value(sheet, column):
                    value = f'coalesce(s."v_{name}", {value})'
                values[stored] = value
        for role in catalogue.firm_roles(sheet.table):
            values[role.key] = self._firm_key(role.name, role.code, role.title, joined)
        return values

    @staticmethod
    def _firm_key(role: str, code: str | None, title: str | None, joined: str) -> str:
        choices = []
        if code and f'"m_{code}"' in joined:
            choices.append(f'CASE WHEN "m_{code}"."{code} valid" THEN "m_{code}"."{code}" END')
        if title and f'"m_{title}"' in joined:
            choices.append(f'"f_{role}".code')
            choices.append(f"'n:' || nullif(\"m_{title}\".\"{title} core\", '')")
        return f"coalesce({', '.join(choices)}, NULL)" if choices else "NULL"

    def _write_vault(self, sheet: Sheet, part: int, path: Path) -> None:
        """Clear values by their key, each once; by record only those that have no key (bad numbers)."""
        rec = f"CAST({part * ROWS_PER_PART} + {self._row(sheet)} AS BIGINT)"
        chosen = []
        for column in sheet.columns:
            if column.type not in SECRET_TYPES:
                continue
            name = column.name
            key = next(n for n in of_column(column) if n.endswith("_key"))
            kind = sql_text(VAULT_KINDS[column.type])
            chosen.append(
                f'SELECT {kind} AS kind, "{key}" AS key, NULL::BIGINT AS rec, NULL AS "column", any_value(clear) AS value '
                f'FROM "m_{name}" WHERE "{key}" IS NOT NULL GROUP BY "{key}"'
            )
            chosen.append(
                f'SELECT {kind}, NULL, {rec}, {sql_text(name)}, m.clear FROM staged s JOIN "m_{name}" m ON s."r_{name}" = m.raw '
                f'WHERE m."{key}" IS NULL AND m.clear IS NOT NULL AND {self._kept()}'
            )
        empty = 'SELECT NULL::VARCHAR AS kind, NULL::VARCHAR AS key, NULL::BIGINT AS rec, NULL::VARCHAR AS "column", NULL::VARCHAR AS value WHERE false'
        path.touch(mode=0o600)
        self.connection.execute(
            f"COPY ({' UNION ALL '.join([empty, *chosen])}) TO {sql_text(str(path))} (FORMAT parquet)"
        )
        path.chmod(0o600)

    def _write_faults(self, sheet: Sheet, path: Path) -> None:
        row = self._row(sheet)
        masked = "left(value, 1) || repeat('*', greatest(length(value) - 2, 0)) || CASE WHEN length(value) > 1 THEN right(value, 1) ELSE '' END"
        chosen = [
            f"SELECT s.rowid AS place, '整行未载入' AS what, {row} AS row_no, r.title, r.reason, r.value "
            "FROM refused r JOIN staged s ON s.rowid = r.place"
        ]
        for column in sheet.columns:
            if not column.required:
                name = column.name
                chosen.append(
                    f"SELECT s.rowid, '该格留空', {row}, {sql_text(column.title)}, m.fault, s.\"r_{name}\" "
                    f'FROM staged s JOIN "m_{name}" m ON s."r_{name}" = m.raw WHERE s.row_kind = 0 AND m.fault IS NOT NULL'
                )
        self.connection.execute(
            f"COPY (SELECT {sql_text(sheet.file)} AS file, {sql_text(sheet.sheet)} AS sheet, row_no, what, title, reason, "
            f"{masked} AS value FROM ({' UNION ALL '.join(chosen)}) ORDER BY place, title) TO {sql_text(str(path))} (FORMAT parquet)"
        )

    def _drop(self, sheet: Sheet) -> None:
        for name in [
            "staged",
            "raws",
            "refused",
            "refused_rows",
            "doubles",
            *(f"m_{c.name}" for c in sheet.columns),
        ]:
            self.connection.execute(f'DROP TABLE IF EXISTS "{name}"')


VAULT_KINDS = {
    "person_id": "person",
    "person_name": "name",
    "account": "account",
    "phone": "phone",
    "plate": "plate",
    "address": "address",
}
