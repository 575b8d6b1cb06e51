"""How a text is cut for searching, and what somebody who searches for it asks.

A text becomes *units*: each Chinese character is one, each Latin word or number is one; punctuation, spaces and width
do not matter. The index holds every unit and every pair of neighbours. A query is met when its units stand together
in the text in this order, so that 自检3号-2 finds 自检3号-2 and neither 自检3号-21 nor 自检2号-3.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import add

MOST_WORDS = 8
BREAK = "|"
"""Stands between two fields of a record: never a unit, so that no phrase reaches across."""

_WIDE = "\u2e80-\U0010ffff"
_UNIT = re.compile(rf"(?=[^\W_]|[\ue000-\uf8ff])[{_WIDE}]|[^\W_{_WIDE}]+")
_LATIN = re.compile(r"[^\W\d_]")


def folded(text: str) -> str:
    """Full width and half width, capitals and small letters alike."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def units_of(text: str) -> list[str]:
    """The units of a text in their order."""
    return _UNIT.findall(folded(text))


def unit_spans(folded_text: str) -> list[tuple[str, int, int]]:
    """The units of a folded text, each with its first place and the place behind its last."""
    return [(found.group(), *found.span()) for found in _UNIT.finditer(folded_text)]


def spread(fields: Iterable[str]) -> str:
    """Texts with their units set apart, as the index keeps them beside its tokens: ` 自 检 3 号 | 名 册 `."""
    parts = [" ".join(units) for units in map(units_of, fields) if units]
    return f" {f' {BREAK} '.join(parts)} " if parts else ""


def tokens_of(spread_text: str) -> set[str]:
    """What the index holds of a spread text: its units and its pairs of neighbours."""
    found: set[str] = set()
    for part in spread_text.split(BREAK):
        units = part.split()
        found.update(units)
        found.update(map(add, units, islice(units, 1, None)))
    return found


@dataclass(frozen=True)
class Phrase:
    """One word of a query. A Latin word at its end may go on (`exc` finds Excel); a number may not."""

    units: tuple[str, ...]

    @property
    def goes_on(self) -> bool:
        last = self.units[-1]
        return last < "\u2e80" and bool(_LATIN.search(last))

    @property
    def needle(self) -> str:
        """Met by a spread text that contains it."""
        return f" {' '.join(self.units)}{'' if self.goes_on else ' '}"

    @property
    def tokens(self) -> tuple[str, ...]:
        """What an entry that meets it holds; the last one may be only the beginning of a token."""
        if len(self.units) == 1:
            return self.units
        return tuple(dict.fromkeys(first + second for first, second in pairwise(self.units)))

    def meets(self, spread_text: str) -> bool:
        return self.needle in spread_text


def phrases_of(query: str) -> tuple[Phrase, ...]:
    """The words of a query, set apart by spaces: all of them are looked for."""
    found = (Phrase(tuple(units)) for word in folded(query).split() if (units := units_of(word)))
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def is_found_by(query: str, fields: Iterable[str]) -> bool:
    """Whether these texts meet the whole query; the rule that the index only makes quick."""
    text, phrases = spread(fields), phrases_of(query)
    return bool(phrases) and all(phrase.meets(text) for phrase in phrases)


def is_the_number(query: str, number: str) -> bool:
    """Whether this number itself was typed, however it was spaced and dashed."""
    units = units_of(number)
    return bool(units) and units == units_of(query)
