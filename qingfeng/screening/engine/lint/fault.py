"""One thing wrong with a rule's SQL: where, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp


@dataclass(frozen=True)
class Fault:
    """A sentence for the author of the rule."""

    line: int
    reason: str


def line_of(node: exp.Expression) -> int:
    """The line of a node: its own, else that of what it contains, else of what contains it."""
    for inner in node.walk():
        if inner.meta.get("line"):
            return int(inner.meta["line"])
    outer = node.parent
    while outer is not None:
        for inner in outer.walk():
            if inner.meta.get("line"):
                return int(inner.meta["line"])
        outer = outer.parent
    return 1


def fault(node: exp.Expression, reason: str) -> Fault:
    """A fault at a node."""
    return Fault(line_of(node), reason)
