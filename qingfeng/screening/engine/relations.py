"""What a rule can select from: the catalogue's tables, the calendar, its own table parameters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date

import duckdb

from qingfeng.screening.catalogue import stored_columns, tables
from qingfeng.screening.engine.parameters import SCALARS
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.statement import PARAMETER_TABLE, quoted, type_in

CALENDAR = "calendar"
CALENDAR_COLUMNS = {"day": "DATE", "is_workday": "BOOLEAN", "festival": "VARCHAR", "workday_no": "BIGINT"}
"""`workday_no` counts the workdays up to and including the day: a difference of two is the workdays between."""

Days = Iterable[tuple[date, bool, str | None]]


def catalogue_columns() -> dict[str, dict[str, str]]:
    """Each table of the catalogue with its stored columns."""
    return {name: stored_columns(table) for name, table in tables().items()}


def columns_for(rule: Rule) -> dict[str, dict[str, str]]:
    """Each relation this rule may use, with its columns and types."""
    known = catalogue_columns()
    allowed = {name: known[name] for name in (*rule.inputs, *rule.optional) if name in known}
    if CALENDAR in (*rule.inputs, *rule.optional):
        allowed[CALENDAR] = CALENDAR_COLUMNS
    for name, parameter in rule.parameters.items():
        if parameter.type == "table":
            allowed[PARAMETER_TABLE + name] = {c: SCALARS[kind] for c, kind in parameter.columns.items()}
    return allowed


def empty_select(columns: Mapping[str, str], dialect: str = "duckdb") -> str:
    """A relation of these columns without rows: stands in for an optional table that was not handed over."""
    casts = ", ".join(
        f"CAST(NULL AS {type_in(kind, dialect)}) AS {quoted(name, dialect)}" for name, kind in columns.items()
    )
    return f"SELECT {casts} WHERE 1 = 0"


def load_calendar(connection: duckdb.DuckDBPyConnection, days: Days) -> None:
    """Makes the calendar relation from days in any order."""
    # One JSON text: DuckDB looks for NumPy and pandas at every bound value, which costs more than the value.
    told = json.dumps(
        [{"day": str(day), "is_workday": worked, "festival": name} for day, worked, name in days]
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {CALENDAR} AS SELECT d.day, d.is_workday, d.festival,"
        " CAST(sum(CASE WHEN d.is_workday THEN 1 ELSE 0 END) OVER (ORDER BY d.day) AS BIGINT) AS workday_no"
        " FROM (SELECT unnest(from_json(?, ?)) AS d)",
        [told, '[{"day":"DATE","is_workday":"BOOLEAN","festival":"VARCHAR"}]'],
    )
