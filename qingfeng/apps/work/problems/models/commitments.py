"""The commitment that a unit signs when it found nothing."""

from __future__ import annotations

from django.db import models

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.records.models import StoredFile
from qingfeng.apps.work.campaigns.models import CampaignRecord


class Commitment(CampaignRecord):
    """The signed commitment of a unit still at zero when self-inspection ends: its head answers for it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField()
    signed_on = models.DateField()
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="commitment_once")]
