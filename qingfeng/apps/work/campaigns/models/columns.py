"""What a campaign asks beyond the boxes of attachments 2 and 3: columns of its own, with a name and a kind."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.work.campaigns.models.campaigns import CampaignRecord


class ColumnKind(models.TextChoices):
    TEXT = "text", _("文字")
    NUMBER = "number", _("数字")
    DATE = "date", _("日期")
    CHOICE = "choice", _("选项")
    PERSON = "person", _("人员")
    UNIT = "unit", _("单位")


class ColumnTarget(models.TextChoices):
    """What the column says something of: each problem, or the inspection as a whole."""

    PROBLEM = "problem", _("每个问题")
    SHEET = "sheet", _("整张检查台账")


class ExtraColumn(CampaignRecord):
    """A column that the campaign office adds to the sheets of a campaign.

    Its code names it in addresses and forms and never changes; its name stands on the papers. It is ended, never
    deleted: what was written under it stays.
    """

    code = models.CharField(max_length=12)
    name = models.CharField(_("栏目名称"), max_length=20)
    kind = models.CharField(_("类型"), max_length=10, choices=ColumnKind)
    target = models.CharField(_("填在"), max_length=10, choices=ColumnTarget)
    choices = models.JSONField(_("选项"), default=list, blank=True)
    """The words to choose from, where it is a choice."""
    required = models.BooleanField(_("必填"), default=False)
    order = models.PositiveSmallIntegerField(_("顺序"))
    ended_on = models.DateField(_("停用日期"), null=True)

    class Meta:
        ordering = ["target", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="extra_column_code_once"),
            models.UniqueConstraint(
                fields=["campaign", "name"], condition=Q(ended_on__isnull=True), name="extra_column_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
