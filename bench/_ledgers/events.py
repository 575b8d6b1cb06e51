"""The chained events of a share of the problems, hashed as the platform hashes them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.models import Event, Payload, Stream
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.sealing import chain

from .bulk import Table
from .district import STARTED

SHARE = 10
"""Of so many problems and sheets one has its events here."""
SALT = bytes(range(16))


class Events:
    """The tail of the campaign's chain while it grows."""

    def __init__(self, campaign: Campaign) -> None:
        self.stream = Stream.objects.get(key=campaign.stream_key())
        self.table = Table(Event, "stream_id seq kind subject actor_id at business_date text hash")
        self.payloads = Table(Payload, "event_id salt content")

    @property
    def tables(self) -> Sequence[Table]:
        return self.table, self.payloads

    def filed(self, sheet: int, actor: int, day: int) -> None:
        if sheet % SHARE == 0:
            self._add(f"inspections.sheet:{sheet}", "sheet.filed", actor, day)

    def lived(
        self, problem: int, finder: int, place: Any, closer: User, found: int, closed: int | None
    ) -> None:
        if problem % SHARE:
            return
        subject = f"problems.problem:{problem}"
        self._add(subject, "problem.found", finder, found)
        if closed is not None:
            self._add(subject, "problem.taken_up", place.clerk.pk, found + 1)
            self._add(subject, "problem.submitted", place.clerk.pk, closed)
            self._add(subject, "problem.closed_out", closer.pk, closed)

    def close(self) -> None:
        self.stream.save(update_fields=["last_seq", "head"])

    def _add(self, subject: str, kind: str, actor: int, day: int) -> None:
        on = (STARTED + timedelta(days=day)).isoformat()
        content = json.dumps({"actor": "", "changed": {}}, sort_keys=True)
        self.stream.last_seq += 1
        text = chain.canonical(
            {
                "stream": self.stream.key,
                "seq": self.stream.last_seq,
                "previous": self.stream.head,
                "kind": kind,
                "subject": subject,
                "actor": actor,
                "at": f"{on}T02:30:00+00:00",
                "business_date": on,
                "payload": chain.payload_digest(content, SALT),
            }
        )
        self.stream.head = chain.link(self.stream.head, text)
        event = self.table.add(
            self.stream.pk,
            self.stream.last_seq,
            kind,
            subject,
            actor,
            f"{on} 02:30:00",
            on,
            text,
            self.stream.head,
        )
        self.payloads.add(event, SALT, content)
