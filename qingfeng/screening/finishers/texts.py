"""Finisher of rules about texts: whose wording is another's?

The rule's SELECT gives one row a text (`content`, `unit`, `month`, `figures`, its record in `rec_report`); what is kept
has the text most like it beside it. Texts are compared only when they share pieces: all against all is too many.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from rapidfuzz import fuzz

Row = dict[str, Any]
PIECE = 6
SKETCH = 32
SHARED = 2
NOT_WORDING = re.compile(r"[\W\d_〇零一二三四五六七八九十百千万两]+")
"""Numbers and marks are facts and layout: what is left is how a report is worded."""
NEARLY_EQUAL = 0.97
LIFT = 15


def near_copies(rows: list[Row], parameters: Mapping[str, Any]) -> list[Row]:
    """Keeps the texts worded like one of another unit or month that tells other facts; each with its nearest."""
    least, shortest = float(parameters["similarity"]), int(parameters["min_chars"])
    worded = [(row, _wording(row)) for row in rows]
    long_enough = [(row, words) for row, words in worded if len(words) >= shortest]
    nearest: dict[int, tuple[float, Row]] = {}
    for one, other in _candidates([words for _, words in long_enough]):
        (row, words), (its_row, its_words) = long_enough[one], long_enough[other]
        if not _of_other_facts(row, its_row):
            continue
        alike = fuzz.ratio(words, its_words, score_cutoff=least * 100) / 100
        if alike >= least:
            _note(nearest, one, alike, its_row)
            _note(nearest, other, alike, row)
    return [_beside(long_enough[place][0], *nearest[place]) for place in sorted(nearest)]


def _wording(row: Row) -> str:
    own = str(row["content"] or "").replace(str(row["unit"] or "\0"), "")
    return NOT_WORDING.sub("", own)


def _candidates(texts: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of texts that share some of the pieces that stand for them."""
    holders: dict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        shared = Counter(other for piece in _sketch(text) for other in holders[piece])
        yield from ((other, place) for other, pieces in shared.items() if pieces >= SHARED)
        for piece in _sketch(text):
            holders[piece].append(place)


def _sketch(text: str) -> list[int]:
    """The least of the hashes of all pieces of a text: the same for the same text, nearly so for a near copy."""
    pieces = {text[start : start + PIECE] for start in range(len(text) - PIECE + 1)}
    return sorted(crc32(piece.encode()) for piece in pieces)[:SKETCH]


def _of_other_facts(one: Row, other: Row) -> bool:
    """Another unit or month, and not the very same figures."""
    apart = one["unit"] != other["unit"] or one["month"] != other["month"]
    return apart and (not one["figures"] or one["figures"] != other["figures"])


def _note(nearest: dict[int, tuple[float, Row]], place: int, alike: float, other: Row) -> None:
    known = nearest.get(place)
    if known is None or (-alike, other["rec_report"]) < (-known[0], known[1]["rec_report"]):
        nearest[place] = (alike, other)


def _beside(row: Row, alike: float, other: Row) -> Row:
    told = {f"other_{name}": other[name] for name in ("unit", "month", "excerpt")}
    lift = LIFT if alike >= NEARLY_EQUAL else 0
    return {
        **row,
        **told,
        "rec_other": other["rec_report"],
        "similarity": f"{alike:.0%}",
        "strength": row["strength"] + lift,
    }
