"""Tables from rows at hand: rule specs, made-up data, a batch of payments. Cleaned value by value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from qingfeng.screening import catalogue
from qingfeng.screening.catalogue import Table
from qingfeng.screening.cleaning.firms import codes_by_name, firm_key
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.cleaning.kinds import clean_cell
from qingfeng.screening.errors import BadData

Row = Mapping[str, Any]


def from_rows(
    connection: duckdb.DuckDBPyConnection, given: Mapping[str, Sequence[Row]], keys: Keys
) -> list[dict[str, Any]]:
    """Creates one typed table per given name, all columns of the contract present, and returns what was wrong.

    A row maps source columns (`id_no`, `amount`) to text as an office would write it; `rec` may be given.
    Unlike files, a row with a bad required value stays (with NULL), so that a spec shows what the rule sees.
    """
    cleaned: dict[str, list[dict[str, Any]]] = {}
    faults: list[dict[str, Any]] = []
    for name, rows in given.items():
        if name not in catalogue.tables():
            raise BadData(f"表 {name}", "不在标准表目录之中；请看 qingfeng screen explain --tables")
        cleaned[name] = _clean_rows(catalogue.table(name), rows, keys, faults)
    firms = [(row["firm_code"], row["firm_name"]) for row in cleaned.get("firms", [])]
    register = codes_by_name(firms)
    for name, made in cleaned.items():
        _add_firm_keys(catalogue.table(name), made, register)
        _create(connection, catalogue.table(name), made)
    return faults


def _clean_rows(
    table: Table, rows: Sequence[Row], keys: Keys, faults: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    known = {column.name for column in table.columns} | set(catalogue.SOURCE_COLUMNS)
    made = []
    for number, row in enumerate(rows, start=1):
        if unknown := sorted(set(row) - known):
            raise BadData(f"表 {table.name}", f"没有“{'、'.join(unknown)}”这一列")
        stored: dict[str, Any] = {}
        for column in table.columns:
            value = row.get(column.name)
            cell = clean_cell(column, None if value is None else str(value), keys)
            stored.update(cell.stored)
            if cell.fault:
                faults.append(
                    {"table": table.name, "row": number, "column": column.name, "reason": cell.fault}
                )
        stored["rec"] = int(row.get("rec") or number)
        stored["source_file"] = row.get("source_file") or f"{table.name}.csv"
        stored["source_sheet"] = row.get("source_sheet") or ""
        stored["source_row"] = int(row.get("source_row") or number + 1)
        made.append(stored)
    return made


def _add_firm_keys(table: Table, rows: list[dict[str, Any]], register: Mapping[str, str]) -> None:
    for role in catalogue.firm_roles(table):
        for row in rows:
            code = row[role.code] if role.code else None
            name = row[role.title] if role.title else None
            row[role.key] = firm_key(code, name, register)


def _create(connection: duckdb.DuckDBPyConnection, table: Table, rows: list[dict[str, Any]]) -> None:
    columns = catalogue.stored_columns(table)
    described = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f'CREATE OR REPLACE TABLE "{table.name}" ({described})')
    if rows:
        # One JSON text: DuckDB looks for NumPy and pandas at every bound value, which costs more than the value.
        told = [{name: row[name] for name in columns} for row in rows]
        connection.execute(
            f'INSERT INTO "{table.name}" SELECT r.* FROM (SELECT unnest(from_json(?, ?)) AS r)',
            [json.dumps(told, default=str, ensure_ascii=False), json.dumps([columns])],
        )
