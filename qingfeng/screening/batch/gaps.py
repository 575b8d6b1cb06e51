"""What the loaded tables and the batch itself lack. A rule that could find nothing has not looked, and it is said why;
one that decides by a column does not see the rows without it, as in a run (`engine.lacking`, `engine.incomplete`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from duckdb import DuckDBPyConnection

from qingfeng.screening.batch import latest
from qingfeng.screening.batch.rows import PAYMENTS, Batch
from qingfeng.screening.engine import hits
from qingfeng.screening.engine.incomplete import decided_by, gaps
from qingfeng.screening.engine.lacking import obstacle, unseen
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
class BatchGaps:
    """Columns without any value; of the loaded tables, those that some rows lack though all should have them."""

    without_values: Mapping[str, Collection[str]]
    incomplete: Mapping[str, Collection[str]]

    def obstacle(self, rule: Rule) -> str:
        """Why a rule would find nothing, whatever is in the tables; empty where it may find something."""
        lacking = {**self.incomplete, PAYMENTS: SUM & set(self.without_values[PAYMENTS])}
        by = decided_by(rule, parsed(rule), lacking)
        return obstacle(rule, self.without_values, self.without_values, by)

    def unseen(self, rule: Rule) -> list[str]:
        """What is said of rows that a rule does not see."""
        return unseen(decided_by(rule, parsed(rule), self.incomplete))


def found(connection: DuckDBPyConnection, store: Stored, rules: Iterable[Rule], batch: Batch) -> BatchGaps:
    """The gaps of all tables that the rules ask; of the payments, those of the batch alone. A list kept by month may
    stand without its month (`latest`)."""
    asked = {name for rule in rules for name in (*rule.inputs, *rule.optional)}
    without, incomplete = {PAYMENTS: _of_batch(batch)}, {}
    for name in sorted(asked & set(store.tables) - {PAYMENTS}):
        of_table = gaps(connection, name, hits.text(pattern(store.table_path(name))))
        without[name] = of_table.without_values
        incomplete[name] = of_table.incomplete.difference(latest.BY_MONTH.get(name, ())[:1])
    return BatchGaps(without, incomplete)


def _of_batch(batch: Batch) -> frozenset[str]:
    nothing = (name for name, values in batch.stored.items() if all(value is None for value in values))
    return frozenset(nothing) - FOUND_LATER
