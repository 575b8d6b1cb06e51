"""Plan documents, campaigns, stages, obligations and what each bearer owes when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Group, GroupKind, Person, Unit, User
from qingfeng.apps.base.records.models import Record, StoredFile


class PlanState(models.TextChoices):
    READ = "read", _("已读入")
    IN_REVIEW = "in_review", _("核对中")
    STARTED = "started", _("已启动")
    SET_ASIDE = "set_aside", _("已搁置")


class Plan(Record):
    """A plan document as it was handed in, with its numbered lines and the draft read from it."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    root_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(_("标题"), max_length=200)
    state = models.CharField(_("状态"), max_length=20, choices=PlanState, default=PlanState.READ)
    lines = models.JSONField()
    """[{number, text}] as `qingfeng plan text` prints them."""
    draft = models.JSONField()
    """The reader's answer, unchanged."""
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title

    def stream_key(self) -> str:
        return f"plan:{self.pk}"


class ItemKind(models.TextChoices):
    STAGE = "stage", _("阶段")
    CONTENT = "content", _("治理内容")
    OBLIGATION = "obligation", _("任务")
    GROUP = "group", _("组织机构")
    MECHANISM = "mechanism", _("机制")
    FORM = "form", _("表式")
    FAULT = "fault", _("文件疑点")


class Decision(models.TextChoices):
    PENDING = "pending", _("待核对")
    ACCEPTED = "accepted", _("采用")
    EDITED = "edited", _("改后采用")
    DROPPED = "dropped", _("不采用")


class DraftItem(Record):
    """One item of the draft beside its source sentence, decided by a person before the campaign starts."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ItemKind)
    order = models.PositiveIntegerField()
    line = models.PositiveIntegerField(null=True)
    quote = models.TextField(blank=True)
    data = models.JSONField()
    """The item in the reader's shape, as last edited."""
    decision = models.CharField(max_length=20, choices=Decision, default=Decision.PENDING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["plan", "kind", "order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "order"], name="draft_item_once"),
            models.CheckConstraint(
                name="draft_item_decided_pair",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, decision="pending")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision="pending")),
            ),
        ]

    def stream_key(self) -> str:
        return f"plan:{self.plan_id}"


class DayOffRule(models.TextChoices):
    """What becomes of a due date that falls on a day off: chosen when the campaign starts."""

    KEEP = "keep", _("不变，以文件日期为准")
    BEFORE = "before", _("提前到前一个工作日")
    AFTER = "after", _("顺延到后一个工作日")


class CampaignState(models.TextChoices):
    RUNNING = "running", _("进行中")
    ENDED = "ended", _("已结束")


def default_colours() -> dict[str, float]:
    """Shares of the term that are left when green turns yellow, and yellow red (RULES §4: configuration)."""
    return {"green": 0.66, "yellow": 0.33}


class Campaign(Record):
    """A special-governance campaign: a plan set running in a district."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="+")
    root_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    office = models.ForeignKey(Group, models.PROTECT, related_name="+", verbose_name=_("领导小组办公室"))
    title = models.CharField(_("名称"), max_length=200)
    short_title = models.CharField(_("简称"), max_length=40)
    issuer = models.CharField(_("发文机关"), max_length=100, blank=True)
    document_no = models.CharField(_("发文字号"), max_length=60, blank=True)
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"))
    state = models.CharField(max_length=20, choices=CampaignState, default=CampaignState.RUNNING)
    day_off_rule = models.CharField(_("逢休息日"), max_length=10, choices=DayOffRule, default=DayOffRule.KEEP)
    shifted_days = models.IntegerField(_("整体平移天数"), default=0)
    cut_off_day = models.PositiveSmallIntegerField(_("月度截止日"), default=31)
    """Last day of a reporting month; 31 means the month's end, 20 means 21st to 20th."""
    colours = models.JSONField(default=default_colours)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="campaign_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="campaign_cut_off_day", condition=Q(cut_off_day__range=(1, 31))),
        ]

    def __str__(self) -> str:
        return self.title

    def stream_key(self) -> str:
        return f"campaign:{self.pk}"


