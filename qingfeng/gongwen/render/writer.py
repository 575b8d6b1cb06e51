"""Puts the parts together and packs them as .docx."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from functools import cache
from typing import Any

import docx
from docx.document import Document as Package
from docx.enum.section import WD_ORIENT
from docx.image.exceptions import UnrecognizedImageError
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu, Mm
from lxml import etree

from qingfeng.gongwen.errors import Unusable
from qingfeng.gongwen.fonts import FACES
from qingfeng.gongwen.model import Document, Picture
from qingfeng.gongwen.render import bodies, closings, heads, letters, pages
from qingfeng.gongwen.render.ooxml import NAMESPACES, paragraph
from qingfeng.gongwen.standard import TYPE_WIDTH

TALLEST = 190
"""Millimetres that a picture may be high: a page less its caption."""
HEAVIEST = 20_000_000
"""Bytes of a picture that is taken."""
FINE_WIDTH = 3700
"""Pixels in the width of the type area at 600 dots an inch."""
MOST_PIXELS = 50_000_000
"""Of a picture that is taken: a page printed at 600 dots an inch has fewer."""


UNUSED = ("/thumbnail", "/customXml", "/stylesWithEffects", "/numbering", "/webSettings")
KEPT_STYLES = frozenset({"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Header", "Footer"})


@dataclass(frozen=True)
class Closing:
    """Where the imprint goes: after how many further page breaks, so that it lies on the last, even page."""

    breaks: int = 0


def write(document: Document, closing: Closing) -> bytes:
    """The file's bytes."""
    package = docx.Document(io.BytesIO(_template()))
    drawer = _Pictures(package)
    body = _body(document, closing, drawer.draw)
    package = _filled(package, body)
    _sheets(package, document, closing)
    _name_fonts(package)
    _describe(package, document)
    out = io.BytesIO()
    package.save(out)
    return out.getvalue()


@cache
def _template() -> bytes:
    """The package that every document begins with: python-docx's own without what no document of ours uses, as each
    part is read and packed anew for every one of them."""
    package = docx.Document()
    for part in (package.part, package.part.package):
        rels = part.rels
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(UNUSED)]:
            rels.pop(key)
    styles = package.styles.element
    for child in list(styles):
        is_style = child.tag == qn("w:style")
        if child.tag == qn("w:latentStyles") or (is_style and child.styleId not in KEPT_STYLES):
            styles.remove(child)
    out = io.BytesIO()
    package.save(out)
    return out.getvalue()


def _body(document: Document, closing: Closing, draw: bodies.DrawPicture) -> str:
    paper = pages.Paper()
    letter = document.form == "letter"
    head = (
        heads.letter_number(document) + heads.title(document) + heads.addressees(document) if letter else ""
    )
    paper.add(head or heads.head(document))
    signed = document.form != "minutes"
    bodies.lay_out(document.blocks, paper, draw, bound=signed)
    paper.add(
        closings.attachment_note(document)
        + closings.attendance(document)
        + closings.signature(document)
        + closings.note(document)
    )
    closings.attachments(document, paper, draw)
    _imprint(document, closing, paper)
    return paper.body(title_page=letter)


def _imprint(document: Document, closing: Closing, paper: pages.Paper) -> None:
    drawn = closings.imprint(document)
    if not drawn:
        return
    if closing.breaks > 1:
        # Behind an empty page: a section of its own, as neither of the two pages has a number (7.5).
        if paper.turned:
            paper.turn(False)
        else:
            paper.cut()
        paper.add(paragraph(line=pages.THINNEST) + paragraph(drawn, line=pages.THINNEST, new_page=True))
        return
    paper.turn(False)
    paper.add(paragraph(drawn, line=pages.THINNEST, new_page=closing.breaks == 1 and not paper.begin_page()))


