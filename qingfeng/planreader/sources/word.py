"""Word files: paragraphs and tables in order, with the automatic numbers that Word would show."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from qingfeng.planreader.lines import Line
from qingfeng.planreader.sources.unreadable import Unreadable

_CHINESE = "零一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
MAX_UNPACKED = 200 * 1024 * 1024


def read(data: bytes, name: str) -> list[Line]:
    """The lines of a .docx: one a paragraph, one a table row."""
    lines: list[Line] = []
    table = 0
    numbering = _Numbering(_open(data, name))
    for block in numbering.document.iter_inner_content():
        if isinstance(block, Table):
            table += 1
            for cells, grid in _rows(block):
                lines.append(Line(len(lines) + 1, " | ".join(cells), cells, table, grid))
            continue
        for text in (numbering.label(block) + block.text).split("\n"):
            lines.append(Line(len(lines) + 1, text.rstrip()))
    return lines


def _open(data: bytes, name: str) -> Any:
    broken = Unreadable(f"“{name}”不是完好的Word文件，请用Word或WPS打开并另存为.docx后再读。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
                raise Unreadable(f"“{name}”展开后过大，请删去图片后再读。")
        return docx.Document(io.BytesIO(data))
    except Unreadable:
        raise
    except Exception as error:  # python-docx and lxml raise many kinds for a damaged package
        raise broken from error


def _rows(table: Table) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Rows with merged cells written once across and repeated downwards, as the eye reads them; and by column."""
    for row in table.rows:
        cells: list[str] = []
        seen: list[Any] = []
        grid = tuple(" ".join(cell.text.split("\n")).strip() for cell in row.cells)
        for cell in row.cells:
            if any(cell._tc is other for other in seen):
                continue
            seen.append(cell._tc)
            cells.append(" ".join(cell.text.split("\n")).strip())
        yield tuple(cells), grid


class _Numbering:
    """The automatic list numbers of one document, counted as Word counts them."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self._levels = _levels_of(document)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def label(self, paragraph: Paragraph) -> str:
        """The number Word shows before the paragraph, or nothing."""
        found = _list_of(paragraph)
        if found is None or found[0] not in self._levels or not paragraph.text.strip():
            return ""
        number_id, level = found
        formats = self._levels[number_id]
        if level not in formats:
            return ""
        counts = self._counts[number_id]
        counts[level] = counts.get(level, formats[level][2] - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        text = formats[level][1]
        for above in range(level + 1):
            kind, _, start = formats.get(above, ("decimal", "", 1))
            text = text.replace(f"%{above + 1}", _number(counts.get(above, start), kind))
        return "" if formats[level][0] == "bullet" else text


def _list_of(paragraph: Paragraph) -> tuple[str, int] | None:
    """(list id, level) of a paragraph, from itself or from its style."""
    style: Any = paragraph.style
    sources = [paragraph._p.pPr]
    while style is not None:
        sources.append(style.element.find(qn("w:pPr")))
        style = style.base_style
    for properties in sources:
        num = None if properties is None else properties.find(qn("w:numPr"))
        ident = None if num is None else num.find(qn("w:numId"))
        if num is not None and ident is not None:
            level = num.find(qn("w:ilvl"))
            return ident.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else 0
    return None


def _levels_of(document: Any) -> dict[str, dict[int, tuple[str, str, int]]]:
    """list id → level → (number format, text such as “%1、”, first number)."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {}
    for item in root.findall(qn("w:abstractNum")):
        levels = {}
        for level in item.findall(qn("w:lvl")):
            values = {tag: level.find(qn(f"w:{tag}")) for tag in ("numFmt", "lvlText", "start")}
            kind, text, start = (
                None if element is None else element.get(qn("w:val")) for element in values.values()
            )
            levels[int(level.get(qn("w:ilvl")))] = (kind or "decimal", text or "", int(start or 1))
        abstract[item.get(qn("w:abstractNumId"))] = levels
    lists = {}
    for item in root.findall(qn("w:num")):
        reference = item.find(qn("w:abstractNumId"))
        lists[item.get(qn("w:numId"))] = abstract.get(reference.get(qn("w:val")), {})
    return lists


def _number(value: int, kind: str) -> str:
    if kind in {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"}:
        tens, ones = divmod(value, 10)
        head = ("" if tens == 1 else _CHINESE[tens]) + "十" if tens else ""
        return head + (_CHINESE[ones] if ones or not tens else "")
    if kind in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and 1 <= value <= len(_CIRCLED):
        return _CIRCLED[value - 1]
    return str(value)
