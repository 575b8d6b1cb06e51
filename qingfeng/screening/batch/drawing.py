"""The rows of a sheet as SpreadsheetML: what a batch was sent with, and the cells that are added on the right.

What came is drawn while the rules look at it; the added cells follow when they have spoken. `outline` makes the
workbook around the rows.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

LONGEST_CELL = 32_000
# A whole number that long is a number of an account or a person: Excel would show it as 6.2E+18.
LONG_NUMBER = 1e11
TOP = {"valign": "top"}
STYLES: Mapping[str, Mapping[str, Any]] = {
    "came": TOP,
    "date": {**TOP, "num_format": "yyyy-mm-dd"},
    "moment": {**TOP, "num_format": "yyyy-mm-dd hh:mm:ss"},
    "time": {**TOP, "num_format": "hh:mm:ss"},
    "long": {**TOP, "num_format": "0"},
    "header": {"bold": True, "bg_color": "#DCE6F1", "border": 1},
    "先核实": {**TOP, "bg_color": "#FCE4D6", "bold": True},
    "身份待确认": {**TOP, "bg_color": "#FFF2CC", "bold": True},
    "words": {**TOP, "text_wrap": True},
}
"""How cells look, in the words of XlsxWriter and in the order in which the outline makes them: a cell names its style
by number, from 1."""
STYLE = {name: number for number, name in enumerate(STYLES, start=1)}
STYLE["可付"] = STYLE["came"]  # a row that raises nothing is not marked
DAY_ZERO = datetime.date(1899, 12, 30)
DAY = datetime.timedelta(days=1)

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# What Excel would read as a code of its own.
_LIKE_A_CODE = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_SPECIAL = re.compile(f"{_UNWRITABLE.pattern}|[&<>\r]|_x")
_column = functools.cache(xl_col_to_name)
# Advice and what to verify are the same in many rows.
REPEATED = 1000


def rows(cells: Sequence[Sequence[Any]]) -> list[str]:
    """The cells of each row, without what goes round them: cells may still be added."""
    width = max(map(len, cells), default=0)
    letters = [_column(place) for place in range(width)]
    texts = _Texts()
    return [_row(row, number, letters, texts) for number, row in enumerate(cells, start=1)]


def whole(number: int, cells: str, height: float | None = None) -> str:
    """A row with its cells, as high as it is told; nothing for a row without any."""
    high = f' ht="{height:g}" customHeight="1"' if height else ""
    return f'<row r="{number}"{high}>{cells}</row>' if cells else ""


def added(place: int, number: int, texts: Sequence[str], styles: Sequence[str]) -> str:
    """Text cells from a column on."""
    return "".join(
        f'<c r="{_column(column)}{number}" s="{STYLE[style]}{_inline(text)}'
        for column, (text, style) in enumerate(zip(texts, styles, strict=True), start=place)
        if text
    )


class _Texts(dict[str, str]):
    """What stands after the place of a text cell, worked out once for each text."""

    def __missing__(self, value: str) -> str:
        made = self[value] = f'" s="{STYLE["came"]}{_inline(value)}'
        return made


def _row(cells: Sequence[Any], number: int, letters: Sequence[str], texts: Mapping[str, str]) -> str:
    return "".join(
        f'<c r="{letter}{number}{texts[cell]}' if cell.__class__ is str else _other(cell, f"{letter}{number}")
        for letter, cell in zip(letters, cells, strict=False)
        if cell is not None and cell != ""
    )


@functools.lru_cache(REPEATED)
def _inline(text: str) -> str:
    text = text[:LONGEST_CELL]
    if _SPECIAL.search(text):
        text = escape(_UNWRITABLE.sub(_coded, _LIKE_A_CODE.sub("_x005F_", text)), {"\r": "&#13;"})
    keep = "" if text == text.strip() else ' xml:space="preserve"'
    return f'" t="inlineStr"><is><t{keep}>{text}</t></is></c>'


def _coded(found: re.Match[str]) -> str:
    """A character that no XML may hold, the way Excel writes it; half a surrogate pair says nothing to anybody."""
    code = ord(found[0])
    return "?" if 0xD800 <= code <= 0xDFFF else f"_x{code:04X}_"


def _other(cell: Any, place: str) -> str:
    """A cell that is not text, with its type."""
    if isinstance(cell, bool):
        return f'<c r="{place}" s="{STYLE["came"]}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float):
        style = "long" if abs(cell) >= LONG_NUMBER and cell == int(cell) else "came"
        return _number(place, style, cell)
    if isinstance(cell, datetime.datetime):
        return _number(place, "moment", (cell.date() - DAY_ZERO).days + _of_day(cell.time()))
    if isinstance(cell, datetime.date):
        return _number(place, "date", (cell - DAY_ZERO).days)
    if isinstance(cell, datetime.time):
        return _number(place, "time", _of_day(cell))
    if isinstance(cell, datetime.timedelta):
        return _number(place, "time", cell / DAY)
    return f'<c r="{place}" s="{STYLE["came"]}{_inline(str(cell))}'


def _of_day(clock: datetime.time) -> float:
    """The part of a day that has passed."""
    passed = datetime.timedelta(
        hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond
    )
    return passed / DAY


def _number(place: str, style: str, value: float) -> str:
    return f'<c r="{place}" s="{STYLE[style]}"><v>{value:.16G}</v></c>'
