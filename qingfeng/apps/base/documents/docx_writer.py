"""Writes a form as .docx: its description as JSON on standard input, the file on standard output.

Started by `word.to_docx`. Loads python-docx, therefore never imported by a web process.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

_FIGURES = "Times New Roman"
_AROUND = 45
_PORTRAIT = {"width": 210, "height": 297, "left": 21, "right": 21, "top": 25, "bottom": 20}
_LANDSCAPE = {"width": 297, "height": 210, "left": 20, "right": 20, "top": 21, "bottom": 18}


def write(form: dict[str, Any]) -> bytes:
    """The file's bytes."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.comments = ""
    _name_fonts(document, form["fonts"])
    _set_paper(document.sections[0], _LANDSCAPE if form["landscape"] else _PORTRAIT, form["landscape"])
    for number, page in enumerate(form["pages"]):
        if number:
            document.add_section(WD_SECTION.NEW_PAGE)
        _draw(document, page, form)
    _drop_first_paragraph_if_empty(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _drop_first_paragraph_if_empty(document: Any) -> None:
    first = document.element.body[0]
    if first.tag == qn("w:p") and not first.xpath("./w:r"):
        document.element.body.remove(first)


def _name_fonts(document: Any, fonts: dict[str, list[str]]) -> None:
    """Names each font with its fall-backs; nothing is embedded."""
    entries = "".join(
        f'<w:font w:name="{escape(name)}"><w:altName w:val="{escape(",".join(others))}"/>'
        f'<w:charset w:val="86"/></w:font>'
        for name, *others in fonts.values()
    )
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = part.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")
    style = document.styles["Normal"]
    style.font.name = _FIGURES
    style.element.rPr.rFonts.set(qn("w:eastAsia"), fonts["body"][0])


def _set_paper(section: Any, paper: dict[str, int], landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(paper["width"]), Mm(paper["height"])
    section.left_margin, section.right_margin = Mm(paper["left"]), Mm(paper["right"])
    section.top_margin, section.bottom_margin = Mm(paper["top"]), Mm(paper["bottom"])


def _draw(document: Any, page: dict[str, Any], form: dict[str, Any]) -> None:
    (title_font, *_others), (body_font, *_others) = form["fonts"]["title"], form["fonts"]["body"]
    sizes = form["sizes"]
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(8)
    _write(title, page["title"], title_font, sizes["title"])
    head = _table(document, page["columns"], ruled=False)
    _fill(head.add_row(), page["head_line"], page["columns"], body_font, sizes["head_line"])
    _gap(document)
    body = _table(document, page["columns"], ruled=True)
    for described in page["rows"]:
        row = body.add_row()
        row.height, row.height_rule = Mm(described["height"]), WD_ROW_HEIGHT_RULE.AT_LEAST
        if described["repeated"]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        _fill(
            row,
            described["cells"],
            page["columns"],
            body_font,
            page["font_size"],
            tall=described["height"] >= form["sizes"]["tall"],
        )
    if page["note"]:
        _write(document.add_paragraph(), page["note"], body_font, 10)
    else:
        _gap(document)


def _table(document: Any, columns: list[float], *, ruled: bool) -> Any:
    table = document.add_table(rows=0, cols=len(columns))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    if ruled:
        table.style = "Table Grid"
        _set_margins(table, {"top": _AROUND, "left": 2 * _AROUND, "bottom": _AROUND, "right": 2 * _AROUND})
    else:
        _set_margins(table, {"left": 0, "right": 0})
    for column, width in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    return table


def _set_margins(table: Any, widths: dict[str, int]) -> None:
    """Room between the lines and the words, in twentieths of a point."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in widths.items():
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)


def _gap(document: Any) -> None:
    """A paragraph of one point: Word wants one between two tables and after the last."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(1)
    paragraph.add_run().font.size = Pt(1)


def _fill(
    row: Any, cells: list[dict[str, Any]], columns: list[float], font: str, size: float, *, tall: bool = False
) -> None:
    at = 0
    for described in cells:
        last = at + described["span"] - 1
        cell = row.cells[at] if last == at else row.cells[at].merge(row.cells[last])
        cell.width = Mm(sum(columns[at : last + 1]))
        top = tall and not described["label"]
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP if top else WD_CELL_VERTICAL_ALIGNMENT.CENTER
        text = "".join(run["text"] for run in described["runs"])
        for number, line in enumerate(text.split("\n")):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            if described["centred"]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _write(paragraph, line, font, size)
        at = last + 1


def _write(paragraph: Any, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.name = _FIGURES
    run.font.size = Pt(size)
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), font)


if __name__ == "__main__":
    sys.stdout.buffer.write(write(json.load(sys.stdin.buffer)))
