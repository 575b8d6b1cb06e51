"""Workbooks (.xlsx, .xls, .et and kin) by calamine: every visible sheet a grid."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine as calamine

from qingfeng.screening.errors import BadData
from qingfeng.screening.reading.cell_faults import Faults, faults_of
from qingfeng.screening.reading.grids import HEAD_ROWS, Head, Relation
from qingfeng.screening.spool import relation

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
EXACT = 1e15
BLOCK = 1_000


def number_text(number: float) -> str:
    """A number as it would be typed: no “.0”; what passed 15 digits keeps the zeros that Excel left of it."""
    if number.is_integer() and abs(number) < EXACT:
        return str(int(number))
    return (
        f"{Decimal(repr(number)):f}".removesuffix(".0")
        if abs(number) >= EXACT or abs(number) < 1e-4
        else repr(number)
    )


def cell_text(cell: Any) -> str:
    """A cell as text; dates in ISO form."""
    if cell.__class__ is str:
        return cell  # type: ignore[no-any-return]
    if cell.__class__ is float:
        return number_text(cell)
    if cell is True or cell is False:
        return "是" if cell else "否"
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _as_texts(rows: Iterator[list[Any]]) -> Iterator[tuple[str, ...]]:
    """Rows of cells as text. They are turned column by column: most columns hold nothing but text and stay as they are."""
    while block := list(itertools.islice(rows, BLOCK)):
        columns = [
            cells if set(map(type, cells)) == {str} else tuple(map(cell_text, cells))
            for cells in zip(*block, strict=True)
        ]
        yield from zip(*columns, strict=True)


class SheetGrid:
    """One sheet of a workbook as a grid."""

    def __init__(self, sheet: calamine.CalamineSheet, faults: Faults) -> None:
        self._sheet = sheet
        self.sheet = sheet.name
        self._left = sheet.start[1] if sheet.start else 0
        self._faults = faults
        merged = [
            ((top + 1, left - self._left), (bottom + 1, right - self._left))
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ]
        self.head = Head(merged=merged)
        for row_number, row in itertools.islice(self._rows(), HEAD_ROWS):
            self.head.rows.append(row)
            self.head.numbers.append(row_number)

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        for number, row in enumerate(_as_texts(self._sheet.iter_rows()), start=1):
            cells = list(row)
            for column, text in self._faults.get(number, ()):
                if 0 <= column - self._left < len(cells):
                    cells[column - self._left] = text
            yield number, cells

    def relation(self, header_end: int, width: int, scratch: Path, filled: frozenset[int]) -> Relation:
        """Merged cells go on downwards in the columns `filled`; sums stand once, else they would be multiplied."""
        path = scratch / "grid.csv"
        first = header_end + 1
        fills = {
            (row, left): top
            for (top, left), (bottom, _right) in self.head.merged
            if left in filled and bottom > top and bottom > header_end
            for row in range(max(top + 1, first), bottom + 1)
        }
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            rows = itertools.islice(self._rows(), header_end, None)
            writer.writerows(_filled(rows, fills, width) if fills else (row[:width] for _, row in rows))
        wide = {f"g{place}": "VARCHAR" for place in range(max(width, 2))}
        notes = (f"{len(fills)} 个合并单元格按首格的值补足",) if fills else ()
        return Relation([relation(path, wide, null="")], width, first, notes=notes)


def _filled(
    rows: Iterator[tuple[int, list[str]]], fills: dict[tuple[int, int], int], width: int
) -> Iterator[list[str]]:
    last: dict[tuple[int, int], str] = {}
    wanted = {(top, column) for (_, column), top in fills.items()}
    for number, row in rows:
        for place in range(min(width, len(row))):
            if (number, place) in wanted:
                last[number, place] = row[place]
            if (number, place) in fills:
                row[place] = last.get((fills[number, place], place), row[place])
        yield row[:width]


def open_workbook(path: Path, name: str) -> list[SheetGrid]:
    """Every sheet that has cells. A workbook that cannot be opened says in one sentence why."""
    with path.open("rb") as file:
        magic = file.read(8)
        file.seek(0)
        if magic.startswith(OLE) and ENCRYPTED in file.read():
            raise BadData(name, "有打开密码，请去掉密码另存后再放进来")
    try:
        book = calamine.load_workbook(path)
        # calamine, while it reads a sheet, leaves the other processor free to look for faults.
        with ThreadPoolExecutor(1) as beside:
            faults = [beside.submit(faults_of, path, number) for number in range(len(book.sheet_names))]
            sheets = [book.get_sheet_by_name(sheet) for sheet in book.sheet_names]
            return [SheetGrid(s, found.result()) for s, found in zip(sheets, faults, strict=True) if s.height]
    except calamine.PasswordError:
        raise BadData(name, "有打开密码，请去掉密码另存后再放进来") from None
    except (calamine.CalamineError, OSError, ValueError) as fault:
        raise BadData(name, "不是完好的电子表格，请用表格软件打开后另存为 .xlsx") from fault
