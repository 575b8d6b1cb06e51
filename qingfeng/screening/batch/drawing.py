"""The cells of a sheet as SpreadsheetML, row by row, without XlsxWriter's general way: nearly all are plain texts.

What a batch was sent with is drawn while the rules look at it; the added cells follow when they have spoken.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.utility import _datetime_to_excel_datetime, xl_col_to_name
from xlsxwriter.worksheet import Worksheet
from xlsxwriter.xmlwriter import XMLwriter

LONGEST_CELL = 32_000
ADVICE = ("可付", "先核实", "身份待确认")
STYLES = ("date", "moment", "time", "header", *ADVICE, "words")
"""The formats in the order in which the workbook makes them: cells name them by number, from 1."""
STYLE = {name: number for number, name in enumerate(STYLES, start=1)}

_SPECIAL = re.compile("[\x00-\x1f\x7f&<>\ud800-\udfff\ufffe\uffff]|_x")
_column = functools.cache(xl_col_to_name)


class Page(Worksheet):
    """A worksheet whose rows come as they are drawn."""

    drawn: Sequence[str] = ()

    def _write_sheet_data(self) -> None:
        if not self.drawn:
            super()._write_sheet_data()
            return
        self._xml_start_tag("sheetData")
        self.fh.writelines(self.drawn)
        self._xml_end_tag("sheetData")


def rows(cells: Sequence[Sequence[Any]]) -> list[str]:
    """The cells of each row, without what goes round them: cells may still be added."""
    width = max(map(len, cells), default=0)
    letters = [_column(place) for place in range(width)]
    texts = _Texts()
    return [_row(row, number, letters, texts) for number, row in enumerate(cells, start=1)]


def whole(number: int, cells: str) -> str:
    """A row with its cells; nothing for a row without any."""
    return f'<row r="{number}">{cells}</row>' if cells else ""


def text(place: int, number: int, value: str, style: str) -> str:
    """One more text cell."""
    return f'<c r="{_column(place)}{number}" s="{STYLE[style]}{_inline(value)}'


class _Texts(dict[str, str]):
    """What stands after the place of a text cell, worked out once for each text."""

    def __missing__(self, value: str) -> str:
        made = self[value] = _inline(value)
        return made


def _row(cells: Sequence[Any], number: int, letters: Sequence[str], texts: Mapping[str, str]) -> str:
    return "".join(
        f'<c r="{letter}{number}{texts[cell]}' if cell.__class__ is str else _other(cell, f"{letter}{number}")
        for letter, cell in zip(letters, cells, strict=False)
        if cell is not None and cell != ""
    )


def _inline(value: str) -> str:
    value = value[:LONGEST_CELL]
    keep = "" if value == value.strip() else ' xml:space="preserve"'
    if _SPECIAL.search(value):
        value = XMLwriter()._escape_data(XMLwriter._escape_control_characters(value))
        value = value.encode("utf-8", "replace").decode("utf-8")
    return f'" t="inlineStr"><is><t{keep}>{value}</t></is></c>'


def _other(cell: Any, place: str) -> str:
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{place}"><v>{cell:.16G}</v></c>'
    for kinds, style in (
        (datetime.datetime, "moment"),
        (datetime.date, "date"),
        (datetime.time | datetime.timedelta, "time"),
    ):
        if isinstance(cell, kinds):
            day = _datetime_to_excel_datetime(cell, False, False)
            return f'<c r="{place}" s="{STYLE[style]}"><v>{day:.16G}</v></c>'
    return f'<c r="{place}{_inline(str(cell))}'
