"""The auditor's page: what was done in the streams that this auditor may read."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.records.presenters import SUBJECTS, entry, kinds, subject_in_words
from qingfeng.apps.base.records.visibility import audited
from qingfeng.apps.base.web.errors import NotThere
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger


@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """Who did what, when, by kind, day and subject. Handover and restricted streams are never shown."""
    rows = audited(request.user)
    if rows is None:
        raise NotThere()
    return render(request, "records/events.html", {"ledger": ledger(request, rows)})


def ledger(request: HttpRequest, rows: QuerySet[Event]) -> Ledger:
    """Newest first."""
    return Ledger(
        request,
        rows.select_related("payload", "stream"),
        [
            Column("at", _("时间"), lambda event: entry(event).at, "moment"),
            Column("sentence", _("事项"), lambda event: entry(event).sentence),
            Column("details", _("内容"), _details, "long"),
            Column(
                "subject",
                _("对象"),
                lambda event: subject_in_words(event.subject),
                href=lambda event: f"?subject={event.subject}",
            ),
            Column("business_date", _("业务日期"), kind="date", shown=False),
            Column("stream", _("事件链"), "stream__key"),
            Column("seq", _("链上序号"), kind="number"),
            Column("hash", _("校验值"), lambda event: event.hash[:12], shown=False),
        ],
        filters=[
            Filter("kind", _("事项"), choices=kinds()),
            Filter("from", _("不早于"), "business_date__gte", kind="date"),
            Filter("to", _("不晚于"), "business_date__lte", kind="date"),
            Filter(
                "about",
                _("对象类别"),
                choices=[*SUBJECTS.items()],
                apply=lambda rows, kind: rows.filter(subject__startswith=f"{kind}:"),
            ),
            Filter("subject", _("对象代号"), kind="text"),
        ],
        rule=_("本人审计范围内全部事件，不含移交与限制知悉的事件。"),
    )


def _details(event: Event) -> str:
    return "；".join(f"{label}：{text}" for label, text in entry(event).details)
