"""The workbook of a batch: read cell by cell as it is, and written again with columns added on the right."""

from __future__ import annotations

import csv
import functools
import itertools
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine as calamine

from qingfeng.screening.batch import drawing, outline
from qingfeng.screening.batch.outline import Page
from qingfeng.screening.cleaning.text import EXCEL_ERRORS, NOT_COMPUTED
from qingfeng.screening.errors import BadData
from qingfeng.screening.reading.cell_faults import Faults, faults_of
from qingfeng.screening.reading.grids import HEAD_ROWS, Head
from qingfeng.screening.reading.text_files import scan
from qingfeng.screening.reading.workbooks import cell_text, open_workbook

TEXTS = frozenset({".csv", ".txt", ".tsv"})
UNWRITABLE = "写不了结果文件，请检查文件夹权限、磁盘空间，或先关闭已打开的同名文件"
UNTOLD = EXCEL_ERRORS | {NOT_COMPUTED}
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
# Widths in characters: of the columns that came, of those that are added, of the last sheet.
NARROWEST, WIDEST, LOOKED_AT = 8, 30, 60
ADDED_WIDTHS = (12, 60, 36)
NOTES_WIDTHS = (16, 80)
# The height of a line in points, and how many lines the highest row of Excel holds.
LINE, MOST_LINES = 15, 27


@dataclass
class Sheet:
    """All cells of one sheet from its first row and column, and what is to be added beside each row."""

    name: str
    rows: list[list[Any]]
    # Row number as Excel counts → what goes into the added columns.
    added: dict[int, Sequence[str]] = field(default_factory=dict)
    header_row: int = 0
    # First and last cell of what is merged, rows and columns from 0.
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()

    @property
    def head(self) -> Head:
        first = self.rows[:HEAD_ROWS]
        texts = [[cell_text(cell) for cell in row] for row in first]
        # What a formula without a value shows says nothing of what its column holds.
        told = [["" if text in UNTOLD else text for text in row] for row in texts]
        return Head(told, list(range(1, len(first) + 1)))

    @functools.cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


def check_readable(path: Path) -> None:
    """Says in words why a file cannot be opened. Raises BadData."""
    if not path.is_file():
        raise BadData(path.name, "找不到这个文件")
    if path.suffix.lower() not in TEXTS:
        open_workbook(path, path.name)


def check_writable(out: Path, payments: Path, data: Path | None = None) -> None:
    """Says in words why the result cannot be written there, nor into the folder of the data. Raises BadData."""
    if out.suffix.lower() != ".xlsx":
        raise BadData(str(out), "结果是 Excel 文件，请用 --out 写一个以 .xlsx 结尾的文件名")
    if out.resolve() == payments.resolve():
        raise BadData(str(out), "结果不能写到原文件上，请用 --out 另起文件名")
    if data and out.resolve().is_relative_to(data.resolve()):
        raise BadData(str(out), "结果不能放进业务数据文件夹，否则下次会当作发放数据载入；请换一个文件夹")
    if not out.parent.is_dir():
        raise BadData(str(out), f"没有“{out.parent}”这个文件夹，请先建好或换一个位置")
    if out.is_dir() or not os.access(out.parent, os.W_OK):
        raise BadData(str(out), UNWRITABLE)


def read(path: Path) -> list[Sheet]:
    """Every sheet of the file, also those without a table."""
    if not path.is_file() or path.suffix.lower() in TEXTS:
        check_readable(path)
        return [_text_sheet(path)]
    try:
        book = calamine.load_workbook(path)
        return [_sheet(book.get_sheet_by_name(name), path, n) for n, name in enumerate(book.sheet_names)]
    except (calamine.CalamineError, OSError, ValueError):
        check_readable(path)
        raise


def _sheet(sheet: calamine.CalamineSheet, path: Path, number: int) -> Sheet:
    return Sheet(sheet.name, _cells(sheet, faults_of(path, number)), merged=sheet.merged_cell_ranges or ())


def _cells(sheet: calamine.CalamineSheet, faults: Faults) -> list[list[Any]]:
    """Cells as they are; of a formula without a value, or with an error for one, the text that says so."""
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    for number, faulty in faults.items():
        for place, text in faulty:
            if number <= len(rows) and place < len(rows[number - 1]):
                rows[number - 1][place] = text
    return rows


def _text_sheet(path: Path) -> Sheet:
    found = scan(path)
    with path.open(encoding=found.encoding, newline="", errors="replace") as file:
        sample = file.read(4096)
        file.seek(0)
        separator = max("\t,;", key=sample.count)
        return Sheet(path.stem[:31], [list(row) for row in csv.reader(file, delimiter=separator)])


