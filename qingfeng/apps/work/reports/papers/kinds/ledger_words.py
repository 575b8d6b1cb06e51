"""A ledger's own words on paper: one line with one stop, numbers of persons masked (RULES §6)."""

from __future__ import annotations

import re

from qingfeng.apps.base.documents.publishing.exposures import find_exposures
from qingfeng.apps.base.documents.publishing.masks import mask_account, mask_id, mask_phone
from qingfeng.apps.work.reports.papers.wording import stopped

_MASKS = {
    "id": lambda number: mask_id(number, "office"),
    "account": mask_account,
    "phone": mask_phone,
}
"""Where something is and what it is about must stay readable for the unit; a person's numbers need not be there."""
_MATTERS = re.compile(r"(?:^|(?<=[。；;\n]))\s*(?=[一二三四五六七八九十]{1,3}、)")


def masked(text: str) -> str:
    """The text without numbers by which a person is known."""
    made, at = [], 0
    for one in find_exposures(text):
        if one.kind in _MASKS:
            made += [text[at : one.start], _MASKS[one.kind](text[one.start : one.end])]
            at = one.end
    return "".join(made) + text[at:]


def on_paper(text: str) -> str:
    """As a sentence of its own."""
    return masked(stopped(text))


def clause(text: str) -> str:
    """As a part of a sentence: without its stop."""
    return on_paper(text).rstrip("。")


def matters(text: str) -> list[str]:
    """A longer text by its matters: lines, and what is numbered 一、二、 within a line; numbers taken off."""
    lines = [part for line in text.splitlines() for part in _MATTERS.split(line)]
    plain = [re.sub(r"^\s*(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、])\s*", "", line) for line in lines]
    return [on_paper(line) for line in plain if line.strip()]
