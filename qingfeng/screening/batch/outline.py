"""A workbook in two steps: XlsxWriter makes it with all its sheets, styles, widths and frozen rows but without cells;
then the rows go into the sheets as they are drawn. Cell by cell through XlsxWriter 10,000 rows took a second longer.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.utility import xl_range

from qingfeng.screening.batch.drawing import STYLE, STYLES

# Rows handed to the file at once, and how hard they are packed: twice as hard takes three times as long.
AT_ONCE = 500
PACKED = 3
SHEET_DATA = re.compile(r"<sheetData/>|<sheetData>.*?</sheetData>", re.DOTALL)
DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')
STYLE_NUMBER = re.compile(r'<c r="[A-Z]+1" s="(\d+)"/>')


@dataclass
class Page:
    """A sheet to be: its name, its extent, its rows as they are drawn, how wide its columns are, what stays in sight."""

    name: str
    height: int
    width: int
    rows: Iterable[str]
    widths: Sequence[float] = field(default_factory=tuple)
    # So many rows stay in sight; the last of them has a button to choose by.
    header_row: int = 0


def write(path: Path, pages: Sequence[Page]) -> None:
    """The workbook with these sheets."""
    made = io.BytesIO()
    _outline(made, pages)
    parts = {f"xl/worksheets/sheet{number}.xml": page for number, page in enumerate(pages, start=1)}
    with ZipFile(made) as outline, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=PACKED) as out:
        _check_styles(outline.read(next(iter(parts))).decode())
        for name in outline.namelist():
            if page := parts.get(name):
                with out.open(name, "w", force_zip64=True) as file:
                    file.writelines(_filled(outline.read(name).decode(), page))
            else:
                out.writestr(name, outline.read(name))


def _outline(made: io.BytesIO, pages: Sequence[Page]) -> None:
    """All but the rows. The first sheet has one cell of each style, so that the styles are there, in this order."""
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for page in pages:
            sheet = book.add_worksheet(page.name)
            for column, width in enumerate(page.widths):
                sheet.set_column(column, column, width)
            if page.header_row:
                sheet.freeze_panes(page.header_row, 0)
                sheet.autofilter(page.header_row - 1, 0, page.height - 1, page.width - 1)
        for column, looks in enumerate(STYLES.values()):
            book.worksheets()[0].write_blank(0, column, None, book.add_format(dict(looks)))


def _check_styles(first: str) -> None:
    """Drawn cells name their style by number: it must be the one that XlsxWriter gave it."""
    given = [int(number) for number in STYLE_NUMBER.findall(first)]
    if given != [STYLE[name] for name in STYLES]:
        raise ValueError(f"styles are numbered {given}")


def _filled(outline: str, page: Page) -> Iterator[bytes]:
    """The part of a sheet with its rows."""
    before, after = SHEET_DATA.split(outline)
    extent = xl_range(0, 0, max(page.height - 1, 0), max(page.width - 1, 0))
    yield DIMENSION.sub(f'<dimension ref="{extent}"/>', before).encode()
    yield b"<sheetData>"
    rows = iter(page.rows)
    while some := list(itertools.islice(rows, AT_ONCE)):
        yield "".join(some).encode()
    yield b"</sheetData>"
    yield after.encode()
