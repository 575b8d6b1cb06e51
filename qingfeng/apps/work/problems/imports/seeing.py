"""An import as a page shows it: which exist for whom, what each line will become, what was filed before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.base.web.marks import Mark, Tone
from qingfeng.apps.work.inspections.models import Sheet, SheetKind
from qingfeng.apps.work.problems.imports.model import Fault, ReadPart, ReadSheet, from_plain
from qingfeng.apps.work.problems.imports.rectification.model import Piece, ReadAnswer, answer_from_plain
from qingfeng.apps.work.problems.models import (
    ImportBatch,
    ImportKind,
    ImportLine,
    ImportLineState,
    ImportState,
)

MOST_SHOWN = 300
_TONES: dict[str, Tone] = {
    ImportLineState.FAULTY: "late",
    ImportLineState.REFUSED: "late",
    ImportLineState.READY: "done",
    ImportLineState.FILED: "done",
    ImportLineState.WAITING: "waiting",
}
_BAD = (ImportLineState.FAULTY, ImportLineState.REFUSED)
_FATES: dict[str, tuple[str | Promise, Tone]] = {
    "new": (gettext_lazy("将登记"), "active"),
    "same": (gettext_lazy("已有"), "neutral"),
    "left": (gettext_lazy("不登记"), "waiting"),
}
_ENDS: dict[str, tuple[str | Promise, Tone]] = {
    ImportLineState.FILED: (gettext_lazy("已登记"), "done"),
    ImportLineState.REFUSED: (gettext_lazy("没有登记"), "late"),
    ImportLineState.LEFT: (gettext_lazy("没有选"), "neutral"),
    ImportLineState.VOIDED: (gettext_lazy("已作废"), "neutral"),
}
"""What became of something new, by the line in which it stands."""
_PIECES: dict[str, str | Promise] = {
    "assign": gettext_lazy("责任人"),
    "measure": gettext_lazy("措施"),
    "progress": gettext_lazy("进展"),
}


def visible_batches(user: User) -> QuerySet[ImportBatch]:
    """One's own, and for the office the sheets that were filed in its campaign. What a rectification ledger says of
    problems is its reader's alone: somebody else may be recused from one of them."""
    filed = Q(
        kind=ImportKind.INSPECTION,
        state__in=(ImportState.FILED, ImportState.UNDONE),
        campaign__root_unit__in=reach(user, {Role.OFFICE}),
    )
    rows = ImportBatch.objects.filter(Q(read_by=user) | filed)
    return rows.select_related("campaign", "filing_unit", "filing_group", "file", "read_by__person")


def same_file(batch: ImportBatch) -> ImportBatch | None:
    """The same file taken before in this campaign and not taken back, by whomever."""
    taken = ImportBatch.objects.filter(
        campaign=batch.campaign,
        kind=batch.kind,
        digest=batch.digest,
        state__in=(ImportState.FILED, ImportState.FILING),
    )
    return taken.exclude(pk=batch.pk).select_related("filed_by__person").first()


@dataclass
class SeenLine:
    """A line of the import beside what was read."""

    line: ImportLine
    becomes: str = ""
    """The number that it will bear, if nobody files in between."""

    @cached_property
    def read(self) -> ReadSheet | None:
        return from_plain(self.line.content) if self.line.content else None

    @property
    def part(self) -> ReadPart | None:
        """What was read, whichever paper it is of."""
        return self.read

    @property
    def mark(self) -> Mark:
        state = ImportLineState(self.line.state)
        return Mark(str(state.label), _TONES.get(state, "neutral"))

    @property
    def faults(self) -> list[Fault]:
        part = self.part
        own = list(part.faults) if part else []
        if self.line.words and part and self.line.state in _BAD:
            own.append(Fault(part.worksheet, part.place, self.line.words))
        return own

    @property
    def is_ready(self) -> bool:
        return self.line.state == ImportLineState.READY


@dataclass
class SeenPiece:
    """One thing that the paper says of a problem, and what becomes of it."""

    piece: Piece
    state: str
    """What became of the line in which it stands."""

    @property
    def label(self) -> str:
        return self.piece.name or str(_PIECES[self.piece.box])

    @property
    def mark(self) -> Mark:
        told = _ENDS.get(self.state) if self.piece.fate == "new" else None
        words, tone = told or _FATES[self.piece.fate]
        return Mark(str(words), tone)


