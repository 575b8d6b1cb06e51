"""Headers of exported databases: the first letters of their pinyin (XM, SFZH, FFRQ)."""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from functools import cache

from qingfeng.screening.catalogue import Table, tables
from qingfeng.screening.reading.values import Verdict, verdict

LETTERS = re.compile(r"[a-z]{2,10}")
# A row with fewer of them is no row of headers.
AT_LEAST = 3
# What letters alone cannot tell apart the values must: a text fits too much.
TOLD_BY_VALUES = ("person_id", "firm_code", "date", "from_day", "to_day", "timestamp", "money", "account", "phone", "plate", "official_plate", "person_name")  # fmt: skip


def _first_letters(words: Sequence[str]) -> set[str]:
    """Nothing where pypinyin is not installed: such headers are asked about then."""
    try:
        pypinyin = importlib.import_module("pypinyin")
    except ImportError:
        return set()
    return {"".join(pypinyin.lazy_pinyin(word, style=pypinyin.Style.FIRST_LETTER)).lower() for word in words}


@cache
def _of_table(table: Table) -> dict[str, tuple[str, ...]]:
    """First letters → the columns they may mean."""
    made: dict[str, list[str]] = {}
    for column in table.columns:
        for letters in _first_letters((column.title, *column.headers)):
            made.setdefault(letters, []).append(column.name)
    return {letters: tuple(columns) for letters, columns in made.items()}


@cache
def _of_all() -> frozenset[str]:
    return frozenset(letters for table in tables().values() for letters in _of_table(table))


def known_letters(cells: Sequence[str]) -> int:
    """How many cells of a row are headers in first letters; none in a row with few of them."""
    written = {cell.lower() for cell in cells if LETTERS.fullmatch(cell.lower())}
    return len(written & _of_all()) if len(written) >= AT_LEAST else 0


def by_letters(table: Table, written: str, values: Sequence[str]) -> str | None:
    """The column that first letters mean, when the values below tell which."""
    meant = [table.column(name) for name in _of_table(table).get(written, ())]
    fitting = [
        column
        for kind in TOLD_BY_VALUES
        for column in meant
        if column.type == kind and verdict(column, values) is Verdict.AGREES
    ]
    kinds = {column.type for column in fitting}
    return fitting[0].name if len(fitting) == 1 or len(kinds) > 1 else None
