"""What each row of the file becomes, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.unit_import.headings import SHEET_WORDS, Kind, Table


class Outcome(Enum):
    """What a row does to the organisation."""

    NEW = "new"
    RENAMED = "renamed"
    MOVED = "moved"
    ENDED = "ended"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS = {
    Outcome.NEW: gettext_lazy("新增"),
    Outcome.RENAMED: gettext_lazy("更名"),
    Outcome.MOVED: gettext_lazy("划转"),
    Outcome.ENDED: gettext_lazy("撤销"),
    Outcome.CHANGED: gettext_lazy("更改"),
    Outcome.UNCHANGED: gettext_lazy("不变"),
    Outcome.FAULTY: gettext_lazy("有误"),
}


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be taken: the column as the file calls it, and the reason."""

    column: str
    reason: str


@dataclass(frozen=True)
class UnitDraft:
    """A unit as a row wants it. Empty means that the row says nothing about it."""

    code: str = ""
    name: str = ""
    short_name: str = ""
    kind: str = ""
    parent: str = ""
    """The code of the unit above, once it is known which one is meant."""
    order: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class GroupDraft:
    """A group as a row wants it."""

    code: str = ""
    name: str = ""
    short_name: str = ""
    kind: str = ""
    home: str = ""
    oversees: tuple[str, ...] = ()
    valid_from: date | None = None


@dataclass(frozen=True)
class SeatDraft:
    """A person in a post."""

    name: str = ""
    staff_no: str = ""
    unit: str = ""
    group: str = ""
    title: str = ""
    role: str = ""
    valid_from: date | None = None
    username: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the file, what it becomes, in words, and why not if it cannot."""

    kind: Kind
    sheet: str
    number: int
    draft: UnitDraft | GroupDraft | SeatDraft
    outcome: Outcome = Outcome.UNCHANGED
    changes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def code(self) -> str:
        return self.draft.staff_no if isinstance(self.draft, SeatDraft) else self.draft.code

    @property
    def name(self) -> str:
        return self.draft.name

    @property
    def place(self) -> str:
        return _("工作表“%(sheet)s”第%(number)d行") % {"sheet": self.sheet, "number": self.number}

    def faulty(self, column: str, reason: str) -> Line:
        """The same row with one more fault."""
        return replace(self, outcome=Outcome.FAULTY, changes=(), faults=(*self.faults, Fault(column, reason)))

    def becomes(self, outcome: Outcome, changes: Iterable[str] = ()) -> Line:
        return replace(self, outcome=outcome, changes=tuple(changes))

    @property
    def words(self) -> list[str]:
        """The faults as sentences with their place."""
        return [f"{self.place}，“{fault.column}”：{fault.reason}。" for fault in self.faults]


@dataclass(frozen=True)
class ImportPreview:
    """All rows of a file as what they become."""

    name: str
    tables: tuple[Table, ...]
    lines: tuple[Line, ...]
    remarks: tuple[str, ...] = field(default=())
    """Sheets that were left out, and why."""

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.outcome == Outcome.FAULTY]

    @property
    def good(self) -> list[Line]:
        """The rows that will change something."""
        return [line for line in self.lines if line.outcome not in {Outcome.FAULTY, Outcome.UNCHANGED}]

    def of(self, kind: Kind) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]

    def counts(self, kind: Kind | None = None) -> dict[Outcome, int]:
        """How many rows become what, in the order of the outcomes."""
        counted = Counter(line.outcome for line in self.lines if kind in {None, line.kind})
        return {outcome: counted[outcome] for outcome in Outcome if counted[outcome]}

    @property
    def summary(self) -> list[tuple[str, dict[str, int]]]:
        """(单位表, {新增: 15, …}) for each kind of table in the file."""
        return [
            (str(SHEET_WORDS[kind]), {outcome.label: count for outcome, count in self.counts(kind).items()})
            for kind in SHEET_WORDS
            if self.of(kind)
        ]
