"""Holds anyone's .docx against GB/T 9704-2012: each departure with its place, the rule, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from qingfeng.gongwen.check import body_rules, closing_rules, head_rules, page_rules
from qingfeng.gongwen.check.departures import Departure
from qingfeng.gongwen.check.elements import Elements, find_elements
from qingfeng.gongwen.check.facts import read_facts

__all__ = ["Departure", "check"]

RULES: tuple[Callable[[Elements], Iterator[Departure]], ...] = (
    page_rules.file_contents,
    page_rules.paper,
    page_rules.grid,
    page_rules.page_numbers,
    head_rules.corner,
    head_rules.mark,
    head_rules.number,
    head_rules.number_to_come,
    head_rules.red_rule,
    head_rules.signatory,
    head_rules.title,
    head_rules.addressee,
    body_rules.look_of_text,
    body_rules.indents,
    body_rules.headings,
    body_rules.attachment_note,
    body_rules.attachments,
    closing_rules.signers,
    closing_rules.date,
    closing_rules.imprint,
)


def check(source: Path | bytes) -> list[Departure]:
    """Every departure from the standard, in the order of the page. Raises Unusable when the file is no .docx."""
    found = find_elements(read_facts(source))
    return [departure for rule in RULES for departure in rule(found)]
