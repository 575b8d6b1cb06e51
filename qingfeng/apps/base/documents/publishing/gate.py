"""The one gate to the public: a text or file without its masks cannot pass (RULES §6, 个人信息保护法 art. 34).

What passes carries an end date, after which it is taken down. Names stand in full only from the approved list.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Literal

from qingfeng.apps.base.documents.publishing.contents import Cell, Part, Piece, Row, Unreadable, text_parts
from qingfeng.apps.base.documents.publishing.exposures import TITLES, Exposure, Kind, find_exposures
from qingfeng.apps.base.documents.publishing.headings import holds
from qingfeng.apps.base.documents.publishing.packages import PICTURE, package_parts
from qingfeng.apps.base.documents.publishing.people import Names, called, names_in_cell
from qingfeng.apps.base.documents.publishing.reading import read
from qingfeng.apps.base.documents.publishing.records import in_row

FaultKind = Kind | Literal["end_date", "file"]
MOST_TOLD = 50
"""Places that a refusal lists; how many more there are is said."""
NUMBERS = frozenset({"id", "account", "phone"})
MOST_IN_A_PIECE = 10
"""Digits of a cell that holds a part of a number only."""
ADVICE: dict[FaultKind, str] = {
    "id": "删去，或只留末四位",
    "account": "删去，或只留末四位",
    "phone": "删去，或只留前三位和末四位；热线短号可以保留",
    "address": "只写到村、组或路名，删去门牌和房号",
    "minor": "未成年人一律不公开，整条删去",
    "illness": "疾病和残疾种类一律不公开，删去或改写为“因困难”",
    "name": "改为姓加“某”；确需公开的，先列入获准公开的名单",
    "end_date": "写明今天以后的撤下日期",
    "file": "改成能逐处核对的文件后再试",
}


@dataclass(frozen=True)
class Fault:
    """One place where something stands that may not be public."""

    kind: FaultKind
    place: str
    said: str

    @property
    def advice(self) -> str:
        """What to do about it."""
        return ADVICE[self.kind]

    def __str__(self) -> str:
        return f"{self.place}：{self.said}" if self.place else self.said


class Refusal(Exception):
    """Why something cannot be made public: every fault with its place and what to do."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    @property
    def places(self) -> tuple[str, ...]:
        """Each fault as a sentence."""
        return tuple(str(fault) for fault in self.faults)

    def __str__(self) -> str:
        told = "；".join(self.places[:MOST_TOLD])
        more = len(self.faults) - MOST_TOLD
        return f"不能公开：{told}" + (f"；另有{more}处" if more > 0 else "")


@dataclass(frozen=True)
class Released:
    """What passed: the very bytes that were looked through, and the day on which it is taken down.

    `pictures` were not looked into, only their names and descriptions: somebody must have seen them.
    """

    content: bytes
    name: str
    until: datetime.date
    pictures: int = 0


@dataclass(frozen=True)
class Rule:
    """What a notice may say: the names approved for it, the names that the office knows, the day it ends."""

    until: datetime.date | None
    approved_names: Collection[str] = ()
    known_names: Collection[str] = field(default=(), repr=False)


def release(content: bytes, name: str, rule: Rule, *, today: datetime.date) -> Released:
    """Lets a file pass, or raises Refusal with every place.

    Refused as well: what cannot be looked through, no end date, one that is past.
    """
    if rule.until is None:
        raise Refusal((Fault("end_date", "", "没有写明撤下日期"),))
    if rule.until < today:
        raise Refusal((Fault("end_date", "", f"撤下日期{rule.until}已过"),))
    names, pictures = Names(rule.known_names, rule.approved_names), 0
    found: dict[Fault, None] = {}
    try:
        for part in parts_of(content, name):
            pictures += isinstance(part, Piece) and part.place.endswith(PICTURE)
            found.update(dict.fromkeys(faults_in(part, names, today.year)))
    except Unreadable as trouble:
        raise Refusal((Fault("file", "", str(trouble)),)) from trouble
    if found:
        raise Refusal(tuple(found))
    return Released(content, name, rule.until, pictures)


