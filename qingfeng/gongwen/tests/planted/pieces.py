"""The bits of WordprocessingML that python-docx has no words for: rules, boxes, frames, fields, grids."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def element(markup: str) -> Any:
    """Markup as an element; its first tag takes the names of the spaces."""
    end = min(at for at in (markup.find(" "), markup.find("/"), markup.find(">")) if at > 0)
    return parse_xml(f"{markup[:end]} {NAMES}{markup[end:]}")


def border(edge: str, eighths: int, colour: str, space: int = 1) -> str:
    """One edge of a paragraph or a table cell."""
    return f'<w:{edge} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


def paragraph_rules(paragraph: Any, edges: str) -> None:
    """Rules above or below a paragraph."""
    paragraph._p.get_or_add_pPr().insert_element_before(
        element(f"<w:pBdr>{edges}</w:pBdr>"),
        "w:shd",
        "w:tabs",
        "w:snapToGrid",
        "w:spacing",
        "w:ind",
        "w:jc",
        "w:rPr",
    )


def frame(paragraph: Any, attributes: str) -> None:
    """Puts the paragraph into a frame (图文框)."""
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        element(f"<w:framePr {attributes}/>"),
        *("w:widowControl", "w:pBdr", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"),
    )


def line(x: float, y: float, length: float, weight: float, kind: str = "single", inside: bool = False) -> Any:
    """A red line drawn on the page, in points; `inside` measures from the column and the paragraph."""
    across, down = ("margin", "text") if inside else ("page", "page")
    place = (
        f"position:absolute;left:0;z-index:2;mso-position-horizontal-relative:{across};"
        f"mso-position-vertical-relative:{down}"
    )
    return element(
        f'<w:pict><v:line style="{place}" from="{x}pt,{y}pt" to="{x + length}pt,{y}pt" strokecolor="red" '
        f'strokeweight="{weight}pt"><v:stroke linestyle="{kind}"/></v:line></w:pict>'
    )


def box(wide: float, high: float) -> tuple[Any, Any]:
    """A text box without lines at the upper left of the type area, and the element its paragraphs go into."""
    place = (
        f"position:absolute;left:0;margin-left:0;margin-top:0;width:{wide}pt;height:{high}pt;z-index:1;"
        "mso-position-horizontal-relative:margin;mso-position-vertical-relative:margin"
    )
    picture = element(
        f'<w:pict><v:rect style="{place}" filled="f" stroked="f">'
        '<v:textbox inset="0,0,0,0"><w:txbxContent/></v:textbox></v:rect></w:pict>'
    )
    return picture, picture.find(".//" + qn("w:txbxContent"))


def page_field(paragraph: Any, simple: bool) -> None:
    """The number of the page."""
    if simple:
        field = element('<w:fldSimple w:instr=" PAGE "/>')
        field.append(paragraph.add_run("1")._r)
        paragraph._p.append(field)
        return
    for piece in ("begin", " PAGE   \\* MERGEFORMAT ", "separate", "1", "end"):
        run = paragraph.add_run("1" if piece == "1" else "")
        if piece.startswith(" "):
            run._r.append(element(f'<w:instrText xml:space="preserve">{piece}</w:instrText>'))
        elif piece != "1":
            run._r.append(element(f'<w:fldChar w:fldCharType="{piece}"/>'))


def table_rules(table: Any, first: int, middle: int) -> None:
    """The rules of an imprint: above, between, below; none at the sides."""
    inner = border("insideH", middle, "000000", 0)
    edges = border("top", first, "000000", 0) + border("bottom", first, "000000", 0) + inner
    rules = element(f"<w:tblBorders>{edges}</w:tblBorders>")
    table._tbl.tblPr.insert_element_before(rules, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def table_at_foot(table: Any) -> None:
    """The table floats at the lower edge of the type area."""
    place = element(
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin" '
        'w:tblpXSpec="left" w:tblpYSpec="bottom"/>'
    )
    style = table._tbl.tblPr.find(qn("w:tblStyle"))
    table._tbl.tblPr.insert(0 if style is None else 1, place)
