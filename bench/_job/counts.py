"""Counts of the ledgers in plain SQL, written apart from the platform's own queries."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

FOUND = (
    "SELECT COUNT(*), COALESCE(SUM(people_affected), 0), COALESCE(SUM(sum_involved), 0) FROM problems_problem"
)
OPEN_STATES = "('found', 'assigned', 'in_rectification', 'submitted', 'returned', 'transferred', 'reopened')"


def one(sql: str, *values: Any) -> Any:
    """The first value of the first row."""
    return row(sql, *values)[0]


def row(sql: str, *values: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(cursor.fetchone())


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def form_figures(unit_id: int, first: date, last: date, as_of: date) -> dict[str, int]:
    """What a column of the monthly form must say about one inspected unit."""
    found, people, fen = row(
        f"{FOUND} WHERE lead_unit_id = %s AND state <> 'void' AND found_on BETWEEN %s AND %s",
        unit_id,
        first,
        last,
    )
    closed, rules = row(
        "SELECT COUNT(*), COUNT(NULLIF(new_rule, '')) FROM problems_problem"
        " WHERE lead_unit_id = %s AND state = 'closed_out' AND closed_out_on BETWEEN %s AND %s",
        unit_id,
        first,
        last,
    )
    working, overdue = row(
        "SELECT COUNT(*), COUNT(CASE WHEN due_date < %s THEN 1 END) FROM problems_problem"
        f" WHERE lead_unit_id = %s AND state IN {OPEN_STATES} AND found_on <= %s",
        as_of,
        unit_id,
        as_of,
    )
    return {
        "sheets": one(
            "SELECT COUNT(*) FROM inspections_sheet WHERE inspected_unit_id = %s AND state <> 'void'"
            " AND inspected_on BETWEEN %s AND %s",
            unit_id,
            first,
            last,
        ),
        "found": found,
        "people": people,
        "sum_involved": fen,
        "closed_out": closed,
        "new_rules": rules,
        "in_rectification": working,
        "overdue": overdue,
        "long_term": one(
            "SELECT COUNT(*) FROM problems_problem WHERE lead_unit_id = %s AND state = 'long_term'", unit_id
        ),
    }


def gaps() -> list[tuple[Any, ...]]:
    """Series of sheets in which a number is missing."""
    return rows(
        "SELECT filing_unit_id, filing_group_id, kind, COUNT(*), MAX(number) FROM inspections_sheet"
        " GROUP BY filing_unit_id, filing_group_id, kind HAVING COUNT(*) <> MAX(number)"
    )


def problem_states() -> dict[str, int]:
    return dict(rows("SELECT state, COUNT(*) FROM problems_problem GROUP BY state"))  # type: ignore[arg-type]
