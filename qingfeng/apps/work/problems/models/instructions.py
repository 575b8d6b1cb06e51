"""批示: what a leader writes on a problem, a unit or the campaign, and what the addressee answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Group, Unit, User
from qingfeng.apps.work.campaigns.models import CampaignRecord
from qingfeng.apps.work.problems.models.problems import Problem


class InstructionState(models.TextChoices):
    GIVEN = "given", _("待办理")
    ANSWERED = "answered", _("已报办理情况")
    CLOSED = "closed", _("已办结")
    VOID = "void", _("作废")


RUNNING = (InstructionState.GIVEN, InstructionState.ANSWERED)
"""Somebody still has something to do with it."""


class InstructionQuerySet(models.QuerySet):
    """Instructions in the words of the field."""

    def running(self) -> InstructionQuerySet:
        return self.filter(state__in=RUNNING)


class Instruction(CampaignRecord):
    """A leader's written instruction to one unit or to the campaign's office.

    It is about a problem, a unit, or the campaign as a whole (neither). A date stands in it when the leader set one.
    """

    reference = models.CharField(max_length=20, unique=True)
    """Random: a running number would tell of instructions about what somebody is recused from."""
    text = models.TextField(_("批示内容"))
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="+", verbose_name=_("问题"))
    about_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("涉及单位")
    )
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("承办单位"))
    to_group = models.ForeignKey(
        Group, models.PROTECT, null=True, related_name="+", verbose_name=_("承办机构")
    )
    due_date = models.DateField(_("办理期限"), null=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=InstructionState, default=InstructionState.GIVEN
    )
    given_on = models.DateField(_("批示日期"))
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("批示人"))
    sent_back_reason = models.CharField(_("续办要求"), max_length=300, blank=True)
    closed_note = models.CharField(_("办结意见"), max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(_("作废理由"), max_length=300, blank=True)
    became = models.ManyToManyField(Problem, related_name="+")
    """Problems that the office registered because of it."""

    objects = InstructionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="instruction_one_addressee",
                condition=Q(to_unit__isnull=False, to_group__isnull=True)
                | Q(to_unit__isnull=True, to_group__isnull=False),
            ),
            models.CheckConstraint(
                name="instruction_one_matter", condition=Q(problem__isnull=True) | Q(about_unit__isnull=True)
            ),
            models.CheckConstraint(
                name="instruction_due_not_before_given",
                condition=Q(due_date__isnull=True) | Q(due_date__gte=models.F("given_on")),
            ),
            models.CheckConstraint(
                name="instruction_closed_pair",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True) & ~Q(state="closed")
                | Q(closed_at__isnull=False, closed_by__isnull=False, state="closed"),
            ),
            models.CheckConstraint(
                name="instruction_voided_pair",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True) & ~Q(state="void")
                | Q(voided_at__isnull=False, voided_by__isnull=False, state="void") & ~Q(void_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["campaign", "due_date"],
                condition=Q(state__in=["given", "answered"]),
                name="instruction_running_due",
            )
        ]

    @property
    def addressee(self) -> Unit | Group:
        found = self.to_unit or self.to_group
        assert found is not None  # held by the constraint instruction_one_addressee
        return found

    def __str__(self) -> str:
        return self.text[:30]


class InstructionReply(CampaignRecord):
    """办理情况: what the addressee reports about an instruction; there may be several over time."""

    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="+")
    text = models.TextField(_("办理情况"))
    replied_on = models.DateField(_("日期"))
    replied_at = models.DateTimeField()
    replied_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
