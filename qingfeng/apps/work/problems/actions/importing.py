"""Taking in a file of ledgers (attachments 2 and 3): read and kept, looked at, filed line by line, taken back while nothing builds on it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
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
from qingfeng.apps.work.inspections.permissions import check_can_act_for
from qingfeng.apps.work.problems.actions.import_kinds import kind_of
from qingfeng.apps.work.problems.imports import Reading
from qingfeng.apps.work.problems.imports.vocabulary import Vocabulary
from qingfeng.apps.work.problems.models import (
    ImportBatch,
    ImportKind,
    ImportLine,
    ImportLineState,
    ImportState,
)

TABLES = frozenset({FileKind.XLSX, FileKind.XLS, FileKind.DOCX, FileKind.TEXT})
SENT_TWICE = timedelta(minutes=1)
"""Within it the same file is a form sent twice."""
AT_ONCE = 200
"""So many rows are filed while the page waits; more are the worker's."""


def read_in(
    *,
    campaign: Campaign,
    body: Unit | Group,
    name: str,
    content: bytes,
    by: User,
    kind: str = ImportKind.INSPECTION,
) -> ImportBatch:
    """A file read, checked and kept until it is taken or its term ends.

    Sent twice it is the same one; after a while it is checked anew, for units and ledgers may have been put right.
    It is understood before anything is written: a long one takes seconds, in which others must be able to write.
    """
    check_can_import(by, body)
    drop_past_term()
    batch = _batch_of(campaign, body, name, content, by)
    batch.kind = kind
    same = _same(batch)
    if same:
        return same if same.read_at > timezone.now() - SENT_TWICE else look_again(batch=same, by=by)
    reading, parts = _read(batch, content, None, by)
    return _keep(batch=batch, content=content, reading=reading, parts=parts, by=by)


def _read(
    batch: ImportBatch, content: bytes, columns: Mapping[str, Any] | None, by: User
) -> tuple[Reading[Any], Sequence[Any]]:
    """What the file says, and its parts beside the ledgers as they stand now."""
    kind = kind_of(batch)
    reading = kind.read(content, batch.file_name, columns, batch.campaign)
    return reading, kind.checked(kind.desk(batch, by), reading.sheets)


def _batch_of(campaign: Campaign, body: Unit | Group, name: str, content: bytes, by: User) -> ImportBatch:
    place = {"filing_unit": body} if isinstance(body, Unit) else {"filing_group": body}
    digest = hashlib.sha256(content).hexdigest()
    return ImportBatch(campaign=campaign, file_name=files.safe_name(name), digest=digest, read_by=by, **place)


def _same(batch: ImportBatch) -> ImportBatch | None:
    """The same file read before by the same person for the same body, and not yet taken."""
    fields = ("campaign", "kind", "filing_unit", "filing_group", "digest", "read_by")
    like_this = {field: getattr(batch, field) for field in fields}
    return ImportBatch.objects.filter(**like_this, state=ImportState.READ, file__isnull=False).first()


