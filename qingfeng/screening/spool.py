"""Rows from Python into DuckDB: through a csv file, which is how they go in fast without numpy or arrow."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

NULL = "\\N"
# How csv.writer ends a row. It is said, not left to be guessed: a cell with a line feed of its own would mislead.
ROW_END = "\r\n"


def sql_text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _escaped(row_end: str) -> str:
    return sql_text(row_end.replace("\r", "\\r").replace("\n", "\\n"))


def write_rows(path: Path, rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([NULL if cell is None else cell for cell in row] for row in rows)


def relation(
    path: Path | Sequence[Path],
    columns: Mapping[str, str],
    *,
    null: str = NULL,
    skip: int = 0,
    delimiter: str = ",",
    row_end: str = ROW_END,
) -> str:
    """SQL of a csv file whose columns are known, or of several one after the other, read without guessing."""
    files = [path] if isinstance(path, Path) else path
    described = ", ".join(f"{sql_text(name)}: {sql_text(kind)}" for name, kind in columns.items())
    return (
        f"read_csv([{', '.join(sql_text(str(one)) for one in files)}], columns={{{described}}}, auto_detect=false, header=false, skip={skip}, "
        f"delim={sql_text(delimiter)}, quote='\"', escape='\"', nullstr={sql_text(null)}, new_line={_escaped(row_end)})"
    )
