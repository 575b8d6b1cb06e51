"""Everything that a file says, seen or not: text, tables, head and foot, notes, comments, hidden columns and sheets,
names and descriptions of pictures, properties. A gate that reads only what is seen is none.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

LARGEST_PART = 50_000_000
"""Bytes of one unpacked part that is read; a larger one is refused, not passed over."""
MOST_PARTS = 2_000


class Piece(NamedTuple):
    """A stretch of text with the place where a person would look for it."""

    place: str
    text: str


class Unreadable(Exception):
    """The file cannot be looked through, so it cannot be published."""


def pieces(content: bytes, name: str) -> Iterator[Piece]:
    """What a file says. Word, Excel, HTML, CSV and plain text; anything else is refused."""
    yield Piece("文件名", name)
    if content[:2] == b"PK":
        yield from _packed(content)
    elif content[:5] == b"%PDF-":
        raise Unreadable("PDF 不能逐处核对，请用生成它的 Word 或 Excel 文件送审")
    else:
        text = _decoded(content)
        if re.search(r"<html|<!doctype", text[:500], re.IGNORECASE):
            text = html.unescape(re.sub(r"<[^>]+>", " ", text))
        yield Piece("正文", text)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("不是文字、Word 或 Excel 文件，不能核对")


PLACES = (
    (r"word/document\.xml", "正文"),
    (r"word/header\d*\.xml", "页眉"),
    (r"word/footer\d*\.xml", "页脚"),
    (r"word/(?:foot|end)notes\.xml", "脚注"),
    (r"word/comments.*\.xml", "批注"),
    (r"docProps/.*\.xml", "文件属性"),
    (r"customXml/.*\.xml", "文件属性"),
    (r"xl/comments.*\.xml|xl/threadedComments/.*\.xml", "批注"),
    (r"xl/workbook\.xml", "工作表名称"),
    (r"xl/drawings/.*\.xml|xl/charts/.*\.xml|word/charts/.*\.xml", "图形和图表"),
    (r"xl/(?:externalLinks|queryTables|connections|pivotCache).*", "外部数据"),
)  # fmt: skip


def _packed(content: bytes) -> Iterator[Piece]:
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        infos = package.infolist()
    except zipfile.BadZipFile as trouble:
        raise Unreadable("文件已损坏，不能核对") from trouble
    if len(infos) > MOST_PARTS:
        raise Unreadable("文件的部件过多，不能核对")
    if any(info.filename.endswith("vbaProject.bin") for info in infos):
        raise Unreadable("文件含有宏，不能公开")
    shared: list[str] = []
    for info in infos:
        if info.file_size > LARGEST_PART:
            raise Unreadable("文件过大，不能核对")
        if info.filename == "xl/sharedStrings.xml":
            shared = [_text(item) for item in _root(package, info)]
    for info in infos:
        yield from _part(package, info, shared)


def _part(package: zipfile.ZipFile, info: zipfile.ZipInfo, shared: list[str]) -> Iterator[Piece]:
    name = info.filename
    if "/media/" in name:
        yield Piece("图片名称", name.rpartition("/")[2])
        return
    if re.fullmatch(r"xl/worksheets/[^/]*\.xml", name):
        yield from _sheet(_root(package, info), shared, name)
        return
    place = next((place for pattern, place in PLACES if re.fullmatch(pattern, name)), None)
    if place is None:
        return
    root = _root(package, info)
    if name.startswith("word/") and place != "图形和图表":
        yield from _paragraphs(root, place)
    elif place == "工作表名称":
        for element in root.iter():
            yield from (
                Piece(place, value)
                for value in (element.get("name"), element.text)
                if value and value.strip()
            )
    elif name.startswith("xl/comments"):
        yield from (Piece(place, _text(comment)) for comment in root.iter(f"{_X}comment"))
    else:
        yield from (
            Piece(place, element.text) for element in root.iter() if element.text and element.text.strip()
        )
    yield from _descriptions(root, place)


def _root(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> ElementTree.Element:
    content = package.read(info)
    if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content:
        raise Unreadable("文件结构异常，不能核对")
    try:
        return ElementTree.fromstring(content)  # noqa: S314 — entities are refused above
    except ElementTree.ParseError as trouble:
        raise Unreadable("文件已损坏，不能核对") from trouble


def _text(element: ElementTree.Element, between: str = "") -> str:
    return between.join(part for part in element.itertext() if part)


def _paragraphs(root: ElementTree.Element, place: str) -> Iterator[Piece]:
    """By paragraph, so that a number split over runs is one; a table row is joined too, a number may span cells."""
    for number, paragraph in enumerate(root.iter(f"{_W}p"), start=1):
        text = "".join(part.text or "" for part in paragraph.iter() if part.tag in _WRITTEN)
        if text.strip():
            yield Piece(f"{place}第{number}段", text)
    for number, row in enumerate(root.iter(f"{_W}tr"), start=1):
        cells = ["".join(part.text or "" for part in cell.iter(f"{_W}t")) for cell in row.iter(f"{_W}tc")]
        joined = "".join(cells)
        if re.fullmatch(r"[\dXx\s]{11,30}", joined):
            yield Piece(f"{place}表格第{number}行", joined)


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRITTEN = {f"{_W}t", f"{_W}delText", f"{_W}instrText"}
"""Text, deleted text that a reader can bring back, and what fields hold."""


def _descriptions(root: ElementTree.Element, place: str) -> Iterator[Piece]:
    for element in root.iter():
        for key in ("descr", "title", "name", "alt"):
            value = element.get(key)
            if value and element.tag.rpartition("}")[2] in {"docPr", "cNvPr", "shape", "imagedata"}:
                yield Piece(f"{place}的图片说明", value)


def _sheet(root: ElementTree.Element, shared: list[str], name: str) -> Iterator[Piece]:
    hidden = {
        column
        for span in root.iter(f"{_X}col")
        if span.get("hidden") in {"1", "true"}
        for column in range(int(span.get("min", "0")), min(int(span.get("max", "0")), 16_384) + 1)
    }
    sheet = re.sub(r"\D", "", name.rpartition("/")[2]) or "1"
    for row in root.iter(f"{_X}row"):
        for cell in row.iter(f"{_X}c"):
            value = _cell(cell, shared)
            if not value:
                continue
            place = cell.get("r") or "?"
            unseen = row.get("hidden") in {"1", "true"} or _column(place) in hidden
            yield Piece(f"第{sheet}张表 {place}{'（隐藏）' if unseen else ''}", value)
    for tail in (f"{_X}headerFooter", f"{_X}dataValidations", f"{_X}legacyDrawing"):
        for element in root.iter(tail):
            if text := _text(element, " ").strip():
                yield Piece(f"第{sheet}张表的页眉页脚或下拉选项", text)


_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _cell(cell: ElementTree.Element, shared: list[str]) -> str:
    value = cell.find(f"{_X}v")
    inline = cell.find(f"{_X}is")
    formula = cell.find(f"{_X}f")
    if cell.get("t") == "s" and value is not None and (value.text or "").isdigit():
        at = int(value.text or 0)
        text = shared[at] if at < len(shared) else ""
    elif inline is not None:
        text = _text(inline)
    else:
        text = (value.text or "") if value is not None else ""
    return f"{text} {formula.text}" if formula is not None and formula.text else text


def _column(place: str) -> int:
    number = 0
    for letter in re.match(r"[A-Z]*", place).group():  # type: ignore[union-attr]
        number = number * 26 + ord(letter) - 64
    return number
