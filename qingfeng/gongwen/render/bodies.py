"""The text: four levels of headings, paragraphs, tables and pictures (7.3.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qingfeng.gongwen.errors import Unusable
from qingfeng.gongwen.fonts import BODY, FIRST, SECOND, Face
from qingfeng.gongwen.model import Block, Document, Paragraph, Picture, Table, Words
from qingfeng.gongwen.render.ooxml import border, cell, paragraph, row, run, table
from qingfeng.gongwen.render.pages import Paper
from qingfeng.gongwen.standard import BOTTOM, CHARACTERS_A_LINE, PAGE_HEIGHT, TOP, TYPE_WIDTH, cells, twips
from qingfeng.gongwen.widths import line_count, width

HEADING_FACES = {1: FIRST, 2: SECOND, 3: BODY, 4: BODY}
CELL_SIZE = 12.0
"""Points of text in a table; smaller when it is tight, down to the smallest that is read without trouble."""
SMALLEST = 9.0
LONGEST_KEPT = 5
"""Lines of a last paragraph that moves with the signature."""
NARROWEST = 2.0
"""Letters beside which a column is no narrower, in a table that fills its page."""
WIDEST_UPRIGHT = 8
"""Columns that an upright page holds; wider tables get a turned page."""

DrawPicture = Callable[[Picture], str]


def lay_out(blocks: Iterable[Block], paper: Paper, draw_picture: DrawPicture, *, bound: bool = False) -> None:
    """Puts the blocks on paper; a wide table gets turned pages of its own. `bound` keeps the last paragraph with what
    follows: no page holds a signature alone (7.3.5.5)."""
    whole = list(blocks)
    for at, block in enumerate(whole):
        if isinstance(block, Paragraph):
            paper.turn(False)
            last = bound and at == len(whole) - 1
            paper.add(body_paragraph(block, keep_next=last and is_kept(whole, at)))
        elif isinstance(block, Picture):
            paper.add(draw_picture(block))
        else:
            wide = is_wide(block)
            paper.turn(wide)
            paper.add(
                drawn_table(block, PAGE_HEIGHT - TOP - BOTTOM if wide else TYPE_WIDTH) + paragraph(line=120)
            )
    if bound:
        paper.turn(False)


def is_kept(blocks: list[Block], at: int) -> bool:
    """Whether the last paragraph goes to the next page with the signature.

    Not a long one: LibreOffice would carry all of it. Not the only one: the first page must show some text (7.3.3).
    """
    block = blocks[at]
    above = any(isinstance(other, Paragraph) and not other.level for other in blocks[:at])
    return (
        isinstance(block, Paragraph)
        and above
        and line_count(block.text, CHARACTERS_A_LINE, 2) <= LONGEST_KEPT
    )


def is_wide(block: Block) -> bool:
    """Whether a block asks for a turned page."""
    return isinstance(block, Table) and (block.landscape or block.columns > WIDEST_UPRIGHT)


def ends_turned(document: Document) -> bool:
    """Whether the last page of all, before the imprint, is a turned one."""
    bodies = [attachment.blocks for attachment in document.attachments if attachment.blocks]
    return bool(bodies) and is_wide(bodies[-1][-1])


def body_paragraph(block: Paragraph, *, keep_next: bool = False) -> str:
    """A paragraph, two characters in; a heading in its face."""
    if block.level:
        face = HEADING_FACES[block.level]
        return paragraph(run(block.text, face), first=cells(2), keep_next=True, outline=block.level)
    return paragraph(*_runs(block), first=cells(2), keep_next=keep_next)


def _runs(block: Paragraph) -> Iterable[str]:
    lead = block.lead
    face: Face = SECOND if block.text.startswith("（") else FIRST
    for words in block.words:
        if lead:
            head, lead = words.text[:lead], max(0, lead - len(words.text))
            yield run(head, face)
            words = Words(words.text[len(head) :], words.strong)
        if words.text:
            yield run(words.text, BODY, bold=words.strong)


def drawn_table(block: Table, room: float) -> str:
    """The table with its heading line, columns by what they hold, `room` millimetres in all."""
    size, widths = columns(block, twips(room))
    edges = "".join(border(side, 0.5) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    rows = [_row(cells_, widths, size, head=True) for cells_ in block.head]
    rows += [_row(cells_, widths, size, head=False) for cells_ in block.rows]
    heading = caption(block.caption, keep_next=True) if block.caption else ""
    return heading + table(rows, widths, borders=edges, margin=60)


def _row(texts: tuple[str, ...], widths: list[int], size: float, *, head: bool) -> str:
    made = []
    padded = (*texts, *[""] * (len(widths) - len(texts)))
    for words, wide in zip(padded, widths, strict=True):
        short = head or width(words) * size * 20 <= wide - 160
        line = round(size * 20 * 1.35)
        face = FIRST if head else BODY
        inner = paragraph(
            run(words, face, size=size, squeeze=0), align="center" if short else "left", line=line
        )
        made.append(cell(inner, wide))
    return row(made, head=head, height=round(size * 20 * 1.9))


def columns(block: Table, room: int) -> tuple[float, list[int]]:
    """Size of letters and widths: each column as wide as its longest word asks, long ones share what is left."""
    longest = [
        max((width(row_[at]) if at < len(row_) else 0.0 for row_ in (*block.head, *block.rows)), default=1.0)
        for at in range(block.columns)
    ]
    size = CELL_SIZE
    while size > SMALLEST and sum(min(ask, 4.0) + 1 for ask in longest) * size * 20 > room:
        size -= 0.5
    unit = size * 20
    if sum(min(ask, NARROWEST) + 1 for ask in longest) * unit > room:
        name = block.caption or "、".join(text for row_ in block.head for text in row_[:3])
        raise Unusable(
            f"表格“{name[:20]}”", f"有{block.columns}栏，横排的一面也放不下，请拆成几张表或减少栏目"
        )
    crowded = sum(min(ask, 4.0) + 1 for ask in longest) * unit > room
    least = [round((min(ask, NARROWEST if crowded else 4.0) + 1) * unit) for ask in longest]
    wish = [max(0.0, min(ask, 30.0) + 1 - width_ / unit) for ask, width_ in zip(longest, least, strict=True)]
    spare, asked = room - sum(least), sum(wish) or 1.0
    widths = [round(width_ + spare * part / asked) for width_, part in zip(least, wish, strict=True)]
    if not sum(wish):
        widths = [round(room / len(widths))] * len(widths)
    widths[-1] += room - sum(widths)
    return size, widths


def caption(words: str, *, keep_next: bool = False) -> str:
    """The line above a table or below a picture."""
    return paragraph(run(words, FIRST, size=14, squeeze=0), align="center", line=480, keep_next=keep_next)
