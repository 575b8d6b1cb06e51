"""Prints a paper: its description as JSON on standard input, the files as JSON on standard output.

Started by `printing`. Loads the Word writer and the chart drawer, therefore never imported by a web process.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from qingfeng.apps.work.reports.papers.drawing import NoFace, draw
from qingfeng.gongwen.errors import Unusable
from qingfeng.gongwen.model import Attachment, Attendance, Block, Document, Paragraph, Picture, Table, Words
from qingfeng.gongwen.service import render_documents

SIGNED = ("document", "letter")
"""Forms that end with the office's name and the date."""


def main() -> None:
    """One paper in, its files out; what cannot be printed is answered in one sentence."""
    wanted = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(prefix="papers-") as folder:
        try:
            answer = printed(wanted, Path(folder))
        except Unusable as refusal:
            answer = {"refused": str(refusal)}
    json.dump(answer, sys.stdout, ensure_ascii=True)


def printed(wanted: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The .docx, the .pdf if it is wanted, and remarks."""
    press = Press(folder)
    document = press.document(wanted["paper"])
    (made,) = render_documents([document], as_pdf=wanted["pdf"], all_counted=False)
    return {
        "docx": base64.b64encode(made.docx).decode(),
        "pdf": base64.b64encode(made.pdf or b"").decode(),
        "remarks": [*press.remarks, *made.remarks],
    }


class Press:
    """Puts a document together; charts are drawn into its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.remarks: list[str] = []
        self._drawn = 0

    def document(self, paper: dict[str, Any]) -> Document:
        """The document of a described paper."""
        return Document(
            kind=paper["kind"],
            title=paper["title"],
            issuers=tuple(paper["issuers"]),
            blocks=tuple(self._blocks(paper["blocks"])),
            form=paper["form"],
            mark=paper["mark"],
            number=paper["number"],
            signatories=tuple(paper["signatories"]),
            addressees=tuple(paper["addressees"]),
            attachments=tuple(
                Attachment(one["title"], tuple(self._blocks(one["blocks"]))) for one in paper["attachments"]
            ),
            date=date.fromisoformat(paper["date"]) if paper["form"] in SIGNED else None,
            seal=paper["seal"],
            copied_to=tuple(paper["copied_to"]),
            issued_by=paper["issued_by"],
            issue_date=date.fromisoformat(paper["issue_date"]) if paper["issue_date"] else None,
            attendance=Attendance(
                tuple(paper["present"]), tuple(paper["excused"]), tuple(paper["observing"])
            ),
        )

    def _blocks(self, blocks: list[dict[str, Any]]) -> Iterator[Block]:
        for block in blocks:
            if block["is"] == "text":
                yield Paragraph((Words(block["text"]),), block.get("level", 0), block.get("lead", 0))
                continue
            picture = self._picture(block) if block["is"] == "chart" else None
            yield picture or _table(block)

    def _picture(self, block: dict[str, Any]) -> Picture | None:
        chart = block["chart"]
        self._drawn += 1
        path = self.folder / f"chart{self._drawn}.png"
        try:
            draw(chart, path)
        except NoFace as reason:
            self.remarks.append(f"“{chart['caption']}”{reason}，以表格代替")
            return None
        return Picture(path, chart["caption"])


def _table(block: dict[str, Any]) -> Table:
    rows = tuple(tuple(row) for row in block["rows"])
    return Table((tuple(block["head"]),), rows, block["caption"], block["landscape"])


if __name__ == "__main__":
    main()
