"""Which table goes into which files: by benefit, by street, by source, several sheets to a workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from qingfeng.screening.catalogue import tables
from qingfeng.screening.sample.book import Book, Row

CSV_FROM = 12_000
PARQUET_FROM = 60_000


@dataclass
class Sheet:
    """One sheet of a file: the rows of one table, or a part of them."""

    table: str
    title: str
    rows: list[Row]

    @property
    def heading(self) -> str:
        """What stands above the table: its own title, and of which part it is."""
        own = tables()[self.table].title
        return own if self.title == own else f"{own}（{self.title}）"


@dataclass
class File:
    """One file: its name, its form, its sheets (only workbooks have more than one)."""

    name: str
    form: str
    sheets: list[Sheet]


# Tables that one office keeps in one workbook, a sheet each.
WORKBOOKS = {
    "公务用车管理": ("official_cars", "trips", "fuel", "repairs", "duty_rosters"),
    "公共资源交易": ("bids", "bid_deposits", "bid_experts", "contract_changes"),
    "政务服务": ("approvals", "approval_steps", "window_reviews"),
    "单位财务": ("receptions", "trainings", "leaves"),
    "婚丧喜庆": ("family_events", "family_reports"),
}
# Tables that come in parts, each part a file or a sheet of its own.
PARTS: dict[str, Callable[[Row], str]] = {
    "payments": lambda row: row["benefit"],
    "allowances_paid": lambda row: "按月" if row.get("month") else "按日",
    "deaths": lambda row: row["source"],
    "payroll": lambda row: "按月" if row.get("month") else "在册",
}
STREET_SHEETS = ("asset_contracts",)


def files(book: Book, rng: Random) -> list[File]:
    """All files of the folder, big ones as csv or Parquet."""
    found: list[File] = []
    for name, members in WORKBOOKS.items():
        sheets = [_sheet(table, book.rows[table], rng) for table in members if book.rows.get(table)]
        if max(len(sheet.rows) for sheet in sheets) < CSV_FROM:
            found.append(File(f"{name}.xlsx", "xlsx", sheets))
        else:
            found += [_single(sheet, rng) for sheet in sheets]
    grouped = {table for members in WORKBOOKS.values() for table in members}
    for table in sorted(set(book.rows) - grouped):
        found += _files_of(table, book.rows[table], rng)
    return found


def _files_of(table: str, rows: list[Row], rng: Random) -> list[File]:
    if table in STREET_SHEETS and len(rows) < CSV_FROM:
        parts = _parts(rows, lambda row: row["street"])
        sheets = [_sheet(table, part, rng, name) for name, part in parts.items()]
        return [File(f"{tables()[table].title}.xlsx", "xlsx", sheets)]
    if table in PARTS:
        parts = _parts(rows, PARTS[table])
        return [_single(_sheet(table, part, rng, name), rng, name) for name, part in parts.items()]
    return [_single(_sheet(table, rows, rng), rng)]


def _parts(rows: list[Row], of: Callable[[Row], str]) -> dict[str, list[Row]]:
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[of(row)].append(row)
    return dict(sorted(parts.items()))


def _sheet(table: str, rows: list[Row], rng: Random, title: str | None = None) -> Sheet:
    mixed = list(rows)
    rng.shuffle(mixed)
    return Sheet(table, title or tables()[table].title, mixed)


def _single(sheet: Sheet, rng: Random, part: str = "") -> File:
    title = tables()[sheet.table].title
    stem = f"{title}_{part}" if part else title
    if len(sheet.rows) >= PARQUET_FROM and sheet.table == "household_register":
        return File(f"{stem}.parquet", "parquet", [sheet])
    if len(sheet.rows) >= CSV_FROM:
        form = rng.choice(("utf-8-sig", "gb18030"))
    else:
        form = rng.choice(("xlsx", "xlsx", "utf-8", "gb18030"))
    return File(f"{stem}.{'xlsx' if form == 'xlsx' else 'csv'}", form, [sheet])
