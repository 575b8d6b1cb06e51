"""The rows of a batch as records of the payments table, each with its place and with what could not be read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any

from qingfeng.screening import catalogue
from qingfeng.screening.batch.workbooks import Sheet
from qingfeng.screening.catalogue import Column, Table
from qingfeng.screening.catalogue.stored import of_column
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.cleaning.kinds import clean_cell
from qingfeng.screening.errors import BadData
from qingfeng.screening.reading.constants import besides, constant
from qingfeng.screening.reading.headers import header, wordings
from qingfeng.screening.reading.recognising import Reading, nearest, recognise
from qingfeng.screening.reading.workbooks import cell_text
from qingfeng.screening.store.ingest import FILLED_TYPES
from qingfeng.screening.store.row_kinds import FOOTER_SHAPE, LOOKED_AT, TOTAL_SHAPE

PAYMENTS = "payments"
# Records of a batch are counted from here, so that they meet no record of the store, which numbers a thousand million
# in each part of a table.
FIRST_REC = 10**18
# The shapes by which the store leaves rows out, in Python's words.
TOTAL, FOOTER = (
    re.compile(shape.replace(r"\p{Han}", "\u4e00-\u9fff")) for shape in (TOTAL_SHAPE, FOOTER_SHAPE)
)
# Without these nobody can say what is paid to whom, and for what.
WANTED = ("name", "id_no", "benefit", "amount")


@dataclass
class BatchRow:
    """One row that pays somebody: its place, whether its number tells who, its clear number if not, and what was wrong
    with its cells."""

    rec: int
    sheet: Sheet
    number: int
    known: bool = False
    clear_id: str | None = None
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Batch:
    """All rows of a batch, their stored values column by column, and what must be said about its sheets."""

    file: str
    rows: list[BatchRow] = field(default_factory=list)
    stored: dict[str, list[Any]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def batch_rows(file: str, sheets: Sequence[Sheet], keys: Keys, as_of: datetime.date) -> Batch:
    """The payment rows of all sheets. A batch not yet paid has no date of payment: then it is the day of the check."""
    table = catalogue.table(PAYMENTS)
    batch = Batch(file, stored={name: [] for name in catalogue.stored_columns(table)})
    for sheet in sheets:
        if not any(any(cell != "" for cell in row) for row in sheet.rows):
            continue
        reading = _reading(sheet)
        if reading is None:
            batch.notes.append(f"工作表“{sheet.name}”没有认出发放名单的表头，原样保留，未核查")
            continue
        sheet.header_row = reading.header_end
        _add_rows(batch, sheet, reading, table, keys, as_of)
    if not batch.rows:
        raise BadData(file, _why_none(sheets))
    return batch


def _why_none(sheets: Sequence[Sheet]) -> str:
    """Why a file has no row that pays somebody."""
    if not any(sheet.rows for sheet in sheets):
        return "是空的，请检查是不是选错了文件"
    if any(sheet.header_row for sheet in sheets):
        return "有发放名单的表头，但下面没有一行发放记录"
    return "没有认出发放名单：要有一行表头，写明“姓名”，并至少有“身份证号”“银行账号”“金额”中的一列"


def _reading(sheet: Sheet) -> Reading | None:
    reading = recognise(sheet.head, [PAYMENTS])
    if reading is None or reading.table is None or reading.table.name != PAYMENTS:
        return None
    return (
        reading
        if {"name"} <= set(reading.places) and {"amount", "id_no", "account"} & set(reading.places)
        else None
    )


def _add_rows(
    batch: Batch, sheet: Sheet, reading: Reading, table: Table, keys: Keys, as_of: datetime.date
) -> None:
    said = _said_once(batch.file, sheet, reading, table)
    _tell_columns(batch, sheet, reading, table, said)
    places = {
        column: reading.places[column.name] for column in table.columns if column.name in reading.places
    }
    cells = sheet.rows[reading.header_end :]
    nothing = [""] * len(cells)
    of_place = dict(enumerate(zip_longest(*cells, fillvalue="")))
    texts = {column.name: _texts(of_place.get(place, nothing)) for column, place in places.items()}
    _go_on_downwards(texts, places, sheet, reading.header_end)
    paid = _payments(texts, cells, reading.headers[reading.places["name"]])
    first = len(batch.rows)
    batch.rows += [
        BatchRow(FIRST_REC + first + place, sheet, reading.header_end + 1 + number)
        for place, number in enumerate(paid)
    ]
    for column in table.columns:
        if column in places:
            picked = texts[column.name]
            _add_column(batch, first, column, [picked[number] for number in paid], keys, reading.factors)
        elif column.name in said:
            _add_column(batch, first, column, [said[column.name]] * len(paid), keys, {})
    _complete(batch, first, as_of)


def _said_once(file: str, sheet: Sheet, reading: Reading, table: Table) -> dict[str, str]:
    """What stands in no column but in the name of the sheet, its title or the file's name, as when data are loaded:
    above all which benefit is paid."""
    names = nearest(sheet.head, [Path(file).stem, sheet.name], reading.header_end)
    required = {
        column.name: value
        for column in table.required
        if column.name not in reading.places and (value := constant(table, column.name, names))
    }
    return required | besides(table, {*reading.places, *required}, names)


def _tell_columns(
    batch: Batch, sheet: Sheet, reading: Reading, table: Table, said: Mapping[str, str]
) -> None:
    """What was presumed about the columns of a sheet, which are called like ours and hold something else, and which of
    those that matter are not there."""
    for written in reading.headers:
        name, _ = wordings(table).get(header(written).core, ("", 0))
        if name and name not in reading.places:
            title = table.column(name).title
            batch.notes.append(
                f"工作表“{sheet.name}”的“{written}”列里的内容不像{title}，没有采用，请核对这一列"
            )
    missing = [table.column(name).title for name in WANTED if name not in reading.places and name not in said]
    if missing:
        batch.notes.append(f"工作表“{sheet.name}”没有这些列：{'、'.join(missing)}，与它们有关的情形查不出来")
    for name, value in said.items():
        title = table.column(name).title
        batch.notes.append(f"工作表“{sheet.name}”各行的“{title}”都作“{value}”（按表名、标题或文件名）")


def _texts(cells: Sequence[Any]) -> list[str]:
    """A column of cells as text; most hold nothing else."""
    if set(map(type, cells)) == {str}:
        return list(map(str.strip, cells))
    return [cell_text(cell).strip() for cell in cells]


def _go_on_downwards(
    texts: Mapping[str, list[str]], places: Mapping[Column, int], sheet: Sheet, header_end: int
) -> None:
    """A text merged downwards is that of all its rows, as when data are loaded; a sum stands once."""
    filled = {place: texts[column.name] for column, place in places.items() if column.type in FILLED_TYPES}
    for (top, left), (bottom, _) in sheet.merged:
        if left in filled and top >= header_end:
            column, first = filled[left], top - header_end
            last = min(bottom - header_end, len(column) - 1)
            column[first : last + 1] = [column[first]] * (last + 1 - first)


def _payments(texts: Mapping[str, Sequence[str]], cells: Sequence[Sequence[Any]], heading: str) -> list[int]:
    """Which rows pay somebody: not the blank ones, totals, footers and headers printed again."""
    names = texts["name"]
    told = [texts[name] for name in ("id_no", "account", "amount") if name in texts]
    return [
        place
        for place, name in enumerate(names)
        if name != heading
        and (name or any(column[place] for column in told))
        and (name and all(column[place] for column in told) or not _is_beside(cells[place]))
    ]


def _is_beside(cells: Sequence[Any]) -> bool:
    """Whether a row that lacks something is a total or a footer, by its first cells."""
    first = "|".join(text for cell in cells[:LOOKED_AT] if (text := cell_text(cell).strip()))
    return bool(TOTAL.search(first) or FOOTER.fullmatch(first))


def _add_column(
    batch: Batch,
    first: int,
    column: Column,
    texts: Sequence[str],
    keys: Keys,
    factors: Mapping[str, Decimal],
) -> None:
    """The stored values of one column of a sheet; the same text is cleaned once."""
    factor = factors.get(column.name, Decimal(1))
    cleaned = {text: clean_cell(column, text, keys, factor) for text in dict.fromkeys(texts)}
    for name in of_column(column):
        values = {text: one.stored.get(name) for text, one in cleaned.items()}
        _fill(batch.stored[name], first)
        batch.stored[name] += [values[text] for text in texts]
    faulty = {text: one.fault for text, one in cleaned.items() if one.fault}
    if faulty:
        for row, text in zip(batch.rows[first:], texts, strict=True):
            if text in faulty:
                row.faults.append((column.title, faulty[text]))
    if column.name == "id_no":
        for row, text in zip(batch.rows[first:], texts, strict=True):
            one = cleaned[text]
            row.known = one.stored["person_key"] is not None
            row.clear_id = None if row.known else one.clear


def _fill(values: list[Any], rows: int) -> None:
    """Rows of sheets that do not have the column hold nothing there."""
    values += [None] * (rows - len(values))


def _complete(batch: Batch, first: int, as_of: datetime.date) -> None:
    """What every row holds: its place, a day of payment, and nothing where its sheet has no such column."""
    stored, rows = batch.stored, batch.rows
    for values in stored.values():
        _fill(values, len(rows))
    new = rows[first:]
    stored["pay_date"][first:] = [day or as_of for day in stored["pay_date"][first:]]
    stored["rec"][first:] = [row.rec for row in new]
    stored["source_row"][first:] = [row.number for row in new]
    stored["source_file"][first:] = [batch.file] * len(new)
    stored["source_sheet"][first:] = [row.sheet.name for row in new]
