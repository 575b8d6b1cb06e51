"""A rule in words, for those who must answer for its hits: what it asks, on what ground, of which tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlglot import exp

from qingfeng.screening.catalogue import stored_columns, tables
from qingfeng.screening.engine import statement
from qingfeng.screening.engine.basis import in_words
from qingfeng.screening.engine.parameters import settled, told
from qingfeng.screening.engine.report.page import asks, spoken
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.run import header, title


def table_titles(names: Iterable[str]) -> list[str]:
    """Chinese names of tables."""
    return [title(name) for name in names]


def tables_needed(rule: Rule) -> str:
    """Chinese names of the tables a rule cannot do without; of one that takes this or that, the ones it may take."""
    any_of = dict.fromkeys(way[0][0] for way in rule.either)
    return "、".join(table_titles(rule.inputs)) or "或".join(table_titles(any_of))


def columns_used(rule: Rule) -> dict[str, list[str]]:
    """Which columns of which tables a rule reads, by their Chinese headers."""
    tree = statement.parsed(rule)
    alias = {node.alias_or_name.lower(): node.name.lower() for node in tree.find_all(exp.Table)}
    known = tables()
    used: dict[str, list[str]] = {name: [] for name in (*rule.inputs, *rule.optional) if name in known}
    for column in tree.find_all(exp.Column):
        owners = [alias.get(column.table.lower(), "")] if column.table else list(used)
        for name in owners:
            if (
                name in used
                and column.name in stored_columns(known[name])
                and not column.name.startswith("source_")
            ):
                word = header(name, column.name)
                if word != "rec" and word not in used[name]:
                    used[name].append(word)
    return used


def as_dict(rule: Rule, day: date) -> dict[str, Any]:
    """For --json."""
    values = settled(rule.path.name, rule.parameters, day, {})
    return {
        "id": rule.id,
        "version": rule.version,
        "title": rule.title,
        "content": rule.content,
        "basis": rule.basis,
        "inputs": list(rule.inputs),
        "optional": list(rule.optional),
        "columns": columns_used(rule),
        "parameters": {
            name: {"title": p.title, "type": p.type, "value": told(p, values[name]), "why": p.why}
            for name, p in rule.parameters.items()
        },
        "false_positives": list(rule.false_positives),
        "verify": list(rule.verify),
        "sentence": rule.sentence,
    }


def text(rule: Rule, day: date) -> str:
    """The explanation as printed by `explain`."""
    values = settled(rule.path.name, rule.parameters, day, {})
    lines = [
        f"{rule.id} {rule.title}（版本 {rule.version}，治理内容第{rule.content}类）",
        "",
        "查什么",
        f"  {asks(rule)}",
    ]
    lines += ["", "依据", f"  {in_words(rule.basis)}", "", "需要的表和列"]
    for name, columns in columns_used(rule).items():
        optional = "（可缺）" if name in rule.optional else ""
        lines.append(f"  {title(name)}{optional}：{'、'.join(columns)}")
    lines += ["", f"参数（{day.isoformat()}的值）"]
    for name, parameter in rule.parameters.items():
        value = spoken(told(parameter, values[name]))
        lines.append(f"  {rule.id.lower()}.{name} {parameter.title} = {value}{_why(parameter.why)}")
    lines += ["", "常见误报", *(f"  · {word}" for word in rule.false_positives)]
    lines += ["", "怎样核实", *(f"  · {word}" for word in rule.verify)]
    if rule.choices:
        lines += ["", "口径取舍", *(f"  {line}" for line in rule.choices.splitlines())]
    return "\n".join([*lines, "", "SQL", rule.sql.strip("\n"), ""])


def _why(why: str) -> str:
    return f"（{why}）" if why else ""


def tables_text() -> str:
    """The catalogue: each table with its columns as offices call them and as rules see them."""
    lines = []
    for name, table in tables().items():
        lines += [f"{name} {table.title}（{table.owner}）"]
        lines += [f"  {column.name} {column.title} {column.type}" for column in table.columns]
        lines += [f"  规则可用的列：{'、'.join(stored_columns(table))}", ""]
    return "\n".join(lines)