class CampaignRecord(Record):
    """Records of a campaign stand in its stream."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def stream_key(self) -> str:
        return f"campaign:{self.campaign_id}"


class StageKind(models.TextChoices):
    MOBILIZATION = "mobilization", _("动员部署")
    SELF_INSPECTION = "self_inspection", _("自查自纠")
    INSPECTION = "inspection", _("检查督查")
    RECTIFICATION = "rectification", _("整改落实")
    INSTITUTION_BUILDING = "institution_building", _("建章立制")
    SUMMARY = "summary", _("总结")
    OTHER = "other", _("其他")


class Stage(CampaignRecord):
    """A stage of the campaign; stages may overlap, as they do in real plans."""

    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=30, choices=StageKind, default=StageKind.OTHER)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="stage_once"),
            models.CheckConstraint(name="stage_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return self.name


class ContentCategory(CampaignRecord):
    """One of the plan's contents: the category under which problems are counted."""

    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="content_once")]

    def __str__(self) -> str:
        return self.title


class BearerKind(models.TextChoices):
    """Who owes it: each unit of a class, each group of a kind, or the office."""

    UNITS = "units", _("单位")
    GROUPS = "groups", _("组")
    OFFICE = "office", _("专治办")


class Obligation(CampaignRecord):
    """What the plan asks of somebody: to do or hand in something by a date, in a rhythm, or upon an event."""

    what = models.CharField(_("任务"), max_length=200)
    who = models.JSONField(default=list)
    """The bearers as the plan names them."""
    bearer_kind = models.CharField(_("承担者"), max_length=10, choices=BearerKind)
    bearer_classes = models.JSONField(_("承担者类别"), default=list)
    """Kinds of units or of groups that bear it; empty together with the names: all that take part."""
    bearer_names = models.JSONField(_("单个承担者"), default=list)
    """Single units or groups by name, beside the classes."""
    on_demand = models.BooleanField(default=False)
    """Owed upon an event or under a condition only: its duties are made one by one."""
    deliver_to = models.JSONField(default=list)
    starts_on = models.DateField(null=True)
    due = models.DateField(_("期限"), null=True)
    due_text = models.CharField(max_length=200, blank=True)
    recurrence = models.JSONField(null=True)
    """{every, day, weekday, month_of_period} as in the plan reader, or null."""
    trigger = models.CharField(max_length=200, blank=True)
    condition = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=200, blank=True)
    wants_electronic = models.BooleanField(default=True)
    wants_paper = models.BooleanField(default=False)
    form = models.CharField(_("表式"), max_length=100, blank=True)
    is_monthly_form = models.BooleanField(default=False)
    """Answered by handing in the monthly form (attachment 4) in the platform."""
    stage = models.ForeignKey(Stage, models.PROTECT, null=True, related_name="+")
    quote = models.TextField(blank=True)
    line = models.PositiveIntegerField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                name="obligation_voided_pair",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True)
                | Q(voided_at__isnull=False, voided_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.what


class DutyQuerySet(models.QuerySet):
    """Duties in the words of the field."""

    def open(self) -> DutyQuerySet:
        return self.filter(fulfilled_at__isnull=True, waived_at__isnull=True)

    def overdue(self, day: object) -> DutyQuerySet:
        return self.open().filter(due__lt=day)


class Duty(CampaignRecord):
    """One bearer's share of an obligation for one period: one cell of the grid of duties × bearers."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    period_start = models.DateField()
    """First day of the period; the day of the event where an event gave rise to it."""
    period_end = models.DateField()
    occasion = models.CharField(_("事由"), max_length=200, blank=True)
    """The event that gave rise to it: which letter, which meeting."""
    first_due = models.DateField()
    """The date as the document gives it, before the rule for days off."""
    due = models.DateField(_("期限"))
    fulfilled_at = models.DateTimeField(null=True)
    fulfilled_on = models.DateField(_("报齐日期"), null=True)
    """The business date on which the last wanted receipt came in."""
    fulfilled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    waived_at = models.DateTimeField(null=True)
    waived_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    waived_reason = models.CharField(max_length=300, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "unit", "period_start"],
                condition=Q(unit__isnull=False),
                name="duty_once_a_unit",
            ),
            models.UniqueConstraint(
                fields=["obligation", "group", "period_start"],
                condition=Q(group__isnull=False),
                name="duty_once_a_group",
            ),
            models.CheckConstraint(
                name="duty_one_bearer",
                condition=Q(unit__isnull=False, group__isnull=True)
                | Q(unit__isnull=True, group__isnull=False),
            ),
            models.CheckConstraint(
                name="duty_fulfilled_pair",
                condition=Q(fulfilled_at__isnull=True, fulfilled_by__isnull=True, fulfilled_on__isnull=True)
                | Q(fulfilled_at__isnull=False, fulfilled_by__isnull=False, fulfilled_on__isnull=False),
            ),
            models.CheckConstraint(
                name="duty_waived_pair",
                condition=Q(waived_at__isnull=True, waived_by__isnull=True)
                | (Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(waived_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due"],
                condition=Q(fulfilled_at__isnull=True, waived_at__isnull=True),
                name="duty_open_due",
            )
        ]

    @property
    def bearer(self) -> Unit | Group:
        found = self.unit or self.group
        assert found is not None  # held by the constraint duty_one_bearer
        return found


class Medium(models.TextChoices):
    ELECTRONIC = "electronic", _("电子稿")
    PAPER = "paper", _("纸质稿")


class Receipt(CampaignRecord):
    """That something owed came in: electronic and paper copy each with its own time and receiver."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+")
    medium = models.CharField(max_length=12, choices=Medium)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    received_on = models.DateField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    returned_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "medium"], condition=Q(returned_at__isnull=True), name="receipt_once_a_medium"
            ),
            models.CheckConstraint(
                name="receipt_returned_pair",
                condition=Q(returned_at__isnull=True, returned_by__isnull=True)
                | (Q(returned_at__isnull=False, returned_by__isnull=False) & ~Q(returned_reason="")),
            ),
        ]


