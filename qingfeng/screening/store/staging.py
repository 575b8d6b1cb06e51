"""Staging: the grid of a sheet read a single time into a temporary table that spills to disk.

For each column it holds `v_…`, the stored value where the whole-column SQL is sure, and `r_…`, the text that still has
to be mapped; besides, what kind each row is, and a hash that tells equal rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import duckdb

from qingfeng.screening.catalogue import Column, Table
from qingfeng.screening.cleaning import whole_columns
from qingfeng.screening.cleaning.kinds import SECRET_TYPES
from qingfeng.screening.store import row_kinds

# Cleaned through a map of their distinct texts; all other columns in place, with a map for what is left over.
MAPPED_TYPES = SECRET_TYPES | {"official_plate", "public_address", "firm_code", "firm_name"}


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
    numbered: bool = False  # the grid brings its own row_no, and marks torn rows
    factors: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def columns(self) -> list[Column]:
        return [column for column in self.table.columns if column.name in self.places]

    def cell(self, column: Column) -> str:
        return f'"g{self.places[column.name]}"'

    def factor(self, column: Column) -> Decimal:
        return self.factors.get(column.name, Decimal(1))

    def direct(self, column: Column) -> str | None:
        """SQL of the stored value where it is sure; None for columns that are mapped as a whole."""
        if column.type in MAPPED_TYPES:
            return None
        return whole_columns.plain(column, self.cell(column), self.factor(column))

    @property
    def row(self) -> str:
        """SQL of the row number as Excel counts, over `staged s`."""
        return "s.row_no" if self.numbered else f"(s.rowid + {self.first_row})"


@dataclass(frozen=True)
class Counts:
    """How many rows there are of each kind, and how many texts of each column still have to be mapped."""

    kinds: Mapping[int, int]
    unmapped: Mapping[str, int]

    @property
    def rows_read(self) -> int:
        return sum(rows for kind, rows in self.kinds.items() if kind != row_kinds.BLANK)


def stage(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> Counts:
    """Makes the temporary table `staged`."""
    inner = ["row_no"] if sheet.numbered else []
    outer = list(inner)
    for column in sheet.columns:
        cell, direct, name = sheet.cell(column), sheet.direct(column), column.name
        inner.append(f'{cell} AS "r_{name}"')
        if direct is None:
            outer.append(f'"r_{name}"')
            continue
        inner.append(f'{direct} AS "v_{name}"')
        outer.append(f'"v_{name}"')
        outer.append(f'CASE WHEN "v_{name}" IS NULL THEN "r_{name}" END AS "r_{name}"')
    cells = ", ".join(sheet.cell(column) for column in sheet.columns)
    inner += [f"{row_kinds.sql(sheet)} AS row_kind", f"hash({cells}) AS row_hash"]
    outer += ["row_kind", "row_hash"]
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE staged AS SELECT {', '.join(outer)} "
        f"FROM (SELECT {', '.join(inner)} FROM {sheet.grid})"
    )
    return _counts(connection, sheet)


def _counts(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> Counts:
    unmapped = [f'count("r_{column.name}")' for column in sheet.columns]
    found = connection.execute(
        f"SELECT row_kind, count(*), {', '.join(unmapped)} FROM staged GROUP BY row_kind ORDER BY row_kind"
    ).fetchall()
    of_records = next((rest for kind, _, *rest in found if kind == row_kinds.RECORD), [0] * len(unmapped))
    return Counts(
        {kind: rows for kind, rows, *_ in found},
        {column.name: rows for column, rows in zip(sheet.columns, of_records, strict=True)},
    )
