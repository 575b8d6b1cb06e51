"""Before a rule runs: is it one harmless SELECT that means the same on every engine, over tables that exist?"""

from __future__ import annotations

from qingfeng.screening.engine import statement
from qingfeng.screening.engine.finishing import finisher_of
from qingfeng.screening.engine.invalid import RuleInvalid
from qingfeng.screening.engine.lint import binding, subset
from qingfeng.screening.engine.lint.fault import Fault
from qingfeng.screening.engine.rule import Rule

__all__ = ["Fault", "check", "faults"]


def faults(rule: Rule) -> list[Fault]:
    """All that is wrong with a rule, in the order of its lines; a syntax error hides the rest."""
    tree = statement.parsed(rule)
    finisher_of(rule)
    found = [*subset.faults(rule, tree), *binding.name_faults(rule, tree)]
    if not found:
        found = binding.bind_faults(rule, tree)
    return sorted(set(found), key=lambda fault: (fault.line, fault.reason))


def check(rule: Rule) -> None:
    """Raises RuleInvalid with everything that is wrong, one sentence a line."""
    found = faults(rule)
    if found:
        first, *rest = found
        more = "".join(f"\n{rule.path.name} 第{fault.line}行：{fault.reason}" for fault in rest)
        raise RuleInvalid(f"{rule.path.name} 第{first.line}行", first.reason + more)
