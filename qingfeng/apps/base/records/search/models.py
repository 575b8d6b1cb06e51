"""What a record is found by, kept beside it and changed in the same transaction."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """One record in the search index. Subjects without foreign keys, as in events; derived, so it may be rebuilt.

    The tokens themselves lie in `records_search` under this row's id: FTS5 on SQLite, a tsvector on PostgreSQL.
    """

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    campaign_id = models.BigIntegerField()
    text = models.TextField()
    """The words that everybody who sees the record may search by, spread (see words.py)."""
    number = models.TextField()
    """The number in a series, spread; it is searched only by those who see the series."""
    seen_by = models.TextField()
    """Marks of the units, groups and persons in whose reach the record lies; a short cut, never a permission."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject_id}"


class SearchBuild(models.Model):
    """Which way of cutting texts the index was built by; another one, or none, means that it must be built anew."""

    version = models.PositiveIntegerField(unique=True)
    built_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.version)
