"""Whose events a page may show: those of a record that the page already shows, or those that an auditor reads."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from qingfeng.apps.base.records import slots
from qingfeng.apps.base.records.models import Event, Record

CLOSED_STREAMS = ("handover",)
CLOSED_ENDING = ":restricted"


def timeline(*records: Record) -> QuerySet[Event]:
    """The events of these records, newest first; the caller has made sure that the records may be seen."""
    subjects = [record.subject for record in records]
    return Event.objects.filter(subject__in=subjects).select_related("payload").order_by("-at", "-pk")


def audited(user: Any) -> QuerySet[Event] | None:
    """The events that this user audits; None for whoever audits nothing."""
    keys = audited_keys(user)
    return Event.objects.filter(stream__key__in=keys) if keys else None


def audited_keys(user: Any) -> list[str]:
    """The keys of the streams that this user audits; handover and restricted ones are closed to everybody."""
    keys = {key for filler in slots.audited_streams for key in filler(user)}
    return sorted(key for key in keys if key not in CLOSED_STREAMS and not key.endswith(CLOSED_ENDING))
