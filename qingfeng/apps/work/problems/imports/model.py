"""What a file of inspection sheets says, before any of it is checked against the organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass, replace
from datetime import date
from typing import Any, Self

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


EXTRA = "extra:"
"""Before the code of an added column, where it stands beside the names of boxes."""


@dataclass(frozen=True)
class ReadExtra:
    """What was written under a column that the campaign adds, and where."""

    code: str
    words: str
    cell: str = ""


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
    lead_unit: str = ""
    """Who puts it right, where the ledger names another unit than the one inspected."""
    place: str = ""
    """The cell in which it stands."""
    extra: tuple[ReadExtra, ...] = ()


@dataclass(frozen=True)
class ReadPart:
    """What stands in one place of a file and is filed as one; with faults it is not filed."""

    worksheet: str
    place: str
    """The cell where it begins."""
    stated_no: str = ""
    filing_body: str = ""
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    """What is taken, but should be looked at."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """Box by box the cell from which it was read."""
    rows: tuple[int, ...] = ()
    """The rows of the worksheet that make it, as Excel counts them."""

    def wrong(self, box: str, message: str) -> Self:
        """The same with one more fault, at the cell of this box."""
        fault = Fault(self.worksheet, self.cells.get(box) or self.place, message)
        return self if fault in self.faults else replace(self, faults=(*self.faults, fault))

    def doubtful(self, cell: str, message: str) -> Self:
        """The same with one more warning."""
        return replace(self, warnings=(*self.warnings, Fault(self.worksheet, cell or self.place, message)))

    @property
    def name(self) -> str:
        """How the preview and the result call it: its worksheet, and the number that the paper states."""
        return f"{self.worksheet}!{self.place} {self.stated_no}".strip()


@dataclass(frozen=True)
class ReadSheet(ReadPart):
    """An inspection sheet as it was read."""

    kind: str = ""
    filled_on: date | None = None
    inspected_on: date | None = None
    inspected_unit: str = ""
    inspectors: str = ""
    method: str = ""
    content: str = ""
    due_date: date | None = None
    problems: tuple[ReadProblem, ...] = ()
    suggestions: tuple[str, ...] = ()
    extra: tuple[ReadExtra, ...] = ()
    """What stands under the added columns of the sheet as a whole."""


def to_plain(read: ReadPart) -> dict[str, Any]:
    """As JSON holds it, for the page between preview and filing."""
    return {name: _plain(value) for name, value in vars(read).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return {name: _plain(one) for name, one in vars(value).items()}
    return value


def from_plain(plain: Mapping[str, Any]) -> ReadSheet:
    """The sheet as it was before `to_plain`."""
    values = with_days(part_from_plain(plain), ("filled_on", "inspected_on", "due_date"))
    values["problems"] = tuple(
        ReadProblem(**{**with_days(row, ("due_date",)), "extra": extra_from_plain(row)})
        for row in plain["problems"]
    )
    values["extra"] = extra_from_plain(plain)
    values["suggestions"] = tuple(plain["suggestions"])
    return ReadSheet(**values)


def part_from_plain(plain: Mapping[str, Any]) -> dict[str, Any]:
    """What all parts have in common, as it was before `to_plain`; the rest as it stands."""
    faults = {name: tuple(Fault(**row) for row in plain[name]) for name in ("faults", "warnings")}
    return {**plain, **faults, "rows": tuple(plain["rows"])}


def with_days(plain: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The same with the dates of these names."""
    return {**plain, **{name: date.fromisoformat(plain[name]) for name in names if plain[name]}}


def extra_from_plain(plain: Mapping[str, Any]) -> tuple[ReadExtra, ...]:
    """None in what was read before there were added columns."""
    return tuple(ReadExtra(**one) for one in plain.get("extra", ()))
