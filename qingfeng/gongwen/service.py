"""From source to file: lays out, settles where the imprint goes, and says what the author should know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qingfeng.gongwen import fonts, pdf
from qingfeng.gongwen.model import Document
from qingfeng.gongwen.render import bodies, closings, estimate
from qingfeng.gongwen.render.writer import Closing, write
from qingfeng.gongwen.source import read_source
from qingfeng.gongwen.standard import BOTTOM, MM_A_POINT, PAGE_HEIGHT, TWIPS_A_POINT

MOVED = "主送机关过多，首页排不下正文，已移至版记"
ESTIMATED = "版记的位置按版心估算，请在打印预览中核对它在最后一面（偶数页）的下端"


@dataclass(frozen=True)
class Rendered:
    """A document made: its bytes, its PDF if asked for, pages, and remarks in the author's words."""

    docx: bytes
    pdf: bytes | None
    pages: int
    remarks: list[str] = field(default_factory=list)


@dataclass
class _Draft:
    """A document on its way: where its imprint is to go, once that is known."""

    document: Document
    remarks: list[str]
    closing: Closing | None = None
    pages: int = 0
    docx: bytes = b""


def render(source: str, *, folder: Path | None = None, as_pdf: bool = False, settle: bool = True) -> Rendered:
    """Makes the document. Raises Unusable when the source cannot become one.

    Where LibreOffice is at hand (and `settle`), the pages are counted by it before the imprint is placed; else they
    are estimated on the grid, and a remark says so.
    """
    document = read_source(source, folder=folder)
    return render_document(document, as_pdf=as_pdf, settle=settle)


def render_document(
    document: Document, *, as_pdf: bool = False, settle: bool = True, all_counted: bool = True
) -> Rendered:
    """Makes a document that was put together by a program; `all_counted` as of `render_documents`."""
    return render_documents([document], as_pdf=as_pdf, settle=settle, all_counted=all_counted)[0]


def render_documents(
    documents: Sequence[Document], *, as_pdf: bool = False, settle: bool = True, all_counted: bool = True
) -> list[Rendered]:
    """Makes many documents, in their order, with one LibreOffice for forty of them.

    Without `all_counted` only those are counted by LibreOffice whose estimate comes near the end of a page: the
    others are as sure without it.
    """
    drafts = [_draft(document) for document in documents]
    _settle(drafts, settle and pdf.office() is not None, all_counted or as_pdf)
    for draft in drafts:
        draft.docx = write(draft.document, draft.closing or Closing())
    printed = pdf.to_pdfs([draft.docx for draft in drafts]) if as_pdf else [None] * len(drafts)
    return [
        Rendered(draft.docx, page, pdf.pages(page) if page else draft.pages, draft.remarks)
        for draft, page in zip(drafts, printed, strict=True)
    ]


def _draft(document: Document) -> _Draft:
    remarks = fonts.missing()
    if document.addressees and not estimate.has_room_for_text(document):
        remarks.append(MOVED)
        document = replace(document, addressees=(), addressees_below=document.addressees)
    return _Draft(document, remarks)


def is_sure(document: Document) -> bool:
    """Whether the place of the imprint is certain without LibreOffice: its pages end far from the end of a page."""
    return _guessed(document)[1]


def _guessed(document: Document) -> tuple[estimate.Extent, bool]:
    guesses = estimate.extents(document)
    ends = {_closing(document, guess) for guess in guesses}
    return guesses[0], len(ends) == 1 < len(guesses)


def _settle(drafts: list[_Draft], can_count: bool, all_counted: bool) -> None:
    unsure = []
    for draft in drafts:
        guess, sure = _guessed(draft.document)
        if can_count and draft.document.has_imprint and (all_counted or not sure):
            unsure.append(draft)
            continue
        _close(draft, guess)
        if draft.document.has_imprint and not sure:
            draft.remarks.append(ESTIMATED)
    bare = [write(_without_imprint(draft.document), Closing()) for draft in unsure]
    for draft, printed in zip(unsure, pdf.to_pdfs(bare) if bare else [], strict=True):
        pages, depth = pdf.last_line(printed)
        _close(draft, estimate.Extent(pages, PAGE_HEIGHT - BOTTOM - depth))


def _close(draft: _Draft, extent: estimate.Extent) -> None:
    draft.closing = _closing(draft.document, extent)
    draft.pages = extent.pages + draft.closing.breaks


def _without_imprint(document: Document) -> Document:
    return replace(document, addressees_below=(), copied_to=(), issued_by="", issue_date=None)


def _closing(document: Document, extent: estimate.Extent) -> Closing:
    """Breaks before the imprint: none when the text ends on an even page with room for it (7.4.1).

    A turned page has no foot for it: the imprint lies upright.
    """
    if not document.has_imprint:
        return Closing()
    needed = closings.imprint_lines(document) * closings.IMPRINT_LINE / TWIPS_A_POINT * MM_A_POINT + 3
    fits = extent.room >= needed and not bodies.ends_turned(document)
    if document.form == "letter":  # on the last page, whichever it is (10.1)
        return Closing(0 if fits else 1)
    if extent.pages % 2:
        return Closing(1)
    return Closing(0 if fits else 2)
