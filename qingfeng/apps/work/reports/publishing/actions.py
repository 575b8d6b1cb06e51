"""Only what passed the gate is kept, only what a second person approved is public, and it ends."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import PurePath

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.documents.publishing import gate
from qingfeng.apps.base.documents.publishing.contents import Unreadable
from qingfeng.apps.base.documents.publishing.copies import masked_copy
from qingfeng.apps.base.jobs.actions import clear
from qingfeng.apps.base.jobs.models import Job
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records import files
from qingfeng.apps.base.records.actions import action, change, create, note
from qingfeng.apps.base.records.models import FileKind
from qingfeng.apps.base.records.references import new_reference
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.reports.publishing.models import PDF_JOB, Publication, PublicationState
from qingfeng.apps.work.reports.publishing.pdf import public_pdf
from qingfeng.apps.work.reports.publishing.permissions import (
    check_can_decide,
    check_can_make_pdf,
    check_can_submit,
    check_can_take_down,
)
from qingfeng.apps.work.reports.publishing.visibility import known_names

KINDS = frozenset({FileKind.DOCX, FileKind.XLSX, FileKind.TEXT})
LONGEST = 366
"""Days that a notice may hang: one that never ends is none (RULES §6)."""


def names_in(typed: str) -> list[str]:
    """Approved names as they were typed: one a line, or parted by signs."""
    return list(dict.fromkeys(name for part in re.split(r"[、，,;；\n\t]+", typed) if (name := part.strip())))


@action
def submit(
    *,
    campaign: Campaign,
    title: str,
    name: str,
    content: bytes,
    until: date,
    approved_names: list[str],
    by: User,
    pictures_seen: bool = False,
    mask: bool = False,
) -> Publication:
    """Puts a file through the gate and before a second person. gate.Refusal tells every place that stops it.

    The same file sent again while it waits is the same publication.
    """
    check_can_submit(by, campaign)
    if (until - clock.today()).days > LONGEST:
        raise BadInput(_("公开截止最迟为一年以后，请改为更早的日期。"))
    name = files.safe_name(name)
    if PurePath(name).suffix.lower() not in gate.ACCEPTED:
        raise BadInput(
            _("“%(name)s”不能逐处核对。请上传Word（.docx）、Excel（.xlsx）、CSV或文本文件。") % {"name": name}
        )
    rule = gate.Rule(until, approved_names, known_names(by, campaign))
    if mask:
        content = _masked(content, name, rule)
    released = gate.release(content, name, rule, today=clock.today())
    if released.pictures and not pictures_seen:
        raise BadInput(
            _(
                "文件里有%(count)d张图片，图片里的字不能自动核对。请逐张看过，确认没有个人信息后勾选“图片已逐张看过”。"
            )
            % {"count": released.pictures}
        )
    if (same := _waiting_already(campaign, released, by)) is not None:
        return same
    kept = name if PurePath(name).suffix.lower() != ".md" else f"{name}.txt"
    row = Publication(
        campaign=campaign,
        reference=new_reference(),
        title=title.strip() or PurePath(name).stem,
        file=files.store(name=kept, content=released.content, by=by, accept=KINDS),
        until=until,
        approved_names="\n".join(approved_names),
        pictures=released.pictures,
        masked=mask,
        submitted_at=timezone.now(),
        submitted_by=by,
    )
    return create(row, by=by, kind="publication.submitted", payload=_told(row))


@action
def approve(*, publication: Publication, by: User, note: str = "") -> Publication:
    """A second person lets it out. The gate is asked again: the day and the names known may have changed."""
    check_can_decide(by, publication)
    rule = gate.Rule(publication.until, publication.names, known_names(by, publication.campaign))
    content = files.content_of(publication.file)
    gate.release(content, publication.file.name, rule, today=clock.today())
    decided = {"state": PublicationState.RELEASED, "decided_at": timezone.now(), "decided_by": by}
    return change(
        publication,
        by=by,
        kind="publication.released",
        to={**decided, "decision_note": note.strip()[:300]},
        when={"state": PublicationState.SUBMITTED},
        payload=_told(publication),
    )


@action
def send_back(*, publication: Publication, by: User, note: str) -> Publication:
    """It does not go out; the reason is told."""
    check_can_decide(by, publication)
    return change(
        publication,
        by=by,
        kind="publication.returned",
        to={
            "state": PublicationState.RETURNED,
            "decided_at": timezone.now(),
            "decided_by": by,
            "decision_note": _reason(note),
        },
        when={"state": PublicationState.SUBMITTED},
    )


@action
def take_down(*, publication: Publication, by: User, note: str) -> Publication:
    """It hangs nowhere any more: before its end with a reason, after it as a confirmation. PDFs made of it go, too."""
    check_can_take_down(by, publication)
    for job in Job.objects.filter(kind=PDF_JOB, parameters__publication=publication.reference).exclude(
        file=None
    ):
        clear(job=job)
    is_ended = publication.until < clock.today()
    return change(
        publication,
        by=by,
        kind="publication.taken_down",
        to={
            "state": PublicationState.TAKEN_DOWN,
            "taken_down_at": timezone.now(),
            "taken_down_by": by,
            "taken_down_note": note.strip()[:300] if is_ended else _reason(note),
        },
        when={"state": PublicationState.RELEASED},
    )


def as_pdf(*, publication: Publication, by: User) -> bytes:
    """A released text as PDF, made of its very bytes; gate.Refusal when its pages show what may not be public."""
    check_can_make_pdf(by, publication)
    rule = gate.Rule(publication.until, publication.names, known_names(by, publication.campaign))
    content = files.content_of(publication.file)
    made = public_pdf(content, publication.file.name, rule, today=clock.today())
    _tell_of_pdf(publication=publication, made=made, by=by)
    return made


@action
def _tell_of_pdf(*, publication: Publication, made: bytes, by: User) -> None:
    """Written after LibreOffice is done: it takes seconds, in which others write."""
    check_can_make_pdf(by, publication)
    told = {"sha256": publication.file.sha256, "pdf": hashlib.sha256(made).hexdigest()}
    note(publication, "publication.pdf_made", by=by, payload=told)


def _waiting_already(campaign: Campaign, released: gate.Released, by: User) -> Publication | None:
    """The same bytes sent twice until the same day are one publication."""
    waiting = Publication.objects.filter(
        campaign=campaign, state=PublicationState.SUBMITTED, submitted_by=by, until=released.until
    )
    return waiting.filter(file__sha256=hashlib.sha256(released.content).hexdigest()).first()


def _masked(content: bytes, name: str, rule: gate.Rule) -> bytes:
    try:
        return masked_copy(content, name, rule, this_year=clock.today().year)
    except Unreadable as trouble:
        raise gate.Refusal((gate.Fault("file", "", str(trouble)),)) from trouble


def _reason(note: str) -> str:
    if not note.strip():
        raise BadInput(_("请写明理由。"))
    return note.strip()[:300]


def _told(row: Publication) -> dict[str, object]:
    """What the event says: the file by its digest, how many names, never the names."""
    return {
        "title": row.title,
        "sha256": row.file.sha256,
        "until": row.until,
        "names": len(row.names),
        "pictures": row.pictures,
        "masked": row.masked,
    }
