"""Where the headers of a sheet stand: in one line, or in two that are read as one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qingfeng.screening.cleaning.text import plain
from qingfeng.screening.reading.grids import Head
from qingfeng.screening.reading.headers import is_known, known_headers
from qingfeng.screening.reading.words import OTHERS

HEADER_WITHIN = 15
# How a group of columns ends whatever it speaks of: 家庭成员情况, 环节起止时间.
MATTER = re.compile(r"(基本)?(信息|情况)$|起止(时间|日期)?$|[(（].*?[)）]$")


@dataclass(frozen=True)
class HeaderRows:
    """The headers of a sheet, the row numbers between which they stand, and what those of two lines may say besides."""

    headers: list[str]
    start: int
    end: int
    # Each time for all headers; nothing where there is no other wording.
    others: tuple[list[str], ...] = ()


def find_headers(head: Head) -> HeaderRows | None:
    """The header cells of a sheet; two lines are read as one."""
    scored = [known_headers(row) for row in head.rows[:HEADER_WITHIN]]
    if not scored or max(scored) < 2:
        return None
    best = scored.index(max(scored))
    line = [plain(cell) for cell in head.rows[best]]
    above, below = _line(head, best - 1), _line(head, best + 1)
    if below and scored[best + 1 : best + 2] and _is_sub_header(line, below, scored[best + 1]):
        return _of_two_lines(line, below, head.numbers[best], head.numbers[best + 1])
    if above and _is_group_line(above, line):
        return _of_two_lines(above, line, head.numbers[best - 1], head.numbers[best])
    return HeaderRows(line, head.numbers[best], head.numbers[best])


def _line(head: Head, place: int) -> list[str]:
    return [plain(cell) for cell in head.rows[place]] if 0 <= place < len(head.rows) else []


def _is_sub_header(upper: list[str], lower: list[str], known: int) -> bool:
    """Second header line: fills gaps below a merged cell, repeats no value, holds no number."""
    filled = [cell for cell in lower if cell]
    if not filled or any(re.search(r"\d{2,}", cell) for cell in filled):
        return False
    gaps = [low for up, low in zip(upper, lower, strict=False) if low and not up]
    return bool(gaps) and (
        known >= 1 or any(not up for up in upper[: len(lower)]) and len(filled) <= len(upper) - 1
    )


def _is_group_line(upper: list[str], lower: list[str]) -> bool:
    """The line above carries headers of columns merged downwards, where the header line itself is empty."""
    return any(up and not low for up, low in zip(upper, lower, strict=False)) and sum(map(bool, upper)) >= 2


def _of_two_lines(upper: list[str], lower: list[str], start: int, end: int) -> HeaderRows:
    """Two header lines as one: the lower cell, with the group above it where it says nothing by itself. Besides it may
    be read with what the group speaks of, and without the group."""
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    made: list[str] = []
    with_group: list[str] = []
    group = ""
    for up, low in zip(upper, lower, strict=True):
        group = up or (group if low else "")
        made.append(_under(group, low, lower.count(low) > 1) if low else up)
        with_group.append(MATTER.sub("", group) + low if low else "")
    alone = [low if lower.count(low) == 1 else "" for low in lower]
    return HeaderRows(made, start, end, (with_group, alone))


def _under(group: str, low: str, repeated: bool) -> str:
    """A header below a group: by itself when that says enough, with whom the group speaks of when it says of whom."""
    whose = MATTER.sub("", group)
    alone = is_known(low) and not is_known(group + low)
    if repeated or OTHERS.search(whose):
        return whose + low
    return low if alone else group + low