def draw(sheets: Sequence[Sheet]) -> list[list[str]]:
    """The cells that came, as they go back; needs nothing of what the rules find."""
    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS:
            raise BadData(sheet.name, f"超过一张工作表能放的{MOST_ROWS:,}行，请分成几个文件再核查")
        if sheet.width + len(ADDED_WIDTHS) > MOST_COLUMNS:
            raise BadData(sheet.name, "用到了最右边的几列，没有地方写结果，请删去右边用不着的列再核查")
    return [drawing.rows(sheet.rows) for sheet in sheets]


def write(
    path: Path,
    sheets: Sequence[Sheet],
    headers: Sequence[str],
    notes: Sequence[Sequence[str]],
    drawn: Sequence[Sequence[str]],
) -> None:
    """The workbook anew: same sheets, columns and order; the added columns stand right of the last one used."""
    unfinished = path.with_name(path.name + ".tmp")
    taken: set[str] = set()
    pages = [_page(sheet, came, headers, taken) for sheet, came in zip(sheets, drawn, strict=True)]
    pages.append(_notes_page(notes, taken))
    try:
        outline.write(unfinished, pages)
        unfinished.replace(path)
    except OSError as fault:
        unfinished.unlink(missing_ok=True)
        raise BadData(str(path), UNWRITABLE) from fault


def _page(sheet: Sheet, came: Sequence[str], headers: Sequence[str], taken: set[str]) -> Page:
    name, widths = _sheet_name(sheet.name, taken), _widths(sheet)
    if not sheet.added:
        return Page(
            name, len(came), sheet.width, itertools.starmap(drawing.whole, enumerate(came, 1)), widths
        )
    rows = (_row(sheet, number, cells, headers) for number, cells in enumerate(came, 1))
    width = sheet.width + len(headers)
    return Page(name, len(came), width, rows, [*widths, *ADDED_WIDTHS], sheet.header_row)


def _row(sheet: Sheet, number: int, came: str, headers: Sequence[str]) -> str:
    """A row with what stands right of it."""
    if texts := sheet.added.get(number):
        styles = (texts[0], *["words"] * (len(texts) - 1))
        cells = came + drawing.added(sheet.width, number, texts, styles)
        return drawing.whole(number, cells, _height(texts, ADDED_WIDTHS))
    if number == sheet.header_row:
        came += drawing.added(sheet.width, number, headers, ["header"] * len(headers))
    return drawing.whole(number, came)


def _notes_page(notes: Sequence[Sequence[str]], taken: set[str]) -> Page:
    rows = []
    for number, line in enumerate(notes, 1):
        cells = drawing.added(0, number, line, ["header" if number == 1 else "words"] * len(line))
        rows.append(drawing.whole(number, cells, _height(line, NOTES_WIDTHS)))
    return Page(_sheet_name("核查说明", taken), len(rows), max(map(len, notes)), rows, NOTES_WIDTHS)


def _height(texts: Sequence[str], widths: Sequence[int]) -> float | None:
    """How high a row must be for its wrapped texts, in points; nothing for one line. Not every program finds out by
    itself when it opens the file."""
    lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=True))
    return LINE * min(lines, MOST_LINES) if lines > 1 else None


@functools.lru_cache(drawing.REPEATED)
def _lines(text: str, width: int) -> int:
    return sum(max(-(-_room(part) // width), 1) for part in text.split("\n"))


def _widths(sheet: Sheet) -> list[int]:
    """As wide as the header and the first rows below it, within reason; what stands above is a title."""
    first = max(sheet.header_row - 1, 0)
    made = [NARROWEST] * sheet.width
    for row in sheet.rows[first : first + LOOKED_AT]:
        for place, cell in enumerate(row):
            made[place] = max(made[place], _room(cell_text(cell)))
    return [min(room, WIDEST) for room in made]


def _room(text: str) -> int:
    """The room that a text takes, in digits: a Chinese character, which has three bytes, takes that of two."""
    return (len(text.encode(errors="replace")) + len(text)) // 2 + 1


def _sheet_name(name: str, taken: set[str]) -> str:
    """Sheet names must differ, also from one that the file brought; a csv file may be called as no sheet may."""
    name = re.sub(r"[\[\]:*?/\\]", "_", name).strip("'") or "Sheet1"
    made, number = name[:31], 2
    while made.casefold() in taken:
        made, number = f"{name[:28]}{number}", number + 1
    taken.add(made.casefold())
    return made
