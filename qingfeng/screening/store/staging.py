"""Staging: the grid of a sheet read a single time into a table that spills to disk.

For each column it holds `r_…`, the text as it came, and besides, what kind each row is. What a text becomes is asked
of the distinct texts only (see maps.py); the rows are cast or joined when they are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import duckdb

from qingfeng.screening.catalogue import Column, Table
from qingfeng.screening.cleaning import whole_columns
from qingfeng.screening.cleaning.kinds import SECRET_TYPES
from qingfeng.screening.reading.grids import Relation
from qingfeng.screening.store import row_kinds

# Cleaned through a map of their distinct texts; all other columns in place, with a map for what is left over.
MAPPED_TYPES = SECRET_TYPES | {"official_plate", "public_address", "firm_code", "firm_name"}
# So many first rows tell whether a column repeats its texts (villages) or hardly does (numbers of vouchers).
SAMPLED = 20_000
REPEATS = 5


@dataclass(frozen=True)
class Sheet:
    """A sheet whose columns are known: where its grid is (`g0`, `g1`, … and perhaps `row_no`), and what they mean."""

    table: Table
    grid: Relation
    places: Mapping[str, int]  # source column → number of the grid column
    headers: Mapping[str, str]  # source column → its header, to know headers printed again on each page
    file: str
    sheet: str
    factors: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return self.grid.width

    @property
    def numbered(self) -> bool:
        """Whether the grid brings its own row_no, and marks torn rows."""
        return self.grid.numbered

    @property
    def columns(self) -> list[Column]:
        return [column for column in self.table.columns if column.name in self.places]

    def cell(self, column: Column) -> str:
        return f'"g{self.places[column.name]}"'

    def factor(self, column: Column) -> Decimal:
        return self.factors.get(column.name, Decimal(1))

    def direct(self, column: Column, text: str) -> str | None:
        """SQL of the stored value of a text where it is sure, else NULL; None for columns mapped as a whole."""
        if column.type in MAPPED_TYPES:
            return None
        return whole_columns.plain(column, text, self.factor(column))

    def sure(self, column: Column, text: str) -> str | None:
        """SQL of the stored value of a text that `direct` is sure of, without asking again."""
        if column.type in MAPPED_TYPES:
            return None
        return whole_columns.of_sure(column, text, self.factor(column))

    @property
    def row(self) -> str:
        """SQL of the row number as Excel counts, over `staged s`."""
        return "s.row_no" if self.numbered else f"(s.rowid + {self.grid.first_row})"


@dataclass(frozen=True)
class Counts:
    """How many rows there are of each kind, how many texts in each column, and which columns repeat theirs."""

    kinds: Mapping[int, int]
    texts: Mapping[str, int]
    repeating: frozenset[str]

    @property
    def rows_read(self) -> int:
        return sum(rows for kind, rows in self.kinds.items() if kind != row_kinds.BLANK)

    @property
    def records(self) -> int:
        return self.kinds.get(row_kinds.RECORD, 0)


def stage(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> Counts:
    """Makes the table `staged`, piece by piece where the grid comes in pieces."""
    chosen = ["row_no"] if sheet.numbered else []
    chosen += [f'{sheet.cell(column)} AS "r_{column.name}"' for column in sheet.columns]
    chosen.append(f"CAST({row_kinds.sql(sheet)} AS TINYINT) AS row_kind")
    into = "CREATE OR REPLACE TABLE staged AS"
    for piece in sheet.grid.pieces:
        connection.execute(f"{into} SELECT {', '.join(chosen)} FROM {piece}")
        into = "INSERT INTO staged"
    return _counts(connection, sheet)


def _counts(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> Counts:
    names = [column.name for column in sheet.columns]
    given = ", ".join(f'count("r_{name}")' for name in names)
    found = connection.execute(
        f"SELECT row_kind, count(*), {given} FROM staged GROUP BY row_kind ORDER BY row_kind"
    ).fetchall()
    of_records = next((rest for kind, _, *rest in found if kind == row_kinds.RECORD), [0] * len(names))
    return Counts(
        {kind: rows for kind, rows, *_ in found},
        dict(zip(names, of_records, strict=True)),
        _repeating(connection, names),
    )


def _repeating(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> frozenset[str]:
    counted = ", ".join(f'count("r_{name}"), approx_count_distinct("r_{name}")' for name in names)
    row = connection.execute(f"SELECT {counted} FROM (FROM staged LIMIT {SAMPLED})").fetchone() or ()
    pairs = zip(names, row[::2], row[1::2], strict=True)
    return frozenset(name for name, given, distinct in pairs if distinct * REPEATS <= given)
