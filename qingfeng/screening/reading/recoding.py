"""A csv of GB18030 in pieces of UTF-8 that end where a row ends. DuckDB reads several at once: a table that is filled
file by file costs it half as much again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

# Bytes of a piece. No byte of a Chinese character is a line feed or a quote.
PIECE = 1 << 25
# So many pieces are read at a time, so that a very large file does not lie on the disk a second time.
TOGETHER = 16
# A quote that opens and is not closed for so many pieces is no quote around a line feed.
LONGEST = 4 * PIECE


def pieces(source: Path, scratch: Path, header_lines: int, lossy: Callable[[], None]) -> Iterator[list[Path]]:
    """The rows below the header in files of UTF-8, some at a time, each deleted when the next are asked for. Bytes
    that are of no encoding become �, and `lossy` is called."""
    with source.open("rb") as file:
        for _ in range(header_lines):
            file.readline()
        waiting: list[Path] = []
        for number, raw in enumerate(_cut(file)):
            path = scratch / f"utf8-{number % TOGETHER}.csv"
            path.write_bytes(_in_utf8(raw, lossy))
            waiting.append(path)
            if len(waiting) == TOGETHER:
                yield waiting
                waiting = _emptied(waiting)
        if waiting:
            yield waiting
            _emptied(waiting)


def _emptied(paths: list[Path]) -> list[Path]:
    for path in paths:
        path.unlink()
    return []


def _cut(file: BinaryIO) -> Iterator[bytes]:
    rest = b""
    while chunk := file.read(PIECE):
        rest += chunk
        end = _end_of_row(rest)
        if end:
            yield rest[:end]
            rest = rest[end:]
    if rest:
        yield rest


def _end_of_row(text: bytes) -> int:
    """Where the last whole row ends; 0 when a text in quotes may still be open there."""
    end = text.rfind(b"\n") + 1
    if text.count(b'"', 0, end) % 2 and len(text) < LONGEST:
        return 0
    return end


def _in_utf8(raw: bytes, lossy: Callable[[], None]) -> bytes:
    try:
        return raw.decode("gb18030").encode()
    except UnicodeDecodeError:
        lossy()
        return raw.decode("gb18030", "replace").encode()
