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
    closed_late = models.IntegerField(default=0)
    """Struck off after their first date."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit", "state"], name="unit_summary_once")
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.unit_id}/{self.state}: {self.problems}"


MONTH, DAY = "month", "day"
"""Over what a number of due problems is kept."""


class DueSummary(models.Model):
    """How many open problems of one lead unit fall due in one month, or on one day; changed in the action's transaction.

    What is overdue changes with the calendar alone: it is the sum of the months that have passed and of the days of this
    one, a few dozen rows a unit however many problems there are. `qingfeng verify --figures` recounts them.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    span = models.CharField(max_length=5)
    starts_on = models.DateField()
    due = models.IntegerField(default=0)
    """By the date that holds now."""
    first_due = models.IntegerField(default=0)
    """By the first date, which no extension moves."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "span", "starts_on", "unit"], name="due_summary_once")
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.unit_id}/{self.span} {self.starts_on}: {self.due}"
