"""The rows of a batch as records of the payments table, each with its place and with what could not be read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from qingfeng.screening import catalogue
from qingfeng.screening.batch.workbooks import Sheet
from qingfeng.screening.catalogue import Column, Table
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.cleaning.kinds import Cleaned, clean_cell
from qingfeng.screening.errors import BadData
from qingfeng.screening.reading.recognising import Reading, recognise
from qingfeng.screening.reading.workbooks import cell_text

PAYMENTS = "payments"
# Records of a batch are counted from here, so that they meet no record of the store.
FIRST_REC = 1_000_000_000_000
TOTAL = re.compile(r"\s*(合|总|小|累|共)\s*计\s*[:：]?\s*")
# Without these nobody can say what is paid to whom.
WANTED = ("name", "id_no", "amount")


@dataclass
class BatchRow:
    """One row that pays somebody: its place, its stored values, its clear number, what was wrong with its cells."""

    rec: int
    sheet: Sheet
    number: int
    stored: dict[str, Any]
    clear_id: str | None
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Batch:
    """All rows of a batch, and what must be said about its sheets."""

    file: str
    rows: list[BatchRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    without: set[str] = field(default_factory=set)


def batch_rows(file: str, sheets: Sequence[Sheet], keys: Keys, as_of: datetime.date) -> Batch:
    """The payment rows of all sheets. A batch not yet paid has no date of payment: then it is the day of the check."""
    batch = Batch(file)
    table = catalogue.table(PAYMENTS)
    for sheet in sheets:
        reading = _reading(sheet)
        if reading is None:
            batch.notes.append(f"工作表“{sheet.name}”没有认出发放名单的表头，原样保留，未核查")
            continue
        sheet.header_row = reading.header_end
        _add_rows(batch, sheet, reading, table, keys, as_of)
    if not batch.rows:
        raise BadData(file, "没有认出发放名单：表头至少要有“姓名”和“金额”，并有身份证号或银行账号")
    return batch


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
    missing = [
        column.title
        for column in table.columns
        if column.name in WANTED and column.name not in reading.places
    ]
    batch.without |= {column.name for column in table.columns if column.name not in reading.places}
    if missing:
        batch.notes.append(f"工作表“{sheet.name}”没有这些列：{'、'.join(missing)}，与它们有关的情形查不出来")
    empty = dict.fromkeys(catalogue.stored_columns(table))
    columns = [
        (column, reading.places[column.name]) for column in table.columns if column.name in reading.places
    ]
    clean = _Cleaner(keys, reading.factors)
    for number, cells in enumerate(sheet.rows[reading.header_end :], start=reading.header_end + 1):
        texts = {
            column.name: cell_text(cells[place]).strip() if place < len(cells) else ""
            for column, place in columns
        }
        if not _is_payment(texts, cells):
            continue
        row = BatchRow(FIRST_REC + len(batch.rows), sheet, number, dict(empty), None)
        for column, _ in columns:
            cleaned = clean.cell(column, texts[column.name])
            row.stored.update(cleaned.stored)
            if column.name == "id_no" and row.stored["person_key"] is None:
                row.clear_id = cleaned.clear
            if cleaned.fault:
                row.faults.append((column.title, cleaned.fault))
        _complete(row, batch.file, as_of)
        batch.rows.append(row)


class _Cleaner:
    """Cleans cells, the same text in the same column once."""

    def __init__(self, keys: Keys, factors: Mapping[str, Decimal]) -> None:
        self.keys = keys
        self.factors = factors
        self.known: dict[tuple[str, str], Cleaned] = {}

    def cell(self, column: Column, text: str) -> Cleaned:
        known = self.known.get((column.name, text))
        if known is None:
            known = clean_cell(column, text, self.keys, self.factors.get(column.name, Decimal(1)))
            self.known[column.name, text] = known
        return known


def _is_payment(texts: Mapping[str, str], cells: Iterable[Any]) -> bool:
    """Not a blank row, a total or a footer."""
    if texts.get("id_no") or texts.get("account"):
        return True
    if not any(texts.values()) or any(isinstance(cell, str) and TOTAL.fullmatch(cell) for cell in cells):
        return False
    return bool(texts.get("name") or texts.get("amount"))


def _complete(row: BatchRow, file: str, as_of: datetime.date) -> None:
    stored = row.stored
    stored["pay_date"] = stored["pay_date"] or as_of
    stored["rec"], stored["source_row"] = row.rec, row.number
    stored["source_file"], stored["source_sheet"] = file, row.sheet.name
