"""What a rectification sheet says of one problem, and what becomes of each of its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingfeng.apps.work.problems.imports.model import (
    ReadExtra,
    ReadPart,
    extra_from_plain,
    part_from_plain,
    with_days,
)


@dataclass(frozen=True)
class Piece:
    """One thing that the paper says of the problem: to be written (`new`), there already (`same`), or not taken."""

    box: str
    """assign, measure, progress, or column: one that the campaign adds."""
    words: str
    fate: str = "new"
    why: str = ""
    """Why it is not taken, or what to do beside."""
    day: date | None = None
    code: str = ""
    """Of an added column, with its name."""
    name: str = ""


@dataclass(frozen=True)
class ReadAnswer(ReadPart):
    """What was done about one problem, as it stands on the paper."""

    unit: str = ""
    text: str = ""
    """The problem in the words of the paper."""
    ordinal: int = 1
    """Which of the problems of the form it is, and out of how many."""
    out_of: int = 1
    responsible: str = ""
    duty_text: str = ""
    leader: str = ""
    due_date: date | None = None
    rectified_on: date | None = None
    measures: str = ""
    completion: str = ""
    problem: int | None = None
    """The key of the problem, once it is found."""
    known_as: str = ""
    """Its number as whoever imports may read it."""
    pieces: tuple[Piece, ...] = ()
    extra: tuple[ReadExtra, ...] = ()
    """What stands under the columns that the campaign adds."""

    @property
    def new(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.fate == "new")

    @property
    def left(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.fate == "left")


def answer_from_plain(plain: Mapping[str, Any]) -> ReadAnswer:
    """The answer as it was before `to_plain`."""
    values = with_days(part_from_plain(plain), ("due_date", "rectified_on"))
    values["extra"] = extra_from_plain(plain)
    values["pieces"] = tuple(Piece(**with_days(row, ("day",))) for row in plain["pieces"])
    return ReadAnswer(**values)
