"""What SQL cannot say (binomial tails, Benford, rotation) is said by a small Python function over a rule's rows.

A finisher gets the evidence rows as dicts and the parameters, and returns those to keep, with the values that the
rule declares as `added`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from qingfeng.screening.engine.invalid import RuleFailed, RuleInvalid
from qingfeng.screening.engine.rule import VALUE_TYPES, Rule
from qingfeng.screening.finishers import FINISHERS

Rows = list[dict[str, Any]]
Finisher = Callable[[Rows, Mapping[str, Any]], Rows]
AT_ONCE = 5000


def finisher_of(rule: Rule) -> Finisher | None:
    """The function that the rule names; refused when there is none of that name."""
    if rule.finisher is None:
        return None
    if rule.finisher not in FINISHERS:
        known = "、".join(sorted(FINISHERS)) or "无"
        raise RuleInvalid(rule.path.name, f"没有名为“{rule.finisher}”的 finisher，可用：{known}。")
    return FINISHERS[rule.finisher]


def finish(connection: duckdb.DuckDBPyConnection, rule: Rule, values: Mapping[str, Any], raw: str) -> None:
    """Replaces the rows of `raw` by what the rule's finisher keeps of them."""
    function = finisher_of(rule)
    added = [value for value in rule.values.values() if value.added]
    if function is None:
        if added:
            raise RuleInvalid(rule.path.name, "values 中有 added 的列，却没有写 finisher。")
        return
    order = ", ".join(f'"{name}"' for name in rule.select_columns)
    cursor = connection.execute(f"SELECT {order} FROM {raw} ORDER BY ALL")
    names = list(rule.select_columns)
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    try:
        kept = function(rows, values)
    except (ValueError, ArithmeticError, LookupError, TypeError) as error:
        raise RuleFailed(f"统计步骤 {rule.finisher} 出错：{error}") from error
    columns = rule.select_columns | {value.name: VALUE_TYPES[value.type] for value in added}
    _replace(connection, raw, columns, kept)


def _replace(connection: duckdb.DuckDBPyConnection, raw: str, columns: Mapping[str, str], rows: Rows) -> None:
    described = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    shape = json.dumps([dict(columns)])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {raw} ({described})")
    for start in range(0, len(rows), AT_ONCE):
        part = [{name: _plain(row.get(name)) for name in columns} for row in rows[start : start + AT_ONCE]]
        connection.execute(
            f"INSERT INTO {raw} SELECT r.* FROM (SELECT unnest(from_json(?, ?)) AS r)",
            [json.dumps(part), shape],
        )


def _plain(value: Any) -> Any:
    if isinstance(value, (Decimal, date)):
        return str(value)
    if isinstance(value, float):
        return f"{value:.9f}"
    return value
