"""Everything that a file says, seen or not: text, tables, head and foot, notes, comments, hidden columns and sheets,
names and descriptions of pictures, links, properties, files within the file. A gate that reads only what is seen is none.
"""

from __future__ import annotations

import csv
import html
import io
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from qingfeng.apps.base.documents.publishing.headings import holds, is_ordinary
from qingfeng.apps.base.documents.publishing.people import is_name

_DELIMITERS = ",;\t|"


class Unreadable(Exception):
    """The file cannot be looked through, so it cannot be published."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text with the place where a person would look for it."""

    place: str
    text: str


@dataclass(frozen=True)
class Cell:
    """A cell with what its heading, or the word left of it, says."""

    place: str
    text: str
    heading: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a table: what it says of somebody is read together."""

    cells: tuple[Cell, ...]


Part = Piece | Row


def text_parts(content: bytes, name: str, place: str = "正文") -> Iterator[Part]:
    """A text, a table in text, a page: whatever is no office file."""
    text = _decoded(content)
    if re.search(r"<html|<!doctype", text[:500], re.IGNORECASE):
        text = html.unescape(re.sub(r"<[^>]+>", " ", text))
    lines = text.splitlines()
    if PurePath(name).suffix.lower() in {".csv", ".tsv"}:
        yield from table_parts(_numbered(_csv_rows(text), place))
        return
    yield Piece(place, text)
    for delimiter in "\t|":
        split = [[part.strip() for part in line.split(delimiter)] for line in lines if delimiter in line]
        if len(split) > 1:
            yield from table_parts(_numbered(split, place))


def _csv_rows(text: str) -> list[list[str]]:
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(10_000_000)
    return list(csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=delimiter))


def _numbered(rows: Iterable[list[str]], place: str) -> Iterator[list[tuple[int, str, str]]]:
    for number, row in enumerate(rows, start=1):
        yield [(at, f"{place}第{number}行第{at + 1}格", text) for at, text in enumerate(row)]


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text
    raise Unreadable("不是文字、Word 或 Excel 文件，不能核对；请另存为 .docx、.xlsx、.csv 或 .txt")


def table_parts(rows: Iterable[list[tuple[int, str, str]]]) -> Iterator[Part]:
    """The rows of a table, each cell as (column, place, text), with the headings above them.

    Headings are found wherever they stand; two rows of them, one under the other, are read as one.
    """
    headings: dict[int, str] = {}
    above_was_heading = False
    for row in rows:
        filled = [(column, place, text) for column, place, text in row if text.strip()]
        if not filled:
            continue
        texts = [text for _column, _place, text in filled]
        if _is_heading(texts):
            kept = headings if above_was_heading else {}
            headings = {
                **kept,
                **{column: kept.get(column, "") + text.strip() for column, _place, text in filled},
            }
            above_was_heading = True
            yield from (Piece(place, text) for _column, place, text in filled)
            continue
        above_was_heading = False
        yield Row(tuple(_cells(filled, headings)))


def _is_heading(texts: list[str]) -> bool:
    """A row that says what stands below it."""
    if not any(holds(text) - {"group"} for text in texts):
        return False
    if any(re.search(r"[0-9０-９](?![年月季度0-9])", text) for text in texts):
        return False
    for left, right in itertools.pairwise(texts):
        if holds(left) & {"person", "child"} and is_name(right) and not is_ordinary(right):
            return False
    return 2 * sum(is_ordinary(text) for text in texts) >= len(texts)


def _cells(filled: list[tuple[int, str, str]], headings: dict[int, str]) -> Iterator[Cell]:
    left = ""
    for column, place, text in filled:
        heading = headings.get(column, "")
        if not holds(heading) and holds(left) and is_ordinary(left):
            heading = left
        words = "".join(heading.split())[:12]
        yield Cell(f"{place}“{words}”" if words else place, text, heading)
        left = text
