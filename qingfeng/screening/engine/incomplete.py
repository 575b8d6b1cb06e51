"""Rows without a value that every row of their table should have: their sheet was handed over without the column.

A rule that decides by such a column does not see these rows, as if their sheet were not there: nothing is asked of
anybody because something is not known. A rule that only shows the column does see them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from sqlglot import exp

from qingfeng.screening.catalogue import Table
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


def decisive(rule: Rule, tree: exp.Expression) -> frozenset[str]:
    """The columns by which a rule decides: in its conditions, its joins and groups, in whom a hit is about, and what
    is computed into one of these."""
    found = {column.name for part in _conditions(tree) for column in part.find_all(exp.Column)}
    found |= {
        identifier.name for join in tree.find_all(exp.Join) for identifier in join.args.get("using") or ()
    }
    found |= set(rule.subject.columns)
    computed = list(_computed(tree))
    while more := {source for name, sources in computed if name in found for source in sources} - found:
        found |= more
    return frozenset(found)


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
            sources = {column.name for column in one.find_all(exp.Column)}
            if sources != {name}:
                yield name, sources


def _first_branch(select: exp.Select) -> exp.Select:
    branch: exp.Expression = select
    while isinstance(branch.parent, exp.SetOperation) and branch.arg_key in ("this", "expression"):
        branch = branch.parent
    while isinstance(branch, exp.SetOperation):
        branch = branch.this
    return branch if isinstance(branch, exp.Select) else select


def without_incomplete(rule: Rule, tree: exp.Expression, incomplete: Incomplete) -> exp.Expression:
    """The statement with each table narrowed to the rows that have what the rule decides by."""
    deciding = decisive(rule, tree) if incomplete else frozenset()
    narrowed = {name: sorted(deciding & set(columns)) for name, columns in incomplete.items()}

    def narrow(node: exp.Expression) -> exp.Expression:
        columns = narrowed.get(node.name) if isinstance(node, exp.Table) else None
        if not columns:
            return node
        given = exp.and_(*(exp.column(name).is_(exp.null()).not_() for name in columns))
        return exp.select("*").from_(node.name).where(given).subquery(node.alias_or_name)

    return tree.transform(narrow) if any(narrowed.values()) else tree
