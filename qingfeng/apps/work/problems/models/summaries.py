"""Running figures of the problems."""

from __future__ import annotations

from django.db import models

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.flow import ProblemState


class UnitSummary(models.Model):
    """Running figures of one lead unit in one campaign and state, changed in the action's own transaction.

    `qingfeng verify --figures` recounts them from the problems.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=ProblemState)
    problems = models.IntegerField(default=0)
    people_affected = models.BigIntegerField(default=0)
    sum_involved = models.BigIntegerField(default=0)
    sum_returned = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit", "state"], name="unit_summary_once")
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.unit_id}/{self.state}: {self.problems}"
