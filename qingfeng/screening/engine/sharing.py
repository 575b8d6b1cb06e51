"""Rows that several rules ask of one large table are taken out of it once, and those rules select from what was taken.

Each rule on benefits of need keeps one payment in twenty, but would decode every page of all payments for itself. What is
taken out is what any of them asks of the table alone; the rules' own conditions stay as they are written and are applied
to fewer rows, so that they find the same. Where too much would have to be held, they read the table as before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import duckdb
from sqlglot import exp

from qingfeng.screening.catalogue import stored_columns, tables
from qingfeng.screening.engine.hits import text
from qingfeng.screening.engine.statement import HAS_WORD
from qingfeng.screening.memory import in_bytes

LARGE = 2_000_000
"""Rows of a table from which on this is worth the counting."""
LEAST_COLUMNS = 4
MOST_VALUES = 500
MOST_PERCENT = 10
BYTES_A_CELL = 20
PART_OF_MEMORY = 3
PREFIX = "shared_"


@dataclass(frozen=True)
class Read:
    """A place where a rule reads a table, and what it asks of one column of that table."""

    node: exp.Table
    table: str
    column: str
    condition: str
    used: frozenset[str]


@dataclass
class _Shared:
    """What is asked of one column of a table: each condition with the relation that stands for the rows that meet it."""

    table: str
    column: str
    relations: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)
    made: bool = False

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.table}_{self.column}"

    def join(self, rule: str, read: Read) -> None:
        """Lets a rule select from what will be taken out."""
        name = self.relations.setdefault(read.condition, f"{self.name}_{len(self.relations) + 1}")
        self.used |= read.used
        self.waiting.add(rule)
        alias = exp.TableAlias(this=exp.to_identifier(read.node.alias_or_name))
        read.node.set("this", exp.to_identifier(name))
        read.node.set("alias", alias)


class Sharing:
    """Of one run: which rules share a table, and what has been taken out of it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, rows: Mapping[str, int]) -> None:
        self.connection = connection
        self.rows = {name: count for name, count in rows.items() if count >= LARGE and name in tables()}
        self.shared: list[_Shared] = []

    def concerns(self, inputs: Iterable[str]) -> bool:
        """Does a rule with these tables read a large one?"""
        return any(name in self.rows for name in inputs)

    def plan(self, trees: Mapping[str, exp.Expression]) -> None:
        """Finds what the rules ask alike, and lets their statements (changed in place) select from what will be taken."""
        found = [(rule, read) for rule, tree in trees.items() for read in reads(tree, self.rows)]
        rules = {(rule, read.table, read.column) for rule, read in found}
        often = Counter((table, column) for _, table, column in rules)
        planned: dict[tuple[str, str], _Shared] = {}
        for rule, read in found:
            place = read.table, read.column
            if often[place] > 1:
                planned.setdefault(place, _Shared(*place)).join(rule, read)
        self.shared = list(planned.values())

    def make(self, rule: str, run: Callable[[str], None]) -> None:
        """Takes out what this rule selects from, when it is the first to come."""
        for shared in self.shared:
            if rule in shared.waiting and not shared.made:
                self._take(shared, run)
                shared.made = True

    def _take(self, shared: _Shared, run: Callable[[str], None]) -> None:
        few, values = self._few(shared, run)
        if few:
            used = ", ".join(f'"{name}"' for name in sorted(shared.used))
            listed = ", ".join(text(value) for value in values)
            run(
                f"CREATE OR REPLACE TEMP TABLE {shared.name} AS SELECT {used} FROM {shared.table}"
                f' WHERE "{shared.column}" IN ({listed})'
            )
        for condition, name in shared.relations.items():
            source = shared.name if condition in few else shared.table
            run(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM {source}")

    def _few(self, shared: _Shared, run: Callable[[str], None]) -> tuple[set[str], list[str]]:
        """The conditions that only a small part of the rows meets, and the values that meet them, if these may be held."""
        conditions, counts = list(shared.relations), f"{shared.name}_counts"
        asked = ", ".join(conditions)
        run(
            f"CREATE OR REPLACE TEMP TABLE {counts} AS SELECT {shared.column}, n, {asked} FROM"
            f" (SELECT {shared.column}, count(*) AS n FROM {shared.table} GROUP BY {shared.column}) AS values"
        )
        counted = self.connection.execute(f"FROM {counts} LIMIT {MOST_VALUES + 1}").fetchall()
        run(f"DROP TABLE {counts}")
        most = self.rows[shared.table] * MOST_PERCENT // 100
        few = [
            place
            for place in range(2, 2 + len(conditions))
            if sum(row[1] for row in counted if row[place]) <= most
        ]
        held = [row for row in counted if any(row[place] for place in few)]
        room = sum(row[1] for row in held) * len(shared.used) * BYTES_A_CELL * PART_OF_MEMORY
        if not held or len(counted) > MOST_VALUES or room > self._memory():
            return set(), []
        return {conditions[place - 2] for place in few}, [row[0] for row in held]

    def _memory(self) -> int:
        told = self.connection.execute("SELECT current_setting('memory_limit')").fetchone()
        return in_bytes(str(told[0])) if told else 0

    def drop(self, rule: str) -> None:
        """Lets go of what no rule waits for any more."""
        for shared in self.shared:
            if rule in shared.waiting:
                shared.waiting.discard(rule)
                if shared.made and not shared.waiting:
                    for name in shared.relations.values():
                        self.connection.execute(f"DROP VIEW IF EXISTS {name}")
                    self.connection.execute(f"DROP TABLE IF EXISTS {shared.name}")


def reads(tree: exp.Expression, large: Iterable[str]) -> Iterator[Read]:
    """Where a statement reads one of these tables and keeps few rows by what it asks of one of its columns."""
    named = {known.alias.lower() for known in tree.find_all(exp.CTE)}
    wanted = {name: set(stored_columns(tables()[name])) for name in large if name not in named}
    for select in tree.find_all(exp.Select):
        for node in _sifted(select):
            if node.name.lower() in wanted:
                read = _read(select, node, wanted[node.name.lower()])
                if read and len(read.used) >= LEAST_COLUMNS:
                    yield read


def _sifted(select: exp.Select) -> list[exp.Table]:
    """The tables whose rows a WHERE sifts before or after the joins alike: none that an outer join could fill up."""
    joins = select.args.get("joins") or []
    if "from_" not in select.args or any(_kind(join) not in {"", "INNER", "CROSS", "LEFT"} for join in joins):
        return []
    sources = [select.args["from_"].this, *(join.this for join in joins if _kind(join) != "LEFT")]
    return [
        node
        for node in sources
        if isinstance(node, exp.Table)
        and not {key for key, value in node.args.items() if value} - {"this", "alias"}
    ]


def _kind(join: exp.Join) -> str:
    told = [str(join.args.get(part) or "") for part in ("method", "side", "kind")]
    return " ".join(word for word in told if word and word != "OUTER").upper()


def _read(select: exp.Select, node: exp.Table, stored: set[str]) -> Read | None:
    joins = select.args.get("joins") or []
    where = select.args.get("where")
    if where is None or any(part.is_star for part in select.expressions):
        return None
    aliases = {node.alias_or_name.lower()} | ({""} if not joins else set())
    for part in _conjuncts(where.this):
        column = _picked(part)
        if column is not None and column.table.lower() in aliases and column.name in stored:
            used = {known.name for known in _own_columns(select) if known.table.lower() in {*aliases, ""}}
            used |= {known.name for join in joins for known in join.args.get("using") or []}
            return Read(node, node.name.lower(), column.name, _unqualified(part), frozenset(used & stored))
    return None


def _own_columns(select: exp.Select) -> Iterator[exp.Column]:
    """The columns that are named in a SELECT, but for those in its WITH, which are other statements' own."""
    for node in select.walk(prune=lambda node: isinstance(node, exp.With)):
        if isinstance(node, exp.Column):
            yield node


def _conjuncts(node: exp.Expr) -> Iterator[exp.Expr]:
    if isinstance(node, exp.And):
        yield from _conjuncts(node.left)
        yield from _conjuncts(node.right)
    else:
        yield node


def _picked(part: exp.Expr) -> exp.Column | None:
    """The column of which a condition names what it wants: words of it, or the values themselves."""
    column = None
    if isinstance(part, exp.Anonymous) and part.name.lower() == HAS_WORD:
        column = part.expressions[0]
    elif isinstance(part, exp.In) and not part.args.get("query"):
        column = part.this
    alone = isinstance(column, exp.Column) and len(list(part.find_all(exp.Column))) == 1
    return column if alone and not part.find(exp.Placeholder) else None


def _unqualified(part: exp.Expr) -> str:
    bare = part.copy()
    for column in bare.find_all(exp.Column):
        column.set("table", None)
    return f"({bare.sql(dialect='duckdb')})"
