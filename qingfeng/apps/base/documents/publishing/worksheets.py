"""The cells of a worksheet with their headings, hidden ones too, and the words that stand beside the cells."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from urllib.parse import unquote
from xml.etree import ElementTree

from qingfeng.apps.base.documents.publishing.contents import Part, Piece, table_parts

_GUID = re.compile(r"\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?")
_MAY_TELL = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff]|(?:[0-9０-９][^0-9０-９]{0,3}){7}")
"""An attribute is read when it holds a Chinese letter or seven digits."""
_SHORTEST = 7
_MEASURES = frozenset(
    [
        "cx",
        "cy",
        "x",
        "y",
        "l",
        "t",
        "r",
        "b",
        "w",
        "h",
        "dx",
        "dy",
        "ang",
        "rot",
        "paraId",
        "textId",
        "durableId",
        "rsid",
        "uri",
        "xmlns",
        "sz",
        "spid",
        "id",
        "fileVersion",
        "codeName",
        "path",
        "fmla",
        "appVersion",
        "lastEdited",
        "lowestEdited",
        "rupBuild",
        "pid",
        "fmtid",
        "dist",
        "distT",
        "distB",
        "distL",
        "distR",
        "relativeHeight",
        "val2",
        "coordsize",
        "coordorigin",
        "typeface",
        "panose",
        "sig",
        "uid",
        "creationId",
        "date",
        "dateUtc",
        "r",
        "spans",
        "ht",
        "customHeight",
        "created",
        "modified",
        "style",
        "hash",
        "salt",
        "algIdExt",
        "hashValue",
        "saltValue",
        "spinCount",
        "cryptSpinCount",
    ]
)
"""Attributes that hold measures, keys and names of fonts."""


def texts_of(root: ElementTree.Element, told: Container[int] = ()) -> Iterator[Piece]:
    """Whatever words elements and their attributes hold; `told` were read in their own way."""
    for element in root.iter():
        if element.text and id(element) not in told and _tells(text := _plain(element.text)):
            yield Piece("", text)
        if element.tail and _tells(element.tail):
            yield Piece("", element.tail)
        for key, value in element.attrib.items():
            if len(value) < _SHORTEST and value.isascii():
                continue
            name = key.rpartition("}")[2]
            if name not in _MEASURES and _MAY_TELL.search(value := _plain(value)) and not _GUID.search(value):
                yield Piece(_DESCRIBED.get(name, ""), value)


def _plain(text: str) -> str:
    return unquote(text) if "%" in text else text


def _tells(text: str) -> bool:
    return bool(text.strip()) and not _GUID.fullmatch(text)


_DESCRIBED = {"descr": "的图片说明", "title": "的图片说明", "alt": "的图片说明", "Target": ""}


def shared_strings(root: ElementTree.Element) -> list[str]:
    """The texts of a workbook; cells name them by number."""
    return ["".join(part.text or "" for part in item.iter("t")) for item in root.iter("si")]


def sheet_parts(root: ElementTree.Element, shared: list[str], used: set[int], title: str) -> Iterator[Part]:
    """The rows with their headings, then links, choices, head and foot, and whatever else the sheet says."""
    yield from table_parts(_rows(root, shared, used, title))
    for child in root:
        if child.tag not in {"sheetData", "cols"}:
            yield from (Piece(f"{title}的链接、下拉选项或页眉页脚", piece.text) for piece in texts_of(child))


def _rows(
    root: ElementTree.Element, shared: list[str], used: set[int], title: str
) -> Iterator[list[tuple[int, str, str]]]:
    hidden = _hidden_columns(root)
    for row in root.iter("row"):
        row_hidden = row.get("hidden") in {"1", "true"}
        cells = []
        for at, cell in enumerate(row.iter("c"), start=1):
            text = _cell(cell, shared, used)
            if not text:
                continue
            place = cell.get("r") or f"第{at}格"
            column = _column(place) or at
            unseen = "（隐藏）" if row_hidden or column in hidden else ""
            cells.append((column, f"{title} {place}{unseen}", text))
        yield cells


def _hidden_columns(root: ElementTree.Element) -> set[int]:
    return {
        column
        for span in root.iter("col")
        if span.get("hidden") in {"1", "true"}
        for column in range(int(span.get("min", "0")), min(int(span.get("max", "0")), 16_384) + 1)
    }


def _cell(cell: ElementTree.Element, shared: list[str], used: set[int]) -> str:
    value, inline, formula = cell.find("v"), cell.find("is"), cell.find("f")
    text = (value.text or "") if value is not None else ""
    if cell.get("t") == "s" and text.isdigit():
        used.add(int(text))
        text = shared[int(text)] if int(text) < len(shared) else ""
    elif inline is not None:
        text = "".join(part.text or "" for part in inline.iter("t"))
    return f"{text} {formula.text}" if formula is not None and formula.text else text


def _column(place: str) -> int:
    number = 0
    for letter in re.match(r"[A-Z]*", place).group():  # type: ignore[union-attr]
        number = number * 26 + ord(letter) - 64
    return number
