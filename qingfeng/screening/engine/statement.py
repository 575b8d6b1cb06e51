"""The SELECT of a rule: parsed, with its parameters put in, and written for an engine.

Parameters become literals in the parsed tree, so that both engines see the same statement and nothing is pasted into
text. `has_word(text, $list)` and `x IN $list` are written out word by word. What a rule marks `AS MATERIALIZED` is a step of
its own on DuckDB: its rows are counted before the rest is planned, so that a join keeps the few in memory, not the many.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError, TokenError, UnsupportedError

from qingfeng.screening.engine.incomplete import NOTHING_LACKING, Incomplete, without_incomplete
from qingfeng.screening.engine.invalid import RuleInvalid
from qingfeng.screening.engine.parameters import SCALARS
from qingfeng.screening.engine.rule import Rule

PARAMETER_TABLE = "param_"
STEP = "step_"
AS_OF = "as_of"
HAS_WORD = "has_word"
WHOLE, WHOLE_KINDS = "DECIMAL(38,0)", frozenset({"BIGINT", "INTEGER", "INT", "SMALLINT"})


def parsed(rule: Rule) -> exp.Expression:
    """The one statement of the rule; shared by all who ask, so nobody changes it."""
    return _parsed(rule.path.name, rule.sql)


@functools.lru_cache(maxsize=256)
def _parsed(place: str, sql: str) -> exp.Expression:
    try:
        found = [tree for tree in sqlglot.parse(sql, read="duckdb") if tree is not None]
    except ParseError as error:
        detail = error.errors[0] if error.errors else {}
        where = f"{place} 第{detail.get('line', '?')}行"
        near = f"“{detail.get('highlight')}”附近" if detail.get("highlight") else ""
        raise RuleInvalid(where, f"SQL 语法有误{near}，请检查括号、逗号和关键字。") from error
    except TokenError as error:
        raise RuleInvalid(place, "SQL 里有没有配对的引号或注释。") from error
    except SqlglotError as error:
        raise RuleInvalid(place, f"SQL 读不懂（{error}）。") from error
    if len(found) != 1:
        raise RuleInvalid(place, f"应有且只有一条 SELECT，现有{len(found)}条。")
    if not isinstance(found[0], (exp.Select, exp.SetOperation)):
        raise RuleInvalid(place, "只能写 SELECT（可以带 WITH），不能建表、改数据、附加数据库或改设置。")
    return found[0]


def bound(rule: Rule, tree: exp.Expression, values: Mapping[str, Any], as_of: date) -> exp.Expression:
    """The statement with its parameters as literals."""
    types = {name: p.type for name, p in rule.parameters.items()} | {AS_OF: "date"}
    known = {**values, AS_OF: as_of}

    def put_in(node: exp.Expression) -> exp.Expression:
        listed = _listed(node)
        if listed is not None:
            name, write = listed
            if types.get(name) != "list":
                raise RuleInvalid(rule.path.name, f"${name}不是 list 参数，不能用在 IN 或 has_word 里。")
            return write(known[name])
        if isinstance(node, exp.Placeholder) and node.name in types:
            return _literal(types[node.name], known[node.name])
        return node

    return tree.copy().transform(put_in, copy=False)


def _listed(node: exp.Expression) -> tuple[str, Callable[[tuple[str, ...]], exp.Expression]] | None:
    if isinstance(node, exp.In) and isinstance(node.args.get("field"), exp.Placeholder):
        return node.args["field"].name, lambda words: _among(node.this, words)
    if isinstance(node, exp.Anonymous) and node.name.lower() == HAS_WORD and len(node.expressions) == 2:
        text, words = node.expressions
        if isinstance(words, exp.Placeholder):
            return words.name, lambda given: _has_word(text, given)
    return None


def _among(value: exp.Expression, words: tuple[str, ...]) -> exp.Expression:
    if not words:
        return exp.false()
    return exp.In(this=value.copy(), expressions=[exp.Literal.string(word) for word in words])


def _has_word(text: exp.Expression, words: tuple[str, ...]) -> exp.Expression:
    """One call with all words: DuckDB works it out once per distinct text, however many rows."""
    if not words:
        return exp.false()
    listed = exp.Array(expressions=[exp.Literal.string(word) for word in words])
    return exp.Anonymous(this=HAS_WORD, expressions=[text, listed])


def _literal(kind: str, value: Any) -> exp.Expression:
    if value is None:
        return exp.cast(exp.null(), SCALARS[kind], dialect="duckdb")
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    if isinstance(value, (int, Decimal)):
        return exp.cast(exp.Literal.number(str(value)), SCALARS[kind], dialect="duckdb")
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    return exp.Literal.string(str(value))


def written(rule: Rule, tree: exp.Expression, dialect: str) -> str:
    """The statement in an engine's dialect, each column cast to its declared type."""
    if dialect == "spark":
        tree = as_spark(tree)
    try:
        inner = tree.sql(
            dialect=dialect, unsupported_level=sqlglot.ErrorLevel.RAISE, copy=dialect != "duckdb"
        )
    except UnsupportedError as error:
        raise RuleInvalid(rule.path.name, f"这条 SQL 在 {dialect} 上没有相同的写法（{error}）。") from error
    casts = ", ".join(
        f"CAST({_whole(quoted(name, dialect), kind, dialect)} AS {type_in(kind, dialect)}) AS {quoted(name, dialect)}"
        for name, kind in rule.select_columns.items()
    )
    return f"SELECT DISTINCT {casts} FROM ({inner}) AS evidence"


