"""Rows without a value that every row of their table should have: their sheet was handed over without the column.

A rule that decides by such a column does not see these rows, as if their sheet were not there: nothing is asked of
anybody because something is not known. A rule that only shows the column does see them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import duckdb
from sqlglot import exp

from qingfeng.screening.catalogue import Table, tables
from qingfeng.screening.catalogue.stored import of_column
from qingfeng.screening.engine.rule import Rule

Incomplete = Mapping[str, Collection[str]]
"""Table → its stored columns that some rows lack though all should have them."""
NOTHING_LACKING: Incomplete = MappingProxyType({})

# The parts of a SELECT that decide which rows it returns, and which rows belong together.
DECIDING = (exp.Where, exp.Having, exp.Qualify, exp.Group, exp.Filter)


def expected(table: Table) -> frozenset[str]:
    """The stored columns that have a value in every row of a whole table."""
    known_otherwise = {party.name for party in table.parties if party.number}
    must = [
        one for one in table.required if (not one.unless or one.of_month) and one.name not in known_otherwise
    ]
    return frozenset(name for column in must for name in of_column(column))


@dataclass(frozen=True)
class Gaps:
    """The stored columns of a table without any value, and those that some rows lack though all should have them."""

    without_values: frozenset[str]
    incomplete: frozenset[str]


def gaps(connection: duckdb.DuckDBPyConnection, name: str, files: str) -> Gaps:
    """The gaps of a table, by what its Parquet files (a quoted path or pattern) say of their columns."""
    lacking = connection.execute(
        "SELECT path_in_schema, sum(num_values) = sum(stats_null_count)"
        f" FROM parquet_metadata({files}) GROUP BY 1 HAVING sum(stats_null_count) > 0"
    ).fetchall()
    must = expected(tables()[name]) if name in tables() else frozenset()
    return Gaps(
        frozenset(str(column) for column, nothing in lacking if nothing),
        must & {str(column) for column, _ in lacking},
    )


def decided_by(rule: Rule, tree: exp.Expression, incomplete: Incomplete) -> dict[str, list[str]]:
    """The columns that rows of a rule's tables lack and by which it decides: such rows it does not see."""
    used = [name for name in (*rule.inputs, *rule.optional) if incomplete.get(name)]
    deciding = decisive(rule, tree) if used else frozenset()
    return {name: sorted(columns) for name in used if (columns := deciding & set(incomplete[name]))}


def decisive(rule: Rule, tree: exp.Expression) -> frozenset[str]:
    """The columns by which a rule decides: in its conditions, its joins and groups, in whom a hit is about, and what
    is computed into one of these; where a finisher keeps some of the hits, by all that it is given."""
    found = {column for part in _conditions(tree) for column in _columns(part)}
    found |= {
        identifier.name.lower()
        for join in tree.find_all(exp.Join)
        for identifier in join.args.get("using") or ()
    }
    found |= {*rule.subject.columns, *(rule.values if rule.finisher else ())}
    computed = list(_computed(tree))
    while more := {source for name, sources in computed if name in found for source in sources} - found:
        found |= more
    return frozenset(found)


def _columns(part: exp.Expression) -> set[str]:
    return {column.name.lower() for column in part.find_all(exp.Column)}


def _conditions(tree: exp.Expression) -> Iterator[exp.Expression]:
    yield from tree.find_all(*DECIDING)
    for join in tree.find_all(exp.Join):
        if join.args.get("on"):
            yield join.args["on"]
    for window in tree.find_all(exp.Window):
        yield from window.args.get("partition_by") or ()
        if window.args.get("order"):
            yield window.args["order"]


def _computed(tree: exp.Expression) -> Iterator[tuple[str, set[str]]]:
    """Each named column of each SELECT, and the columns that it is computed from. The branches of a UNION are named by
    the first one."""
    for select in tree.find_all(exp.Select):
        named = _first_branch(select)
        for place, one in enumerate(select.expressions):
            name = (
                named.expressions[place].alias_or_name
                if place < len(named.expressions)
                else one.alias_or_name
            )
            yield name.lower(), _columns(one)


def _first_branch(select: exp.Select) -> exp.Select:
    branch: exp.Expression = select
    while isinstance(branch.parent, exp.SetOperation) and branch.arg_key in ("this", "expression"):
        branch = branch.parent
    while isinstance(branch, exp.SetOperation):
        branch = branch.this
    return branch if isinstance(branch, exp.Select) else select


def without_incomplete(rule: Rule, tree: exp.Expression, incomplete: Incomplete) -> exp.Expression:
    """The statement with each table narrowed to the rows that have what the rule decides by."""
    narrowed = decided_by(rule, tree, incomplete)
    for named in tree.find_all(exp.CTE):
        narrowed.pop(named.alias.lower(), None)  # a step of the rule, not the table

    def narrow(node: exp.Expression) -> exp.Expression:
        columns = narrowed.get(node.name.lower()) if isinstance(node, exp.Table) else None
        if not columns:
            return node
        given = exp.and_(*(exp.column(name).is_(exp.null()).not_() for name in columns))
        return exp.select("*").from_(node.name).where(given).subquery(node.alias_or_name)

    return tree.transform(narrow) if narrowed else tree
