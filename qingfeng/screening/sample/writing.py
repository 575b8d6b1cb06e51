"""Writes the files of a folder, and notes for every row where it came to stand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import xlsxwriter

from qingfeng.screening.catalogue import Column, table
from qingfeng.screening.sample import cells, dirt
from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.layout import File, Sheet
from qingfeng.screening.sample.words import DISTRICT

FLOAT_TABLES = frozenset({"real_estate", "vehicles"})
FLOAT_RATE = 0.002
TITLE_ROWS = 2
XLSX_LINES = ("{0}{1}一览表", "填报单位：{0}　　　　填报日期：2026年7月2日")


def write(folder: Path, file: File, rng: Random) -> None:
    """One file in its form."""
    path = folder / file.name
    if file.form == "xlsx":
        _workbook(path, file, rng)
    elif file.form == "parquet":
        _parquet(path, file.sheets[0], rng)
    else:
        _csv(path, file.sheets[0], file.form, rng)


def _shape(sheet: Sheet, rng: Random, *, native: bool) -> tuple[list[Column], list[str], list[cells.Writer]]:
    contract = table(sheet.table)
    columns = [
        c
        for c in contract.columns
        if c.required and not c.unless or any(row.get(c.name) not in (None, "") for row in sheet.rows)
    ]
    told = cells.headers(contract, columns, rng)
    how = cells.writers(columns, rng, native=native)
    for place, column in enumerate(columns):
        if (sheet.table, column.name) in cells.IN_TEN_THOUSANDS and rng.random() < 0.6:
            how[place] = cells.ten_thousands
            told[column.name] = column.title + "（万元）"
    return columns, [told[column.name] for column in columns], how


def _lines(sheet: Sheet, columns: list[Column], how: list[cells.Writer], rng: Random) -> Iterator[list[Any]]:
    """The cells of every row; at the end, rows that were pasted twice."""
    plan = [(column.name, write) for column, write in zip(columns, how, strict=True)]
    again: dict[int, list[Any]] = {place: [] for place in dirt.repeated(sheet.table, sheet.rows, rng)}
    for place, row in enumerate(sheet.rows):
        get = row.get
        line = [write(get(name), row) for name, write in plan]
        if place in again:
            again[place] = line
        yield line
    yield from again.values()


def _csv(path: Path, sheet: Sheet, encoding: str, rng: Random) -> None:
    columns, told, how = _shape(sheet, rng, native=False)
    titled = rng.random() < 0.25
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out)
        if titled:
            writer.writerow([f"{DISTRICT}{sheet.heading}", *[""] * (len(columns) - 1)])
        writer.writerow(told)
        first = 3 if titled else 2
        for number, row in enumerate(sheet.rows):
            row.at = (path.name, "", first + number)
        writer.writerows(_lines(sheet, columns, how, rng))


def _workbook(path: Path, file: File, rng: Random) -> None:
    book = xlsxwriter.Workbook(path, {"constant_memory": False, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2026, 7, 2, tzinfo=UTC), "author": ""})
    bold = book.add_format({"bold": True, "align": "center", "font_size": 14})
    head = book.add_format({"bold": True, "border": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for sheet in file.sheets:
        page = book.add_worksheet(sheet.title[:31])
        rows = sheet.rows
        columns, told, how = _shape(sheet, rng, native=True)
        numbered = rng.random() < 0.5
        left = 1 if numbered else 0
        top = TITLE_ROWS if rng.random() < 0.6 else 0
        if top:
            for place, text in enumerate(XLSX_LINES):
                page.merge_range(
                    place,
                    0,
                    place,
                    max(1, left + len(columns) - 1),
                    text.format(DISTRICT, sheet.heading),
                    bold,
                )
        page.write_row(top, 0, (["序号"] if numbered else []) + told, head)
        place = top
        for number, line in enumerate(_lines(sheet, columns, how, rng)):
            place = top + 1 + number
            if numbered:
                page.write_number(place, 0, number + 1)
            _line(page, place, left, line, day)
            if number < len(rows):
                rows[number].at = (path.name, sheet.title[:31], place + 1)
                _float_id(page, place, left, columns, rows[number], rng)
        _foot(page, place + 1, left, columns, rows, rng)
    book.close()


def _line(page: Any, place: int, left: int, line: list[Any], day: Any) -> None:
    for offset, value in enumerate(line, left):
        if isinstance(value, str):
            if value:
                page.write_string(place, offset, value)
        elif isinstance(value, date):
            page.write_datetime(place, offset, value, day)
        elif value is not None:
            page.write_number(place, offset, value)


def _float_id(page: Any, place: int, left: int, columns: list[Column], row: Row, rng: Random) -> None:
    """Now and then a spreadsheet takes an identity number for a quantity and rounds it."""
    if row.planted or row.table not in FLOAT_TABLES or rng.random() > FLOAT_RATE:
        return
    for offset, column in enumerate(columns, left):
        number = row.get(column.name) or ""
        if column.type == "person_id" and number.isdigit():
            page.write_number(place, offset, float(number))


def _foot(page: Any, place: int, left: int, columns: list[Column], rows: list[Row], rng: Random) -> None:
    """A line of totals and a line of who made the table."""
    if rng.random() < 0.4:
        return
    page.write_string(place, 0, "合计")
    for offset, column in enumerate(columns, left):
        if column.type == "money" and offset > 0:
            page.write_number(place, offset, sum(row.get(column.name) or 0 for row in rows) / 100)
    page.write_string(place + 1, 0, "制表人：邱小满　　审核人：田禾")


def _parquet(path: Path, sheet: Sheet, rng: Random) -> None:
    columns, told, how = _shape(sheet, rng, native=False)
    rows = sheet.rows
    draft = path.with_suffix(".csv")
    with draft.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(told)
        writer.writerows(_lines(sheet, columns, how, rng))
    for number, row in enumerate(rows):
        row.at = (path.name, "", number + 1)
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = true")
        source = connection.read_csv(str(draft), all_varchar=True, header=True)
        source.write_parquet(str(path))
    draft.unlink()