def _whole(value: str, kind: str, dialect: str) -> str:
    """Spark cuts a fraction off where DuckDB rounds; as a DECIMAL it rounds, too."""
    return f"CAST({value} AS {WHOLE})" if dialect == "spark" and kind in WHOLE_KINDS else value


@dataclass(frozen=True)
class Prepared:
    """What DuckDB runs for a rule, each by name as a SELECT: its table parameters, its steps, its evidence rows."""

    given: Mapping[str, str]
    steps: Mapping[str, str]
    evidence: str


def prepared(
    rule: Rule, values: Mapping[str, Any], as_of: date, incomplete: Incomplete = NOTHING_LACKING
) -> Prepared:
    """The rule with these parameters, written for DuckDB."""
    made, tree = steps(bound(rule, without_incomplete(rule, parsed(rule), incomplete), values, as_of))
    return Prepared(parameter_tables(rule, values, "duckdb"), made, written(rule, tree, "duckdb"))


def steps(tree: exp.Expression) -> tuple[dict[str, str], exp.Expression]:
    """For DuckDB: each WITH marked MATERIALIZED as a table and the SELECT that fills it, in order; and what reads them.

    The tree that is handed over is the one that comes back.
    """
    made: dict[str, str] = {}
    before: list[str] = []
    having = tree.args.get("with_")
    for named in having.expressions if having else []:
        if named.args.get("materialized"):
            known = f"WITH {', '.join(before)}" if before else ""
            made[STEP + named.alias] = f"{known} SELECT * FROM ({_as_duckdb(named.this)}) AS step"
            named.set("this", exp.select("*").from_(STEP + named.alias))
            named.set("materialized", False)
        before.append(_as_duckdb(named))
    return made, tree


def _as_duckdb(node: exp.Expression) -> str:
    """Without a copy: the tree is the rule's own by now."""
    return node.sql(dialect="duckdb", copy=False)


def rows_select(columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> str:
    """A few rows as a SELECT for Spark; the columns in their DuckDB types."""
    values = ", ".join("(" + ", ".join(_spark_value(cell) for cell in row) + ")" for row in rows)
    names = {quoted(name, "spark"): type_in(kind, "spark") for name, kind in columns.items()}
    casts = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in names.items())
    return f"SELECT {casts} FROM VALUES {values} AS given({', '.join(names)})"


def _spark_value(cell: Any) -> str:
    if cell is None:
        return "CAST(NULL AS STRING)"
    return exp.Literal.string(str(cell)).sql(dialect="spark")


def as_spark(tree: exp.Expression) -> exp.Expression:
    """The statement with what DuckDB and Spark mean differently said as Spark means it."""
    return tree.transform(_for_spark)


def _for_spark(node: exp.Expression) -> exp.Expression:
    """What sqlglot writes otherwise than Spark reads it."""
    if isinstance(node, exp.CTE):
        node.set("materialized", None)
    if isinstance(node, exp.Cast) and node.to.sql("duckdb") in WHOLE_KINDS:
        node.set("this", exp.cast(node.this, WHOLE))
    if isinstance(node, exp.PercentileCont):
        return exp.Anonymous(this="percentile", expressions=[node.this, node.expression])
    if isinstance(node, exp.Anonymous) and node.name.lower() == HAS_WORD:
        text, listed = node.expressions
        tests = [
            exp.Anonymous(this="text_has", expressions=[text.copy(), word]) for word in listed.expressions
        ]
        return exp.paren(exp.or_(*tests, copy=False), copy=False)
    return node


def quoted(name: str, dialect: str) -> str:
    """A column name that may be a word of SQL (`window`)."""
    return f"`{name}`" if dialect == "spark" else f'"{name}"'


def type_in(kind: str, dialect: str) -> str:
    """A DuckDB type as the engine calls it."""
    if dialect != "spark":
        return kind
    return {"VARCHAR": "STRING", "TIMESTAMP": "TIMESTAMP_NTZ"}.get(kind, kind)


def parameter_tables(rule: Rule, values: Mapping[str, Any], dialect: str) -> dict[str, str]:
    """Each table parameter as a SELECT that gives its rows."""
    tables = {}
    for name, parameter in rule.parameters.items():
        if parameter.type == "table":
            tables[PARAMETER_TABLE + name] = _rows_select(parameter.columns, values[name], dialect)
    return tables


def _rows_select(columns: Mapping[str, str], rows: tuple[tuple[Any, ...], ...], dialect: str) -> str:
    def select(cells: tuple[Any, ...]) -> str:
        pairs = zip(columns.items(), cells, strict=True)
        return "SELECT " + ", ".join(
            f"CAST({_literal(kind, cell).sql(dialect=dialect)} AS {type_in(SCALARS[kind], dialect)})"
            f" AS {quoted(name, dialect)}"
            for (name, kind), cell in pairs
        )

    if not rows:
        return select((None,) * len(columns)) + " WHERE 1 = 0"
    return " UNION ALL ".join(select(row) for row in rows)
