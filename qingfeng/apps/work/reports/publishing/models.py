"""The ledger of what was made public: which file, whose names by whose approval, until when."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.models import StoredFile
from qingfeng.apps.work.campaigns.models import CampaignRecord

PDF_JOB = "reports.publication_pdf"
"""The long work that makes a PDF of one."""


class PublicationState(models.TextChoices):
    SUBMITTED = "submitted", _("待批准")
    RELEASED = "released", _("公开中")
    RETURNED = "returned", _("已退回")
    TAKEN_DOWN = "taken_down", _("已撤下")


class PublicationQuerySet(models.QuerySet):
    """Publications in the words of the field."""

    def public(self, day: date) -> PublicationQuerySet:
        """Those that may be read by everybody on this day."""
        return self.filter(state=PublicationState.RELEASED, until__gte=day)

    def ended(self, day: date) -> PublicationQuerySet:
        """Past their end and not yet confirmed as taken down."""
        return self.filter(state=PublicationState.RELEASED, until__lt=day)


class Publication(CampaignRecord):
    """A file that passed the gate: the very bytes that were looked through. A second person approves it."""

    reference = models.CharField(max_length=20, unique=True)
    title = models.CharField(_("标题"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    until = models.DateField(_("公开截止"))
    approved_names = models.TextField(_("获准公开的姓名"), blank=True)
    """One a line: who may stand in the file by the full name."""
    pictures = models.PositiveIntegerField(_("图片"), default=0)
    """The gate does not look into pictures: whoever submits says that they were looked at one by one."""
    masked = models.BooleanField(_("自动打码"), default=False)
    state = models.CharField(
        _("状态"), max_length=12, choices=PublicationState, default=PublicationState.SUBMITTED
    )
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("送审人"))
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("批准人")
    )
    decision_note = models.CharField(_("意见"), max_length=300, blank=True)
    taken_down_at = models.DateTimeField(null=True)
    taken_down_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("撤下人")
    )
    taken_down_note = models.CharField(_("撤下说明"), max_length=300, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["campaign", "state", "until"], name="publication_due")]
        constraints = [
            models.CheckConstraint(
                name="publication_decided_pair",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="publication_taken_down_pair",
                condition=Q(taken_down_at__isnull=True, taken_down_by__isnull=True)
                | Q(taken_down_at__isnull=False, taken_down_by__isnull=False),
            ),
            models.CheckConstraint(
                name="publication_by_two_people",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("submitted_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def names(self) -> list[str]:
        """The approved names, one by one."""
        return self.approved_names.splitlines()

    def is_public(self, day: date) -> bool:
        """It may be read by everybody on this day."""
        return self.state == PublicationState.RELEASED and self.until >= day
