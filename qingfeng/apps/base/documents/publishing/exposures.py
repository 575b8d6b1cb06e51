"""Finds what must not stand in a public text: numbers of persons, accounts, telephones, addresses, minors, illness.

Sources: 个人信息保护法 art. 28, 34; RULES §6. Digits count however they are written: full-width, in words, parted by
blanks or hyphens, with letters between that nobody sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from qingfeng.apps.base.documents.publishing.conditions import find_illness, find_minors
from qingfeng.apps.base.documents.publishing.numbers import find_numbers
from qingfeng.apps.base.documents.publishing.people import Names, speaks_of_somebody
from qingfeng.apps.base.documents.publishing.places import find_addresses
from qingfeng.apps.base.documents.publishing.reading import fold as fold
from qingfeng.apps.base.documents.publishing.reading import read

Kind = Literal["id", "account", "phone", "address", "minor", "illness", "name"]
TITLES: dict[Kind, str] = {
    "id": "身份证号",
    "account": "银行账号",
    "phone": "电话号码",
    "address": "详细住址",
    "minor": "未成年人信息",
    "illness": "疾病或残疾信息",
    "name": "未获准公开的姓名",
}
NOBODY = Names()
SOME_YEAR = 2026
"""For texts that are only masked: whoever was born less than 18 years before is taken for a child."""
_MAY_HOLD_A_NUMBER = re.compile(r"[0-9]")


@dataclass(frozen=True)
class Exposure:
    """One place: what it is, where it begins and ends in the text."""

    kind: Kind
    start: int
    end: int

    def sentence(self, text: str) -> str:
        """For whoever made the text; the number itself is shown by its ends only."""
        shown = text[self.start : self.end].strip()
        if self.kind in {"id", "account", "phone"} and len(shown) > 4:
            shown = f"{shown[:2]}…{shown[-2:]}"
        return f"第{self.start + 1}字起有{TITLES[self.kind]}“{shown[:24]}”"


def find_exposures(
    text: str,
    label: str = "",
    *,
    names: Names = NOBODY,
    about_somebody: bool = False,
    this_year: int = SOME_YEAR,
) -> list[Exposure]:
    """Every place, in order; a place inside another is not told twice.

    `label` is the heading above the text or the word left of it; `about_somebody`: what stands beside it names a person.
    """
    seen = read(text)
    found: list[Exposure] = []
    for kind, start, end in _all(seen.text, label, names, about_somebody, this_year):
        start, end = seen.span(start, end)
        if not any(start < other.end and other.start < end for other in found):
            found.append(Exposure(kind, start, end))
    return sorted(found, key=lambda one: one.start)


def _all(
    text: str, label: str, names: Names, about_somebody: bool, this_year: int
) -> Iterator[tuple[Kind, int, int]]:
    if _MAY_HOLD_A_NUMBER.search(text):
        yield from find_numbers(text, label)
    yield from (("address", start, end) for start, end in find_addresses(text, label))
    for sentence in re.finditer(r"[^。!?;\n]+", text):
        yield from _of_somebody(sentence.group(), sentence.start(), names, about_somebody, this_year)


def _of_somebody(
    sentence: str, offset: int, names: Names, about_somebody: bool, this_year: int
) -> Iterator[tuple[Kind, int, int]]:
    """Minors and illness: who is meant is asked only where a word makes it worth asking."""
    if not any(find_illness(sentence, True)) and not any(find_minors(sentence, True, this_year)):
        return
    about = about_somebody or speaks_of_somebody(sentence) or next(names.found(sentence), None) is not None
    for start, end in find_minors(sentence, about, this_year):
        yield "minor", offset + start, offset + end
    for start, end in find_illness(sentence, about):
        yield "illness", offset + start, offset + end
