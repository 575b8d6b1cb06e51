"""The one way to write: a change and its event are one transaction.

An action is a function decorated with `@action`; inside it `create()`, `change()` and `note()` write. Events are
collected and chained when the outermost action ends, so that locks are always taken in the same order: records,
summaries, numbers, entries of the search index, and the heads of the streams last.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ParamSpec, Protocol, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.records.models import Event, NumberSeries, Payload, Record, Stream, UnrecordedChange
from qingfeng.apps.base.records.search.actions import Touched, touch, write_touched
from qingfeng.apps.base.records.turns import turn
from qingfeng.apps.base.web import clock, memory
from qingfeng.apps.base.web.errors import Conflict
from qingfeng.sealing import chain

P = ParamSpec("P")
R = TypeVar("R")
_TOGETHER = 500
"""Records that one statement names."""
RecordT = TypeVar("RecordT", bound=Record)


class Actor(Protocol):
    """Whoever acts: an account with an id and a name."""

    @property
    def pk(self) -> Any: ...

    def __str__(self) -> str: ...


@dataclass(frozen=True)
class _Noted:
    stream: str
    kind: str
    subject: str
    actor_id: int | None
    at: datetime
    business_date: date
    content: str


_pending: ContextVar[list[_Noted] | None] = ContextVar("pending_events", default=None)
_touched: ContextVar[Touched | None] = ContextVar("touched_search_entries", default=None)


@contextmanager
def recording() -> Iterator[None]:
    """One transaction with its events; within another, part of that one."""
    if _pending.get() is not None:
        yield
        return
    token, touched_token = _pending.set([]), _touched.set({})
    try:
        with memory.forgetting(), turn(), transaction.atomic():
            yield
            write_touched(_touched.get() or {})
            _append(_pending.get() or [])
    finally:
        _pending.reset(token)
        _touched.reset(touched_token)


@contextmanager
def attempt() -> Iterator[None]:
    """A part of an action that may be refused while the rest goes on: its writes go, and their events with them."""
    with recording():
        pending, touched = _pending.get(), _touched.get()
        assert pending is not None and touched is not None  # held by recording()
        noted, found = len(pending), {source: set(keys) for source, keys in touched.items()}
        try:
            with transaction.atomic():
                yield
        except BaseException:
            del pending[noted:]
            touched.clear()
            touched.update(found)
            raise


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Marks a function that writes: all of it happens, with its events, or nothing."""

    @functools.wraps(function)
    def recorded(*args: P.args, **kwargs: P.kwargs) -> R:
        with recording():
            return function(*args, **kwargs)

    return recorded


def note(
    subject: Record,
    kind: str,
    *,
    by: Actor | None,
    payload: Mapping[str, Any] | None = None,
    stream: str | None = None,
) -> None:
    """An event about this record. `kind` is `<model>.<past participle>`: `problem.closed_out`."""
    pending = _pending.get()
    if pending is None:
        raise UnrecordedChange(f"{kind} noted outside an action")
    content = {**(payload or {}), "actor": str(by) if by else ""}
    pending.append(
        _Noted(
            stream=stream or subject.stream_key(),
            kind=kind,
            subject=subject.subject,
            actor_id=by.pk if by else None,
            at=timezone.now(),
            business_date=clock.today(),
            content=json.dumps(content, ensure_ascii=False, sort_keys=True, cls=_Encoder),
        )
    )


def noted_so_far() -> list[tuple[str, str, dict[str, Any]]]:
    """(kind, subject, payload) of what the running action has noted, oldest first."""
    return [(one.kind, one.subject, json.loads(one.content)) for one in _pending.get() or []]


def create(
    record: RecordT, *, by: Actor | None, kind: str, payload: Mapping[str, Any] | None = None
) -> RecordT:
    """Writes a new record with its event; the payload is what was entered unless another is given."""
    if _pending.get() is None:
        raise UnrecordedChange(f"{kind} outside an action")
    record._write_allowed = True
    try:
        record.save(force_insert=True)
    finally:
        record._write_allowed = False
    _touch(record, None)
    note(record, kind, by=by, payload=_entered(record) if payload is None else payload)
    return record


def create_all(records: Sequence[RecordT], *, by: Actor | None, kind: str) -> Sequence[RecordT]:
    """Writes new records of one model by a query or two, each with its event, in their order. As `create` otherwise."""
    if _pending.get() is None:
        raise UnrecordedChange(f"{kind} outside an action")
    if records:
        type(records[0])._base_manager.bulk_create(records)
    for record in records:
        _touch(record, None)
        note(record, kind, by=by, payload=_entered(record))
    return records