class CampaignGroup(CampaignRecord):
    """A group as the plan sets it up, and the real groups that stand for it (8 unnamed ones: one row of count 8)."""

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=40, choices=GroupKind)
    count = models.PositiveSmallIntegerField(default=1)
    members = models.JSONField(default=list)
    """Member units and posts as the plan names them; never persons."""
    line = models.PositiveIntegerField(null=True)
    groups = models.ManyToManyField(Group, related_name="+")


class CampaignUnit(CampaignRecord):
    """A unit that takes part: it bears the obligations of units (streets and departments, as a rule)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="campaign_unit_once")]


class Mechanism(CampaignRecord):
    """A mechanism that the plan asks for (weekly meeting, joint meeting, circular …), with its sentence."""

    name = models.CharField(max_length=100)
    quote = models.TextField(blank=True)
    line = models.PositiveIntegerField(null=True)


class MeetingKind(models.TextChoices):
    MOBILIZATION = "mobilization", _("动员大会")
    WEEKLY = "weekly", _("周例会")
    JOINT = "joint", _("联席会议")
    DEMOCRATIC_LIFE = "democratic_life", _("民主生活会")
    OTHER = "other", _("其他会议")


class Meeting(CampaignRecord):
    """A meeting held for the campaign, with its minutes."""

    kind = models.CharField(_("类别"), max_length=20, choices=MeetingKind)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("召开单位"))
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", verbose_name=_("召开的组"))
    title = models.CharField(_("名称"), max_length=200)
    held_on = models.DateField(_("召开日期"))
    attendance = models.PositiveIntegerField(_("参加人数"), default=0)
    minutes = models.TextField(_("纪要"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_one_body",
                condition=Q(unit__isnull=False, group__isnull=True)
                | Q(unit__isnull=True, group__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_voided_pair",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True)
                | Q(voided_at__isnull=False, voided_by__isnull=False),
            ),
        ]


class ActivityKind(models.TextChoices):
    INSTRUCTION = "instruction", _("领导批示")
    TALK = "talk", _("谈话")
    TRAINING = "training", _("培训教育")
    VISIT = "visit", _("走访")
    PUBLICITY = "publicity", _("宣传")
    OTHER = "other", _("其他")


class Activity(CampaignRecord):
    """An entry of the activity register, so that reports can count it; an instruction becomes a task."""

    kind = models.CharField(_("类别"), max_length=20, choices=ActivityKind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("单位"))
    held_on = models.DateField(_("日期"))
    title = models.CharField(_("事项"), max_length=200)
    text = models.TextField(_("内容"), blank=True)
    people = models.PositiveIntegerField(_("人次"), default=0)
    given_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("批示人")
    )
    task_for = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("承办单位")
    )
    task_due = models.DateField(_("办理期限"), null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_note = models.TextField(_("办理结果"), blank=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="activity_done_pair",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="activity_voided_pair",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True)
                | Q(voided_at__isnull=False, voided_by__isnull=False),
            ),
        ]
