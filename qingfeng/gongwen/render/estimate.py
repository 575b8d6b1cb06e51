"""How many pages a document takes, counted on the grid: for machines without LibreOffice."""

from __future__ import annotations

from qingfeng.gongwen.model import Block, Document, Paragraph, Picture
from qingfeng.gongwen.render.pages import LINE_MM
from qingfeng.gongwen.standard import CHARACTERS_A_LINE, LINES_A_PAGE
from qingfeng.gongwen.titles import break_title
from qingfeng.gongwen.widths import line_count

HEAD_LINES = 9
"""Lines of the grid from the top to the red rule, with the two blank ones below it."""


def extent(document: Document) -> tuple[int, float]:
    """Pages without the imprint, and millimetres left on the last one."""
    lines = (HEAD_LINES if document.form != "letter" else 3) + 1.2 * len(break_title(document.title)) + 2
    lines += sum(_lines(block) for block in document.blocks)
    lines += (1 + len(document.attachments)) if document.attachments else 0
    lines += 4 if document.date and document.form != "minutes" else 0
    pages = 1 + int((lines - 0.01) // LINES_A_PAGE)
    for attachment in document.attachments:
        if attachment.blocks:
            lines = 5 + sum(_lines(block) for block in attachment.blocks)
            pages += 1 + int((lines - 0.01) // LINES_A_PAGE)
    used = lines % LINES_A_PAGE or LINES_A_PAGE
    return pages, (LINES_A_PAGE - used) * LINE_MM


def _lines(block: Block) -> float:
    if isinstance(block, Paragraph):
        return line_count(block.text, CHARACTERS_A_LINE, 2)
    if isinstance(block, Picture):
        return 8
    return (len(block.head) + len(block.rows)) * 0.8 + 1
