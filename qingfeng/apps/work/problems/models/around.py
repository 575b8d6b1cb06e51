"""Who and what stands around a problem: units that help, persons involved, recusals, measures, evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Person, Unit, User
from qingfeng.apps.base.records.models import StoredFile
from qingfeng.apps.work.problems.models.problems import ProblemRecord


class CoUnit(ProblemRecord):
    """A unit that helps, with its sub-task. The problem is counted once, at its lead unit."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sub_task = models.CharField(_("分工"), max_length=300)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem", "unit"], name="co_unit_once"),
            models.CheckConstraint(
                name="co_unit_done_pair",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]


class PersonInvolved(ProblemRecord):
    """Whom the problem concerns. Restricted: only the finder, the closing body and the office see it."""

    name = models.CharField(_("姓名"), max_length=50)
    post = models.CharField(_("职务"), max_length=100)

    def stream_key(self) -> str:
        return f"campaign:{self.campaign_id}:restricted"


class Recusal(ProblemRecord):
    """That a person steps aside: for them the problem does not exist (监察法 art. 67)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(_("回避理由"), max_length=300)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["problem", "person"], name="recusal_once")]

    def stream_key(self) -> str:
        return f"campaign:{self.campaign_id}:restricted"


class MeasureKind(models.TextChoices):
    MEASURE = "measure", _("整改措施")
    PROGRESS = "progress", _("进展")


class CountedMeasures(models.Manager):
    """Those that count: one taken back with its import does not, whoever asks."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(voided_at=None)


class Measure(ProblemRecord):
    """What was done about the problem, or how far it has come: who says so and when.

    Nothing is deleted: one that came with a file by mistake is void, with the reason, and is read by nobody.
    """

    kind = models.CharField(max_length=10, choices=MeasureKind, default=MeasureKind.MEASURE)
    text = models.TextField(_("内容"))
    taken_on = models.DateField(_("日期"))
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(max_length=300, blank=True)

    objects = CountedMeasures()
    with_void = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="measure_voided_pair",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
            )
        ]


class Evidence(ProblemRecord):
    """A proof of rectification."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    description = models.CharField(_("说明"), max_length=200, blank=True)
    added_on = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_withdrawn_pair",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["problem"], condition=Q(withdrawn_at__isnull=True), name="evidence_standing"
            ),
        ]
