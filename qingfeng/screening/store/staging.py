"""Staging: the grid of a sheet read into a table that spills to disk.

It holds `r_…`, the text of a column as it came, and besides, what kind each row is. Of a long sheet, columns that come
again together stand apart, each tuple once (see groups.py), for which it is read twice: keeping all texts of all rows costs
more than reading them. What a text becomes is asked of the distinct texts only (see maps.py); the rows are cast or
joined when they are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import duckdb

from qingfeng.screening.catalogue import DAYS, Column, Table
from qingfeng.screening.cleaning import whole_columns
from qingfeng.screening.cleaning.kinds import SECRET_TYPES
from qingfeng.screening.reading.grids import Relation
from qingfeng.screening.store import row_kinds
from qingfeng.screening.store.groups import Group, read_tuples, repeats

# Cleaned through a map of their distinct texts; all other columns in place, with a map for what is left over.
MAPPED_TYPES = SECRET_TYPES | {"official_plate", "public_address", "firm_code", "firm_name"}
# So many first rows tell whether a column repeats its texts (villages) or hardly does (numbers of vouchers).
SAMPLED = 20_000
REPEATS = 5
# What is mostly said with few words. Fewer columns than these are not worth reading twice.
FEW_WORDS = frozenset({"text", "place", "code", *DAYS, "month", "boolean"})
WORTH = 3


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
        """SQL of the row number as Excel counts, over the rows `s`."""
        return "s.row_no" if self.numbered else f"(s.place + {self.grid.first_row})"


@dataclass(frozen=True)
class Counts:
    """How many rows there are of each kind, how many texts in each column, which columns repeat theirs, and which are
    kept in groups."""

    kinds: Mapping[int, int]
    texts: Mapping[str, int]
    repeating: frozenset[str]
    groups: Sequence[Group] = ()

    @property
    def rows_read(self) -> int:
        return sum(rows for kind, rows in self.kinds.items() if kind != row_kinds.BLANK)

    @property
    def records(self) -> int:
        return self.kinds.get(row_kinds.RECORD, 0)

    def group_of(self, column: Column) -> Group | None:
        return next((group for group in self.groups if column in group.columns), None)

    def texts_of(self, column: Column) -> str:
        """SELECT of a column's texts in records; of a group, once a tuple."""
        group = self.group_of(column)
        return f'SELECT "r_{column.name}" AS raw FROM ' + (
            group.tuples if group else "staged WHERE row_kind = 0"
        )

    def rows_of(self, column: Column) -> str:
        """The records by their place, with the text of a column."""
        group = self.group_of(column)
        tuples = f" JOIN {group.tuples} ON staged.{group.mark} = {group.tuples}.h" if group else ""
        return f"(SELECT staged.rowid AS place, * FROM staged{tuples} WHERE row_kind = 0)"


def stage(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> Counts:
    """Makes the table `staged`, a row each, and the tuples of its groups."""
    return _Staging(connection, sheet).made()


class _Staging:
    def __init__(self, connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> None:
        self.connection = connection
        self.sheet = sheet
        self.cells = ", ".join(f'{sheet.cell(column)} AS "r_{column.name}"' for column in sheet.columns)
        self.repeating: frozenset[str] | None = None

    def made(self) -> Counts:
        chosen = groups = self._fill(None)
        again = [group for group in chosen if repeats(self.connection, group)]
        if len(again) < len(chosen):
            groups = self._fill(again)
        if groups and not read_tuples(self.connection, self.sheet.grid, self.cells, groups):
            groups = self._fill([])
        self.sheet.grid.discard()
        for table in (name for group in chosen if group not in groups for name in group.tables):
            self.connection.execute(f"DROP TABLE IF EXISTS {table}")
        return self._counts(groups)

    def _fill(self, groups: Sequence[Group] | None) -> Sequence[Group]:
        """Reads the grid into `staged`, piece by piece where it comes in pieces. Without groups given they are chosen
        by its first rows."""
        into = "CREATE OR REPLACE TABLE staged AS"
        for piece in self.sheet.grid.read():
            if groups is None:
                groups = self._chosen(piece)
            rows = f"(SELECT *, {self.cells} FROM {piece})"
            self.connection.execute(f"{into} SELECT {self._row(groups)} FROM {rows}")
            into = "INSERT INTO staged"
        return groups or []

    def _row(self, groups: Sequence[Group]) -> str:
        grouped = {column.name for group in groups for column in group.columns}
        chosen = ["row_no"] if self.sheet.numbered else []
        chosen += [f'"r_{column.name}"' for column in self.sheet.columns if column.name not in grouped]
        chosen += [f"{group.hashed} AS {group.mark}" for group in groups]
        chosen.append(f"CAST({row_kinds.sql(self.sheet)} AS TINYINT) AS row_kind")
        return ", ".join(chosen)

    def _chosen(self, piece: str) -> Sequence[Group]:
        """Two groups of a long sheet: whom a row is about, and what is said with few words. The number of a record is
        in neither; where it is one of whom (a register of firms), each comes once."""
        names = [column.name for column in self.sheet.columns]
        counted = ", ".join(f'count("r_{name}"), approx_count_distinct("r_{name}")' for name in names)
        rows = f"(SELECT {self.cells} FROM {piece} LIMIT {SAMPLED})"
        row = self.connection.execute(f"SELECT count(*), {counted} FROM {rows}").fetchone() or (0,)
        pairs = zip(names, row[1::2], row[2::2], strict=True)
        self.repeating = frozenset(name for name, given, distinct in pairs if distinct * REPEATS <= given)
        if row[0] < SAMPLED:
            return []
        number = self.sheet.table.number
        whom = [column for column in self.sheet.columns if column.type in MAPPED_TYPES]
        if number in [column.name for column in whom]:
            whom = []
        said = [
            column
            for column in self.sheet.columns
            if column.type in FEW_WORDS and column.name in self.repeating and column.name != number
        ]
        return [
            Group(number, columns) for number, columns in enumerate((whom, said)) if len(columns) >= WORTH
        ]

    def _counts(self, groups: Sequence[Group]) -> Counts:
        counts = Counts({}, {}, self.repeating or frozenset(), groups)
        kept = [column.name for column in self.sheet.columns if not counts.group_of(column)]
        given = "".join(f', count("r_{name}")' for name in kept)
        found = self.connection.execute(
            f"SELECT row_kind, count(*){given} FROM staged GROUP BY row_kind ORDER BY row_kind"
        ).fetchall()
        of_records = next((rest for kind, _, *rest in found if kind == row_kinds.RECORD), [0] * len(kept))
        texts = dict(zip(kept, of_records, strict=True))
        for group in groups:
            texts |= self._of_group(group)
        return replace(counts, kinds={kind: rows for kind, rows, *_ in found}, texts=texts)

    def _of_group(self, group: Group) -> dict[str, int]:
        names = [column.name for column in group.columns]
        summed = ", ".join(f'coalesce(sum(n) FILTER ("r_{name}" IS NOT NULL), 0)::BIGINT' for name in names)
        row = self.connection.execute(f"SELECT {summed} FROM {group.tuples}").fetchone() or ()
        return dict(zip(names, row, strict=True))