@dataclass
class SeenAnswer(SeenLine):
    """A line of a rectification ledger: what the file says of one problem."""

    @cached_property
    def answer(self) -> ReadAnswer | None:
        return answer_from_plain(self.line.content) if self.line.content else None

    @property
    def part(self) -> ReadPart | None:
        return self.answer

    @property
    def pieces(self) -> list[SeenPiece]:
        return [SeenPiece(piece, self.line.state) for piece in self.answer.pieces] if self.answer else []

    @property
    def faults(self) -> list[Fault]:
        """Its own; of a row of which nothing is taken, why."""
        own, answer = super().faults, self.answer
        if own or answer is None or self.line.state != ImportLineState.FAULTY:
            return own
        whys = [piece.why for piece in answer.left] or [_("没有写整改措施、完成情况或责任人，没有可导入的。")]
        return [Fault(answer.worksheet, answer.place, why) for why in dict.fromkeys(whys)]


_SEEN: dict[str, type[SeenLine]] = {ImportKind.INSPECTION: SeenLine, ImportKind.RECTIFICATION: SeenAnswer}


def seen_lines(batch: ImportBatch, most: int = MOST_SHOWN) -> list[SeenLine]:
    """The first lines, those with faults before the others; in the file's order each."""
    order = ("order",)
    rows = ImportLine.objects.filter(batch=batch).select_related(
        "sheet__filing_unit", "sheet__filing_group", "problem"
    )
    bad = rows.filter(state__in=_BAD).order_by(*order)[:most]
    good = rows.exclude(state__in=_BAD).order_by(*order)[:most]
    seen = sorted((_SEEN[batch.kind](line) for line in (*bad, *good)), key=lambda one: one.line.order)
    if batch.state == ImportState.READ and batch.kind == ImportKind.INSPECTION:
        _tell_numbers(batch, seen)
    return seen


def _tell_numbers(batch: ImportBatch, seen: Sequence[SeenLine]) -> None:
    rows = Sheet.objects.filter(
        campaign=batch.campaign, filing_unit=batch.filing_unit, filing_group=batch.filing_group
    )
    last: Counter[str] = Counter(dict(rows.values_list("kind").annotate(Max("number")).order_by()))
    usual = SheetKind.SELF_INSPECTION if batch.filing_unit else SheetKind.SUPERVISION
    for one in seen:
        if not one.is_ready or one.read is None:
            continue
        kind = SheetKind(one.read.kind or usual)
        last[kind] += 1
        one.becomes = _becomes(f"{kind.label}{last[kind]}号", one.line.problems)


def _becomes(number: str, problems: int) -> str:
    given = {"number": number, "last": problems}
    if problems == 0:
        return _("%(number)s，零问题") % given
    return _("%(number)s，问题1") % given if problems == 1 else _("%(number)s，问题1—%(last)s") % given


def counts(batch: ImportBatch) -> dict[str, int]:
    """Lines, problems and rows by what became of them."""
    found: Counter[str] = Counter()
    for state, problems, rows in ImportLine.objects.filter(batch=batch).values_list(
        "state", "problems", "rows"
    ):
        for name in (state, "all"):
            found.update({name: 1, f"{name}_problems": problems, f"{name}_rows": rows})
    return found


def left_out(batch: ImportBatch) -> Iterator[tuple[ReadPart, str]]:
    """(what was read, reasons in a sentence each) of what was not or cannot be taken."""
    rows = ImportLine.objects.filter(batch=batch, state__in=_BAD)
    for one in map(_SEEN[batch.kind], rows.order_by("order")):
        if one.part is not None:
            yield one.part, "\n".join(str(fault) for fault in one.faults)


def remarks(batch: ImportBatch) -> list[Fault]:
    """Rows and worksheets that were passed over."""
    return [Fault(*row) for row in batch.remarks]


def context_of(batch: ImportBatch) -> dict[str, Any]:
    """What every page of an import says."""
    found = counts(batch)
    seen = seen_lines(batch)
    return {
        "batch": batch,
        "counts": found,
        "lines": seen,
        "hidden": max(found["all"] - len(seen), 0),
        "faults": list(dict.fromkeys(fault for one in seen for fault in one.faults))[:MOST_SHOWN],
        "warnings": [fault for one in seen if one.part for fault in one.part.warnings][:MOST_SHOWN],
        "remarks": remarks(batch)[:MOST_SHOWN],
        "same": same_file(batch) if batch.state == ImportState.READ else None,
    }
