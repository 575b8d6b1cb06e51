"""From source to file: lays out, settles where the imprint goes, and says what the author should know."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from qingfeng.gongwen import fonts, pdf
from qingfeng.gongwen.model import Document
from qingfeng.gongwen.render import closings, estimate
from qingfeng.gongwen.render.writer import Closing, write
from qingfeng.gongwen.source import read_source
from qingfeng.gongwen.standard import BOTTOM, MM_A_POINT, PAGE_HEIGHT, TWIPS_A_POINT


@dataclass(frozen=True)
class Rendered:
    """A document made: its bytes, its PDF if asked for, pages, and remarks in the author's words."""

    docx: bytes
    pdf: bytes | None
    pages: int
    remarks: list[str] = field(default_factory=list)


def render(source: str, *, folder: Path | None = None, as_pdf: bool = False, settle: bool = True) -> Rendered:
    """Makes the document. Raises Unusable when the source cannot become one.

    Where LibreOffice is at hand (and `settle`), the pages are counted by it before the imprint is placed; else they
    are estimated on the grid, and a remark says so.
    """
    document = read_source(source, folder=folder)
    return render_document(document, as_pdf=as_pdf, settle=settle)


def render_document(document: Document, *, as_pdf: bool = False, settle: bool = True) -> Rendered:
    """Makes a document that was put together by a program."""
    remarks = fonts.missing()
    measured = settle and pdf.office() is not None
    if measured and (document.has_imprint or as_pdf):
        return _measured(document, as_pdf, remarks)
    pages, room = estimate.extent(document)
    closing = _closing(document, pages, room)
    if document.has_imprint:
        remarks.append("版记的位置按版心估算，请在打印预览中核对它在最后一面（偶数页）的下端")
    made = write(document, closing)
    return Rendered(made, pdf.to_pdf(made) if as_pdf else None, pages + closing.breaks, remarks)


def _measured(document: Document, as_pdf: bool, remarks: list[str]) -> Rendered:
    bare = pdf.to_pdf(write(_without_imprint(document), Closing()))
    pages, depth = pdf.last_line(bare)
    closing = _closing(document, pages, PAGE_HEIGHT - BOTTOM - depth)
    made = write(document, closing)
    return Rendered(made, pdf.to_pdf(made) if as_pdf else None, pages + closing.breaks, remarks)


def _without_imprint(document: Document) -> Document:
    return replace(document, copied_to=(), issued_by="", issue_date=None)


def _closing(document: Document, pages: int, room: float) -> Closing:
    """Breaks before the imprint: none when the text ends on an even page with room for it (7.4.1)."""
    if not document.has_imprint:
        return Closing()
    needed = closings.imprint_lines(document) * closings.IMPRINT_LINE / TWIPS_A_POINT * MM_A_POINT + 3
    if document.form == "letter":  # on the last page, whichever it is (10.1)
        return Closing(0 if room >= needed else 1)
    if pages % 2:
        return Closing(1)
    return Closing(0 if room >= needed else 2)
