"""A piece of a text around what was looked for, with the hits marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qingfeng.apps.base.records.search.words import Phrase, folded, unit_spans

Piece = tuple[str, bool]
"""Some text, and whether it is a hit."""
BEFORE, LENGTH = 16, 90


def snippet(text: str, phrases: Sequence[Phrase]) -> list[Piece]:
    """The text from a little before its first hit, in pieces; from its beginning where it has none."""
    hits = _merged(hits_in(text, phrases))
    start = max(0, hits[0][0] - BEFORE) if hits else 0
    if start + LENGTH > len(text):
        start = max(0, len(text) - LENGTH)
    end = min(len(text), start + LENGTH)
    pieces: list[Piece] = [("…", False)] if start else []
    place = start
    for first, last in hits:
        if first >= end:
            break
        pieces += [(text[place:first], False), (text[first : min(last, end)], True)]
        place = min(last, end)
    pieces += [(text[place:end], False), ("…" if end < len(text) else "", False)]
    return [(piece, is_hit) for piece, is_hit in pieces if piece]


def hits_in(text: str, phrases: Sequence[Phrase]) -> Iterator[tuple[int, int]]:
    """(first, behind the last) character of each place where a phrase stands."""
    spans = _spans(text)
    units = [unit for unit, _first, _last in spans]
    for phrase in phrases:
        wanted = list(phrase.units)
        for place in range(len(units) - len(wanted) + 1):
            *whole, last = units[place : place + len(wanted)]
            met = last.startswith(wanted[-1]) if phrase.goes_on else last == wanted[-1]
            if met and whole == wanted[:-1]:
                end = spans[place + len(wanted) - 1]
                yield spans[place][1], end[2]


def _spans(text: str) -> list[tuple[str, int, int]]:
    """The units of a text with their places in the text as it was written."""
    places, parts = [], []
    for place, letter in enumerate(text):
        part = folded(letter)
        parts.append(part)
        places += [place] * len(part)
    return [(unit, places[first], places[last - 1] + 1) for unit, first, last in unit_spans("".join(parts))]


def _merged(hits: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(hits):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
