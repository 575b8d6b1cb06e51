"""The workbook of a batch: read cell by cell as it is, and written again with columns added on the right."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine as calamine
import xlsxwriter

from qingfeng.screening.batch import drawing
from qingfeng.screening.errors import BadData
from qingfeng.screening.reading.grids import HEAD_ROWS, Head
from qingfeng.screening.reading.text_files import scan
from qingfeng.screening.reading.workbooks import cell_text, open_workbook

TEXTS = frozenset({".csv", ".txt", ".tsv"})
DATE, MOMENT, TIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss"
MOST_ROWS = 1_048_576
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


def draw(sheets: Sequence[Sheet]) -> list[list[str]]:
    """The cells that came, as they go back; needs nothing of what the rules find."""
    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS:
            raise BadData(sheet.name, f"超过一张工作表能放的{MOST_ROWS:,}行，请分成几个文件再核查")
    return [drawing.rows(sheet.rows) for sheet in sheets]


def write(
    path: Path,
    sheets: Sequence[Sheet],
    headers: Sequence[str],
    notes: Sequence[Sequence[str]],
    drawn: Sequence[Sequence[str]] | None = None,
) -> None:
    """The workbook anew: same sheets, columns and order; the added columns stand right of the last one used."""
    unfinished = path.with_name(path.name + ".tmp")
    came = draw(sheets) if drawn is None else drawn
    try:
        with xlsxwriter.Workbook(str(unfinished), {"strings_to_formulas": False}) as book:
            formats = _formats(book)
            taken: set[str] = set()
            for sheet, rows in zip(sheets, came, strict=True):
                _write_sheet(book, sheet, rows, headers, taken)
            _write_notes(book, formats, notes, taken)
        unfinished.replace(path)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as fault:
        unfinished.unlink(missing_ok=True)
        raise BadData(
            str(path), "写不了结果文件，请检查文件夹权限、磁盘空间，或先关闭已打开的同名文件"
        ) from fault


def _formats(book: xlsxwriter.Workbook) -> Mapping[str, Any]:
    """Made in the order by whose numbers drawn cells name them."""
    made = {name: book.add_format(FORMATS[name]) for name in drawing.STYLES}
    for name, number in drawing.STYLE.items():
        if made[name]._get_xf_index() != number:
            raise ValueError(f"{name} is not format {number}")
    return made


FORMATS: Mapping[str, dict[str, Any]] = {
    "date": {"num_format": DATE},
    "moment": {"num_format": MOMENT},
    "time": {"num_format": TIME},
    "header": {"bold": True, "bg_color": "#DCE6F1", "border": 1},
    "可付": {"valign": "top"},
    "先核实": {"valign": "top", "bg_color": "#FCE4D6", "bold": True},
    "身份待确认": {"valign": "top", "bg_color": "#FFF2CC", "bold": True},
    "words": {"text_wrap": True, "valign": "top"},
}


def _write_sheet(
    book: xlsxwriter.Workbook, sheet: Sheet, came: Sequence[str], headers: Sequence[str], taken: set[str]
) -> None:
    page = book.add_worksheet(_sheet_name(sheet.name, taken), drawing.Page)
    width = sheet.width
    if sheet.added:
        page.set_column(width, width, 12)
        page.set_column(width + 1, width + len(headers) - 1, WIDEST)
        page.freeze_panes(sheet.header_row, 0)
    if not came:
        return
    page._check_dimensions(0, 0)
    page._check_dimensions(len(came) - 1, width + len(headers) - 1 if sheet.added else max(width - 1, 0))
    page.drawn = [
        drawing.whole(number, cells + _added(sheet, number, width, headers))
        for number, cells in enumerate(came, start=1)
    ]


def _added(sheet: Sheet, number: int, width: int, headers: Sequence[str]) -> str:
    """What stands right of a row."""
    if number in sheet.added:
        styles = [sheet.added[number][0], *["words"] * (len(headers) - 1)]
        texts = sheet.added[number]
    elif sheet.added and number == sheet.header_row:
        texts, styles = headers, ["header"] * len(headers)
    else:
        return ""
    return "".join(
        drawing.text(width + place, number, text, style)
        for place, (text, style) in enumerate(zip(texts, styles, strict=True))
    )


def _write_notes(
    book: xlsxwriter.Workbook, formats: Mapping[str, Any], notes: Sequence[Sequence[str]], taken: set[str]
) -> None:
    page = book.add_worksheet(_sheet_name("核查说明", taken))
    page.set_column(0, 0, 30)
    page.set_column(1, 3, WIDEST)
    for number, line in enumerate(notes):
        for column, text in enumerate(line):
            page.write_string(
                number, column, text[: drawing.LONGEST_CELL], formats["header" if number == 0 else "words"]
            )


def _sheet_name(name: str, taken: set[str]) -> str:
    """Sheet names must differ, also from one that the file brought."""
    made, number = name[:31], 2
    while made.casefold() in taken:
        made, number = f"{name[:28]}{number}", number + 1
    taken.add(made.casefold())
    return made
