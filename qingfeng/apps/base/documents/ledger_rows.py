"""The rows of a ledger as the XML of a worksheet (ECMA-376 part 1, 18.3.1.73 and .4), with their heights.

Texts stand in their cells (`inlineStr`): no table of all texts is kept in memory, and nothing becomes a formula.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import count
from xml.sax.saxutils import escape

from qingfeng.apps.base.documents.excel import DANGEROUS, TableColumn, Value, fitting
from qingfeng.apps.base.documents.ledger_frames import LINE, Frame, lines_of, room

_HIGHEST = 409.0
_LONGEST_PLAIN = 32_000
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f&<>\ud800-\udfff\ufffe\uffff]|_x")
_SPELT_OUT = re.compile("_(?=x[0-9a-fA-F]{4}_)")
"""“_x0041_” is how the format spells a letter; a text that says just that spells its first sign."""
_FIRST_DAY = date(1899, 12, 30).toordinal()
_NO_DAY_BEFORE = date(1900, 3, 1)
"""Excel's calendar has a 29 February 1900, and nothing before that year."""


class RowWriter:
    """Row after row of one worksheet; each is told its values and gives its XML."""

    def __init__(self, columns: Sequence[TableColumn], frame: Frame) -> None:
        self._numbers = count(frame.top + 1)
        names = [column_name(at) for at in range(len(columns))]
        rooms = [room(column) for column in columns]
        self._columns = list(zip(names, rooms, frame.styles, frame.guarded, strict=True))

    def xml(self, row: Sequence[Value]) -> str:
        number, lines, cells = next(self._numbers), 1, []
        for value, (name, wide, style, guarded) in zip(row, self._columns, strict=True):
            if value is None or value == "":
                cells.append(f'<c r="{name}{number}" s="{style}"/>')
            elif isinstance(value, str):
                text = value if len(value) <= _LONGEST_PLAIN else fitting(value)
                if len(text) * 2.2 > wide or "\n" in text:
                    lines = max(lines, lines_of(text, wide))
                kept = guarded if text.startswith(DANGEROUS) else style
                cells.append(_text(name, number, kept, text))
            elif isinstance(value, date):
                cells.append(_day(name, number, style, value))
            else:
                cells.append(f'<c r="{name}{number}" s="{style}"><v>{value}</v></c>')
        height = min(3.0 + LINE * lines, _HIGHEST)
        return f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'


def _text(name: str, number: int, style: int, text: str) -> str:
    if _SPECIAL.search(text):
        text = escape(_SPELT_OUT.sub("_x005F_", fitting(text)))
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f'<c r="{name}{number}" s="{style}" t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _day(name: str, number: int, style: int, value: date) -> str:
    if value < _NO_DAY_BEFORE:
        return _text(name, number, style, value.isoformat())
    return f'<c r="{name}{number}" s="{style}"><v>{value.toordinal() - _FIRST_DAY}</v></c>'


def column_name(at: int) -> str:
    """A for nought, AA for 26."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name
