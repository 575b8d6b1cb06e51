"""Writes plan.docx, the made-up implementation plan that the demo hands in. Run once: python -m qingfeng.demo.make_plan

Places, people and wording are invented. Five faults are planted, so that the review page has something to show: an
attachment 5 that is cited but missing, stages that overlap, six groups counted but not named, a due date on a day
off, and a person named.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from qingfeng.demo import plan_words

PLAN = Path(__file__).with_name("plan.docx")
STAMP = datetime(2026, 4, 24, tzinfo=UTC)
"""A fixed time in the file's properties, so that the same words give the same file."""


def write(path: Path = PLAN) -> Path:
    """The document: cover lines, paragraphs, the attachments with their forms as tables."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(16)
    properties = document.core_properties
    properties.created = properties.modified = STAMP
    properties.author = "云汀区专治办"
    for line in plan_words.COVER:
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in plan_words.BODY.strip().splitlines():
        document.add_paragraph(line.strip())
    for number, (title, head, rows) in plan_words.FORMS.items():
        document.add_page_break()
        document.add_paragraph(f"附件{number}")
        document.add_paragraph(title).alignment = WD_ALIGN_PARAGRAPH.CENTER
        document.add_paragraph(head)
        _table(document, rows)
    document.save(str(path))
    return path


def _table(document: docx.document.Document, rows: list[list[str]]) -> None:
    """A ruled table; a row with fewer boxes has a wide last one."""
    width = max(len(row) for row in rows)
    table = document.add_table(rows=0, cols=width)
    table.style = "Table Grid"
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
        if len(row) < width:
            cells[len(row) - 1].merge(cells[width - 1])


if __name__ == "__main__":
    write()
