"""A grid: the cells of one sheet as text, its first rows at hand, the rest streamed into DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

# Rows looked at to find the header.
HEAD_ROWS = 30


@dataclass(frozen=True)
class Relation:
    """A grid in DuckDB: SQL with columns g0, g1, …, in one piece or in several that stand ready one after the other,
    as often as they are asked for; `numbered` when it brings row_no and torn itself."""

    pieces: Iterable[str]
    width: int
    first_row: int
    numbered: bool = False
    notes: Sequence[str] = ()  # known when all pieces have been read
    added: Sequence[str] = ()  # columns made of the others, as SQL
    discard: Callable[[], None] = lambda: None  # removes what the pieces were kept in

    def read(self) -> Iterator[str]:
        """The pieces with the columns added to them."""
        for piece in self.pieces:
            yield f"(SELECT *, {', '.join(self.added)} FROM {piece})" if self.added else piece


@dataclass
class Head:
    """The first rows of a grid: text cells, and the row number of each as Excel counts."""

    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()


class Grid(Protocol):
    """A sheet that can be read."""

    sheet: str
    head: Head

    def relation(self, header_end: int, width: int, scratch: Path, filled: frozenset[int]) -> Relation:
        """The rows after row number `header_end`, as wide as the header. Columns in `filled` are taken to go on
        through cells merged downwards; in the others a merged value stands once."""
        ...
