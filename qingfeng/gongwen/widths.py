"""How wide text is and how it breaks, in character cells: a Chinese letter fills one, a Latin letter half of one."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

MAY_NOT_BEGIN = frozenset("，。、；：？！）》〉」』】〕”’％%…—")
MAY_NOT_END = frozenset("（《〈「『【〔“‘")


WIDER = 0.1
"""Cells by which a figure may be wider than half a letter, in a face that stands in for another."""


@cache
def cell(letter: str) -> float:
    """Cells of one letter."""
    return 1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.5


def width(text: str) -> float:
    """Cells of one line of text."""
    return sum(map(cell, text))


def widest(text: str) -> float:
    """Cells of one line of text in faces with wide figures."""
    cells = width(text)
    return cells + WIDER * 2 * (len(text) - cells)


def break_lines(text: str, room: float, first: float = 0.0) -> list[str]:
    """Lines of a paragraph in `room` cells, its first line beginning `first` cells in; the rules of 禁则 are kept."""
    lines: list[str] = []
    line, left = "", room - first
    for letter in text:
        needed = cell(letter)
        if needed <= left + 1e-9:
            line, left = line + letter, left - needed
            continue
        carried = ""
        while line and (letter in MAY_NOT_BEGIN or line[-1] in MAY_NOT_END) and len(carried) < 2:
            carried, line = line[-1] + carried, line[:-1]
            if carried[0] not in MAY_NOT_BEGIN and (not line or line[-1] not in MAY_NOT_END):
                break
        lines.append(line)
        line = carried + letter
        left = room - width(line)
    return [*lines, line]


@lru_cache(maxsize=2048)
def line_count(text: str, room: float, first: float = 0.0, *, wider: float = 0.0) -> int:
    """Lines that a paragraph takes; in faces whose figures are `wider` cells wider than half a cell."""
    narrow = 2 * (len(text) - width(text)) if wider else 0
    return len(break_lines(text + " " * round(narrow * wider * 2), room, first))
