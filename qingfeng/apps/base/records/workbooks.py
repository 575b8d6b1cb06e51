"""Tables as offices send them (.xlsx, .xls, .et, .csv, “Unicode text”) as worksheets of raw cells.

They are read by `table_reader` in a process of its own with limits (see `limited_readers`); here what it answers becomes
cells again, and what is wrong a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.base.records.files import safe_name
from qingfeng.apps.base.records.limited_readers import Busy, TooMuch, Unread, answer_of
from qingfeng.apps.base.web.errors import BadInput

ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".csv", ".txt"})
MOST_WORKSHEETS = 300
READER = "qingfeng.apps.base.records.table_reader"


@dataclass(frozen=True)
class Worksheet:
    """A worksheet, or a text file as a whole: rows of raw cells, and which cells are merged."""

    name: str
    rows: list[list[Any]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """(first row, first column, last row, last column), counted from nought."""


def read_worksheets(content: bytes, name: str) -> list[Worksheet]:
    """The worksheets of a table file, told by its content. BadInput when it is none that can be read, or one that is
    read only with more memory or time than one file may have. Costs the start of a small process."""
    name = safe_name(name)
    if not content:
        raise BadInput(_("文件“%(name)s”是空的，请重新选择。") % {"name": name})
    if Path(name).suffix.lower() not in ENDINGS:
        raise BadInput(
            _("只能导入.xlsx、.xls或.csv文件，“%(name)s”不是。请另存为Excel文件后再传。") % {"name": name}
        )
    try:
        return worksheets_said(answer_of(READER, content).splitlines(), name)
    except TooMuch as error:
        raise BadInput(_sentence("large") % {"name": name}) from error
    except Busy as error:
        raise BadInput(_sentence("busy") % {"name": name}) from error
    except Unread as error:
        raise BadInput(_sentence("broken") % {"name": name}) from error


def worksheets_said(lines: Iterable[bytes], name: str) -> list[Worksheet]:
    """The worksheets that a reader tells of, line by line; BadInput for what it found wrong."""
    found = []
    for line in lines:
        said = json.loads(line, object_hook=_cell)
        if "fault" in said:
            raise BadInput(_sentence(said["fault"]) % {"name": name, "count": MOST_WORKSHEETS})
        title = Path(name).stem if said["name"] is None else said["name"]
        merged = tuple((top, left, bottom, right) for top, left, bottom, right in said["merged"])
        found.append(Worksheet(title, said["rows"], merged))
    return found


def _cell(said: dict[str, Any]) -> Any:
    """A day or time; whatever is none of them is the worksheet itself."""
    match said:
        case {"moment": moment}:
            return datetime.fromisoformat(moment)
        case {"day": day}:
            return date.fromisoformat(day)
        case {"time": hour}:
            return time.fromisoformat(hour)
        case {"span": [days, seconds, microseconds]}:
            return timedelta(days, seconds, microseconds)
    return said


def _sentence(fault: str) -> str:
    """What is wrong and what to do, for each word of the reader."""
    return {
        "wide": _("文件“%(name)s”的表格范围过大，请删去多余的行和列后再传。"),
        "large": _(
            "文件“%(name)s”内容过多，或展开后过大，读它要的内存或时间超出限度。请分成几个文件、去掉图片后再传。"
        ),
        "many": _("文件“%(name)s”超过%(count)d个工作表，请分成几个文件。"),
        "locked": _("文件“%(name)s”设了密码，读不出来。请在Excel或WPS里取消密码，另存后再传。"),
        "broken": _("文件“%(name)s”打不开，可能已损坏。请用Excel或WPS打开后另存再传。"),
        "letters": _("文件“%(name)s”的编码不能识别，或者不是表格。请用Excel或WPS打开，另存为.xlsx后再传。"),
        "web": _("文件“%(name)s”其实是网页，不是表格。请用Excel或WPS打开，另存为.xlsx后再传。"),
        "busy": _("现在正在读取的文件较多，“%(name)s”还没有读。请过一会儿再传。"),
    }[fault]
