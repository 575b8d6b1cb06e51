"""Tables as offices send them (.xlsx, .xls, .et, .csv, “Unicode text”) as worksheets of raw cells.

How far a workbook reaches is looked at before it is read: the reader lays out each worksheet as a full rectangle in memory: one value in the last cell of an otherwise empty
sheet would cost hundreds of gigabytes and end the process, so such a file is refused from its own text.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from qingfeng.apps.base.records import old_office
from qingfeng.apps.base.records.files import safe_name
from qingfeng.apps.base.records.texts import decoded
from qingfeng.apps.base.web.errors import BadInput

ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".csv", ".txt"})
MOST_WORKSHEETS = 300

MOST_CELLS = 1_000_000
MOST_BYTES = 200 * 1024 * 1024
_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^<>]*(?<!/)>")
_CHUNK = 1 << 20
_OVERLAP = 4096
csv.field_size_limit(1 << 20)
"""A text pasted whole into one cell is read, so that its cell can be named; the module's own limit is 128 KiB."""
_SAMPLE = 64 * 1024
_FIRST_ROWS = 50
_DELIMITERS = (",", "\t", ";", "，")
_MANY_CELLS = 8


@dataclass(frozen=True)
class Worksheet:
    """A worksheet, or a text file as a whole: rows of raw cells, and which cells are merged."""

    name: str
    rows: list[list[Any]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """(first row, first column, last row, last column), counted from nought."""


def read_worksheets(content: bytes, name: str) -> list[Worksheet]:
    """The worksheets of a table file, told by its content. BadInput when it is none that can be read."""
    name = safe_name(name)
    if not content:
        raise BadInput(_("文件“%(name)s”是空的，请重新选择。") % {"name": name})
    if Path(name).suffix.lower() not in ENDINGS:
        raise BadInput(
            _("只能导入.xlsx、.xls或.csv文件，“%(name)s”不是。请另存为Excel文件后再传。") % {"name": name}
        )
    if content.startswith(b"PK") or content.startswith(old_office.SIGNATURE[:4]):
        return _from_workbook(content, name)
    return [_from_text(content, name)]


def _from_workbook(content: bytes, name: str) -> list[Worksheet]:
    try:
        check_extent(content, name)
        if old_office.is_compound(content) and old_office.is_locked(content):
            raise PasswordError
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        if len(book.sheet_names) > MOST_WORKSHEETS:
            raise BadInput(
                _("文件“%(name)s”超过%(count)d个工作表，请分成几个文件。")
                % {"name": name, "count": MOST_WORKSHEETS}
            )
        return [_worksheet(book.get_sheet_by_name(sheet), sheet, name) for sheet in book.sheet_names]
    except PasswordError as error:
        raise BadInput(
            _("文件“%(name)s”设了密码，读不出来。请在Excel或WPS里取消密码，另存后再传。") % {"name": name}
        ) from error
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError) as error:
        raise BadInput(
            _("文件“%(name)s”打不开，可能已损坏。请用Excel或WPS打开后另存再传。") % {"name": name}
        ) from error


def _worksheet(sheet: CalamineSheet, title: str, name: str) -> Worksheet:
    if sheet.height == 0:
        return Worksheet(title, [])
    if (sheet.total_height + 1) * (sheet.total_width + 1) > MOST_CELLS:
        raise BadInput(_("文件“%(name)s”的表格范围过大，请删去多余的行和列后再传。") % {"name": name})
    ranges = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return Worksheet(title, sheet.to_python(skip_empty_area=False), ranges)


def _from_text(content: bytes, name: str) -> Worksheet:
    text = decoded(content)
    if text is None:
        raise BadInput(
            _("文件“%(name)s”的编码不能识别，或者不是表格。请用Excel或WPS打开，另存为.xlsx后再传。")
            % {"name": name}
        )
    if text.lstrip()[:9].lower().startswith(("<!doctype", "<html", "<table", "<?xml")):
        raise BadInput(
            _("文件“%(name)s”其实是网页，不是表格。请用Excel或WPS打开，另存为.xlsx后再传。") % {"name": name}
        )
    try:
        rows = [list(row) for row in _records(text, _delimiter(text))]
    except csv.Error as error:
        raise BadInput(
            _("文件“%(name)s”打不开，可能已损坏。请用Excel或WPS打开后另存再传。") % {"name": name}
        ) from error
    return Worksheet(Path(name).stem, rows)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """What stands between the cells: the sign that divides the most of the first rows alike, and into several cells.
    Which of them is the most frequent says nothing: a Chinese text is full of “，”."""
    return max(_DELIMITERS, key=lambda sign: _cuts_alike(text, sign))


def _cuts_alike(text: str, delimiter: str) -> int:
    """How many of the first rows have the same number of cells, weighed by that number: two halves may be one text with
    a “；” in it. Beyond `_MANY_CELLS` more cells prove no more: a long text has any number of “，”."""
    with suppress(csv.Error):  # a quarter of a cell at the end of the sample
        widths = Counter(len(row) for row in islice(_records(text[:_SAMPLE], delimiter), _FIRST_ROWS))
        return max((rows * min(width - 1, _MANY_CELLS) for width, rows in widths.items()), default=0)
    return 0


def check_extent(content: bytes, name: str) -> None:
    """BadInput when a worksheet of this .xlsx reaches too far or unpacks to too much; other files pass."""
    if not content.startswith(b"PK"):
        return
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
            raise BadInput(_("文件“%(name)s”展开后过大，请分成几个文件。") % {"name": name})
        for entry in archive.infolist():
            if entry.filename.lower().startswith("xl/worksheets/") and _cells(archive, entry) > MOST_CELLS:
                raise BadInput(_("文件“%(name)s”的表格范围过大，请删去多余的行和列后再传。") % {"name": name})


def _cells(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """Rows times columns up to the last cell that holds something."""
    rows = columns = 0
    rest = b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            text = rest + chunk
            for letters, number in _CELL.findall(text):
                rows, columns = max(rows, int(number)), max(columns, _column(letters))
            rest = text[-_OVERLAP:]
    return rows * columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
