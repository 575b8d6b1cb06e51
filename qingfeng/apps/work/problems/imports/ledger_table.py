"""A ledger of inspections as a table: one row a sheet, or one row a problem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qingfeng.apps.work.problems.imports.boxes import Boxes, box_named
from qingfeng.apps.work.problems.imports.grids import Grid, address
from qingfeng.apps.work.problems.imports.model import ReadSheet
from qingfeng.apps.work.problems.imports.paper_form import sheet_of

HEADER_WITHIN = 15
LEAST_HEADS = 4
_OF_THE_SHEET = (
    "number",
    "filled_on",
    "inspected_on",
    "inspected_unit",
    "inspectors",
    "content",
    "kind",
    "method",
    "filing_body",
)
_SAME = ("inspected_on", "inspected_unit", "inspectors", "content")


def header(grid: Grid) -> tuple[int, dict[int, str]] | None:
    """(row, box of each column) of the header row within the first rows; None when there is none."""
    for row in range(min(HEADER_WITHIN, len(grid.rows))):
        heads: dict[int, str] = {}
        for column, text in grid.filled(row):
            box = box_named(text)
            if box and box not in heads.values():
                heads[column] = box
        if len(heads) >= LEAST_HEADS and "inspected_unit" in heads.values():
            return row, heads
    return None


def rows_as_sheets(grid: Grid, head: tuple[int, dict[int, str]]) -> Iterator[ReadSheet]:
    """The sheets of the table: rows that repeat a sheet's number, or leave its boxes empty, are its further problems."""
    first, columns = head
    current: Boxes | None = None
    rows: list[Boxes] = []
    start = 0
    for row in range(first + 1, len(grid.rows)):
        boxes = _row(grid, row, columns)
        if boxes is None or box_named(
            grid.text(row, min(columns))
        ):  # an empty row, or the header printed again
            continue
        if current is None or not _continues(current, boxes):
            yield from _sheet(rows, start)
            current, rows, start = boxes, [], row
        rows.append(_completed(boxes, current))
    yield from _sheet(rows, start)


def _row(grid: Grid, row: int, columns: dict[int, str]) -> Boxes | None:
    boxes = Boxes(grid.name)
    for column, box in columns.items():
        value = grid.value(row, column) if column < len(grid.rows[row]) else None
        boxes.put(box, value, row, column)
    return boxes if any(boxes.text(box) for box in columns.values()) else None


def _continues(sheet: Boxes, row: Boxes) -> bool:
    number = row.text("number")
    if number and "number" in sheet.found:
        return number == sheet.text("number")
    said = [box for box in _SAME if row.text(box)]
    if not said:
        return bool(row.text("problems") or row.text("suggestions"))
    return len(said) == len(_SAME) and all(row.text(box) == sheet.text(box) for box in _SAME)


def _completed(row: Boxes, sheet: Boxes) -> Boxes:
    """The row with what the sheet's first row says of the sheet (merged cells hold it once)."""
    for box in (*_OF_THE_SHEET, "due_date", "responsible"):
        if box in sheet.found and not row.text(box):
            row.found[box] = sheet.found[box]
    return row


def _sheet(rows: list[Boxes], start: int) -> Iterator[ReadSheet]:
    """One sheet from its rows: the first one's boxes, the problems and suggestions of all."""
    if not rows:
        return
    read = [sheet_of(boxes, address(start, 0)) for boxes in rows]
    suggestions = dict.fromkeys(text for one in read for text in one.suggestions)
    days = {one.due_date for one in read}
    yield replace(
        read[0],
        problems=tuple(problem for one in read for problem in one.problems),
        suggestions=tuple(suggestions),
        due_date=read[0].due_date if len(days) == 1 else None,
        faults=tuple(dict.fromkeys(fault for one in read for fault in one.faults)),
    )
