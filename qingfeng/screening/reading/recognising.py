"""Which standard table a sheet is, and which of its columns is which: by its headers first, its name second.

What is sure is taken. What is not is asked: a proposal with a question goes into the mapping file, and the sheet
waits. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rapidfuzz import fuzz

from qingfeng.screening.catalogue import Column, Table, tables
from qingfeng.screening.cleaning.text import plain
from qingfeng.screening.reading.grids import Head
from qingfeng.screening.reading.headers import UNITS, header, known_headers, wordings

HEADER_WITHIN = 15
# A second table this close to the best one makes the sheet's kind unsure.
CLEAR_LEAD = 0.5
ALIKE = 75
UNIT_LINE = re.compile(r"单位[:：]\s*(\S.*)")


@dataclass
class Reading:
    """How a sheet is read: its table, the place of each column, what stayed unused, what has to be asked."""

    headers: list[str]
    header_end: int
    table: Table | None = None
    places: dict[str, int] = field(default_factory=dict)
    factors: dict[str, Decimal] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    proposal: dict[str, str | None] = field(default_factory=dict)  # header → column

    @property
    def sure(self) -> bool:
        return self.table is not None and not self.questions


def find_headers(head: Head) -> tuple[list[str], int] | None:
    """The header cells of a sheet and the row number at which they end; two lines are read as one."""
    scored = [known_headers(row) for row in head.rows[:HEADER_WITHIN]]
    if not scored or max(scored) < 2:
        return None
    best = scored.index(max(scored))
    line = [plain(cell) for cell in head.rows[best]]
    above, below = _line(head, best - 1), _line(head, best + 1)
    if below and scored[best + 1 : best + 2] and _is_sub_header(line, below, scored[best + 1]):
        return _joined(line, below), head.numbers[best + 1]
    if above and _is_group_line(above, line):
        line = _joined(above, line)
    return line, head.numbers[best]


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


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """Two header lines as one: the lower cell, with the group above it where it says nothing by itself."""
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    cores = known_headers
    made, group = [], ""
    for up, low in zip(upper, lower, strict=True):
        group = up or (group if low else "")
        made.append(
            low if low and (cores([low]) and not cores([group + low])) else group + low if low else up
        )
    return made


def _matches(table: Table, headers: Sequence[str]) -> dict[str, int]:
    """Column → place of the header that names it best."""
    known = wordings(table)
    found: dict[str, tuple[int, int]] = {}
    for place, written in enumerate(headers):
        if written and (hit := known.get(header(written).core)):
            column, rank = hit
            found[column] = min(found.get(column, (rank, place)), (rank, place))
    return {column: place for column, (_, place) in found.items()}


def _by_name(table: Table, names: Sequence[str]) -> float:
    """How much the names of file, folder, sheet and title speak for a table."""
    best = 0.0
    for name in names:
        stem = re.sub(r"[\d_\-. ]+", "", plain(name).lower())
        if stem == table.name.replace("_", "") or stem == table.title:
            return 10.0
        if table.title in name:
            best = max(best, 4.0)
        best = max(best, 0.5 * _common_run(table.title, name))
        best = max(best, max((len(word) for word in table.names if word in name), default=0))
    return min(best, 4.0)


def _common_run(one: str, other: str) -> int:
    """The length of the longest run of characters that both have, from two on."""
    for length in range(min(len(one), len(other)), 1, -1):
        if any(one[start : start + length] in other for start in range(len(one) - length + 1)):
            return length
    return 0


def _scores(headers: Sequence[str], names: Sequence[str]) -> list[tuple[float, Table, dict[str, int]]]:
    made = []
    for table in tables().values():
        places = _matches(table, headers)
        if len(places) < 2:
            continue
        missing = sum(column.name not in places for column in table.required)
        titles = sum(
            header(table.column(name).title).core == header(headers[at]).core for name, at in places.items()
        )
        made.append((len(places) + 0.2 * titles - 3.0 * missing + _by_name(table, names), table, places))
    return sorted(made, key=lambda one: (-one[0], one[1].name))


def recognise(head: Head, names: Sequence[str]) -> Reading | None:
    """Reads the headers of a sheet; None when no row looks like a header."""
    found = find_headers(head)
    if found is None:
        return None
    headers, end = found
    reading = Reading(headers, end)
    title = " ".join(
        cell for row, n in zip(head.rows, head.numbers, strict=True) if n < end for cell in row if cell
    )
    scored = _scores(headers, [*names, title[:200]])
    if not scored:
        reading.questions.append("认不出是哪一张标准表，请在“标准表”处填写表名")
        return reading
    score, reading.table, reading.places = scored[0]
    if len(scored) > 1 and score - scored[1][0] < CLEAR_LEAD:
        other = scored[1][1]
        reading.questions.append(
            f"既像“{reading.table.title}”（{reading.table.name}），又像“{other.title}”（{other.name}），是哪一张？"
        )
    _complete(reading, title)
    return reading


def _complete(reading: Reading, title: str) -> None:
    """Fills what follows from the places: units, unused headers, questions, the proposal."""
    assert reading.table is not None
    used = {place: column for column, place in reading.places.items()}
    reading.proposal = {h: used.get(place) for place, h in enumerate(reading.headers) if h}
    reading.unused = [h for place, h in enumerate(reading.headers) if h and place not in used]
    for column in reading.table.columns:
        if column.name not in reading.places:
            _ask(reading, column)
    set_factors(reading, title)


def _ask(reading: Reading, column: Column) -> None:
    """A required column, or a person's number, that is not there by any known header."""
    likely = _most_alike(column, reading.unused)
    if likely and reading.proposal.get(likely):
        likely = None
    if column.required:
        if likely:
            reading.proposal[likely] = column.name
            reading.questions.append(f"“{likely}”是不是“{column.title}”？")
        else:
            reading.questions.append(f"没有“{column.title}”这一列，是哪一列？")
    elif column.type == "person_id":
        named = [h for h in reading.unused if re.search("身份证|证件", h) and not reading.proposal.get(h)]
        if named:
            reading.proposal[named[0]] = column.name
            reading.questions.append(f"“{named[0]}”是不是“{column.title}”？")


def _most_alike(column: Column, unused: Sequence[str]) -> str | None:
    words = [header(word).core for word in (column.title, *column.headers)]
    scored = [(max(_alike(header(h).core, word) for word in words), h) for h in unused]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else None


def _alike(one: str, other: str) -> float:
    if len(other) >= 2 and other in one or len(one) >= 2 and one in other:
        return 90.0
    return fuzz.ratio(one, other)


def set_factors(reading: Reading, title: str) -> None:
    """Units: in the header itself, else in a line such as “单位：万元” above it."""
    assert reading.table is not None
    line = UNIT_LINE.search(title)
    for name, place in reading.places.items():
        column = reading.table.column(name)
        factor = header(reading.headers[place]).factor(column)
        if factor is None and line and column.type == "money":
            named = [unit for unit in UNITS["money"] if unit in line[1]]
            factor = Decimal(UNITS["money"][named[0]]) if named else None
        if factor is not None and factor != 1:
            reading.factors[name] = factor
