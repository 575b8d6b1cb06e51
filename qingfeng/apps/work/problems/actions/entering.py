"""What is typed becomes a draft, and a draft becomes a sheet: once, however often it is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records import files
from qingfeng.apps.base.records.actions import action, create
from qingfeng.apps.base.web.errors import BadInput, Conflict, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.actions.registering import ProblemEntry, file_sheet
from qingfeng.apps.work.problems.models import (
    DraftKind,
    EntryDraft,
    FindingEvidence,
    Problem,
    SentEntry,
    TakenFrom,
)
from qingfeng.apps.work.problems.photo_times import HEAD, time_in

MOST_FILES = 20
_KEY = re.compile(r"[\w-]{3,64}", re.ASCII)
_LARGEST = 1_000_000
"""Letters of one draft: a sheet filled to its limits has a quarter of it."""


@dataclass(frozen=True)
class FoundFile:
    """A photo or paper from the spot, as the device hands it over."""

    name: str
    content: bytes
    taken_at: datetime | None = None
    """The time of the file on the device; a time inside the photo comes before it."""
    ordinal: int | None = None
    """The problem that it shows."""


@dataclass(frozen=True)
class FiledSheet:
    """The sheet under this key, and whether it was there already."""

    sheet: Sheet
    again: bool


@action
def save_draft(
    *,
    campaign: Campaign,
    kind: str,
    key: str,
    title: str,
    content: Mapping[str, list[str]],
    version: int,
    by: User,
) -> EntryDraft:
    """What the page holds now; `version` is the last one that this page saw, nought for a new draft.

    Raises Conflict when another window has saved, filed or discarded it in between; nothing is overwritten.
    """
    _check_draft(kind, key, content)
    values = {
        "title": title.strip()[:120] or _("未写内容"),
        "content": dict(content),
        "saved_at": timezone.now(),
    }
    if version:
        rows = EntryDraft.objects.filter(owner=by, key=key, version=version)
        if rows.update(**values, version=version + 1) != 1:
            raise Conflict(_why_not_the_last(by, key))
        return EntryDraft.objects.get(owner=by, key=key)
    if (
        SentEntry.objects.filter(owner=by, key=key).exists()
        or EntryDraft.objects.filter(owner=by, key=key).exists()
    ):
        raise Conflict(_why_not_the_last(by, key))
    _make_room(by)
    return EntryDraft.objects.create(owner=by, campaign=campaign, kind=kind, key=key, **values)


@action
def discard_draft(*, draft: EntryDraft, by: User) -> None:
    """Thrown away by its owner; nothing is left of it."""
    if draft.owner_id != by.pk:
        raise Refused(_("草稿只能由本人删除。"))
    EntryDraft.objects.filter(pk=draft.pk).delete()


@action
def drop_draft(*, key: str, by: User) -> None:
    """The draft under this key has become what it was a draft of."""
    EntryDraft.objects.filter(owner=by, key=key).delete()


@action
def file_entered_sheet(
    *,
    key: str,
    campaign: Campaign,
    entry: SheetEntry,
    problems: tuple[ProblemEntry, ...],
    by: User,
    found: tuple[FoundFile, ...] = (),
    columns: Mapping[str, Any] | None = None,
) -> FiledSheet:
    """A sheet as a page or a phone sends it, with what was brought back. The same key again: the same sheet."""
    if not _KEY.fullmatch(key):
        raise BadInput(_("这一页打开得太久或不完整，请重新打开填报页。"))
    sent, new = SentEntry.objects.get_or_create(owner=by, key=key)
    if not new and sent.sheet is not None:
        return FiledSheet(sent.sheet, again=True)
    sheet = file_sheet(campaign=campaign, entry=entry, problems=problems, by=by, columns=columns)
    _keep_found(sheet, found, by)
    sent.sheet = sheet
    sent.save(update_fields=["sheet"])
    drop_draft(key=key, by=by)
    return FiledSheet(sheet, again=False)


def _keep_found(sheet: Sheet, found: tuple[FoundFile, ...], by: User) -> None:
    if len(found) > MOST_FILES:
        raise BadInput(_("一张台账最多附%(most)s个文件，请减少几个再填报。") % {"most": MOST_FILES})
    by_ordinal = (
        {problem.ordinal: problem for problem in Problem.objects.filter(sheet=sheet)} if found else {}
    )
    for item in found:
        stored = files.store(name=item.name, content=item.content, by=by)
        taken_at, taken_from = _when(item)
        row = FindingEvidence(
            campaign=sheet.campaign,
            sheet=sheet,
            problem=by_ordinal.get(item.ordinal or 0),
            file=stored,
            taken_at=taken_at,
            taken_from=taken_from,
            sent_at=timezone.now(),
            sent_by=by,
        )
        payload = {"file": stored.pk, "name": stored.name, "size": stored.size, "sha256": stored.sha256}
        create(row, by=by, kind="finding_evidence.added", payload={**payload, "taken_at": taken_at})


def _when(item: FoundFile) -> tuple[datetime | None, str]:
    """The time inside the photo, else that of the file; a time that lies ahead says nothing."""
    inside = time_in(item.content[:HEAD])
    known = ((inside, TakenFrom.PHOTO), (item.taken_at, TakenFrom.FILE))
    for taken_at, source in known:
        if taken_at is not None and taken_at <= timezone.now():
            return taken_at, source
    return None, TakenFrom.UNKNOWN


def _check_draft(kind: str, key: str, content: Mapping[str, Any]) -> None:
    if kind not in DraftKind or not _KEY.fullmatch(key):
        raise BadInput(_("草稿没有保存：页面不完整，请重新打开填报页。"))
    size = len(json.dumps(content, ensure_ascii=False))
    if size > _LARGEST:
        raise BadInput(
            _("草稿没有保存：内容有%(size)s字，超过%(most)s字。请先填报一部分，其余另填一张。")
            % {"size": size, "most": _LARGEST}
        )


def _make_room(by: User) -> None:
    """Drafts past their term go; then there must be room for one more."""
    current = EntryDraft.objects.filter(owner=by).current()  # type: ignore[attr-defined]
    EntryDraft.objects.filter(owner=by).exclude(pk__in=current.values("pk")).delete()
    if current.count() >= settings.DRAFTS_EACH:
        raise Refused(
            _("草稿没有保存：您已有%(most)s份草稿，请先填报或删除几份。") % {"most": settings.DRAFTS_EACH}
        )


def _why_not_the_last(by: User, key: str) -> str:
    draft = EntryDraft.objects.filter(owner=by, key=key).first()
    if draft is not None:
        at = timezone.localtime(draft.saved_at).strftime("%H:%M")
        return _("这份草稿%(at)s已在另一个窗口改过，这里的内容没有保存，也没有覆盖它。") % {"at": at}
    if SentEntry.objects.filter(owner=by, key=key).exists():
        return _("这张台账已在另一个窗口填报，这里的内容没有保存。")
    return _("这份草稿已在另一个窗口删除，这里的内容没有保存。")
