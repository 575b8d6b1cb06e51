"""Parameters of a rule: typed, dated, and overridden by those who run it.

A threshold changes with the law and with the district. So each parameter says its type, its value (or its values with
the day each came into force) and why; what was used in a run stands in the summary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from qingfeng.screening.engine.invalid import RuleInvalid

SCALARS = {
    "integer": "BIGINT",
    "decimal": "DECIMAL(18,3)",
    "ratio": "DECIMAL(18,6)",
    "money": "BIGINT",
    "area": "BIGINT",
    "area_m2": "BIGINT",
    "date": "DATE",
    "boolean": "BOOLEAN",
    "text": "VARCHAR",
}
"""Types of one value and what they are in SQL. Money is written in yuan and becomes fen, areas hundredths."""
WANTED = {
    "integer": "整数", "decimal": "数", "ratio": "比例，如 0.3", "money": "金额（元）", "area": "面积（亩）",
    "area_m2": "面积（平方米）", "date": "日期，如 2026-06-30", "boolean": "是或否", "text": "文字",
}  # fmt: skip

HUNDREDFOLD = {"money", "area", "area_m2"}
TRUE_WORDS = {"true", "yes", "1", "是", "有"}
FALSE_WORDS = {"false", "no", "0", "否", "无"}


@dataclass(frozen=True)
class Parameter:
    """One parameter as its rule declares it."""

    name: str
    type: str
    title: str
    why: str = ""
    dated: tuple[tuple[date, Any], ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)

    def on(self, day: date) -> Any:
        """The value in force on this day; before the first day, the first value."""
        in_force = [value for start, value in self.dated if start <= day]
        return in_force[-1] if in_force else self.dated[0][1]


def declared(place: str, name: str, told: object) -> Parameter:
    """Reads one entry of `parameters:`."""
    where = f"{place}，参数{name}"
    if not isinstance(told, dict):
        raise RuleInvalid(where, "应写成 {type: 类型, value: 值, title: 名称}。")
    unknown = set(told) - {"type", "value", "values", "title", "why", "columns"}
    if unknown:
        raise RuleInvalid(where, f"不认识的键“{'、'.join(sorted(map(str, unknown)))}”。")
    kind = told.get("type")
    if kind not in {*SCALARS, "list", "table"}:
        raise RuleInvalid(where, f"类型“{kind}”不认识，可用：{'、'.join([*SCALARS, 'list', 'table'])}。")
    if ("value" in told) == ("values" in told):
        raise RuleInvalid(where, "value（一个值）与 values（按日期生效的值）须写且只写一个。")
    columns = _columns(where, told.get("columns"), kind)
    steps = _steps(where, told)
    dated = tuple((start, typed(where, kind, value, columns)) for start, value in steps)
    return Parameter(name, kind, str(told.get("title", name)), str(told.get("why", "")), dated, columns)


def _steps(where: str, told: dict[str, Any]) -> list[tuple[date, Any]]:
    if "value" in told:
        return [(date.min, told["value"])]
    steps = told["values"]
    if not isinstance(steps, list) or not steps:
        raise RuleInvalid(where, "values 应是一列 {from: 生效日期, value: 值}。")
    for step in steps:
        if not isinstance(step, dict) or set(step) != {"from", "value"} or not isinstance(step["from"], date):
            raise RuleInvalid(where, "values 的每一项应写成 {from: 2026-01-01, value: 值}。")
    return sorted(((step["from"], step["value"]) for step in steps), key=lambda step: step[0])


def _columns(where: str, told: object, kind: object) -> dict[str, str]:
    if kind != "table":
        return {}
    if not isinstance(told, list) or not told:
        raise RuleInvalid(where, "table 类型须用 columns 写明各列。")
    columns: dict[str, str] = {}
    for entry in told:
        name, column_type = next(iter(entry.items())) if isinstance(entry, dict) else (entry, "text")
        if column_type not in SCALARS:
            raise RuleInvalid(where, f"列{name}的类型“{column_type}”不认识，可用：{'、'.join(SCALARS)}。")
        columns[str(name)] = column_type
    return columns


def typed(where: str, kind: str, value: Any, columns: Mapping[str, str] | None = None) -> Any:
    """The value as the SQL will see it: fen for money, a tuple for a list, a tuple of tuples for a table."""
    if kind == "list":
        items = (
            value if isinstance(value, list) else str(value).split("、") if value not in (None, "") else []
        )
        return tuple(str(item) for item in items)
    if kind == "table":
        return _rows(where, value, columns or {})
    try:
        return _scalar(kind, value)
    except (ValueError, InvalidOperation, TypeError) as error:
        raise RuleInvalid(where, f"值“{value}”不对，应是{WANTED[kind]}。") from error


def _rows(where: str, value: Any, columns: Mapping[str, str]) -> tuple[tuple[Any, ...], ...]:
    if not isinstance(value, list):
        raise RuleInvalid(where, "table 类型的值应是一列行，每行是一列值。")
    rows = []
    for number, row in enumerate(value, start=1):
        cells = row if isinstance(row, list) else [row]
        if len(cells) != len(columns):
            raise RuleInvalid(
                where, f"第{number}行有{len(cells)}个值，应有{len(columns)}个（{'、'.join(columns)}）。"
            )
        typed_cells = zip(columns.values(), cells, strict=True)
        rows.append(tuple(None if c is None else typed(where, kind, c) for kind, c in typed_cells))
    return tuple(rows)


def _scalar(kind: str, value: Any) -> Any:
    if kind == "text":
        return str(value)
    if kind == "boolean":
        return _boolean(value)
    if kind == "date":
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    if isinstance(value, bool):
        raise ValueError(value)
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError(value)
    if kind in HUNDREDFOLD:
        number *= 100
    if SCALARS[kind] != "BIGINT":
        return number
    if number != number.to_integral_value():
        raise ValueError(value)
    return int(number)


def _boolean(value: Any) -> bool:
    word = str(value).lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ValueError(value)


def settled(
    place: str, parameters: Mapping[str, Parameter], as_of: date, overrides: Mapping[str, Any]
) -> dict[str, Any]:
    """The values of one run: those in force on the day, unless the caller says otherwise."""
    unknown = set(overrides) - set(parameters)
    if unknown:
        known = "、".join(parameters) or "无"
        raise RuleInvalid(place, f"没有参数“{'、'.join(sorted(unknown))}”；有：{known}。")
    values = {}
    for name, parameter in parameters.items():
        if name in overrides:
            where = f"{place}，参数{name}"
            values[name] = typed(where, parameter.type, overrides[name], parameter.columns)
        else:
            values[name] = parameter.on(as_of)
    return values


def told(parameter: Parameter, value: Any) -> Any:
    """A value as people write it (yuan, not fen), for the summary and the explanation."""
    if parameter.type == "table":
        kinds = list(parameter.columns.values())
        return [[_cell(kind, cell) for kind, cell in zip(kinds, row, strict=True)] for row in value]
    if parameter.type == "list":
        return list(value)
    return _cell(parameter.type, value)


def _cell(kind: str, value: Any) -> Any:
    if value is None or isinstance(value, (bool, str)):
        return value
    if kind in HUNDREDFOLD:
        whole = Decimal(value) / 100
        return int(whole) if whole == whole.to_integral_value() else float(whole)
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def overrides_of(pairs: Sequence[str]) -> dict[str, dict[str, str]]:
    """Reads `a01.grace_days=10` as given on the command line."""
    found: dict[str, dict[str, str]] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        rule, dot, name = key.partition(".")
        if not (equals and dot and rule and name):
            raise RuleInvalid(f"--param {pair}", "应写成 规则.参数=值，例如 a01.grace_days=10。")
        found.setdefault(rule.strip().upper(), {})[name.strip()] = value.strip()
    return found