@action
def _keep(
    *, batch: ImportBatch, content: bytes, reading: Reading[Any], parts: Sequence[Any], by: User
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
    _keep_lines(batch, parts, by)
    return batch


def tell_columns(*, batch: ImportBatch, columns: Mapping[str, Any], by: User) -> ImportBatch:
    """The file read again with what a person said of its columns."""
    check_can_import(by, batch.body)
    reading, parts = _read(batch, content_of(batch), columns, by)
    return _keep_told(batch=batch, columns=columns, reading=reading, parts=parts, by=by)


@action
def _keep_told(
    *,
    batch: ImportBatch,
    columns: Mapping[str, Any],
    reading: Reading[Any],
    parts: Sequence[Any],
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
    _keep_lines(batch, parts, by)
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
        raise BadInput(kind_of(batch).nothing_chosen)
    to = {"state": ImportState.FILING, "filed_at": timezone.now(), "filed_by": by}
    change(batch, by=by, kind="import.taken", to=to, when={"state": ImportState.READ})
    ready.exclude(order__in=orders).update(state=ImportLineState.LEFT)
    ready.update(state=ImportLineState.WAITING)
    return batch


@action
def file_line(*, line: ImportLine, desk: Any, by: User) -> ImportLine:
    """One line written, or refused with its reason; never twice, whoever else is at it."""
    mine = ImportLine.objects.filter(pk=line.pk, state=ImportLineState.WAITING)
    if not mine.update(state=ImportLineState.FILED):
        line.refresh_from_db()
        return line
    try:
        with attempt():
            kind_of(line.batch).file(desk, line, by)
        line.state = ImportLineState.FILED
    except (BadInput, Refused) as error:
        line.state, line.words = ImportLineState.REFUSED, str(error)
    made = {name: getattr(line, name) for name in ("state", "words", "sheet", "problem", "made")}
    ImportLine.objects.filter(pk=line.pk).update(**made)
    return line


@action
def file_lines(*, lines: Sequence[ImportLine], desk: Any, by: User) -> None:
    """Lines of one batch, as `file_line` one after the other; sheets are written together, which costs a fifth."""
    kind = kind_of(lines[0].batch)
    if kind.file_all is None:
        for line in lines:
            file_line(line=line, desk=desk, by=by)
        return
    waiting = ImportLine.objects.select_for_update().filter(pk__in=[line.pk for line in lines])
    keys = set(waiting.filter(state=ImportLineState.WAITING).values_list("pk", flat=True))
    for line in lines:
        if line.pk not in keys:  # whoever else was at it
            line.refresh_from_db()
    mine = [line for line in lines if line.pk in keys]
    for line, outcome in zip(mine, kind.file_all(desk, mine, by), strict=True):
        if isinstance(outcome, Exception):
            line.state, line.words = ImportLineState.REFUSED, str(outcome)
        else:
            line.state, line.sheet = ImportLineState.FILED, outcome
    filed = [line for line in mine if line.sheet is not None]
    ImportLine.objects.bulk_update([line for line in mine if line.sheet is None], ["state", "words"])
    ImportLine.objects.bulk_update(filed, ["sheet"])
    ImportLine.objects.filter(pk__in=[line.pk for line in filed]).update(state=ImportLineState.FILED)


@action
def finish(*, batch: ImportBatch, by: User) -> ImportBatch:
    """All lines have come to an end."""
    if batch.state != ImportState.FILING or _lines(batch, ImportLineState.WAITING).exists():
        return batch
    counts = dict(
        ImportLine.objects.filter(batch=batch).values_list("state").annotate(Count("pk")).order_by()
    )
    what = "sheets" if batch.kind == ImportKind.INSPECTION else "answers"
    payload = {
        what: counts.get(ImportLineState.FILED, 0),
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
    waiting = list(_lines(batch, ImportLineState.WAITING))
    if waiting:
        file_lines(lines=waiting, desk=desk_of(batch, by), by=by)
    return finish(batch=batch, by=by)


@action
def undo(*, batch: ImportBatch, by: User) -> ImportBatch:
    """What the file made becomes void; numbers stay taken. Refused as a whole once something builds on it."""
    check_can_undo(by, batch)
    undo_lines(lines=_lines(batch, ImportLineState.FILED).select_related("sheet", "problem"), by=by)
    return finish_undo(batch=batch, by=by)


@action
def undo_lines(*, lines: Iterable[ImportLine], by: User) -> None:
    """Lines of one batch, as `undo_line` one after the other; those of sheets together, which costs a tenth.

    Refused as a whole, with nothing written, when one of them may not be taken back.
    """
    filed = [line for line in lines if line.state == ImportLineState.FILED]
    undo_all = kind_of(filed[0].batch).undo_all if filed else None
    with attempt():
        if undo_all is None:
            for line in filed:
                undo_line(line=line, by=by)
            return
        undo_all(filed, by)
        ImportLine.objects.filter(pk__in=[line.pk for line in filed]).update(state=ImportLineState.VOIDED)
    for line in filed:
        line.state = ImportLineState.VOIDED


@action
def undo_line(*, line: ImportLine, by: User) -> ImportLine:
    """What one line made becomes void."""
    if line.state != ImportLineState.FILED:
        return line
    kind_of(line.batch).undo(line, by)
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
    kind_of(batch).check_can_undo(_lines(batch, ImportLineState.FILED))


def desk_of(batch: ImportBatch, by: User) -> Any:
    """What the lines of this file are written with."""
    return kind_of(batch).desk(batch, by)


def words_of(batch: ImportBatch) -> Vocabulary:
    """What the columns of this file are called."""
    return kind_of(batch).words


def content_of(batch: ImportBatch) -> bytes:
    """The file as it came; BadInput when its term is over."""
    if batch.file is None:
        raise BadInput(_("文件“%(name)s”的保存期已满，请重新选择文件导入。") % {"name": batch.file_name})
    return files.content_of(batch.file)


def _lines(batch: ImportBatch, state: str) -> Any:
    rows = ImportLine.objects.filter(batch=batch, state=state)
    return rows.select_related("batch__campaign").order_by("order")


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


def _remarks(reading: Reading[Any]) -> list[list[str]]:
    return [[fault.worksheet, fault.cell, fault.message] for fault in (*reading.unread, *reading.passed_over)]


def _keep_lines(batch: ImportBatch, parts: Sequence[Any], by: User) -> None:
    ImportLine.objects.bulk_create(kind_of(batch).lines(batch, parts, by))


def _forget(batch: ImportBatch, stored: Any) -> None:
    ImportLine.objects.filter(batch=batch).update(content={})
    if stored is not None:
        files.discard(stored)
