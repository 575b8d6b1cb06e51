"""The auditor's page: what was done in the streams that this auditor may read."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.records.presenters import (
    SUBJECTS,
    entry,
    kinds,
    stream_in_words,
    subject_in_words,
)
from qingfeng.apps.base.records.visibility import audited
from qingfeng.apps.base.web.errors import NotThere
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, ledger_page


@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """Who did what, when, by kind, day and subject. Handover and restricted streams are never shown."""
    rows = audited(request.user)
    if rows is None:
        raise NotThere()
    return ledger_page(request, ledger(request, rows), "records/events.html")


def ledger(request: HttpRequest, rows: QuerySet[Event]) -> Ledger:
    """Newest first."""
    return Ledger(
        request,
        rows.select_related("payload", "stream"),
        [
            Column("at", _("时间"), lambda event: entry(event).at, "moment", sort="pk"),
            Column("sentence", _("事项"), lambda event: entry(event).sentence),
            Column("details", _("内容"), _details, "long"),
            Column(
                "subject",
                _("对象"),
                lambda event: subject_in_words(event.subject),
                href=lambda event: f"?subject={event.subject}",
            ),
            Column("business_date", _("业务日期"), kind="date", sort="business_date", shown=False),
            Column(
                "stream", _("事件链"), lambda event: stream_in_words(event.stream.key), sort="stream__key"
            ),
            Column("seq", _("链上序号"), kind="number"),
            Column("hash", _("校验值"), lambda event: event.hash[:12], shown=False),
        ],
        filters=[
            Filter("kind", _("事项"), choices=kinds()),
            Filter("day", _("业务日期"), "business_date", kind="days", names=("from", "to")),
            Filter(
                "about",
                _("对象类别"),
                choices=[*SUBJECTS.items()],
                apply=lambda rows, kind: rows.filter(subject__startswith=f"{kind}:"),
            ),
            Filter("subject", _("对象代号"), kind="text"),
        ],
        rule=_("本人审计范围内全部事件，不含移交与限制知悉的事件。"),
        name="events",
        title=_("事件记录"),
    )


def _details(event: Event) -> str:
    return "；".join(f"{label}：{text}" for label, text in entry(event).details)
