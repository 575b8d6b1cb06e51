"""Files of ledgers (attachments 2 and 3): what was handed in, what each part of it became, how it is taken back."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Group, Unit, User
from qingfeng.apps.base.records.models import StoredFile
from qingfeng.apps.work.campaigns.models import CampaignRecord
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.models.problems import Problem

KEPT_DAYS = 30
"""A file that was read and not taken, or taken and filed, is kept so long; what was filed stays."""


class ImportKind(models.TextChoices):
    """Which paper a file holds: the sheets of inspections, or what was done about their problems."""

    INSPECTION = "inspection", _("检查台账")
    RECTIFICATION = "rectification", _("整改台账")


class ImportState(models.TextChoices):
    READ = "read", _("待核对")
    FILING = "filing", _("正在导入")
    FILED = "filed", _("已导入")
    UNDONE = "undone", _("已撤销")
    DROPPED = "dropped", _("已放弃")


class ImportBatchQuerySet(models.QuerySet):
    def past_term(self) -> ImportBatchQuerySet:
        """Those whose file has been kept long enough."""
        return self.filter(file__isnull=False, read_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))


class ImportBatch(CampaignRecord):
    """One file of ledgers for one filing body: who handed it in, what it made.

    Known by its digest, so that the same file is not taken twice without a word. What it made can be taken back until
    something builds on it.
    """

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(_("表"), max_length=15, choices=ImportKind, default=ImportKind.INSPECTION)
    filing_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    filing_group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(_("文件"), max_length=200)
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    """Gone at the end of its term."""
    columns = models.JSONField(default=dict)
    """What a person said of its columns, worksheet by worksheet."""
    remarks = models.JSONField(default=list)
    """Rows and worksheets that were passed over: [worksheet, cell, words]."""
    state = models.CharField(_("状态"), max_length=10, choices=ImportState, default=ImportState.READ)
    read_at = models.DateTimeField(_("时间"))
    read_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("导入人"))
    filed_at = models.DateTimeField(null=True)
    filed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_one_filing_body",
                condition=Q(filing_unit__isnull=False, filing_group__isnull=True)
                | Q(filing_unit__isnull=True, filing_group__isnull=False),
            ),
            models.CheckConstraint(
                name="import_filed_pair",
                condition=Q(filed_at__isnull=True, filed_by__isnull=True)
                | Q(filed_at__isnull=False, filed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="import_undone_pair",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["campaign", "digest"], name="import_same_file")]

    @property
    def body(self) -> Unit | Group:
        found = self.filing_unit or self.filing_group
        assert found is not None  # held by the constraint import_one_filing_body
        return found

    def __str__(self) -> str:
        return self.file_name


class ImportLineState(models.TextChoices):
    FAULTY = "faulty", _("有误")
    READY = "ready", _("可导入")
    WAITING = "waiting", _("等待导入")
    FILED = "filed", _("已导入")
    REFUSED = "refused", _("没有导入")
    LEFT = "left", _("没有选")
    SAME = "same", _("已有")
    VOIDED = "voided", _("已撤销")


class ImportLine(models.Model):
    """One sheet as the file has it, or what it says of one problem, and what became of it. Written together with the
    sheet or the measures that it makes."""

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()
    place = models.CharField(max_length=120)
    """Where in the file: worksheet and cell, with the number that the paper states."""
    content = models.JSONField()
    """What was read; emptied at the end of the file's term."""
    problems = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=ImportLineState)
    words = models.TextField(blank=True)
    """Why it was not filed, or not taken back."""
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="+")
    """Of a rectification ledger: the problem of which it speaks."""
    made = models.JSONField(default=dict)
    """Of a rectification ledger: the measures it made, and what the problem was before."""

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "order"], name="import_line_once"),
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(sheet__isnull=False), name="import_line_makes_one_sheet"
            ),
        ]
        indexes = [models.Index(fields=["batch", "state", "order"], name="import_line_next")]

    def __str__(self) -> str:
        return self.place
