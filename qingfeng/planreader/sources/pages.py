"""Web pages: visible paragraphs and table rows, without scripts, menus and foot lines."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from qingfeng.planreader.lines import Line
from qingfeng.planreader.sources.plain_text import decode
from qingfeng.planreader.sources.unreadable import Unreadable

_HIDDEN = {"script", "style", "noscript", "template", "head", "nav", "select", "button", "iframe", "svg"}
_BLOCK = {
    "p",
    "div",
    "section",
    "article",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "br",
    "center",
}
_BLOCK |= {"header", "footer", "main", "body", "pre", "blockquote", "dl", "dt", "dd", "hr", "form", "aside"}
_WIDEST = 200
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def read(data: bytes, name: str) -> list[Line]:
    """The lines of a web page: one a block of text, one a table row."""
    try:
        root = lxml_html.document_fromstring(_text(data, name))
    except (etree.ParserError, ValueError):
        raise Unreadable(f"“{name}”里没有网页正文，请重新保存网页后再读。") from None
    page = _Page()
    page.walk(root)
    page.close_paragraph()
    return page.lines


def _text(data: bytes, name: str) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared and declared[1].lower() in {b"gb2312", b"gbk", b"gb18030"}:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data, name))


class _Page:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._buffer: list[str] = []
        self._tables = 0

    def walk(self, element: Any) -> None:
        """Collect the text of an element in reading order."""
        if not isinstance(element.tag, str) or element.tag in _HIDDEN or _is_hidden(element):
            return
        if element.tag == "table" and _is_data(element):
            self._table(element)
            return
        block = element.tag in _BLOCK or element.tag in {"table", "tr"}
        if block:
            self.close_paragraph()
        self._buffer.append(element.text or "")
        for child in element:
            self.walk(child)
            self._buffer.append(child.tail or "")
        if block:
            self.close_paragraph()

    def close_paragraph(self) -> None:
        """End the paragraph being collected."""
        text = re.sub(r"[ \t\r\n\xa0]+", " ", "".join(self._buffer)).strip()
        self._buffer.clear()
        if text:
            self.lines.append(Line(len(self.lines) + 1, text))

    def _table(self, element: Any) -> None:
        self.close_paragraph()
        self._tables += 1
        hanging: dict[int, tuple[int, str, bool]] = {}
        for row in element.iter("tr"):
            cells, grid = _row(row, hanging)
            if any(cells):
                line = Line(len(self.lines) + 1, " | ".join(cells), tuple(cells), self._tables, tuple(grid))
                self.lines.append(line)


def _row(row: Any, hanging: dict[int, tuple[int, str, bool]]) -> tuple[list[str], list[str]]:
    """The cells of a row, with those that hang down from rows above, and the same by column."""
    cells: list[str] = []
    grid: list[str] = []
    own = [cell for cell in row if cell.tag in {"td", "th"}]
    while own or len(grid) in hanging:
        column = len(grid)
        if column in hanging:
            left, text, first = hanging.pop(column)
            if left > 1:
                hanging[column] = (left - 1, text, first)
            grid.append(text)
            cells += [text] if first else []
            continue
        cell = own.pop(0)
        text, down, across = _cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan")
        for place in range(across):
            grid.append(text)
            if down > 1:
                hanging[column + place] = (down - 1, text, place == 0)
        cells.append(text)
    return cells, grid


def _span(cell: Any, name: str) -> int:
    """How many rows or columns a cell takes; a limit keeps a broken page from asking for millions."""
    written = cell.get(name, "1").strip()
    return min(max(int(written), 1), _WIDEST) if written.isdecimal() else 1


def _cell_text(cell: Any) -> str:
    """The text of a cell; what stands on lines of its own is kept apart by a blank."""
    return re.sub(r"\s+", " ", "".join(_pieces(cell))).strip()


def _pieces(element: Any) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag not in _HIDDEN:
        edge = " " if element.tag in _BLOCK else ""
        yield edge + (element.text or "")
        for child in element:
            yield from _pieces(child)
            yield child.tail or ""
        yield edge


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None


def _is_data(table: Any) -> bool:
    """A table of data, not one that only lays out the page."""
    if table.find(".//table") is not None:
        return False
    rows = list(table.iter("tr"))
    widest = max((len([c for c in row if c.tag in {"td", "th"}]) for row in rows), default=0)
    return widest >= 2
