"""How many pages a document takes, laid out on the grid by counting: for machines without LibreOffice, and for many
documents at once, where only those are counted by LibreOffice whose end comes near the end of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qingfeng.gongwen.model import Block, Document, Paragraph, Picture, Table
from qingfeng.gongwen.render import bodies, closings, heads
from qingfeng.gongwen.standard import (
    BOTTOM,
    CHARACTERS_A_LINE,
    LEFT,
    LINE_TWIPS,
    MARK_BELOW_TYPE_AREA,
    MM_A_POINT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    RULE_BELOW_NUMBER,
    TOP,
    TWIPS_A_POINT,
    TYPE_HEIGHT,
    TYPE_WIDTH,
    UPWARD,
    twips,
)
from qingfeng.gongwen.titles import break_title
from qingfeng.gongwen.widths import WIDER, line_count

LETTER_HEAD = 20
"""Millimetres by which the mark and rule of a letter push the text of its first page down."""
TURNED_HEIGHT = PAGE_WIDTH - LEFT - RIGHT
"""Millimetres of text on a turned page."""
DOUBT = round(0.4 * LINE_TWIPS)
"""Twips by which the head may be higher or lower than counted: mark, rule and title are not on the grid, text is."""
MM_A_TWIP = MM_A_POINT / TWIPS_A_POINT


@dataclass(frozen=True)
class Extent:
    """Pages without the imprint, and millimetres left on the last one."""

    pages: int
    room: float


@dataclass(frozen=True)
class _Piece:
    """Lines that follow one another: their heights in twips. `kept` stays whole and with the next; `page` begins a
    page, `turned` a turned one."""

    lines: tuple[int, ...]
    kept: bool = False
    page: bool = False
    turned: bool = False


def extents(document: Document) -> list[Extent]:
    """As counted first; then with wide figures and a head a little higher, and with one a little lower.

    Where all agree on the imprint's place no measuring is needed. Only the first is given when it cannot be told: a
    picture's height is not known here.
    """
    before = twips(LETTER_HEAD) if document.form == "letter" else 0
    usual = list(_pieces(document, 0.0))
    counted = _fill(usual, before)
    blocks = (*document.blocks, *(block for part in document.attachments for block in part.blocks))
    if any(isinstance(block, Picture) for block in blocks):
        return [counted]
    longer = _fill(_pieces(document, WIDER), before + DOUBT)
    return [counted, longer, _fill(usual, before - DOUBT)]


def has_room_for_text(document: Document) -> bool:
    """Whether the first page shows text below all addressees (7.3.2)."""
    used = sum(sum(piece.lines) for piece in _head(document))
    used += twips(LETTER_HEAD) if document.form == "letter" else 0
    return used + LINE_TWIPS <= twips(TYPE_HEIGHT)


def _fill(pieces: Iterable[_Piece], before: int) -> Extent:
    """Puts the pieces on pages, chains of kept ones whole; `before` twips of the first are taken."""
    pages, used, high = 1, before, twips(TYPE_HEIGHT)
    chain: list[_Piece] = []
    for piece in pieces:
        if piece.page and (used or pages == 1):
            pages, used = pages + 1, 0
            high = twips(TURNED_HEIGHT if piece.turned else TYPE_HEIGHT)
        chain.append(piece)
        if piece.kept:
            continue
        held = sum(sum(part.lines) for part in chain[:-1])
        first = piece.lines[0] if piece.lines else 0
        if used and used + held + first > high and held + first <= high:
            pages, used = pages + 1, 0
        used += held
        for line in piece.lines:
            if used + line > high:
                pages, used = pages + 1, 0
            used += line
        chain = []
    used += sum(sum(part.lines) for part in chain)
    return Extent(pages, max(0, high - used) * MM_A_TWIP)


def _pieces(document: Document, wider: float) -> Iterator[_Piece]:
    yield from _head(document)
    signed = document.form != "minutes"
    yield from _text(document.blocks, wider, bound=signed)
    yield from _closing(document)
    for attachment in document.attachments:
        if attachment.blocks:
            turned = all(bodies.is_wide(block) for block in attachment.blocks)
            yield _Piece((LINE_TWIPS,) * 3, kept=True, page=True, turned=turned)
            yield _Piece((heads.TITLE_LINE,) * len(break_title(attachment.title)), kept=True)
            yield from _text(attachment.blocks, wider, turned=turned)


def _head(document: Document) -> Iterator[_Piece]:
    title = (heads.TITLE_LINE,) * len(break_title(document.title))
    if document.form == "letter":
        yield _Piece((LINE_TWIPS,) * (1 + bool(document.secrecy) + bool(document.urgency)))
    else:
        yield _Piece((twips(MARK_BELOW_TYPE_AREA), _mark_height(document)))
        numbers = (len(document.signatories) + 1) // 2 if document.kind in UPWARD else 1
        yield _Piece((LINE_TWIPS,) * (2 + max(1, numbers)) + (twips(RULE_BELOW_NUMBER) + 30,))
    yield _Piece((LINE_TWIPS,) * 2)
    yield _Piece((*title, LINE_TWIPS), kept=True)
    if document.addressees:
        yield _Piece((LINE_TWIPS,) * heads.addressee_lines(document), kept=True)


def _mark_height(document: Document) -> int:
    """Below the 35 mm, which end at the upper edge of its letters."""
    words = heads.mark_words(document)
    if len(words) > 1:
        size = heads.joint_size(words)
        return round(size * TWIPS_A_POINT * 1.3) * len(words)
    size, lines = heads.mark_lines(words[0])
    return round(size * TWIPS_A_POINT * (1.25 * len(lines) - 0.125))


def _text(
    blocks: Iterable[Block], wider: float, *, bound: bool = False, turned: bool = False
) -> Iterator[_Piece]:
    whole = list(blocks)
    for at, block in enumerate(whole):
        if isinstance(block, Paragraph):
            count = line_count(block.text, CHARACTERS_A_LINE, 2, wider=wider)
            kept = bool(block.level) or (bound and at == len(whole) - 1 and bodies.is_kept(whole, at))
            yield _Piece((LINE_TWIPS,) * count, kept=kept, page=turned)
            turned = False
        elif isinstance(block, Picture):
            yield _Piece((8 * LINE_TWIPS,))
        else:
            wide = bodies.is_wide(block)
            yield from _table(block, wider, wide, wide != turned)
            turned = wide
    if bound and turned:
        yield _Piece((), page=True)


def _table(block: Table, wider: float, wide: bool, page: bool) -> Iterator[_Piece]:
    size, widths = bodies.columns(block, twips(PAGE_HEIGHT - TOP - BOTTOM if wide else TYPE_WIDTH))
    if page or block.caption:
        yield _Piece((480,) if block.caption else (), kept=True, page=page, turned=wide)
    for texts in (*block.head, *block.rows):
        lines = max(
            (line_count(text, max(1.0, (room - 160) / size / TWIPS_A_POINT), wider=wider) for text, room in zip(texts, widths, strict=False)),
            default=1,
        )  # fmt: skip
        yield _Piece((max(round(size * 20 * 1.9), lines * round(size * 20 * 1.35)),))
    yield _Piece((120 + DOUBT if wider else 120,))


def _closing(document: Document) -> Iterator[_Piece]:
    names = [attachment.title for attachment in document.attachments]
    if names:
        lines = sum(line_count(name, CHARACTERS_A_LINE - 6) for name in names)
        yield _Piece((LINE_TWIPS,) * (1 + lines), kept=True)
    people = document.attendance
    lists = [part for part in (people.present, people.excused, people.observing) if part]
    for part in lists:
        yield _Piece((LINE_TWIPS,) * len(closings.name_lines(part)))
    if lists:
        yield _Piece((LINE_TWIPS,))
    if document.form != "minutes" and document.date is not None:
        yield _Piece((round(closings.signature_lines(document) * LINE_TWIPS),), kept=bool(document.note))
    if document.note:
        yield _Piece((LINE_TWIPS,) * line_count(f"（{document.note}）", CHARACTERS_A_LINE, 2))
