"""The few pieces of WordprocessingML that an official document needs, as text.

Every line stands on the grid: its height is exactly one line of the standard, so that 22 of them fill a page in Word,
WPS and LibreOffice alike, whatever the faces at hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from qingfeng.gongwen.fonts import BODY, Face, stretches
from qingfeng.gongwen.standard import LINE_TWIPS, SIZE_BODY, SQUEEZE_TWIPS

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
TAB = "<w:r><w:tab/></w:r>"
LINE_BREAK = "<w:r><w:br/></w:r>"
_UNSEEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""Letters that XML cannot hold; they come with text that was copied from elsewhere."""
Align = Literal["left", "right", "center", "both", "distribute"]


def run(
    text: str,
    face: Face = BODY,
    *,
    size: float = SIZE_BODY,
    squeeze: int = SQUEEZE_TWIPS,
    colour: str = "",
    bold: bool = False,
    scale: int = 0,
) -> str:
    """A stretch of text; letters that the face lacks get a wider one. `scale` is the letters' width in per cent."""
    looks = "".join(
        (
            "<w:b/>" if bold else "",
            f'<w:color w:val="{colour}"/>' if colour else '<w:color w:val="000000"/>',
            f'<w:spacing w:val="{squeeze}"/>' if squeeze else "",
            f'<w:w w:val="{scale}"/>' if scale else "",
            '<w:kern w:val="0"/>',
            f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>',
        )
    )
    pieces = []
    for piece, name in stretches(text.translate(_UNSEEN), face):
        named = quoteattr(name)
        fonts = (
            f'<w:rFonts w:ascii={named} w:hAnsi={named} w:eastAsia={named} w:cs={named} w:hint="eastAsia"/>'
        )
        pieces.append(
            f'<w:r><w:rPr>{fonts}{looks}</w:rPr><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
        )
    return "".join(pieces)


def paragraph(
    *runs: str,
    align: Align = "both",
    first: int = 0,
    left: int = 0,
    right: int = 0,
    hanging: int = 0,
    line: int = LINE_TWIPS,
    before: int = 0,
    after: int = 0,
    borders: str = "",
    keep_next: bool = False,
    new_page: bool = False,
    outline: int = 0,
    section: str = "",
    tabs: str = "",
) -> str:
    """A paragraph of lines of an exact height (twips); indents in twips; `section` ends a section with it."""
    hung = f' w:hanging="{hanging}"' if hanging else f' w:firstLine="{first}"'
    return (
        "<w:p><w:pPr>"
        + ("<w:keepNext/>" if keep_next else "")
        + ("<w:pageBreakBefore/>" if new_page else "")
        + '<w:widowControl w:val="0"/>'
        + (f"<w:pBdr>{borders}</w:pBdr>" if borders else "")
        + (f"<w:tabs>{tabs}</w:tabs>" if tabs else "")
        + '<w:kinsoku/><w:overflowPunct w:val="0"/><w:topLinePunct w:val="0"/>'
        + '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        + f'<w:spacing w:before="{before}" w:beforeAutospacing="0" w:after="{after}" w:afterAutospacing="0" '
        + f'w:line="{line}" w:lineRule="exact"/>'
        + f'<w:ind w:left="{left}" w:right="{right}"{hung}/>'
        + f'<w:jc w:val="{align}"/>'
        + (f'<w:outlineLvl w:val="{outline - 1}"/>' if outline else "")
        + section
        + "</w:pPr>"
        + "".join(runs)
        + "</w:p>"
    )


def blank(count: int = 1, *, keep_next: bool = False) -> str:
    """Blank lines of the grid."""
    return paragraph(keep_next=keep_next) * count


def border(
    side: str, points: float, *, colour: str = "000000", space: float = 0, kind: str = "single"
) -> str:
    """One edge of a paragraph or cell; thickness and distance in points."""
    return (
        f'<w:{side} w:val="{kind}" w:sz="{round(points * 8)}" w:space="{round(space)}" w:color="{colour}"/>'
    )


def cell(
    content: str, width: int, *, borders: str = "", span: int = 1, middle: bool = True, merged: str = ""
) -> str:
    """A cell of a table, twips wide; `merged` is "restart" or "continue" where it spans rows."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:vMerge w:val="{merged}"/>' if merged else "")
        + (f"<w:tcBorders>{borders}</w:tcBorders>" if borders else "")
        + ('<w:vAlign w:val="center"/>' if middle else "")
        + f"</w:tcPr>{content}</w:tc>"
    )


def row(cells: Iterable[str], *, head: bool = False, height: int = 0, exact: bool = False) -> str:
    """A row of a table; a head row is repeated on every page."""
    rule = "exact" if exact else "atLeast"
    return (
        "<w:tr><w:trPr><w:cantSplit/>"
        + (f'<w:trHeight w:val="{height}" w:hRule="{rule}"/>' if height else "")
        + ("<w:tblHeader/>" if head else "")
        + f"</w:trPr>{''.join(cells)}</w:tr>"
    )


def table(
    rows: Iterable[str],
    widths: list[int],
    *,
    borders: str = "",
    place: str = "",
    margin: int = 0,
    align: str = "center",
) -> str:
    """A table of fixed columns (twips); `place` makes it float."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr>{place}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="{align}"/>'
        + (f"<w:tblBorders>{borders}</w:tblBorders>" if borders else "")
        + '<w:tblLayout w:type="fixed"/>'
        + f'<w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>'
        + f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def field(code: str, face: Face, size: float) -> str:
    """A field such as PAGE."""
    inner = run("1", face, size=size, squeeze=0)
    return f'<w:fldSimple w:instr="{code}">{inner}</w:fldSimple>'


EMU_A_TWIP = 635
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def foot_box(content: str, width: int, height: int, *, name: str) -> str:
    """A box without edges at the foot of the type area of the page on which it is anchored; text ends above it.

    Word, WPS and LibreOffice all keep it there, which neither floating tables nor frames with rules achieve.
    """
    place = (
        '<wp:positionH relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
    )
    return _box(content, width, height, name, place, "<wp:wrapTopAndBottom/>", 'anchor="b"')


def turned_box(content: str, width: int, height: int, *, left: int, top: int, name: str) -> str:
    """A box at a place of the page whose text is turned clockwise by a right angle; other text does not mind it."""
    place = (
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left * EMU_A_TWIP}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top * EMU_A_TWIP}</wp:posOffset></wp:positionV>'
    )
    return _box(content, width, height, name, place, "<wp:wrapNone/>", 'vert="vert" anchor="ctr"')


def _box(content: str, width: int, height: int, name: str, place: str, wrap: str, body: str) -> str:
    size = f'cx="{width * EMU_A_TWIP}" cy="{height * EMU_A_TWIP}"'
    shape = (
        f'<wps:wsp xmlns:wps="{_WPS}"><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        f'<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" {body}><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )
    return (
        f'<w:r><mc:AlternateContent xmlns:mc="{_COMPATIBILITY}"><mc:Choice Requires="wps" xmlns:wps="{_WPS}"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        f'{place}<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}'
        f'<wp:docPr id="1" name="{name}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_DRAWING}"><a:graphicData uri="{_WPS}">{shape}</a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
