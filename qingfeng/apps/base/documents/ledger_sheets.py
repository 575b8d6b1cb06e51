"""A ledger of any length as .xlsx or .csv, row by row: nothing is kept in memory but the rows at hand and the file.

The frame of the workbook is XlsxWriter's, the rows are written straight into it: 10,000 rows of the inspection form
cost less than their bare cells would cost that library. Every text is a string: nothing that somebody typed becomes a
formula, neither in Excel nor from a CSV.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from django.utils.translation import gettext as _

from qingfeng.apps.base.documents.excel import DANGEROUS, TableColumn, Value
from qingfeng.apps.base.documents.ledger_frames import CONTENT_TYPES, SHEET, Frame
from qingfeng.apps.base.documents.ledger_rows import RowWriter
from qingfeng.apps.base.documents.papers import printable
from qingfeng.apps.base.web.errors import BadInput

MOST_ROWS = 1_000_000
"""A worksheet holds 1,048,576."""
_AT_ONCE = 200
_TAKEN_FOR_FORMULA = re.compile(f"'*[{re.escape(''.join(DANGEROUS))}]")
_MARKED = re.compile(f"'+[{re.escape(''.join(DANGEROUS))}]")


@dataclass(frozen=True)
class LedgerSheet:
    """What goes on the sheet; `foot` is known only once the rows are written, so it is asked with their number."""

    title: str
    columns: Sequence[TableColumn]
    rows: Iterable[Sequence[Value]]
    foot: Callable[[int], Sequence[str]]
    head_line: str = ""
    """The line to fill in, under the title: who files it and when."""


def ledger_xlsx(sheet: LedgerSheet) -> bytes:
    """A4 landscape, one page wide, the head row fixed and printed on each page, the foot below the last row."""
    out = io.BytesIO()
    begun = Frame(sheet.title, sheet.head_line, sheet.columns, 0, [""])
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry(CONTENT_TYPES), begun.parts[CONTENT_TYPES])
        with archive.open(_entry(SHEET), "w", force_zip64=True) as page:
            page.write(begun.before)
            count = 0
            for number, part in _parts(sheet, begun):
                count += number
                _check_room(count)
                page.write(part)
            whole = Frame(sheet.title, sheet.head_line, sheet.columns, count, sheet.foot(count))
            page.write(whole.after)
        for name, content in whole.parts.items():
            if name != CONTENT_TYPES:
                archive.writestr(_entry(name), content)
    return out.getvalue()


def table_xlsx(
    title: str,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Value]],
    note: str = "",
    head_line: str = "",
) -> bytes:
    """A table whose last line is known beforehand, as a ledger."""
    return ledger_xlsx(LedgerSheet(title, columns, rows, lambda _count: [note] if note else [], head_line))


def _check_room(count: int) -> None:
    if count > MOST_ROWS:
        raise BadInput(
            _("这个台账超过%(most)d行，一张Excel工作表放不下。请先筛选，或导出为.csv。") % {"most": MOST_ROWS}
        )


def _parts(sheet: LedgerSheet, frame: Frame) -> Iterator[tuple[int, bytes]]:
    """(number of rows, their XML), some at a time."""
    writer, rows = RowWriter(sheet.columns, frame), iter(sheet.rows)
    while part := [writer.xml(row) for row in islice(rows, _AT_ONCE)]:
        yield len(part), "".join(part).encode()


def _entry(name: str) -> zipfile.ZipInfo:
    """Without a time of its own: the same rows make the same bytes."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def ledger_csv(sheet: LedgerSheet) -> bytes:
    """The same table for other programs: UTF-8 with a mark that Excel needs, the foot after an empty line."""
    out = io.BytesIO()
    with io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=False) as text:
        writer = csv.writer(text)
        writer.writerow([column.title for column in sheet.columns])
        count = 0
        for row in sheet.rows:
            writer.writerow([_plain(value) for value in row])
            count += 1
        writer.writerow([])
        for line in sheet.foot(count):
            writer.writerow([_plain(line)])
        text.flush()
        return out.getvalue()


def _plain(value: Value) -> str:
    """A value as text; what a spreadsheet would take for a formula is marked as text by an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    text = printable(value.isoformat() if isinstance(value, date) else value)
    return f"'{text}" if _TAKEN_FOR_FORMULA.match(text) else text


def unmarked(text: str) -> str:
    """The text as it was before a CSV marked it as one."""
    return text[1:] if _MARKED.match(text) else text
