"""A csv of GB18030 in UTF-8, piece by piece: while one piece is being loaded the next is recoded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

# Bytes recoded at a time; a piece ends where a row ends. No byte of a Chinese character is a line feed or a quote.
PIECE = 1 << 25
# A quote that opens and is not closed for so many pieces is no quote around a line feed.
LONGEST = 4 * PIECE


def recoded(source: Path, scratch: Path, lossy: Callable[[], None]) -> Iterator[Path]:
    """The pieces as files of UTF-8, each deleted when the next is asked for. Bytes that are of no encoding become �,
    and `lossy` is called."""
    with source.open("rb") as file, ThreadPoolExecutor(1) as pool:
        cut = _cut(file)
        numbers = iter(range(1, 1 << 30))

        def make() -> Path | None:
            raw = next(cut, None)
            return None if raw is None else _written(raw, scratch / f"utf8-{next(numbers)}.csv", lossy)

        coming = pool.submit(make)
        while piece := coming.result():
            coming = pool.submit(make)
            yield piece
            piece.unlink()


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


def _written(raw: bytes, path: Path, lossy: Callable[[], None]) -> Path:
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        lossy()
        text = raw.decode("gb18030", "replace")
    path.write_bytes(text.encode())
    return path
