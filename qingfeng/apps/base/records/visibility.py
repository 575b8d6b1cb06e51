"""Whose events a page may show: those of a record that the page already shows."""

from __future__ import annotations

from django.db.models import QuerySet

from qingfeng.apps.base.records.models import Event, Record


def timeline(*records: Record) -> QuerySet[Event]:
    """The events of these records, newest first; the caller has made sure that the records may be seen."""
    subjects = [record.subject for record in records]
    return Event.objects.filter(subject__in=subjects).select_related("payload").order_by("-at", "-pk")
