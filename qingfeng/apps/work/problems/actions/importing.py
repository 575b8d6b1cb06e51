"""Taking in a file of inspection sheets: read and kept, looked at, filed line by line, taken back while nothing builds on it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.documents.word_tables import is_word
from qingfeng.apps.base.orgs.models import Group, Role, Unit, User
from qingfeng.apps.base.orgs.visibility import own_groups, reaches
from qingfeng.apps.base.records import files, old_office
from qingfeng.apps.base.records.actions import action, attempt, change, create
from qingfeng.apps.base.records.models import FileKind
from qingfeng.apps.base.records.references import new_reference
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import SheetState
from qingfeng.apps.work.inspections.permissions import check_can_act_for
from qingfeng.apps.work.problems.actions.core import alter
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.imports import Place, Reading, ReadSheet, file_read, read_file
from qingfeng.apps.work.problems.imports.checking import checked, tried
from qingfeng.apps.work.problems.imports.extra_columns import extra_of
from qingfeng.apps.work.problems.imports.model import from_plain, to_plain
from qingfeng.apps.work.problems.imports.undoing import check_unmoved
from qingfeng.apps.work.problems.models import (
    ImportBatch,
    ImportLine,
    ImportLineState,
    ImportState,
    Problem,
)

TABLES = frozenset({FileKind.XLSX, FileKind.XLS, FileKind.DOCX, FileKind.TEXT})
AT_ONCE = 200
"""So many rows are filed while the page waits; more are the worker's."""
UNDO_REASON = "撤销导入"


def read_in(*, campaign: Campaign, body: Unit | Group, name: str, content: bytes, by: User) -> ImportBatch:
    """A file read, checked and kept until it is taken or its term ends. Sent twice it is the same one.

    It is understood before anything is written: a long one takes seconds, in which others must be able to write.
    """
    check_can_import(by, body)
    drop_past_term()
    batch = _batch_of(campaign, body, name, content, by)
    same = _same(batch)
    if same:
        return same
    reading = read_file(content, batch.file_name, extra=extra_of(campaign))
    return _keep(batch=batch, content=content, reading=reading, sheets=_checked(batch, reading), by=by)


def _batch_of(campaign: Campaign, body: Unit | Group, name: str, content: bytes, by: User) -> ImportBatch:
    place = {"filing_unit": body} if isinstance(body, Unit) else {"filing_group": body}
    digest = hashlib.sha256(content).hexdigest()
    return ImportBatch(campaign=campaign, file_name=files.safe_name(name), digest=digest, read_by=by, **place)


def _same(batch: ImportBatch) -> ImportBatch | None:
    """The same file read before by the same person for the same body, and not yet taken."""
    fields = ("campaign", "filing_unit", "filing_group", "digest", "read_by")
    like_this = {field: getattr(batch, field) for field in fields}
    return ImportBatch.objects.filter(**like_this, state=ImportState.READ, file__isnull=False).first()


@action
def _keep(
    *, batch: ImportBatch, content: bytes, reading: Reading, sheets: Sequence[ReadSheet], by: User
) -> ImportBatch:
    same = _same(batch)  # sent twice at once
    if same:
        return same
    batch.reference, batch.read_at = new_reference(), timezone.now()
    batch.file = files.store(
        name=_stored_name(batch.file_name, content), content=content, by=by, accept=TABLES
    )
    batch.remarks = _remarks(reading)
    create(batch, by=by, kind="import.read", payload={"file": batch.file_name, "sha256": batch.digest})
    _keep_lines(batch, sheets, by)
    return batch


def tell_columns(*, batch: ImportBatch, columns: Mapping[str, Any], by: User) -> ImportBatch:
    """The file read again with what a person said of its columns."""
    check_can_import(by, batch.body)
    reading = read_file(content_of(batch), batch.file_name, columns, extra_of(batch.campaign))
    sheets = _checked(batch, reading)
    return _keep_told(batch=batch, columns=columns, reading=reading, sheets=sheets, by=by)


@action
def _keep_told(
    *,
    batch: ImportBatch,
    columns: Mapping[str, Any],
    reading: Reading,
    sheets: Sequence[ReadSheet],
    by: User,
) -> ImportBatch:
    change(
        batch,
        by=by,
        kind="import.columns_told",
        to={"columns": dict(columns), "remarks": _remarks(reading)},
        when={"state": ImportState.READ},
        payload={"changed": {}},
    )
    ImportLine.objects.filter(batch=batch).delete()
    _keep_lines(batch, sheets, by)
    return batch


