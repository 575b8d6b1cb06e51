"""What is asked and answered about a problem: close-out, more time, another unit, the look-back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models.problems import ProblemRecord


class Verdict(models.TextChoices):
    CLOSED_OUT = "closed_out", _("同意销号")
    RETURNED = "returned", _("退回")


class Submission(ProblemRecord):
    """One round of asking for close-out: handed in by the clerk, signed by the unit's head, decided by the closer."""

    round = models.PositiveSmallIntegerField()
    statement = models.TextField(_("完成情况"))
    submitted_on = models.DateField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True)
    opinion = models.TextField(_("意见"), blank=True)
    nth_return = models.PositiveSmallIntegerField(null=True)
    """Of a second or later return of the same problem: which it is. `qingfeng verify --figures` recounts it."""

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["problem", "round"], name="submission_round_once"),
            models.UniqueConstraint(
                fields=["problem"], condition=Q(decided_at__isnull=True), name="submission_one_open"
            ),
            models.CheckConstraint(
                name="submission_signed_pair",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, signed_on__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False, signed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="submission_decided_pair",
                condition=Q(
                    decided_at__isnull=True, decided_by__isnull=True, decided_on__isnull=True, verdict=""
                )
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False, decided_on__isnull=False)
                    & ~Q(verdict="")
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["problem"], condition=Q(nth_return__isnull=False), name="submission_returned_again"
            ),
            models.Index(
                fields=["problem"],
                condition=Q(decided_at__isnull=True, signed_at__isnull=False),
                name="submission_to_decide",
            ),
        ]


class Answer(models.TextChoices):
    """What the deciding body answers to a request."""

    APPROVED = "approved", _("同意")
    REFUSED = "refused", _("不同意")


class Request(ProblemRecord):
    """Something asked of a deciding body: asked once, answered once."""

    reason = models.CharField(_("理由"), max_length=500)
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    opinion = models.CharField(_("意见"), max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem"], condition=Q(decided_at__isnull=True), name="%(class)s_one_open"
            ),
            models.CheckConstraint(
                name="%(class)s_decided_pair",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, answer="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(answer="")),
            ),
        ]


class Extension(Request):
    """More time, asked with a reason and a new date, approved by whoever will close out. The first date stays."""

    old_date = models.DateField()
    new_date = models.DateField(_("申请延至"))
    nth_extension = models.PositiveSmallIntegerField(null=True)
    """Of a second or later extension of the same problem: which it is. `qingfeng verify --figures` recounts it."""

    class Meta(Request.Meta):
        indexes = [
            models.Index(
                fields=["problem"], condition=Q(nth_extension__isnull=False), name="extension_approved_again"
            )
        ]


class Transfer(Request):
    """The problem belongs to another unit; the office decides."""

    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("转办单位"))
    state_before = models.CharField(max_length=20, choices=ProblemState)


class LookBackResult(models.TextChoices):
    HOLDS = "holds", _("未反弹")
    RECURRED = "recurred", _("反弹回潮")


class LookBack(ProblemRecord):
    """A re-check after close-out; it may reopen the problem."""

    planned_on = models.DateField()
    carried_out_on = models.DateField()
    result = models.CharField(_("结果"), max_length=10, choices=LookBackResult)
    note = models.TextField(_("情况"))
    carried_out_at = models.DateTimeField()
    carried_out_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
