"""What a file of inspection sheets says, before any of it is checked against the organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Fault:
    """What is wrong, where: worksheet, cell, and a sentence that says what to do."""

    worksheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        where = f"{self.worksheet}!{self.cell}" if self.cell else self.worksheet
        return _("%(where)s：%(message)s") % {"where": where, "message": self.message}


@dataclass(frozen=True)
class ReadProblem:
    """A problem as it stands on the paper."""

    text: str
    due_date: date | None = None
    responsible: str = ""
    duty_text: str = ""
    leader: str = ""
    category: str = ""
    nature: str = ""
    term: str = ""
    people: int = 0
    fen: int = 0


@dataclass(frozen=True)
class ReadSheet:
    """An inspection sheet as it was read; one with faults is not filed."""

    worksheet: str
    place: str
    """The cell where it begins."""
    kind: str = ""
    stated_no: str = ""
    filing_body: str = ""
    filled_on: date | None = None
    inspected_on: date | None = None
    inspected_unit: str = ""
    inspectors: str = ""
    method: str = ""
    content: str = ""
    due_date: date | None = None
    problems: tuple[ReadProblem, ...] = ()
    suggestions: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def name(self) -> str:
        """How the preview and the result call it: its worksheet, and the number that the paper states."""
        return f"{self.worksheet}!{self.place} {self.stated_no}".strip()


def to_plain(read: ReadSheet) -> dict[str, Any]:
    """As JSON holds it, for the page between preview and filing."""
    plain = asdict(read)
    for row in (plain, *plain["problems"]):
        row.update({name: value.isoformat() for name, value in row.items() if isinstance(value, date)})
    return plain


def from_plain(plain: Mapping[str, Any]) -> ReadSheet:
    """The sheet as it was before `to_plain`."""
    values = _with_days(plain, ("filled_on", "inspected_on", "due_date"))
    values["problems"] = tuple(ReadProblem(**_with_days(row, ("due_date",))) for row in plain["problems"])
    values["suggestions"] = tuple(plain["suggestions"])
    values["faults"] = tuple(Fault(**row) for row in plain["faults"])
    return ReadSheet(**values)


def _with_days(plain: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {**plain, **{name: date.fromisoformat(plain[name]) for name in names if plain[name]}}
