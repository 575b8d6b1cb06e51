"""The rows that could not be taken, as a workbook with the reasons: put right in Excel and handed in again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.unit_import.headings import Table
from qingfeng.apps.base.orgs.unit_import.lines import Line

WIDEST = 60


def faulty_rows(tables: Iterable[Table], faulty: Sequence[Line]) -> bytes:
    """Table by table the cells as they came under the headings of the file, with a last column that says why not."""
    wanted = {(line.sheet, line.number): line for line in faulty}
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        bold, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True})
        for table in tables:
            rows = [(cells, wanted[table.sheet, n]) for n, cells in table.rows if (table.sheet, n) in wanted]
            if rows:
                page = book.add_worksheet(table.sheet[:31])
                _write(page, 0, [*table.titles.values(), _("原因")], bold)
                for at, (cells, line) in enumerate(rows, 1):
                    _write(page, at, [cells.get(field, "") for field in table.titles])
                    page.write_string(at, len(table.titles), _reasons(line), wrapped)
                page.set_column(0, len(table.titles) - 1, 16)
                page.set_column(len(table.titles), len(table.titles), WIDEST)
    return out.getvalue()


def _reasons(line: Line) -> str:
    return "\n".join(f"“{fault.column}”：{fault.reason}" for fault in line.faults)


def _write(page: Any, row: int, values: Iterable[Any], form: Any = None) -> None:
    """Dates as dates, numbers as numbers, and everything else as text: nothing becomes a formula."""
    for column, value in enumerate(values):
        if isinstance(value, (datetime, date)):
            page.write_datetime(row, column, value)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            page.write_number(row, column, value, form)
        elif value not in (None, ""):
            page.write_string(row, column, str(value), form)
