"""The unit of truth: a numbered item that a named person puts right by a date and a second one strikes off."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Group, Person, Unit, User
from qingfeng.apps.base.web.ledgers.columns import in_order_of
from qingfeng.apps.work.campaigns.models import CampaignRecord, ContentCategory
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


SORTED = (
    "found_on",
    "closed_out_on",
    "people_affected",
    "sum_involved",
    "sum_returned",
    "first_due_date",
    "look_back_on",
    "responsible_name",
)
NARROWED = ("nature", "category", "origin", "responsible_person", "finding_unit", "finding_group")
IN_ORDER_OF_WORK = in_order_of("state", ProblemState.values)
FOUND_ELSEWHERE = Q(finding_unit__gt=F("lead_unit")) | Q(finding_unit__lt=F("lead_unit"))
"""Found by another unit than has it; spelt as the index is."""


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
            # All by which a unit's problems are narrowed and sorted, the newest first: whoever reaches few units reads no
            # row for it.
            models.Index(
                fields=["lead_unit", "-id", "state", "due_date", "campaign", *SORTED, *NARROWED],
                name="problem_of_a_unit",
            ),
            models.Index(
                fields=["finding_unit", "lead_unit"],
                condition=FOUND_ELSEWHERE,
                include=["id"],
                name="problem_found_elsewhere",
            ),
            models.Index(
                fields=["finding_group", "lead_unit"],
                condition=Q(finding_group__isnull=False),
                include=["id"],
                name="problem_found_by_group",
            ),
            models.Index(fields=["campaign", "due_date", "-id"], name="problem_by_due_date"),
            models.Index(fields=["responsible_person", "state"], name="problem_person_state"),
            # The whole ledger in the orders that its head offers; descending it is read from the end.
            *(models.Index(fields=["campaign", name, "-id"], name=f"problem_by_{name}") for name in SORTED),
            models.Index(F("campaign"), IN_ORDER_OF_WORK, F("id").desc(), name="problem_by_state"),
            # Conditions that need no bound value: SQLite compares a query with the words of a partial index.
            models.Index(
                fields=["look_back_on"], condition=Q(look_back_on__isnull=False), name="problem_to_look_back"
            ),
            models.Index(
                fields=["review_on"], condition=Q(review_on__isnull=False), name="problem_to_review"
            ),
            # What the figures count without reading a row. A recusal is asked of the key: SQLite holds it in every
            # index, PostgreSQL where it is included.
            models.Index(
                fields=["campaign", "state", "lead_unit", "due_date", "first_due_date", "closed_out_on"],
                include=["id"],
                name="problem_figures",
            ),
            models.Index(fields=["campaign", "category", "state"], name="problem_contents"),
            models.Index(
                fields=["campaign", "category", "-people_affected", "-found_on"], name="problem_typical"
            ),
            models.Index(
                fields=["campaign", "found_on", "state", "due_date", "people_affected"],
                include=["id"],
                name="problem_found_lately",
            ),
            models.Index(
                fields=["campaign", "closed_out_on", "state", "sum_returned"],
                include=["id"],
                name="problem_closed_lately",
            ),
            models.Index(fields=["campaign", "state", "state_since"], name="problem_waiting"),
            # What may be struck off, the most urgent first, and what tells whose turn it is.
            models.Index(
                fields=["due_date", "id", "state", "lead_unit", "finding_group"],
                condition=Q(state="submitted"),
                name="problem_submitted",
            ),
            models.Index(
                fields=["campaign", "due_date", "state", "closed_out_on"],
                condition=Q(closed_out_on__isnull=True),
                include=["id"],
                name="problem_overdue",
            ),
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
