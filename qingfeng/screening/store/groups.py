"""Groups: columns whose texts come again together, kept once a tuple and in the rows as a mark.

A list of payments names the same persons month after month: identity number, name, account and address are the same
tuple each time; so are the village, the project and the day in one list. Each tuple is then cleaned once, and a row is
a few numbers. The mark is DuckDB's hash of the tuple; that no two tuples share one is looked at, not assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from qingfeng.screening.catalogue import Column
from qingfeng.screening.reading.grids import Relation

# A group is worth a second reading when each tuple comes so many times.
TIMES = 3


@dataclass(frozen=True)
class Group:
    """Columns kept together: `tuples<n>` holds their texts (r_…) by the mark `h<n>`, and how many records have them."""

    number: int
    columns: Sequence[Column]

    @property
    def mark(self) -> str:
        return f"h{self.number}"

    @property
    def tuples(self) -> str:
        return f"tuples{self.number}"

    @property
    def counted(self) -> str:
        return f"counted{self.number}"

    @property
    def values(self) -> str:
        """The table of what is stored of each tuple (see sheets.py)."""
        return f"values{self.number}"

    @property
    def texts(self) -> str:
        return ", ".join(f'"r_{column.name}"' for column in self.columns)

    @property
    def hashed(self) -> str:
        """SQL of the mark."""
        return f"hash({self.texts})"

    @property
    def tables(self) -> list[str]:
        return [self.tuples, self.counted, self.values]


def _count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def repeats(connection: duckdb.DuckDBPyConnection, group: Group) -> bool:
    """Counts the records of each mark; whether tuples come again often enough."""
    tuples = _count(
        connection,
        f"CREATE OR REPLACE TABLE {group.counted} AS "
        f"SELECT {group.mark} AS h, count(*) AS n FROM staged WHERE row_kind = 0 GROUP BY h",
    )
    return tuples * TIMES <= _count(connection, f"SELECT sum(n)::BIGINT FROM {group.counted}")


def read_tuples(
    connection: duckdb.DuckDBPyConnection, grid: Relation, cells: str, groups: Sequence[Group]
) -> bool:
    """Reads the grid again for the tuples of records; False when two share a mark, or the file has changed meanwhile."""
    texts = ", ".join(group.texts for group in groups)
    which = ", ".join(f'grouping("r_{group.columns[0].name}") = 0 AS in_{group.mark}' for group in groups)
    sets = ", ".join(f"({group.texts})" for group in groups)
    into = "CREATE OR REPLACE TABLE found AS"
    for piece in grid.read():
        connection.execute(
            f"{into} SELECT {texts}, {which} FROM (SELECT {cells} FROM {piece}) GROUP BY GROUPING SETS ({sets})"
        )
        into = "INSERT INTO found"
    told_apart = all(_of_records(connection, group) for group in groups)
    connection.execute("DROP TABLE found")
    return told_apart


def _of_records(connection: duckdb.DuckDBPyConnection, group: Group) -> bool:
    tuples = _count(
        connection,
        f"CREATE OR REPLACE TABLE {group.tuples} AS SELECT t.*, c.n FROM "
        f"(SELECT DISTINCT {group.hashed} AS h, {group.texts} FROM found WHERE in_{group.mark}) t "
        f"JOIN {group.counted} c USING (h)",
    )
    return tuples == _count(connection, f"SELECT count(*) FROM {group.counted}")
