"""An import as a page shows it: which exist for whom, what each line will become, what was filed before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.base.web.marks import Mark, Tone
from qingfeng.apps.work.inspections.models import Sheet, SheetKind
from qingfeng.apps.work.problems.imports.model import Fault, ReadSheet, from_plain
from qingfeng.apps.work.problems.models import ImportBatch, ImportLine, ImportLineState, ImportState

MOST_SHOWN = 300
_TONES: dict[str, Tone] = {
    ImportLineState.FAULTY: "late",
    ImportLineState.REFUSED: "late",
    ImportLineState.READY: "done",
    ImportLineState.FILED: "done",
    ImportLineState.WAITING: "waiting",
}


def visible_batches(user: User) -> QuerySet[ImportBatch]:
    """One's own, and for the office those that were filed in its campaign."""
    filed = Q(
        state__in=(ImportState.FILED, ImportState.UNDONE), campaign__root_unit__in=reach(user, {Role.OFFICE})
    )
    rows = ImportBatch.objects.filter(Q(read_by=user) | filed)
    return rows.select_related("campaign", "filing_unit", "filing_group", "file", "read_by__person")


def same_file(batch: ImportBatch) -> ImportBatch | None:
    """The same file taken before in this campaign and not taken back, by whomever."""
    taken = ImportBatch.objects.filter(
        campaign=batch.campaign, digest=batch.digest, state__in=(ImportState.FILED, ImportState.FILING)
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
    def mark(self) -> Mark:
        state = ImportLineState(self.line.state)
        return Mark(str(state.label), _TONES.get(state, "neutral"))

    @property
    def faults(self) -> list[Fault]:
        own = list(self.read.faults) if self.read else []
        if self.line.words and self.read:
            own.append(Fault(self.read.worksheet, self.read.place, self.line.words))
        return own

    @property
    def is_ready(self) -> bool:
        return self.line.state == ImportLineState.READY


def seen_lines(batch: ImportBatch, most: int = MOST_SHOWN) -> list[SeenLine]:
    """The first lines, those with faults before the others; in the file's order each."""
    order = ("order",)
    rows = ImportLine.objects.filter(batch=batch).select_related("sheet__filing_unit", "sheet__filing_group")
    bad = rows.filter(state__in=(ImportLineState.FAULTY, ImportLineState.REFUSED)).order_by(*order)[:most]
    good = rows.exclude(state__in=(ImportLineState.FAULTY, ImportLineState.REFUSED)).order_by(*order)[:most]
    seen = sorted((SeenLine(line) for line in (*bad, *good)), key=lambda one: one.line.order)
    if batch.state == ImportState.READ:
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


def left_out(batch: ImportBatch) -> Iterator[tuple[ReadSheet, str]]:
    """(sheet, reasons in a sentence each) of what was not or cannot be taken."""
    rows = ImportLine.objects.filter(batch=batch, state__in=(ImportLineState.FAULTY, ImportLineState.REFUSED))
    for one in map(SeenLine, rows.order_by("order")):
        if one.read is not None:
            yield one.read, "\n".join(str(fault) for fault in one.faults)


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
        "faults": [fault for one in seen for fault in one.faults][:MOST_SHOWN],
        "warnings": [fault for one in seen if one.read for fault in one.read.warnings][:MOST_SHOWN],
        "remarks": remarks(batch)[:MOST_SHOWN],
        "same": same_file(batch) if batch.state == ImportState.READ else None,
    }
