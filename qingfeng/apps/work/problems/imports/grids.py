"""Workbooks and CSV files as grids of cells with their addresses."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from qingfeng.apps.base.records.workbooks import check_extent
from qingfeng.apps.base.web.errors import BadInput

MOST_WORKSHEETS = 300


@dataclass(frozen=True)
class Grid:
    """A worksheet: rows of values, the first row and column at nought."""

    name: str
    rows: list[list[Any]]

    def text(self, row: int, column: int) -> str:
        """What the cell says, in words; whole numbers without their “.0”."""
        cells = self.rows[row]
        value = cells[column] if column < len(cells) else None
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value).replace("\r\n", "\n").strip()

    def value(self, row: int, column: int) -> Any:
        """The cell as it was stored: dates stay dates."""
        cells = self.rows[row]
        value = cells[column] if column < len(cells) else None
        return value.date() if isinstance(value, datetime) else value

    def filled(self, row: int) -> Iterator[tuple[int, str]]:
        """(column, text) of the cells of a row that say something."""
        for column in range(len(self.rows[row])):
            text = self.text(row, column)
            if text:
                yield column, text


def address(row: int, column: int) -> str:
    """C5, as Excel calls it."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def grids(content: bytes, name: str) -> list[Grid]:
    """The worksheets of a file that hold anything. BadInput when it is not a table that can be read."""
    if not content:
        raise BadInput(_("文件“%(name)s”是空的，请重新选择。") % {"name": name})
    ending = Path(name).suffix.lower()
    if ending == ".csv":
        return [_from_csv(content, Path(name).stem)]
    if ending not in {".xlsx", ".xls", ".et"}:
        raise BadInput(
            _("只能导入.xlsx、.xls或.csv文件，“%(name)s”不是。请另存为Excel文件后再传。") % {"name": name}
        )
    return _from_workbook(content, name)


def _from_workbook(content: bytes, name: str) -> list[Grid]:
    try:
        check_extent(content, name)
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        if len(book.sheet_names) > MOST_WORKSHEETS:
            raise BadInput(
                _("文件“%(name)s”超过%(count)d个工作表，请分成几个文件。")
                % {"name": name, "count": MOST_WORKSHEETS}
            )
        return [_grid(book.get_sheet_by_name(sheet), sheet) for sheet in book.sheet_names]
    except PasswordError as error:
        raise BadInput(_("文件“%(name)s”设了密码，请取消密码后再传。") % {"name": name}) from error
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError) as error:
        raise BadInput(
            _("文件“%(name)s”打不开，可能已损坏。请用Excel或WPS打开后另存再传。") % {"name": name}
        ) from error


def _grid(sheet: CalamineSheet, name: str) -> Grid:
    if sheet.height == 0:
        return Grid(name, [])
    return Grid(name, sheet.to_python(skip_empty_area=False))


def _from_csv(content: bytes, name: str) -> Grid:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return Grid(name, [list(row) for row in csv.reader(StringIO(text))])
    raise BadInput(_("文件“%(name)s”的编码不能识别，请另存为.xlsx后再传。") % {"name": name})
