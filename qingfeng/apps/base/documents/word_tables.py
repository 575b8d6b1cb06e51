"""The tables of a Word file, read in a process of its own with limits; what cannot be read is said in a sentence."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.base.records import old_office
from qingfeng.apps.base.records.directories import names_within
from qingfeng.apps.base.records.limited_readers import Busy, Unread, answer_of
from qingfeng.apps.base.records.models import FileKind
from qingfeng.apps.base.web.errors import BadInput

WORD = frozenset({".docx", ".docm"})
READER = "qingfeng.apps.base.documents.docx_reader"


@dataclass(frozen=True)
class WordTable:
    """A table on its grid; the lines of text above it are its first rows."""

    name: str
    rows: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...]
    numbers: tuple[int, ...]
    """The number of each row in the table; nought for a line above it."""
    starts: tuple[tuple[int, ...], ...]
    """Where the cells of each row begin on the grid."""

    def place(self, row: int, column: int) -> str:
        """第3行第2格: as somebody counts who looks at the page."""
        number = self.numbers[row] if row < len(self.numbers) else 0
        if not number:
            return _("表格上方")
        cell = max(1, bisect_right(self.starts[row], column))
        return _("第%(row)d行第%(cell)d格") % {"row": number, "cell": cell}


def is_word(content: bytes) -> bool:
    """Whether these bytes are a .docx, whatever they are called."""
    return content.startswith(b"PK") and "word/document.xml" in names_within(content)


def check_readable(content: bytes, name: str) -> None:
    """BadInput for what holds tables that no program of ours can read, with what to do instead."""
    ending = Path(name).suffix.lower()
    given = {"name": name}
    compound = old_office.is_compound(content)
    old_word = compound and old_office.kind_within(content) == FileKind.DOC
    if compound and (old_word or ending in WORD) and old_office.is_locked(content):
        raise BadInput(_("文件“%(name)s”设了密码，读不出来。请在Word或WPS里取消密码，另存后再传。") % given)
    if old_word or content.startswith(b"{\\rtf") or (ending in (".doc", ".wps") and not is_word(content)):
        raise BadInput(
            _(
                "“%(name)s”是旧版Word文件，读不出里面的表格。请用Word或WPS打开，选“文件—另存为”，"
                "类型选“Word文档（*.docx）”，再传另存的文件。"
            )
            % given
        )
    if content and ending in WORD and not is_word(content):
        raise BadInput(_broken() % given)
    if content.startswith(b"%PDF-") or ending in (".pdf", ".ofd"):
        raise BadInput(
            _(
                "“%(name)s”是版式文件，读不出里面的表格。请向填报的人要原来的Excel或Word文件再传；"
                "只有这一份的，请照着它在平台上填报。"
            )
            % given
        )


def _broken() -> str:
    return _("文件“%(name)s”打不开，可能已损坏。请用Word或WPS打开后另存为.docx再传。")


def read_word_tables(content: bytes, name: str) -> list[WordTable]:
    """The tables in their order, named 表格1, 表格2, …; BadInput when the file cannot be read."""
    answer = _asked(content)
    if answer.get("fault") == "large":
        raise BadInput(
            _("文件“%(name)s”的表格过大，或展开后过大，请去掉图片、分成几个文件后再传。") % {"name": name}
        )
    if answer.get("fault") == "busy":
        raise BadInput(_("现在正在读取的文件较多，“%(name)s”还没有读。请过一会儿再传。") % {"name": name})
    if "fault" in answer:
        raise BadInput(_broken() % {"name": name})
    return [_table(number, read) for number, read in enumerate(answer["tables"], 1)]


def _asked(content: bytes) -> dict[str, Any]:
    """What the reader says; one that was ended, or needed too long, had too much to read."""
    try:
        answer: dict[str, Any] = json.loads(answer_of(READER, content))
    except Busy:
        return {"fault": "busy"}
    except Unread:
        return {"fault": "large"}
    return answer


def _table(number: int, read: dict[str, Any]) -> WordTable:
    return WordTable(
        _("表格%(number)d") % {"number": number},
        read["rows"],
        tuple((top, left, bottom, right) for top, left, bottom, right in read["merged"]),
        tuple(read["numbers"]),
        tuple(tuple(starts) for starts in read["starts"]),
    )
