"""Inspection sheets: attachment 2 of the plan, one sheet for one inspection."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Group, Unit, User
from qingfeng.apps.work.campaigns.models import CampaignRecord


class SheetKind(models.TextChoices):
    """Who looked: the unit itself, a group from above, or a random draw."""

    SELF_INSPECTION = "self_inspection", _("自检")
    SUPERVISION = "supervision", _("督检")
    RANDOM = "random", _("抽检")


WORDS_IN_NUMBERS = {
    SheetKind.SELF_INSPECTION: "自检",
    SheetKind.SUPERVISION: "督检",
    SheetKind.RANDOM: "抽检",
}
"""A number is stored and stands on papers: it is the same whatever language its writer reads."""


class InspectionMethod(models.TextChoices):
    ORDINARY = "ordinary", _("日常检查")
    SPECIAL = "special", _("专项督查")
    RANDOM = "random", _("随机抽查")
    CROSS = "cross", _("交叉检查")
    SURPRISE = "surprise", _("突击检查")
    OFF_HOURS = "off_hours", _("错时检查")


class SheetState(models.TextChoices):
    FILED = "filed", _("已填报")
    RETURNED = "returned", _("退回补正")
    VOID = "void", _("作废")


NARROWED = ("campaign", "state", "kind", "inspected_on", "due_date", "method", "on_behalf", "confirmed_at")


class Sheet(CampaignRecord):
    """An inspection sheet: what was looked at where, by whom. Its problems are records of their own.

    Numbered per filing body and kind, gapless; a void sheet keeps its number.
    """

    kind = models.CharField(_("检查类别"), max_length=20, choices=SheetKind)
    filing_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("填报单位")
    )
    filing_group = models.ForeignKey(
        Group, models.PROTECT, null=True, related_name="+", verbose_name=_("填报的组")
    )
    number = models.PositiveIntegerField(_("编号"))
    reference = models.CharField(max_length=20, unique=True)
    """A random reference, shown to those who do not see the whole series."""
    filled_on = models.DateField(_("填报时间"))
    inspected_on = models.DateField(_("时间"))
    inspected_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("被检查单位"))
    inspectors = models.CharField(_("检查人员"), max_length=200)
    method = models.CharField(
        _("检查方式"), max_length=20, choices=InspectionMethod, default=InspectionMethod.ORDINARY
    )
    content = models.TextField(_("检查内容"))
    due_date = models.DateField(_("整改时限"), null=True)
    """As the paper states it once; each problem has its own."""
    state = models.CharField(_("状态"), max_length=20, choices=SheetState, default=SheetState.FILED)
    returned_reason = models.CharField(max_length=300, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)
    on_behalf = models.BooleanField(_("代填"), default=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """A sheet filed on behalf is confirmed by the unit."""
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-filled_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="sheet_one_filing_body",
                condition=Q(filing_unit__isnull=False, filing_group__isnull=True)
                | Q(filing_unit__isnull=True, filing_group__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["campaign", "filing_unit", "kind", "number"],
                condition=Q(filing_unit__isnull=False),
                name="sheet_no_once_a_unit",
            ),
            models.UniqueConstraint(
                fields=["campaign", "filing_group", "kind", "number"],
                condition=Q(filing_group__isnull=False),
                name="sheet_no_once_a_group",
            ),
            models.CheckConstraint(
                name="sheet_confirmed_pair",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="sheet_void_has_reason", condition=~Q(state="void") | ~Q(void_reason="")
            ),
        ]
        indexes = [
            # All by which the sheets of a unit or group are narrowed and sorted: few rows are read for a list of them.
            models.Index(
                fields=["inspected_unit", "filled_on", "filing_unit", "filing_group", *NARROWED],
                include=["id"],
                name="sheet_about_unit",
            ),
            models.Index(
                fields=["filing_unit", "filled_on", "inspected_unit", "filing_group", *NARROWED],
                include=["id"],
                name="sheet_filed_by_unit",
            ),
            models.Index(
                fields=["filing_group", "filled_on", "inspected_unit", *NARROWED],
                condition=Q(filing_group__isnull=False),
                include=["id"],
                name="sheet_filed_by_group",
            ),
            models.Index(fields=["campaign", "-filled_on", "-id"], name="sheet_ledger"),
            models.Index(fields=["campaign", "state"], name="sheet_counted"),
        ]

    @property
    def filing_body(self) -> Unit | Group:
        found = self.filing_unit or self.filing_group
        assert found is not None  # held by the constraint sheet_one_filing_body
        return found

    @property
    def sheet_no(self) -> str:
        """自检3号: as it stands in the box 编号."""
        return f"{WORDS_IN_NUMBERS[SheetKind(self.kind)]}{self.number}号"

    @property
    def full_number(self) -> str:
        """The filing body's short name before the number: unique in the campaign."""
        return f"{self.filing_body.short_name}{self.sheet_no}"

    def __str__(self) -> str:
        return self.full_number


class Suggestion(CampaignRecord):
    """A numbered suggestion on a sheet; it may answer several problems, and a problem several suggestions."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["sheet", "order"]
        constraints = [models.UniqueConstraint(fields=["sheet", "order"], name="suggestion_once")]
