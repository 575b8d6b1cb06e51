"""Persons named in the plan: their names are not imported, their posts are."""

from collections.abc import Iterator

from qingfeng.planreader.faults.facts import Facts, places
from qingfeng.planreader.model import Fault


def check_named(facts: Facts) -> Iterator[Fault]:
    """One fault with all lines that name persons; the names themselves are not repeated here."""
    if facts.names:
        lines = tuple(sorted(facts.names))
        count = len({name for found in facts.names.values() for name in found})
        message = f"{places(lines)}写有{count}个人的姓名；导入时只留职务、不留姓名，请在单位和人员中另行任职，并核对是否应当公开。"
        yield Fault("person_named", message, lines)
