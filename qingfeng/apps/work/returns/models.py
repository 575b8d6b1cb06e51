"""Monthly forms (attachment 4): filled from the ledgers, worded by the unit, signed by its head, handed in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.work.campaigns.models import CampaignRecord, Duty


class ReturnState(models.TextChoices):
    DRAFT = "draft", _("编制中")
    SIGNED = "signed", _("已签字")
    HANDED_IN = "handed_in", _("已报送")
    REPLACED = "replaced", _("已被更正")


class MonthlyReturn(CampaignRecord):
    """One version of a unit's monthly form. Handing in freezes its figures; a correction is a new version."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("填报单位"))
    month = models.DateField(_("月份"))
    """The first day of the calendar month that names it."""
    period_start = models.DateField()
    period_end = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(_("状态"), max_length=12, choices=ReturnState, default=ReturnState.DRAFT)
    words = models.JSONField(default=dict)
    """{unit id: {row: text with figure marks}} as edited; what is not edited is the standard wording."""
    snapshot = models.JSONField(null=True)
    """Columns, wording and figures as handed in."""
    correction_reason = models.CharField(max_length=300, blank=True)
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    handed_in_on = models.DateField(_("填报时间"), null=True)
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-month", "unit", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "month", "version"], name="return_version_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "unit", "month"],
                condition=~Q(state="replaced"),
                name="return_one_in_force",
            ),
            models.CheckConstraint(
                name="return_signed_pair",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="return_handed_in_pair",
                condition=Q(handed_in_at__isnull=True, handed_in_by__isnull=True, handed_in_on__isnull=True)
                | Q(handed_in_at__isnull=False, handed_in_by__isnull=False, handed_in_on__isnull=False),
            ),
        ]


class CountedRow(models.Model):
    """Which record stood behind which figure of a handed-in form: the figure opens onto these for ever."""

    monthly_return = models.ForeignKey(MonthlyReturn, models.PROTECT, related_name="+")
    column_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    figure = models.CharField(max_length=30)
    subject = models.CharField(max_length=80, db_index=True)
    late = models.BooleanField(_("补报"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["monthly_return", "column_unit", "figure", "subject"], name="counted_once_a_figure"
            )
        ]
        indexes = [models.Index(fields=["monthly_return"], condition=Q(late=True), name="counted_late")]
