"""What the loaded tables and the batch itself lack. A rule that could find nothing has not looked, and it is said why;
one that decides by a column does not see the rows without it, as in a run (`engine.lacking`, `engine.incomplete`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from duckdb import DuckDBPyConnection

from qingfeng.screening import catalogue
from qingfeng.screening.batch import latest
from qingfeng.screening.batch.rows import PAYMENTS, Batch
from qingfeng.screening.engine import hits
from qingfeng.screening.engine.incomplete import decisive, expected
from qingfeng.screening.engine.lacking import header, obstacle, title
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.statement import parsed
from qingfeng.screening.engine.workplace import pattern

# Who is meant by a row without a good number is found out later.
FOUND_LATER = frozenset({"person_key", "person_tier", "birth_date"})
# What is paid nobody can be asked about without its sum; a benefit that is not known is no reason not to look.
SUM = frozenset({"amount"})


class Stored(Protocol):
    """Where the tables of a store lie."""

    @property
    def tables(self) -> Mapping[str, int]: ...

    def table_path(self, name: str) -> Path: ...


@dataclass(frozen=True)
class Gaps:
    """Columns without any value; of the loaded tables, those that some rows lack though all should have them."""

    without_values: Mapping[str, Collection[str]]
    incomplete: Mapping[str, Collection[str]]

    def obstacle(self, rule: Rule) -> str:
        """Why a rule would find nothing, whatever is in the tables; empty where it may find something."""
        by = self._decided_by(rule, {**self.incomplete, PAYMENTS: SUM & set(self.without_values[PAYMENTS])})
        return obstacle(rule, self.without_values, self.without_values, by)

    def unseen(self, rule: Rule) -> list[str]:
        """What is said of rows that a rule does not see."""
        return [
            f"有的{title(table)}没有“{'”“'.join(dict.fromkeys(header(table, one) for one in columns))}”，"
            "靠它判断的规则没有查那些行"
            for table, columns in self._decided_by(rule, self.incomplete).items()
            if columns
        ]

    def _decided_by(self, rule: Rule, lacking: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
        used = {name for name in (*rule.inputs, *rule.optional) if lacking.get(name)}
        deciding = decisive(rule, parsed(rule)) if used else frozenset()
        return {name: sorted(deciding & set(lacking[name])) for name in sorted(used)}


def found(connection: DuckDBPyConnection, store: Stored, rules: Iterable[Rule], batch: Batch) -> Gaps:
    """The gaps of all tables that the rules ask; of the payments, those of the batch alone."""
    asked = {name for rule in rules for name in (*rule.inputs, *rule.optional)}
    without, incomplete = {PAYMENTS: _of_batch(batch)}, {}
    for name in sorted(asked & set(store.tables) - {PAYMENTS}):
        without[name], incomplete[name] = _of_table(connection, name, store.table_path(name))
    return Gaps(without, incomplete)


def _of_batch(batch: Batch) -> frozenset[str]:
    nothing = (name for name, values in batch.stored.items() if all(value is None for value in values))
    return frozenset(nothing) - FOUND_LATER


def _of_table(connection: DuckDBPyConnection, name: str, path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """By what the files say of their columns. A list kept by month may stand without its month (`latest`)."""
    lacking = connection.execute(
        f"SELECT path_in_schema, sum(num_values) = sum(stats_null_count) FROM parquet_metadata({hits.text(pattern(path))})"
        " GROUP BY 1 HAVING sum(stats_null_count) > 0"
    ).fetchall()
    month = latest.BY_MONTH.get(name, ())[:1]
    without = frozenset(str(column) for column, nothing in lacking if nothing)
    return without, (expected(catalogue.table(name)) & {str(column) for column, _ in lacking}).difference(
        month
    )
