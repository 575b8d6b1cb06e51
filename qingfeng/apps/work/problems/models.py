"""Problems: the unit of truth. A numbered item that a named person puts right by a date and a second one strikes off."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Group, Person, Unit, User
from qingfeng.apps.base.records.models import StoredFile
from qingfeng.apps.work.campaigns.models import Campaign, CampaignRecord, ContentCategory
from qingfeng.apps.work.inspections.models import Sheet, Suggestion
from qingfeng.apps.work.problems.flow import OPEN, ProblemState


class Origin(CampaignRecord):
    """Where problems come from: sheet, tour feedback, instruction, assigned by the office … A configurable list."""

    slug = models.CharField(max_length=40)
    label = models.CharField(max_length=60)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "slug"], name="origin_once")]

    def __str__(self) -> str:
        return self.label


class ProblemNature(models.TextChoices):
    """Two of the three natures. A suspected violation is not written here: it leaves on a sealed referral slip."""

    ORDINARY = "ordinary", _("一般问题")
    RISK = "risk", _("隐患风险")


class RectificationTerm(models.TextChoices):
    AT_ONCE = "at_once", _("立行立改")
    BY_DATE = "by_date", _("限期整改")
    CONTINUING = "continuing", _("长期坚持")


class ProblemQuerySet(models.QuerySet):
    """Problems in the words of the field."""

    def open(self) -> ProblemQuerySet:
        return self.filter(state__in=OPEN)

    def overdue(self, day: date) -> ProblemQuerySet:
        return self.open().filter(due_date__lt=day)

    def counted(self) -> ProblemQuerySet:
        """Those that count as found: all but void ones."""
        return self.exclude(state=ProblemState.VOID)

    def closed_out(self) -> ProblemQuerySet:
        return self.filter(state=ProblemState.CLOSED_OUT)


class Problem(CampaignRecord):
    """A problem found. Inspection sheet and rectification sheet are two papers over the same problems."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+", verbose_name=_("检查台账"))
    ordinal = models.PositiveIntegerField(_("序号"))
    """Its number on the sheet, or in the series of problems without a sheet of the registering body."""
    reference = models.CharField(max_length=20, unique=True)
    number = models.CharField(_("编号"), max_length=80)
    """The full number; unique in the campaign. Shown to those who see the whole series."""
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name=_("来源"))
    finding_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    finding_group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    """Who found it: exactly one; decides who may close it out."""
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("牵头单位"))
    text = models.TextField(_("存在问题"))
    category = models.ForeignKey(
        ContentCategory, models.PROTECT, null=True, related_name="+", verbose_name=_("治理内容")
    )
    nature = models.CharField(_("性质"), max_length=20, choices=ProblemNature, default=ProblemNature.ORDINARY)
    term = models.CharField(
        _("整改方式"), max_length=20, choices=RectificationTerm, default=RectificationTerm.BY_DATE
    )
    people_affected = models.PositiveIntegerField(_("涉及群众（人）"), default=0)
    sum_involved = models.PositiveBigIntegerField(_("涉及金额（分）"), default=0)
    sum_returned = models.PositiveBigIntegerField(_("清退金额（分）"), default=0)
    found_on = models.DateField(_("发现日期"))
    responsible_person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("整改责任人")
    )
    responsible_name = models.CharField(_("整改责任人"), max_length=50, blank=True)
    """As written on the paper; the person behind it when the unit has one of that name."""
    duty_text = models.CharField(_("责任"), max_length=300, blank=True)
    leader_in_charge = models.CharField(_("责任领导"), max_length=50, blank=True)
    first_due_date = models.DateField(_("原定时限"), null=True)
    due_date = models.DateField(_("整改时限"), null=True)
    state = models.CharField(_("状态"), max_length=20, choices=ProblemState, default=ProblemState.FOUND)
    state_since = models.DateField()
    completion = models.TextField(_("完成情况"), blank=True)
    new_rule = models.TextField(_("新建制度"), blank=True)
    no_rule_reason = models.TextField(_("无需建章立制的理由"), blank=True)
    closed_out_on = models.DateField(_("销号日期"), null=True)
    closed_out_at = models.DateTimeField(null=True)
    closed_out_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    look_back_on = models.DateField(_("回头看日期"), null=True)
    review_on = models.DateField(_("年度复核日期"), null=True)
    """Of a long-term problem: outside the rate, looked at every year."""
    void_reason = models.CharField(max_length=300, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    suggestions = models.ManyToManyField(Suggestion, related_name="+")
    further_origins = models.ManyToManyField(Origin, related_name="+")

    shown_number: str
    """The number as a user may read it; set by `visibility.with_shown_number`."""

    objects = ProblemQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="problem_no_once"),
            models.UniqueConstraint(
                fields=["sheet", "ordinal"], condition=Q(sheet__isnull=False), name="problem_once_on_a_sheet"
            ),
            models.CheckConstraint(
                name="problem_one_finder",
                condition=Q(finding_unit__isnull=False, finding_group__isnull=True)
                | Q(finding_unit__isnull=True, finding_group__isnull=False),
            ),
            models.CheckConstraint(
                name="problem_closed_out_pair",
                condition=Q(
                    closed_out_at__isnull=True, closed_out_by__isnull=True, closed_out_on__isnull=True
                )
                & ~Q(state="closed_out")
                | Q(closed_out_at__isnull=False, closed_out_by__isnull=False, closed_out_on__isnull=False)
                & Q(state="closed_out"),
            ),
            models.CheckConstraint(
                name="problem_closed_with_rule_or_reason",
                condition=~Q(state="closed_out") | ~Q(new_rule="") | ~Q(no_rule_reason=""),
            ),
            models.CheckConstraint(
                name="problem_assigned_has_date_and_person",
                condition=Q(state__in=["found", "void", "transferred"])
                | (Q(due_date__isnull=False, first_due_date__isnull=False) & ~Q(responsible_name="")),
            ),
            models.CheckConstraint(
                name="problem_due_not_before_found",
                condition=Q(first_due_date__isnull=True) | Q(first_due_date__gte=F("found_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "-id"], name="problem_ledger"),
            models.Index(fields=["lead_unit", "state", "due_date"], name="problem_unit_state_due"),
            models.Index(fields=["due_date"], condition=Q(state__in=OPEN), name="problem_open_due"),
            models.Index(fields=["responsible_person", "state"], name="problem_person_state"),
        ]

    @property
    def finder(self) -> Unit | Group:
        found = self.finding_unit or self.finding_group
        assert found is not None  # held by the constraint problem_one_finder
        return found

    def __str__(self) -> str:
        return self.number


class ProblemRecord(CampaignRecord):
    """What belongs to one problem."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


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


class Measure(ProblemRecord):
    """What was done about the problem, or how far it has come: who says so and when."""

    kind = models.CharField(max_length=10, choices=MeasureKind, default=MeasureKind.MEASURE)
    text = models.TextField(_("内容"))
    taken_on = models.DateField(_("日期"))
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]


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


class Commitment(CampaignRecord):
    """The signed commitment of a unit still at zero when self-inspection ends: its head answers for it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField()
    signed_on = models.DateField()
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="commitment_once")]


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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit", "state"], name="unit_summary_once")
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.unit_id}/{self.state}: {self.problems}"
