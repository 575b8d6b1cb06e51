"""Do the names in a rule exist? Tables against the catalogue, outputs against the head, the rest by DuckDB's binder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import duckdb
from sqlglot import exp

from qingfeng.screening.catalogue import tables
from qingfeng.screening.engine import macros, relations, statement
from qingfeng.screening.engine.invalid import RuleInvalid
from qingfeng.screening.engine.lint.fault import Fault, fault
from qingfeng.screening.engine.parameters import settled
from qingfeng.screening.engine.rule import Rule

SOME_DAY = date(2026, 6, 30)
NO_COLUMN = re.compile(
    r'(?:Referenced column "(?P<a>\w+)" not found|does not have a column named "(?P<b>\w+)"'
    r'|Referenced table "(?P<t>\w+)" not found)'
)
CANDIDATES = re.compile(r"Candidate (?:bindings|Entries|tables?):\s*(.+)", re.IGNORECASE)


def name_faults(rule: Rule, tree: exp.Expression) -> Iterator[Fault]:
    """Unknown, undeclared and unused tables; missing and surplus output columns."""
    yield from _declared(rule)
    yield from _tables(rule, tree)
    yield from _outputs(rule, tree)
    yield from _whole_numbers(rule, tree)


def _declared(rule: Rule) -> Iterator[Fault]:
    known = tables()
    for name in (*rule.inputs, *rule.optional):
        if name not in known and name != relations.CALENDAR:
            yield Fault(1, f"目录里没有表“{name}”；有哪些表请看 qingfeng screen explain --tables。")
    for name in sorted({*rule.inputs} & {*rule.optional}):
        yield Fault(1, f"表“{name}”不能既是 inputs 又是 optional。")
    columns = relations.catalogue_columns()
    for name, needed in rule.needs.items():
        for column in needed:
            if name in columns and column not in columns[name]:
                yield Fault(1, f"needs 写的列“{name}.{column}”不存在。")
    for name, column in (pair for way in rule.either for pair in way):
        if name in columns and column not in columns[name]:
            yield Fault(1, f"either 写的列“{name}.{column}”不存在。")


def _tables(rule: Rule, tree: exp.Expression) -> Iterator[Fault]:
    own = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    allowed = relations.columns_for(rule)
    for name in sorted(own & {*tables(), relations.CALENDAR}):
        yield Fault(1, f"WITH 里的名称“{name}”与目录里的表同名，请改名。")
    used = set()
    for node in tree.find_all(exp.Table):
        name = node.name.lower()
        used.add(name)
        if node.db or node.catalog:
            yield fault(node, f"表名前不能带库名“{node.sql()}”。")
        elif not isinstance(node.this, exp.Identifier):
            continue
        elif name not in own and name not in allowed:
            yield fault(node, _no_table(node.name))
    for name in (*rule.inputs, *rule.optional):
        if name not in used:
            yield Fault(1, f"表“{name}”写进了 inputs 或 optional，SQL 却没有用到。")


def _no_table(name: str) -> str:
    if re.search(r"[./\\]", name):
        return f"规则不能读文件“{name}”；数据先由 --data 装载成目录里的表。"
    if name in tables() or name == relations.CALENDAR:
        return f"表“{name}”要先写进 inputs（必需）或 optional（可缺）。"
    if name.startswith(statement.PARAMETER_TABLE):
        return f"没有名为“{name.removeprefix(statement.PARAMETER_TABLE)}”的 table 参数。"
    return f"没有表“{name}”。"


def _outputs(rule: Rule, tree: exp.Expression) -> Iterator[Fault]:
    assert isinstance(tree, exp.Query)
    given = [name.lower() for name in tree.named_selects]
    wanted = rule.select_columns
    for name in wanted:
        if name not in given:
            yield fault(tree, f"SELECT 没有输出列“{name}”，说明部分用到了它。")
    for name in given:
        if name not in wanted:
            yield fault(
                tree, f"SELECT 输出的列“{name or '（无名）'}”在说明部分没有用到，请删去或写进 values。"
            )
        elif given.count(name) > 1:
            yield fault(tree, f"SELECT 输出了两个“{name}”列，请用 AS 改名。")


def _whole_numbers(rule: Rule, tree: exp.Expression) -> Iterator[Fault]:
    """A masked ID number leaves out nothing but the date of birth: the two are never shown together."""
    assert isinstance(tree, exp.Query)
    shown = [
        column.name
        for select in tree.selects
        if (value := rule.values.get(select.alias_or_name)) and not value.hidden
        for column in [select.unalias()]
        if isinstance(column, exp.Column)
    ]
    if any(name.endswith("id_shown") for name in shown) and any(
        name.endswith("birth_date") for name in shown
    ):
        yield fault(
            tree,
            "遮掩的身份证号和出生日期不能一起显示，合起来就是整个号码；请改为显示周岁 age_on(出生日期, 日期)。",
        )


def bind_faults(rule: Rule, tree: exp.Expression) -> list[Fault]:
    """What DuckDB says about the statement over empty tables: unknown columns, types that do not fit."""
    values = settled(rule.path.name, rule.parameters, SOME_DAY, {})
    whole = statement.bound(rule, tree, values, SOME_DAY)
    try:
        statement.written(rule, whole, "spark")
    except RuleInvalid as error:
        return [Fault(1, error.reason)]
    sql = statement.written(rule, whole, "duckdb")
    with duckdb.connect(config={"threads": 1}) as connection:
        for name, columns in relations.columns_for(rule).items():
            connection.execute(f"CREATE TEMP VIEW {name} AS {relations.empty_select(columns)}")
        for macro in macros.duckdb_statements():
            connection.execute(macro)
        try:
            connection.execute(f"EXPLAIN {sql}")
        except duckdb.Error as error:
            return [_translated(rule, tree, str(error))]
    return []


def _translated(rule: Rule, tree: exp.Expression, message: str) -> Fault:
    found = NO_COLUMN.search(message)
    if not found:
        first = message.split("\n")[0]
        return fault(tree, f"SQL 与表不合：{first}")
    name = found["a"] or found["b"] or found["t"]
    where = next((node for node in tree.find_all(exp.Column) if name in {node.name, node.table}), tree)
    candidates = CANDIDATES.search(message)
    near = f"；相近的有：{candidates[1]}" if candidates else ""
    return fault(where, f"没有{'表名或别名' if found['t'] else '列'}“{name}”{near}。")
