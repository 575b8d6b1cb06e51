"""A workbook as an office makes one: title over the columns, headings, rows, the end of the notice."""

from __future__ import annotations

import datetime
import io
from typing import Any

import xlsxwriter

from qingfeng.apps.base.documents.publishing.tests.corpus.cases import UNTIL, end_line


class Book:
    """`wb` is the workbook, `prop` its properties."""

    def __init__(self, out: io.BytesIO, until: str | None) -> None:
        self.wb = xlsxwriter.Workbook(out, {"in_memory": True})
        self.until = until
        self.prop: dict[str, Any] = {
            "title": "公示表",
            "author": "云岭区政务公开办公室",
            "company": "云岭区",
            "created": datetime.datetime(2026, 11, 20, 9, 0),
        }
        self.bold = self.wb.add_format({"bold": True, "align": "center"})
        self.txt = self.wb.add_format({"num_format": "@"})

    def sheet(
        self, title: str, head: list[str], rows: list[list[Any]], name: str = "公示表", end: bool = True
    ) -> Any:
        """A sheet with its title, headings and rows."""
        sheet = self.wb.add_worksheet(name)
        sheet.merge_range(0, 0, 0, max(1, len(head) - 1), title, self.bold)
        sheet.write_row(1, 0, head, self.bold)
        for at, row in enumerate(rows, 2):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, column, value, self.txt)
                elif value is not None:
                    sheet.write(at, column, value)
        if end and self.until == UNTIL:
            sheet.write_string(len(rows) + 3, 0, end_line())
        sheet.set_column(0, len(head) - 1, 16)
        return sheet