def look_again(*, batch: ImportBatch, by: User) -> ImportBatch:
    """The file checked beside the ledgers as they stand now: units may have been added since."""
    return tell_columns(batch=batch, columns=batch.columns, by=by)


@action
def take(*, batch: ImportBatch, orders: Collection[int], by: User) -> ImportBatch:
    """These lines are to be filed. What follows files them one by one."""
    check_can_import(by, batch.body)
    ready = ImportLine.objects.filter(batch=batch, state=ImportLineState.READY)
    if not ready.filter(order__in=orders).exists():
        raise BadInput(_("没有选择要导入的台账，请至少勾选一张。"))
    to = {"state": ImportState.FILING, "filed_at": timezone.now(), "filed_by": by}
    change(batch, by=by, kind="import.taken", to=to, when={"state": ImportState.READ})
    ready.exclude(order__in=orders).update(state=ImportLineState.LEFT)
    ready.update(state=ImportLineState.WAITING)
    return batch


@action
def file_line(*, line: ImportLine, place: Place, by: User) -> ImportLine:
    """One sheet filed, or refused with its reason; never twice, whoever else is at it."""
    mine = ImportLine.objects.filter(pk=line.pk, state=ImportLineState.WAITING)
    if not mine.update(state=ImportLineState.FILED):
        line.refresh_from_db()
        return line
    try:
        with attempt():
            line.sheet = file_read(place, from_plain(line.content), by)
        line.state = ImportLineState.FILED
    except (BadInput, Refused) as error:
        line.state, line.words = ImportLineState.REFUSED, str(error)
    ImportLine.objects.filter(pk=line.pk).update(state=line.state, words=line.words, sheet=line.sheet)
    return line


@action
def finish(*, batch: ImportBatch, by: User) -> ImportBatch:
    """All lines have come to an end."""
    if batch.state != ImportState.FILING or _lines(batch, ImportLineState.WAITING).exists():
        return batch
    counts = dict(
        ImportLine.objects.filter(batch=batch).values_list("state").annotate(Count("pk")).order_by()
    )
    payload = {
        "sheets": counts.get(ImportLineState.FILED, 0),
        "refused": counts.get(ImportLineState.REFUSED, 0),
    }
    return change(
        batch, by=by, kind="import.filed", to={"state": ImportState.FILED}, payload={"changed": {}, **payload}
    )


@action
def stop(*, batch: ImportBatch, by: User) -> ImportBatch:
    """What still waits is not filed; what was filed stays."""
    check_can_import(by, batch.body)
    _lines(batch, ImportLineState.WAITING).update(state=ImportLineState.LEFT)
    return finish(batch=batch, by=by)


@action
def file_all(*, batch: ImportBatch, by: User) -> ImportBatch:
    """All that waits, in one go: for files of a few rows."""
    place = _place(batch)
    for line in _lines(batch, ImportLineState.WAITING):
        file_line(line=line, place=place, by=by)
    return finish(batch=batch, by=by)


@action
def undo(*, batch: ImportBatch, by: User) -> ImportBatch:
    """What the file made becomes void; numbers stay taken. Refused as a whole once something builds on it."""
    check_can_undo(by, batch)
    for line in _lines(batch, ImportLineState.FILED).select_related("sheet"):
        undo_line(line=line, by=by)
    return finish_undo(batch=batch, by=by)


@action
def undo_line(*, line: ImportLine, by: User) -> ImportLine:
    """One sheet with its problems becomes void."""
    sheet = line.sheet
    if line.state != ImportLineState.FILED or sheet is None:
        return line
    if sheet.state != SheetState.VOID:
        check_unmoved([sheet.pk])
        for problem in Problem.objects.filter(sheet=sheet).counted().order_by("ordinal"):  # type: ignore[attr-defined]
            to = {"state": ProblemState.VOID, "void_reason": UNDO_REASON}
            alter(problem, by=by, kind="problem.voided", to=to)
        to_sheet = {"state": SheetState.VOID, "void_reason": UNDO_REASON}
        change(sheet, by=by, kind="sheet.voided", to=to_sheet)
    ImportLine.objects.filter(pk=line.pk).update(state=ImportLineState.VOIDED)
    line.state = ImportLineState.VOIDED
    return line