def change(
    record: RecordT,
    *,
    by: Actor | None,
    kind: str,
    to: Mapping[str, Any],
    when: Mapping[str, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
) -> RecordT:
    """Changes a record and notes the event, if it is still as the caller saw it (and as `when` demands).

    Raises Conflict when somebody else was first; nothing is overwritten.
    """
    if _pending.get() is None:
        raise UnrecordedChange(f"{kind} outside an action")
    manager = type(record)._base_manager
    rows = manager.filter(pk=record.pk, revision=record.revision, **(when or {}))
    if rows.update(**to, revision=record.revision + 1) != 1:
        raise Conflict(_conflict_text(record))
    note(record, kind, by=by, payload={"changed": _taken_over(record, to), **(payload or {})})
    return record


def change_all(
    records: Sequence[RecordT], *, by: Actor | None, kind: str, to: Mapping[str, Any]
) -> Sequence[RecordT]:
    """Changes records of one model to the same, each with its event, by a query for some hundred of them.

    Each as by `change`; a Conflict names who was first, and some of the others may have been written.
    """
    if _pending.get() is None:
        raise UnrecordedChange(f"{kind} outside an action")
    for revision in sorted({record.revision for record in records}):
        alike = [record for record in records if record.revision == revision]
        for start in range(0, len(alike), _TOGETHER):
            _update_alike(alike[start : start + _TOGETHER], revision, to)
    for record in records:
        note(record, kind, by=by, payload={"changed": _taken_over(record, to)})
    return records


def _taken_over(record: Record, to: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Brings a record in hand to what the database holds by now; says what was changed from what to what."""
    changed = {name: {"from": getattr(record, name), "to": value} for name, value in to.items()}
    for name, value in to.items():
        setattr(record, name, value)
    record.revision += 1
    _touch(record, to)
    return changed


def _update_alike(records: Sequence[RecordT], revision: int, to: Mapping[str, Any]) -> None:
    rows = type(records[0])._base_manager.filter(pk__in=[record.pk for record in records], revision=revision)
    held = set(rows.select_for_update().values_list("pk", flat=True))
    stale = next((record for record in records if record.pk not in held), None)
    if stale is not None:
        raise Conflict(_conflict_text(stale))
    rows.update(**to, revision=revision + 1)


def check_unchanged(record: Record) -> None:
    """Conflict when somebody else has changed it since it was read: said before a reason that no longer fits."""
    if not type(record)._base_manager.filter(pk=record.pk, revision=record.revision).exists():
        raise Conflict(_conflict_text(record))


def take_number(series: str) -> int:
    """The next number of a gapless series, in the caller's transaction."""
    return take_numbers(series, 1)[0]


def take_numbers(series: str, count: int) -> range:
    """The next so many numbers of a gapless series, in the caller's transaction: all of them are to be used."""
    if _pending.get() is None:
        raise UnrecordedChange(f"number of {series} outside an action")
    NumberSeries.objects.get_or_create(key=series)
    row = NumberSeries.objects.select_for_update().get(key=series)
    row.last += count
    row.save(update_fields=["last"])
    return range(row.last - count + 1, row.last + 1)


def found_anew(record: Record) -> None:
    """What it is found by has changed though none of its own fields has: its search entry is written with this action."""
    if _pending.get() is None:
        raise UnrecordedChange("search entry outside an action")
    _touch(record, None)


def _touch(record: Record, fields: Iterable[str] | None) -> None:
    touched = _touched.get()
    assert touched is not None  # opened together with the pending events
    touch(touched, record, fields)


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, models.Model):
            return {"id": o.pk, "name": str(o)}
        return super().default(o)


def _entered(record: Record) -> dict[str, Any]:
    skipped = {"id", "revision"}
    return {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.attname not in skipped and getattr(record, field.attname) not in (None, "")
    }


def _conflict_text(record: Record) -> str:
    last = Event.objects.filter(subject=record.subject).select_related("payload").order_by("-pk").first()
    who = json.loads(last.payload.content).get("actor", "") if last and last.payload.content else ""
    at = timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M") if last else ""
    return _("%(who)s 已于 %(at)s 更改了这条记录，您的修改没有保存。请刷新后再办。") % {
        "who": who or _("他人"),
        "at": at,
    }


def _append(pending: list[_Noted]) -> None:
    by_stream: dict[str, list[_Noted]] = {}
    for noted in pending:
        by_stream.setdefault(noted.stream, []).append(noted)
    for key in sorted(by_stream):
        _append_to(key, by_stream[key])


def _append_to(key: str, noted: list[_Noted]) -> None:
    Stream.objects.get_or_create(key=key, defaults={"head": chain.GENESIS})
    stream = Stream.objects.select_for_update().get(key=key)
    events, payloads = [], []
    for item in noted:
        salt = os.urandom(16)
        stream.last_seq += 1
        text = chain.canonical(
            {
                "stream": key,
                "seq": stream.last_seq,
                "previous": stream.head,
                "kind": item.kind,
                "subject": item.subject,
                "actor": item.actor_id,
                "at": item.at.isoformat(),
                "business_date": item.business_date.isoformat(),
                "payload": chain.payload_digest(item.content, salt),
            }
        )
        stream.head = chain.link(stream.head, text)
        events.append(
            Event(
                stream=stream,
                seq=stream.last_seq,
                kind=item.kind,
                subject=item.subject,
                text=text,
                actor_id=item.actor_id,
                at=item.at,
                business_date=item.business_date,
                hash=stream.head,
            )
        )
        payloads.append((salt, item.content))
    Event.objects.bulk_create(events)
    Payload.objects.bulk_create(
        Payload(event=event, salt=salt, content=content)
        for event, (salt, content) in zip(events, payloads, strict=True)
    )
    stream.save(update_fields=["last_seq", "head"])
