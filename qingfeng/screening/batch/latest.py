"""Lists kept by month end before the month that is to be paid: then the last one stands for it.

A batch is checked before it is paid, often before this month's payroll or list of approvals is there. Who stood on
the last one is asked about now, as if it had no months (a roster); its records keep their file and row.
"""

from __future__ import annotations

from duckdb import DuckDBPyConnection

# Table → its column of months, and the columns that tell one list of it from another.
BY_MONTH = {"payroll": ("month", "unit"), "approved_list": ("period", "benefit")}


def stand_in(connection: DuckDBPyConnection, table: str, relation: str) -> bool:
    """Lay out the view of a table kept by month; True when the last month stands for the month of the batch."""
    month, of = BY_MONTH[table]
    first = connection.execute(
        "SELECT min(coalesce(period, date_trunc('month', pay_date)::DATE)) FROM batch"
    ).fetchone()
    last = connection.execute(f"SELECT max({month}) FROM {relation}").fetchone()
    wanted, there = first[0] if first else None, last[0] if last else None
    if wanted is None or there is None or there >= wanted:
        return False
    connection.execute(
        f'CREATE OR REPLACE TEMP VIEW "{table}" AS SELECT * EXCLUDE (last_) REPLACE (NULL::DATE AS {month}) '
        f"FROM (SELECT *, max({month}) OVER (PARTITION BY {of}) AS last_ FROM {relation}) "
        f"WHERE {month} IS NULL OR {month} = last_"
    )
    return True
