"""Reads the worksheets of a table file: the file on standard input, a line of JSON for each on standard output.

Started by `workbooks.read_worksheets` (see `limited_readers`). How far a workbook reaches is looked at before it is
read: the library lays out each worksheet as a full rectangle in memory, and one value in the last cell of an otherwise
empty sheet would be hundreds of gigabytes.

A line: `{"name": title or null for a text file, "rows": [[cell, …], …], "merged": [[top, left, bottom, right], …]}`;
days and times are told apart from texts as `workbooks` knows them. Or `{"fault": word}`, after which nothing counts.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from qingfeng.apps.base.records.compounds import SIGNATURE, is_compound, is_locked
from qingfeng.apps.base.records.directories import Crowded, check_directory
from qingfeng.apps.base.records.reading_limits import bounded
from qingfeng.apps.base.records.texts import decoded

MOST_WORKSHEETS = 300
MOST_CELLS = 1_000_000
MOST_LETTERS = 20_000_000
"""Of all cells together: what is handed on has to fit into the memory of the platform."""
MOST_BYTES = 200 * 1024 * 1024
MOST_MERGED = 200_000
_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^<>]*(?<!/)>")
_CHUNK = 1 << 20
_OVERLAP = 4096
_LONGEST_CELL = 1 << 20
"""A text pasted whole into one cell is read, so that its cell can be named; the module's own limit is 128 KiB."""
_SAMPLE = 64 * 1024
_FIRST_ROWS = 50
_DELIMITERS = (",", "\t", ";", "，")
_MANY_CELLS = 8
_WEB_PAGE = ("<!doctype", "<html", "<table", "<?xml")
_DAMAGED = (CalamineError, zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, csv.Error)

Sheet = dict[str, Any]


class Fault(Exception):
    """Why the file is not read, in one word that `workbooks` puts into a sentence."""


class Room:
    """What is left of the cells and letters that one file may have."""

    def __init__(self) -> None:
        self.cells, self.letters = MOST_CELLS, MOST_LETTERS

    def take(self, row: list[Any]) -> None:
        self.cells -= max(len(row), 1)
        self.letters -= sum(len(cell) for cell in row if isinstance(cell, str))
        if self.cells < 0:
            raise Fault("wide")
        if self.letters < 0:
            raise Fault("large")


def is_packed(content: bytes) -> bool:
    """A workbook, new or old; everything else is looked at as text."""
    return content.startswith((b"PK", SIGNATURE[:4]))


def worksheets(content: bytes) -> Iterator[Sheet]:
    """The worksheets in their order, or a text table as the only one."""
    room = Room()
    yield from _of_workbook(content, room) if is_packed(content) else [_of_text(content, room)]


def _of_workbook(content: bytes, room: Room) -> Iterator[Sheet]:
    check_extent(content)
    if is_compound(content) and is_locked(content):
        raise PasswordError
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    if len(book.sheet_names) > MOST_WORKSHEETS:
        raise Fault("many")
    for title in book.sheet_names:
        yield _worksheet(book.get_sheet_by_name(title), title, room)


def _worksheet(sheet: CalamineSheet, title: str, room: Room) -> Sheet:
    if sheet.height == 0:
        return {"name": title, "rows": [], "merged": []}
    if (sheet.total_height + 1) * (sheet.total_width + 1) > MOST_CELLS:
        raise Fault("wide")
    rows = sheet.to_python(skip_empty_area=False)
    for row in rows:
        room.take(row)
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    if len(merged) > MOST_MERGED:
        raise Fault("wide")
    return {"name": title, "rows": rows, "merged": merged}


def _of_text(content: bytes, room: Room) -> Sheet:
    text = decoded(content)
    if text is None:
        raise Fault("letters")
    if text.lstrip()[:9].lower().startswith(_WEB_PAGE):
        raise Fault("web")
    rows = []
    for row in _records(text, _delimiter(text)):
        room.take(row)
        rows.append(row)
    return {"name": None, "rows": rows, "merged": []}


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
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


def check_extent(content: bytes) -> None:
    """Fault when a worksheet of this .xlsx reaches too far or unpacks to too much; other files pass."""
    if not content.startswith(b"PK"):
        return
    check_directory(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
            raise Fault("large")
        for entry in archive.infolist():
            if entry.filename.lower().startswith("xl/worksheets/") and _cells(archive, entry) > MOST_CELLS:
                raise Fault("wide")


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


def plain(value: Any) -> dict[str, Any]:
    """A cell that JSON has no word for."""
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, timedelta):
        return {"span": [value.days, value.seconds, value.microseconds]}
    raise TypeError(type(value).__name__)  # the library gives no other kind


def lines(content: bytes) -> Iterable[bytes]:
    """The answer line by line."""
    try:
        for sheet in worksheets(content):
            yield _line(sheet)
    except Fault as fault:
        yield _line({"fault": str(fault)})
    except (MemoryError, Crowded):
        yield _line({"fault": "large"})
    except PasswordError:
        yield _line({"fault": "locked"})
    except _DAMAGED:
        yield _line({"fault": "broken"})


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=plain).encode() + b"\n"


def main() -> int:
    """Answers for the file on standard input."""
    bounded()
    for line in lines(sys.stdin.buffer.read()):
        sys.stdout.buffer.write(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
