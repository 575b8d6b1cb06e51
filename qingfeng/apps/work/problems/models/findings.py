"""What an inspection brought back with it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.models import StoredFile
from qingfeng.apps.work.campaigns.models import CampaignRecord
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.models.problems import Problem


class TakenFrom(models.TextChoices):
    """How the time at which a photo was taken is known."""

    PHOTO = "photo", _("照片内记录的拍摄时间")
    FILE = "file", _("文件时间")
    UNKNOWN = "unknown", _("时间不明")


class FindingEvidence(CampaignRecord):
    """A photo or paper that shows what was found on the spot.

    Never proof of rectification (that is `Evidence`), so no problem can be closed out on it. The time at which it was
    taken is the device's word; the time at which it was sent is ours.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="+")
    """The problem it shows; empty when it belongs to the whole sheet."""
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("拍摄时间"), null=True)
    taken_from = models.CharField(max_length=10, choices=TakenFrom, default=TakenFrom.UNKNOWN)
    sent_at = models.DateTimeField(_("送达时间"))
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="finding_evidence_time_known",
                condition=models.Q(taken_at__isnull=True, taken_from="unknown")
                | models.Q(taken_at__isnull=False) & ~models.Q(taken_from="unknown"),
            )
        ]