def _filled(package: Package, body: str) -> Package:
    """The package with this body. It is parsed where it stays: to move a table of thousands of rows from one tree to
    another takes lxml minutes."""
    part = package.part
    part._element = parse_xml(f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
    return part.document


def _sheets(package: Package, document: Document, closing: Closing) -> None:
    """Page numbers, different at odd and even pages; a letter's first page has its rules and no number."""
    package.settings.odd_and_even_pages_header_footer = True
    numbered = list(package.sections)
    if closing.breaks > 1 and document.has_imprint:
        bare = numbered.pop()
        for footer in (bare.footer, bare.even_page_footer):
            _replace(footer, paragraph())
    before = None
    for section in numbered:
        turned = section.orientation == WD_ORIENT.LANDSCAPE
        if turned != before:  # the others go on as the section above
            number = pages.turned_page_number if turned else pages.page_number
            _replace(section.footer, number(even=False))
            _replace(section.even_page_footer, number(even=True))
        before = turned
    if document.form == "letter":
        first = package.sections[0]
        first.different_first_page_header_footer = True
        first.header_distance = Mm(30)
        _replace(first.first_page_header, letters.head(document))
        _replace(first.first_page_footer, letters.foot())


def _replace(part: Any, content: str) -> None:
    part.is_linked_to_previous = False
    element = part._element
    for child in list(element):
        element.remove(child)
    for child in parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>"):
        element.append(child)


def _name_fonts(package: Package) -> None:
    """Names each face with its stand-ins; nothing is embedded."""
    entries = "".join(
        f'<w:font w:name="{face.name}"><w:altName w:val="{",".join(face.stand_ins)}"/><w:charset w:val="86"/></w:font>'
        for face in dict.fromkeys(FACES)
    )
    part = package.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = part.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")


def _describe(package: Package, document: Document) -> None:
    core = package.core_properties
    core.title, core.author = document.title.replace("\n", ""), document.issuers[0]
    core.comments = core.keywords = core.last_modified_by = ""
    core.language = "zh-CN"


class _Pictures:
    """Draws pictures no wider than the type area and no higher than a page."""

    def __init__(self, package: Package) -> None:
        self._package = package

    def draw(self, picture: Picture) -> str:
        if picture.path.stat().st_size > HEAVIEST:
            raise Unusable(f"图片“{picture.path.name}”", f"超过{HEAVIEST // 1_000_000}MB，请缩小后再插入")
        self._check_pixels(picture)
        holder = self._package.add_paragraph()
        try:
            shape = holder.add_run().add_picture(str(picture.path))
        except (UnrecognizedImageError, OSError, ValueError, ZeroDivisionError) as trouble:
            raise Unusable(f"图片“{picture.path.name}”", "不是可用的图片，请用 PNG 或 JPEG 文件") from trouble
        share = min(1.0, Mm(TYPE_WIDTH) / shape.width, Mm(TALLEST) / shape.height)
        shape.width, shape.height = Emu(shape.width * share), Emu(shape.height * share)
        drawn = etree.tostring(holder.runs[0]._r, encoding="unicode")
        holder._p.getparent().remove(holder._p)
        # A picture's line grows with it: the one place where lines are not of an exact height.
        framed = paragraph(drawn, align="center", keep_next=bool(picture.caption)).replace(
            'w:lineRule="exact"', 'w:lineRule="atLeast"'
        )
        caption = bodies.caption(picture.caption) if picture.caption else ""
        return framed + caption

    def _check_pixels(self, picture: Picture) -> None:
        try:
            measured = Image.from_file(str(picture.path))
        except (UnrecognizedImageError, OSError, ValueError, ZeroDivisionError, struct.error) as trouble:
            raise Unusable(f"图片“{picture.path.name}”", "不是可用的图片，请用 PNG 或 JPEG 文件") from trouble
        wide, high = measured.px_width, measured.px_height
        if wide * high > MOST_PIXELS:
            raise Unusable(
                f"图片“{picture.path.name}”",
                f"有{wide}×{high}个像素，Word 打开会很慢，请缩小到宽{FINE_WIDTH}像素以内再插入",
            )