def release_text(text: str, rule: Rule, *, today: datetime.date) -> str:
    """Lets a text pass, or raises Refusal."""
    release(text.encode(), "正文.txt", rule, today=today)
    return text


def parts_of(content: bytes, name: str) -> Iterator[Part]:
    """What a file says. Word, Excel, HTML, CSV and plain text; anything else, or malformed, is Unreadable."""
    try:
        yield from _parts(content, name)
    except (ValueError, RecursionError, csv.Error) as trouble:
        raise Unreadable("文件结构异常，不能核对；请用 Word、Excel 或 WPS 打开后另存") from trouble


def _parts(content: bytes, name: str) -> Iterator[Part]:
    yield Piece("文件名", name)
    if content[:2] == b"PK":
        yield from package_parts(content)
    elif content[:5] == b"%PDF-":
        raise Unreadable("PDF 不能逐处核对；请用生成它的 Word 或 Excel 文件送审")
    elif content[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable("旧格式（.doc、.xls）不能逐处核对；请另存为 .docx 或 .xlsx")
    elif content[:5] == b"{\\rtf":
        raise Unreadable("RTF 不能逐处核对；请另存为 .docx")
    else:
        yield from text_parts(content, name)


def faults_in(part: Part, names: Names, this_year: int) -> Iterator[Fault]:
    """What is wrong in one stretch of text or one row, each with its place."""
    if isinstance(part, Row):
        yield from _row_faults(part, names, this_year)
        return
    for one in find_exposures(part.text, names=names, this_year=this_year):
        yield Fault(one.kind, part.place, one.sentence(part.text))
    yield from _names_in(part.place, part.text, names)


def _row_faults(row: Row, names: Names, this_year: int) -> Iterator[Fault]:
    told: set[tuple[str, str]] = set()
    before = ""
    for cell, one in in_row(row, names, this_year):
        in_pieces = one.kind in NUMBERS and sum(letter.isalnum() for letter in cell.text) <= MOST_IN_A_PIECE
        if (cell.place, one.kind) not in told and not (in_pieces and before == one.kind):
            yield Fault(one.kind, cell.place, _in_pieces(one) if in_pieces else _in_cell(one, cell))
        told.add((cell.place, one.kind))
        before = one.kind if in_pieces else ""
    for cell in row.cells:
        known = list(_names_in(cell.place, cell.text, names))
        yield from known
        is_persons = not known and holds(cell.heading) & {"person", "child"}
        if is_persons and not all(names.approves(name) for name in names_in_cell(cell.text)):
            yield Fault("name", cell.place, f"有{TITLES['name']}")


def _in_pieces(one: Exposure) -> str:
    """A number over several cells is told once, without a digit of it."""
    return f"这一格起有{TITLES[one.kind]}，或者它的一部分"


def _in_cell(one: Exposure, cell: Cell) -> str:
    """The whole cell needs no counting of letters."""
    sentence = one.sentence(cell.text)
    return sentence.split("起", 1)[1] if one.start == 0 else sentence


def _names_in(place: str, text: str, names: Names) -> Iterator[Fault]:
    """Known names that are not approved are told by their first letter; others only by where they stand."""
    folded = read(text).text
    covered: list[tuple[int, int]] = []
    for name, start, end, approved in names.found(folded):
        covered.append((start, end))
        if not approved:
            yield Fault("name", place, f"有{TITLES['name']}“{name[:1]}某”")
    for start, end in called(folded):
        if not any(first < end and start < last for first, last in covered):
            yield Fault("name", place, f"第{start + 1}字起有{TITLES['name']}")


ACCEPTED = (".docx", ".xlsx", ".csv", ".txt", ".md")
"""Endings of files that can be looked through."""
