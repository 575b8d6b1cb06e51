"""The memory of the platform: event streams, numbers, evidence files.

An event is written in the same transaction as the change it tells of. Its text is chained (see
`qingfeng.sealing.chain`); actor and subject are ids without foreign keys, so that it outlives what it describes.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.records.search.models import SearchBuild, SearchEntry

__all__ = [
    "Event",
    "FileKind",
    "NumberSeries",
    "Payload",
    "Record",
    "SearchBuild",
    "SearchEntry",
    "StoredFile",
    "Stream",
    "UnrecordedChange",
]


class Stream(models.Model):
    """One chain of events: a campaign's compartment, or the organisation's own."""

    key = models.CharField(max_length=100, unique=True)
    last_seq = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.key


class Event(models.Model):
    """Who did what to which record, when. Never updated, never deleted: triggers of the database refuse both."""

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    business_date = models.DateField()
    text = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="event_once_per_place")]
        indexes = [models.Index(fields=["kind", "business_date"], name="event_kind_day")]

    def __str__(self) -> str:
        return f"{self.stream_id}/{self.seq} {self.kind}"


class Payload(models.Model):
    """What an event says beside its chained text. Erasable by a recorded act; the digest stays in the chain."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="payload")
    salt = models.BinaryField(max_length=16)
    content = models.TextField()
    erased_at = models.DateTimeField(null=True)
    erased_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="payload_erased_pair",
                condition=models.Q(erased_at__isnull=True, erased_by__isnull=True)
                | models.Q(erased_at__isnull=False, erased_by__isnull=False, content=""),
            )
        ]

    def __str__(self) -> str:
        return f"payload of {self.event_id}"


class NumberSeries(models.Model):
    """The last number given in a series; gapless because the row changes in the numbered record's transaction."""

    key = models.CharField(max_length=120, unique=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}: {self.last}"


class FileKind(models.TextChoices):
    """What a file really is, told from its content."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    DOCX = "docx", "Word (.docx)"
    XLSX = "xlsx", "Excel (.xlsx)"
    XLS = "xls", "Excel (.xls)"
    DOC = "doc", "Word (.doc)"
    OFD = "ofd", "OFD"
    TEXT = "text", _("文本")
    HTML = "html", "HTML"
    ZIP = "zip", _("压缩包（.zip）")
    """Made by the platform only: what comes from outside is looked into, not kept as a bundle."""


class StoredFile(models.Model):
    """A file as it came: kept under a random name, named for people by `name`, known by size and hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("文件名"), max_length=200)
    kind = models.CharField(_("类型"), max_length=10, choices=FileKind)
    size = models.PositiveBigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name


class UnrecordedChange(RuntimeError):
    """Code tried to write a ledger record outside an action: a defect, never the user's fault."""


class Record(models.Model):
    """A ledger record: written only through `records.actions`, each time together with its event."""

    revision = models.PositiveIntegerField(default=1, editable=False)
    _write_allowed = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._write_allowed:
            raise UnrecordedChange(f"{self._meta.label} is written by actions only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise UnrecordedChange(f"{self._meta.label} is voided with a reason, never deleted")

    def stream_key(self) -> str:
        """The chain in which this record's events stand."""
        raise NotImplementedError(f"{type(self).__name__} names no stream")  # a programming error

    @property
    def subject(self) -> str:
        """How events name this record."""
        return f"{self._meta.label_lower}:{self.pk}"
