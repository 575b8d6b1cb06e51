"""Where an inspector is to go on a day: planned by the inspector, a colleague of the group, or the office."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.work.campaigns.models import CampaignRecord
from qingfeng.apps.work.inspections.models import Sheet, SheetState


class PlannedVisitQuerySet(models.QuerySet):
    """Visits in the words of the field."""

    def with_done(self) -> PlannedVisitQuerySet:
        """Each with whether a sheet of that unit on that day stands for it (`is_done`)."""
        sheets = Sheet.objects.filter(
            Q(filing_group__isnull=False) | Q(filed_by=OuterRef("inspector")),
            campaign=OuterRef("campaign"),
            inspected_unit=OuterRef("unit"),
            inspected_on=OuterRef("day"),
        )
        return self.annotate(is_done=Exists(sheets.exclude(state=SheetState.VOID)))

    def waiting(self) -> PlannedVisitQuerySet:
        """Neither made nor called off."""
        return self.with_done().filter(cancelled_at=None, is_done=False)


class PlannedVisit(CampaignRecord):
    """One inspector, one unit, one day. That it was made is told by the sheet of that day, not entered again.

    Never seen by the unit: an inspection need not be announced.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("被检查单位"))
    day = models.DateField(_("日期"))
    inspector = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("检查人"))
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("安排人"))
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_reason = models.CharField(_("取消的理由"), max_length=300, blank=True)

    objects = PlannedVisitQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "day", "inspector"],
                condition=Q(cancelled_at__isnull=True),
                name="visit_planned_once",
            ),
            models.CheckConstraint(
                name="visit_cancelled_pair",
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancelled_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["inspector", "day"], condition=Q(cancelled_at=None), name="visit_of_the_day")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.day}"
