"""A document as its author means it, before any layout."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Words:
    """A stretch of text of one emphasis."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; `level` 1 to 4 for a heading, 0 for text. `lead` letters of it stand in the heading's
    face: the run-in heading of a paragraph such as “（一）加强领导。各单位要……”."""

    words: tuple[Words, ...]
    level: int = 0
    lead: int = 0

    @property
    def text(self) -> str:
        """Its letters without emphasis."""
        return "".join(part.text for part in self.words)


@dataclass(frozen=True)
class Table:
    """A table with its head rows; `landscape` turns its page."""

    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    landscape: bool = False

    @property
    def columns(self) -> int:
        """Columns of its widest row."""
        return max((len(row) for row in (*self.head, *self.rows)), default=0)


@dataclass(frozen=True)
class Picture:
    """A picture from a file beside the source."""

    path: Path
    caption: str = ""


Block = Paragraph | Table | Picture


@dataclass(frozen=True)
class Attachment:
    """One attachment: its title, and its text if it is bound with the document."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Attendance:
    """Who was at a meeting (minutes): 出席, 请假, 列席."""

    present: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    observing: tuple[str, ...] = ()


Form = Literal["document", "letter", "minutes", "plain"]
"""Plain: a sheet that a person signs (承诺书), without mark, number and red rule."""


@dataclass(frozen=True)
class Document:
    """An official document: the elements of GB/T 9704-2012 §7, in the order in which they stand on paper."""

    kind: str
    title: str
    issuers: tuple[str, ...]
    blocks: tuple[Block, ...]
    form: Form = "document"
    mark: str = ""
    copy_no: str = ""
    secrecy: str = ""
    urgency: str = ""
    number: str = ""
    signatories: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    addressees_below: tuple[str, ...] = ()
    """Addressees moved to the imprint, as so many of them would leave no room for text on the first page (7.3.2)."""
    attachments: tuple[Attachment, ...] = ()
    date: datetime.date | None = None
    seal: bool = True
    note: str = ""
    copied_to: tuple[str, ...] = ()
    issued_by: str = ""
    issue_date: datetime.date | None = None
    attendance: Attendance = field(default_factory=Attendance)

    @property
    def has_imprint(self) -> bool:
        """Whether anything stands at the foot of its last page."""
        return bool(self.addressees_below or self.copied_to or self.issued_by or self.issue_date)
