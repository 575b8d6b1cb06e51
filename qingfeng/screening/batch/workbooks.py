"""The workbook of a batch: read cell by cell as it is, and written again with columns added on the right."""

from __future__ import annotations

import csv
import datetime
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine as calamine
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from qingfeng.screening.errors import BadData
from qingfeng.screening.reading.grids import HEAD_ROWS, Head
from qingfeng.screening.reading.text_files import scan
from qingfeng.screening.reading.workbooks import cell_text, open_workbook

TEXTS = frozenset({".csv", ".txt", ".tsv"})
DATE, MOMENT, TIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss"
LONGEST_CELL = 32_000
WIDEST = 46


@dataclass
class Sheet:
    """All cells of one sheet from its first row and column, and what is to be added beside each row."""

    name: str
    rows: list[list[Any]]
    # Row number as Excel counts → what goes into the added columns.
    added: dict[int, Sequence[str]] = field(default_factory=dict)
    header_row: int = 0

    @property
    def head(self) -> Head:
        first = self.rows[:HEAD_ROWS]
        return Head([[cell_text(cell) for cell in row] for row in first], list(range(1, len(first) + 1)))

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


def check_readable(path: Path) -> None:
    """Says in words why a file cannot be opened. Raises BadData."""
    if not path.is_file():
        raise BadData(path.name, "找不到这个文件")
    if path.suffix.lower() not in TEXTS:
        open_workbook(path, path.name)


def read(path: Path) -> list[Sheet]:
    """Every sheet of the file, also those without a table."""
    check_readable(path)
    if path.suffix.lower() in TEXTS:
        return [_text_sheet(path)]
    book = calamine.load_workbook(path)
    return [Sheet(name, _cells(book.get_sheet_by_name(name))) for name in book.sheet_names]


def _cells(sheet: calamine.CalamineSheet) -> list[list[Any]]:
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def _text_sheet(path: Path) -> Sheet:
    found = scan(path)
    with path.open(encoding=found.encoding, newline="", errors="replace") as file:
        sample = file.read(4096)
        file.seek(0)
        separator = max("\t,;", key=sample.count)
        return Sheet(path.stem[:31], [list(row) for row in csv.reader(file, delimiter=separator)])


def write(
    path: Path, sheets: Sequence[Sheet], headers: Sequence[str], notes: Sequence[Sequence[str]]
) -> None:
    """The workbook anew: same sheets, columns and order; the added columns stand right of the last one used."""
    unfinished = path.with_name(path.name + ".tmp")
    try:
        with xlsxwriter.Workbook(
            str(unfinished), {"constant_memory": True, "strings_to_formulas": False}
        ) as book:
            formats = _formats(book)
            taken: set[str] = set()
            for sheet in sheets:
                _write_sheet(book, formats, sheet, headers, taken)
            _write_notes(book, formats, notes, taken)
        unfinished.replace(path)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as fault:
        unfinished.unlink(missing_ok=True)
        raise BadData(
            str(path), "写不了结果文件，请检查文件夹权限、磁盘空间，或先关闭已打开的同名文件"
        ) from fault


def _formats(book: xlsxwriter.Workbook) -> Mapping[str, Any]:
    return {
        "date": book.add_format({"num_format": DATE}),
        "moment": book.add_format({"num_format": MOMENT}),
        "time": book.add_format({"num_format": TIME}),
        "header": book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1}),
        "可付": book.add_format({"valign": "top"}),
        "先核实": book.add_format({"valign": "top", "bg_color": "#FCE4D6", "bold": True}),
        "身份待确认": book.add_format({"valign": "top", "bg_color": "#FFF2CC", "bold": True}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
    }


class _Page(Worksheet):
    """A worksheet whose plain texts, nearly all of its cells, are written without XlsxWriter's general way."""

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        text = cell.string if type(cell).__name__ == "String" else ""
        if not text or cell.format or text != text.strip() or _SPECIAL.search(text):
            super()._write_cell(row, col, cell)
            return
        self.fh.write(f'<c r="{_column(col)}{row + 1}" t="inlineStr"><is><t>{text}</t></is></c>')


_SPECIAL = re.compile("[\x00-\x1f\x7f&<>\ud800-\udfff\ufffe\uffff]|_x")
_column = functools.cache(xl_col_to_name)


def _write_sheet(
    book: xlsxwriter.Workbook,
    formats: Mapping[str, Any],
    sheet: Sheet,
    headers: Sequence[str],
    taken: set[str],
) -> None:
    page = book.add_worksheet(_sheet_name(sheet.name, taken), _Page)
    width = sheet.width
    if sheet.added:
        page.set_column(width, width, 12)
        page.set_column(width + 1, width + len(headers) - 1, WIDEST)
        page.freeze_panes(sheet.header_row, 0)
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            _write_cell(page, formats, number - 1, column, cell)
        if sheet.added and number == sheet.header_row:
            page.write_row(number - 1, width, list(headers), formats["header"])
        elif number in sheet.added:
            advice, *words = sheet.added[number]
            page.write_string(number - 1, width, advice, formats.get(advice, formats["words"]))
            for place, text in enumerate(words, start=1):
                page.write_string(number - 1, width + place, text[:LONGEST_CELL], formats["words"])


def _write_cell(page: Any, formats: Mapping[str, Any], row: int, column: int, cell: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell)
    elif isinstance(cell, datetime.datetime):
        page.write_datetime(row, column, cell, formats["moment"])
    elif isinstance(cell, datetime.date):
        page.write_datetime(row, column, cell, formats["date"])
    elif isinstance(cell, datetime.time | datetime.timedelta):
        page.write_datetime(row, column, cell, formats["time"])
    else:
        page.write_string(row, column, str(cell)[:LONGEST_CELL])


def _write_notes(
    book: xlsxwriter.Workbook, formats: Mapping[str, Any], notes: Sequence[Sequence[str]], taken: set[str]
) -> None:
    page = book.add_worksheet(_sheet_name("核查说明", taken))
    page.set_column(0, 0, 30)
    page.set_column(1, 3, WIDEST)
    for number, line in enumerate(notes):
        for column, text in enumerate(line):
            page.write_string(
                number, column, text[:LONGEST_CELL], formats["header" if number == 0 else "words"]
            )


def _sheet_name(name: str, taken: set[str]) -> str:
    """Sheet names must differ, also from one that the file brought."""
    made, number = name[:31], 2
    while made.casefold() in taken:
        made, number = f"{name[:28]}{number}", number + 1
    taken.add(made.casefold())
    return made
