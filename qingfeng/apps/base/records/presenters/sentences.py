"""The register of presenters, and how an event becomes an entry of a timeline."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web.templatetags.marks import yuan
from qingfeng.apps.base.web.timelines import TimelineEntry

Details = list[tuple[str, str]]
SILENT = ("_at", "_by", "_since", "revision")
"""Endings of fields that repeat what the entry's own line says."""
AT_ONCE = timedelta(seconds=2)
SUMS = {"sum_involved": gettext_lazy("涉及金额（元）"), "sum_returned": gettext_lazy("清退金额（元）")}
"""Kept in fen, said in yuan."""


@dataclass(frozen=True)
class Said:
    """An event with what it says: values as the payload keeps them, in words."""

    event: Event
    payload: Mapping[str, Any]

    @property
    def who(self) -> str:
        return str(self.payload.get("actor") or "") or _("系统")

    def word(self, name: str) -> str:
        """The value of a field after this event, in words; empty when it says nothing of it."""
        value = self.payload.get("changed", {}).get(name, {}).get("to", self.payload.get(name))
        return self._in_words(name, value)

    def details(self, **labels: str) -> Details:
        """(label, value) of the named fields that the event says something of."""
        return [(label, words) for name, label in labels.items() if (words := self.word(name))]

    def columns(self) -> Details:
        """Added columns by their names, with what was written under them, or what became of it."""
        told = []
        for name, value in self.payload.get("columns", {}).items():
            if isinstance(value, dict):
                value = f"{value.get('from') or '—'} → {value.get('to') or '—'}"
            told.append((str(name), str(value)))
        return told

    def changes(self) -> Details:
        """Every changed field with its old and new value; a new record's fields are told by its own page."""
        told = []
        for name, values in self.payload.get("changed", {}).items():
            field = self._field(name)
            if field is None or name.endswith(SILENT) or getattr(field, "_verbose_name", None) is None:
                continue  # without a name for people it is the machine's own
            before, after = (self._in_words(name, values.get(key)) for key in ("from", "to"))
            if before != after:
                told.append((str(SUMS.get(name, field.verbose_name)), f"{before or '—'} → {after or '—'}"))
        return told

    def _in_words(self, name: str, value: Any) -> str:
        if value in (None, "", [], {}):
            return ""
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if name in SUMS and isinstance(value, int):
            return yuan(value)
        if isinstance(value, dict):
            return str(value.get("name", ""))
        if isinstance(value, list):
            return "、".join(str(one) for one in value)
        field = self._field(name)
        labels = dict(field.flatchoices) if field is not None and field.choices else {}
        return str(labels.get(value, value))

    def _field(self, name: str) -> Field | None:
        try:
            model = apps.get_model(self.event.subject.partition(":")[0])
            found = model._meta.get_field(name)
        except (LookupError, ValueError, FieldDoesNotExist):
            return None
        return found if isinstance(found, Field) else None


@dataclass(frozen=True)
class Presenter:
    """What a kind of event is called, and what is said beside it."""

    label: Any
    tone: str
    tell: Callable[[Said], Details]


_presenters: dict[str, Presenter] = {}
_told_by: dict[str, frozenset[str]] = {}


def presents(kind: str, label: Any, *, tone: str = "neutral", told_by: Iterable[str] = ()) -> Callable:
    """Registers the function below as what is said beside an event of this kind.

    `told_by`: when one of these kinds stands beside it from the same moment, this one would only repeat it.
    """

    def register(tell: Callable[[Said], Details]) -> Callable[[Said], Details]:
        _presenters[kind] = Presenter(label, tone, tell)
        _told_by[kind] = frozenset(told_by)
        return tell

    return register


def words(labels: Mapping[str, Any], *, tone: str = "neutral") -> None:
    """Registers kinds whose label and changed fields say all."""
    for kind, label in labels.items():
        presents(kind, label, tone=tone)(Said.changes)


def kinds() -> list[tuple[str, str]]:
    """(kind, label) of every kind that has a presenter, for the filter of the auditor."""
    return sorted((kind, str(presenter.label)) for kind, presenter in _presenters.items())


def label_of(kind: str) -> str:
    """What a kind is called; a kind without presenter is shown as it is."""
    presenter = _presenters.get(kind)
    return str(presenter.label) if presenter else kind


def entry(event: Event) -> TimelineEntry:
    """One event as a line of a timeline. An erased payload leaves the line, without its content."""
    said = Said(event, json.loads(event.payload.content) if event.payload.content else {})
    presenter = _presenters.get(event.kind, Presenter(event.kind, "neutral", Said.changes))
    sentence = _("%(who)s %(what)s") % {"who": said.who, "what": presenter.label}
    details = [] if not event.payload.content else presenter.tell(said)
    if event.payload.erased_at:
        details = [(_("内容"), _("已按规定删除，摘要保留。"))]
    return TimelineEntry(event.at, sentence, said.who, event.business_date, details, presenter.tone)


def entries(events: Iterable[Event]) -> list[TimelineEntry]:
    """A timeline from the events of one record and what belongs to it, without lines that only repeat others."""
    listed = list(events)
    return [entry(event) for event in listed if not _repeated(event, listed)]


def _repeated(event: Event, others: Iterable[Event]) -> bool:
    tellers = _told_by.get(event.kind, frozenset())
    return bool(tellers) and any(
        other.kind in tellers and other.actor_id == event.actor_id and abs(other.at - event.at) < AT_ONCE
        for other in others
    )