@action
def finish_undo(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Nothing of the file counts any more."""
    to = {"state": ImportState.UNDONE, "undone_at": timezone.now(), "undone_by": by}
    return change(batch, by=by, kind="import.undone", to=to, when={"state": ImportState.FILED})


@action
def drop(*, batch: ImportBatch, by: User) -> ImportBatch:
    """A file that was looked at and is not wanted: nothing was filed, nothing of it is kept."""
    check_can_import(by, batch.body)
    stored = batch.file
    to: dict[str, Any] = {"state": ImportState.DROPPED, "file": None, "remarks": []}
    change(
        batch, by=by, kind="import.dropped", to=to, when={"state": ImportState.READ}, payload={"changed": {}}
    )
    _forget(batch, stored)
    return batch


@action
def drop_past_term() -> int:
    """Files kept long enough go, with what was read from them; what was filed stays. How many went."""
    lapsed = list(
        ImportBatch.objects.past_term().exclude(state=ImportState.FILING).select_related("file")[:20]
    )
    for batch in lapsed:
        stored = batch.file
        to: dict[str, Any] = {"file": None}
        if batch.state == ImportState.READ:
            to["state"] = ImportState.DROPPED
        change(batch, by=None, kind="import.cleared", to=to, payload={"changed": {}})
        _forget(batch, stored)
    return len(lapsed)


def check_can_import(by: User, body: Unit | Group) -> None:
    """Who may file for this body may import for it."""
    if isinstance(body, Unit):
        check_can_act_for(by, body)
    elif body.pk not in own_groups(by, {Role.INSPECTOR, Role.OFFICE}):
        raise Refused(_("您不是%(group)s的检查人员。") % {"group": body})


def check_can_undo(by: User, batch: ImportBatch) -> None:
    """Who imported it, or the office, as long as nothing builds on any of it."""
    if batch.state == ImportState.UNDONE:
        raise Refused(_("这次导入已经撤销。"))
    if batch.state != ImportState.FILED:
        raise Refused(_("这次导入还没有完成，不能撤销。"))
    if by.pk != batch.filed_by_id and not reaches(by, batch.campaign.root_unit, {Role.OFFICE}):
        raise Refused(_("只有导入人和专治办可以撤销这次导入。"))
    check_unmoved(_lines(batch, ImportLineState.FILED).values_list("sheet_id", flat=True))


def content_of(batch: ImportBatch) -> bytes:
    """The file as it came; BadInput when its term is over."""
    if batch.file is None:
        raise BadInput(_("文件“%(name)s”的保存期已满，请重新选择文件导入。") % {"name": batch.file_name})
    return files.content_of(batch.file)


def _lines(batch: ImportBatch, state: str) -> Any:
    return ImportLine.objects.filter(batch=batch, state=state).order_by("order")


def _stored_name(name: str, content: bytes) -> str:
    """Under the ending of what it is: systems hand out an .xlsx or a text as .xls, which can be read all the same."""
    path = Path(files.safe_name(name))
    kept = next(
        endings
        for endings, fits in (
            ((".docx",), is_word(content)),
            ((".xlsx",), content.startswith(b"PK")),
            ((".xls", ".et"), old_office.is_compound(content)),
            ((".csv", ".txt"), True),
        )
        if fits
    )
    return path.name if path.suffix.lower() in kept else path.stem + kept[0]


def _remarks(reading: Reading) -> list[list[str]]:
    return [[fault.worksheet, fault.cell, fault.message] for fault in (*reading.unread, *reading.passed_over)]


def _checked(batch: ImportBatch, reading: Reading) -> list[ReadSheet]:
    return checked(_place(batch), reading.sheets)


def _place(batch: ImportBatch) -> Place:
    return Place(batch.campaign, batch.filing_unit, batch.filing_group)


def _keep_lines(batch: ImportBatch, sheets: Sequence[ReadSheet], by: User) -> None:
    ImportLine.objects.bulk_create(
        ImportLine(
            batch=batch,
            order=order,
            place=read.name[:120],
            content=to_plain(read),
            problems=len(read.problems),
            rows=max(len(read.rows), 1),
            state=ImportLineState.FAULTY if read.faults else ImportLineState.READY,
        )
        for order, read in enumerate(tried(_place(batch), sheets, by=by), 1)
    )


def _forget(batch: ImportBatch, stored: Any) -> None:
    ImportLine.objects.filter(batch=batch).update(content={})
    if stored is not None:
        files.discard(stored)
