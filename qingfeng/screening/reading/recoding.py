"""A csv of GB18030 in pieces of UTF-8 that end where a row ends. DuckDB reads several at once: a table that is filled
file by file costs it half as much again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

# Bytes of a piece. No byte of a Chinese character is a line feed or a quote.
PIECE = 1 << 25
# So many pieces are read at a time, so that a very large file does not lie on the disk a second time.
TOGETHER = 16
# A quote that opens and is not closed for so many pieces is no quote around a line feed.
LONGEST = 4 * PIECE


class Recoded:
    """The rows below the header in files of UTF-8, some at a time in the SQL of `form`, deleted when the next are asked
    for; files that were few enough to go together are kept for a second reading. Bytes that are of no encoding become
    �, and `lossy` is called."""

    def __init__(
        self,
        source: Path,
        scratch: Path,
        header_lines: int,
        form: Callable[[Sequence[Path]], str],
        lossy: Callable[[], None],
    ) -> None:
        self.source = source
        self.scratch = scratch
        self.header_lines = header_lines
        self.form = form
        self.lossy = lossy
        self.kept: list[Path] = []

    def __iter__(self) -> Iterator[str]:
        if self.kept:
            yield self.form(self.kept)
            return
        waiting: list[Path] = []
        at_once = True
        for number, raw in enumerate(self._cut()):
            if len(waiting) == TOGETHER:
                yield self.form(waiting)
                waiting, at_once = _emptied(waiting), False
            waiting.append(self.scratch / f"utf8-{number % TOGETHER}.csv")
            waiting[-1].write_bytes(_in_utf8(raw, self.lossy))
        if at_once:
            self.kept = waiting
        yield self.form(waiting)
        if not at_once:
            _emptied(waiting)

    def _cut(self) -> Iterator[bytes]:
        with self.source.open("rb") as file:
            for _ in range(self.header_lines):
                file.readline()
            yield from _cut(file)

    def discard(self) -> None:
        self.kept = _emptied(self.kept)


def _emptied(paths: list[Path]) -> list[Path]:
    for path in paths:
        path.unlink()
    return []


def _cut(file: BinaryIO) -> Iterator[bytes]:
    """Pieces of whole rows, at least one, be it empty."""
    rest, cut = b"", False
    while chunk := file.read(PIECE):
        rest += chunk
        end = _end_of_row(rest)
        if end:
            yield rest[:end]
            rest, cut = rest[end:], True
    if rest or not cut:
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
