"""Long work of the problems: filing the sheets of a large file, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.jobs.registry import job
from qingfeng.apps.base.jobs.run import Run
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import NotThere, Refused
from qingfeng.apps.work.problems.actions import importing
from qingfeng.apps.work.problems.models import ImportBatch, ImportKind, ImportLine, ImportLineState

IMPORT = "problems.import"
UNDO = "problems.undo_import"
NOT_TAKEN = (ImportLineState.FAULTY, ImportLineState.LEFT, ImportLineState.READY, ImportLineState.SAME)
_PAGES: dict[str, str] = {
    ImportKind.INSPECTION: "problems:import_batch",
    ImportKind.RECTIFICATION: "problems:rectification_batch",
}
CHUNK = 100
"""Sheets filed in one transaction: less than a second, so that others get their turn."""


def _batch(reference: str) -> ImportBatch:
    found = ImportBatch.objects.select_related("campaign", "filing_unit", "filing_group", "file")
    batch = found.filter(reference=reference).first()
    if batch is None:
        raise NotThere()
    return batch


def check_may_import(user: User, *, batch: str) -> None:
    importing.check_can_import(user, _batch(batch).body)


def check_may_undo(user: User, *, batch: str) -> None:
    importing.check_can_undo(user, _batch(batch))


@job(IMPORT, title=gettext_lazy("导入台账"), check=check_may_import)
def file_import(run: Run, *, batch: str) -> None:
    """The lines that wait, in their order. What is filed says so in its own transaction: nothing is filed twice."""
    found = _batch(batch)
    desk = importing.desk_of(found, run.by)
    lines = (
        ImportLine.objects.filter(batch=found).exclude(state__in=NOT_TAKEN).select_related("batch__campaign")
    )
    total = lines.count()
    waiting = lines.filter(state=ImportLineState.WAITING).order_by("order")
    while part := list(waiting[:CHUNK]):
        with run.chunk():
            importing.file_lines(lines=part, desk=desk, by=run.by)
            for line in part:
                run.line(line.place, line.state == ImportLineState.FILED, _told(line))
            run.resume["after"] = part[-1].order
            run.progress(run.done + len(part), total, _("正在填报"))
    importing.finish(batch=found, by=run.by)
    run.finished(
        _("已导入%(good)d条，%(bad)d条没有导入。") % {"good": run.lines_ok, "bad": run.lines_bad},
        href=reverse(_PAGES[found.kind], args=[batch]),
    )


def _told(line: ImportLine) -> str:
    """What became of a line, in words."""
    if line.sheet:
        return _("已填报为%(number)s") % {"number": line.sheet}
    return line.words or _("已登记")


@job(UNDO, title=gettext_lazy("撤销导入"), check=check_may_undo)
def undo_import(run: Run, *, batch: str) -> None:
    """Part by part, and one by one where something has moved in the meantime: that stays, and is named."""
    found = _batch(batch)
    filed = ImportLine.objects.filter(batch=found, state=ImportLineState.FILED)
    filed = filed.select_related("batch", "sheet", "problem")
    total, left = run.done + filed.count(), 0
    while part := list(filed.order_by("order")[left : left + CHUNK]):
        with run.chunk():
            left += _taken_back(run, part)
            run.resume["after"] = part[-1].order
            run.progress(run.done + len(part), total, _("正在撤销"))
    if not left:
        importing.finish_undo(batch=found, by=run.by)
    run.finished(
        _("已撤销%(good)d条，%(bad)d条没有撤销。") % {"good": run.lines_ok, "bad": run.lines_bad},
        href=reverse(_PAGES[found.kind], args=[batch]),
    )


def _taken_back(run: Run, lines: Sequence[ImportLine]) -> int:
    """How many of them stay."""
    try:
        importing.undo_lines(lines=lines, by=run.by)
    except Refused:
        return sum(not _undone(run, line) for line in lines)
    for line in lines:
        run.line(line.place, True, _("已作废"))
    return 0


def _undone(run: Run, line: ImportLine) -> bool:
    try:
        importing.undo_line(line=line, by=run.by)
    except Refused as error:
        run.line(line.place, False, str(error))
        return False
    run.line(line.place, True, _("已作废"))
    return True
