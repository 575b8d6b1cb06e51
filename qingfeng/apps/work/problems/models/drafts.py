"""Entry that is not sent yet, and the keys under which entry was sent."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet


class DraftKind(models.TextChoices):
    """Which paper it will become."""

    SHEET = "sheet", _("检查台账")
    PROBLEM = "problem", _("单独登记的问题")


class EntryDraftQuerySet(models.QuerySet):
    def current(self) -> EntryDraftQuerySet:
        """Those within their term."""
        return self.filter(saved_at__gte=timezone.now() - timedelta(days=settings.DRAFT_DAYS))


class EntryDraft(models.Model):
    """What a person has typed and not yet filed: scratch paper, seen by its owner only.

    No record: it has no number, and no event tells of it, for nothing has happened in the field until it is filed.
    Hence it may be thrown away, and is, when it is filed, by hand, or after its term. Files are not kept in it.
    """

    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=DraftKind)
    key = models.CharField(max_length=64)
    """Made by the page; the same key is sent when it is filed."""
    title = models.CharField(max_length=120)
    content = models.JSONField()
    """Names of the boxes with what stands in them, as the browser sends them."""
    version = models.PositiveIntegerField(default=1)
    """Counts the savings, so that a second window learns that it is not the last one."""
    saved_at = models.DateTimeField()

    objects = EntryDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="entry_draft_once")]

    def __str__(self) -> str:
        return self.title


class SentEntry(models.Model):
    """That this person's page with this key was filed: sent again, from wherever, it is the same sheet."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="sent_entry_once")]

    def __str__(self) -> str:
        return f"{self.owner_id}/{self.key}"
