"""Units, people, posts, groups: who is where, as what, from when until when."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.records.models import Record


def running_on(day: date) -> Q:
    """What holds on that day: begun, and not over (the last day is included; open-ended when empty)."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class DatedQuerySet(models.QuerySet):
    """Rows that hold from a day until a day."""

    def on(self, day: date) -> DatedQuerySet:
        return self.filter(running_on(day))


class Standing(models.Manager.from_queryset(DatedQuerySet)):  # type: ignore[misc]
    """Those that stand: what came with an import that was taken back is read by nobody, and its code is free again."""

    def get_queryset(self) -> DatedQuerySet:
        return super().get_queryset().filter(voided_at=None)  # type: ignore[no-any-return]


class All(models.Manager):
    """Void ones, too."""


class Voidable(models.Model):
    """What is void stays, with who, when and why; nothing is deleted."""

    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey("orgs.User", models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_voided_pair",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
            )
        ]


def once_among_standing(*fields: str, name: str) -> models.UniqueConstraint:
    """Only one that is not void."""
    return models.UniqueConstraint(fields=fields, condition=Q(voided_at__isnull=True), name=name)


class UnitKind(models.TextChoices):
    DISTRICT = "district", _("区县")
    DEPARTMENT = "department", _("部门")
    STREET = "street", _("街道（乡镇）")
    COMMUNITY = "community", _("社区（村）")
    SECTION = "section", _("科室")
    STATION = "station", _("站（所）")
    WINDOW = "window", _("服务窗口")


class OrgRecord(Record):
    """Records of the organisation share one event stream."""

    class Meta:
        abstract = True

    def stream_key(self) -> str:
        return "orgs"


class Unit(Voidable, OrgRecord):
    """A unit of the tree: district → street or department → community, station, window."""

    code = models.CharField(_("单位代码"), max_length=30)
    name = models.CharField(_("单位名称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=30)
    kind = models.CharField(_("类别"), max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=_("上级单位")
    )
    order = models.PositiveIntegerField(_("顺序"), default=0)
    valid_from = models.DateField(_("起"))
    valid_to = models.DateField(_("止"), null=True)

    objects = Standing()
    with_void = All()

    class Meta(Voidable.Meta):
        abstract = False
        ordering = ["order", "code"]
        constraints = [
            *Voidable.Meta.constraints,
            once_among_standing("code", name="unit_code_once"),
            models.CheckConstraint(
                name="unit_dates_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="unit_only_district_without_parent",
                condition=Q(parent__isnull=False) | Q(kind="district"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitClosure(models.Model):
    """Every unit with each unit above it and itself: reach by subtree without walking the tree."""

    ancestor = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    descendant = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ancestor", "descendant"], name="closure_once"),
        ]
        indexes = [models.Index(fields=["descendant", "ancestor"], name="closure_upwards")]


class GroupKind(models.TextChoices):
    LEADING_GROUP = "leading_group", _("领导小组")
    CAMPAIGN_OFFICE = "campaign_office", _("领导小组办公室")
    WORK_GROUP = "work_group", _("工作组")
    GOVERNANCE_GROUP = "governance_group", _("专项治理小组")
    STREET_COMMITTEE = "street_discipline_committee", _("街道纪工委")
    DISPATCHED_GROUP = "dispatched_group", _("派驻纪检监察组")
    GUIDANCE_TEAM = "guidance_team", _("督导组")
    TASK_FORCE = "task_force", _("专班")


class Group(Voidable, OrgRecord):
    """A body made of people from several units: it oversees units and may find problems there."""

    code = models.CharField(_("代码"), max_length=30)
    name = models.CharField(_("名称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=30)
    kind = models.CharField(_("类别"), max_length=40, choices=GroupKind)
    home_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("设在"))
    valid_from = models.DateField(_("起"))
    valid_to = models.DateField(_("止"), null=True)

    objects = Standing()
    with_void = All()

    class Meta(Voidable.Meta):
        abstract = False
        ordering = ["code"]
        constraints = [*Voidable.Meta.constraints, once_among_standing("code", name="group_code_once")]

    def __str__(self) -> str:
        return self.name


class GroupOversight(Voidable, OrgRecord):
    """That a group oversees a unit, with all that is below it."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = Standing()
    with_void = All()


class Person(Voidable, OrgRecord):
    """A person in office. Two people of one name are told apart by their staff number."""

    name = models.CharField(_("姓名"), max_length=50)
    staff_no = models.CharField(_("工号"), max_length=30)

    objects = Standing()
    with_void = All()

    class Meta(Voidable.Meta):
        abstract = False
        ordering = ["staff_no"]
        constraints = [
            *Voidable.Meta.constraints,
            once_among_standing("staff_no", name="person_staff_no_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a post may do in the platform."""

    OFFICE = "campaign_office", _("专治办")
    CLERK = "unit_clerk", _("单位经办人")
    HEAD = "unit_head", _("单位负责人")
    INSPECTOR = "inspector", _("检查人员")
    LEADER = "leader", _("领导（只读）")
    AUDITOR = "auditor", _("审计员")
    ADMINISTRATOR = "administrator", _("系统管理员")


class Post(Voidable, OrgRecord):
    """A post in a unit or a group, with the role it carries."""

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("单位"))
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", verbose_name=_("组"))
    title = models.CharField(_("职务"), max_length=50)
    role = models.CharField(_("角色"), max_length=30, choices=Role)

    objects = Standing()
    with_void = All()

    class Meta(Voidable.Meta):
        abstract = False
        constraints = [
            *Voidable.Meta.constraints,
            models.CheckConstraint(
                name="post_in_unit_or_group",
                condition=Q(unit__isnull=False, group__isnull=True)
                | Q(unit__isnull=True, group__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or self.group}{self.title}"


class Appointment(Voidable, OrgRecord):
    """That a person holds a post. Ending the last one forces the handover of what is open on the person's desk."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    valid_from = models.DateField(_("任职"))
    valid_to = models.DateField(_("免职"), null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("User", models.PROTECT, null=True, related_name="+")

    objects = Standing()
    with_void = All()

    class Meta(Voidable.Meta):
        abstract = False
        constraints = [
            *Voidable.Meta.constraints,
            models.CheckConstraint(
                name="appointment_ended_pair",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False, valid_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.post}"


class UserManager(BaseUserManager["User"]):
    """Looks accounts up by their name, those that stand; making one is an action."""

    def get_queryset(self) -> models.QuerySet[User]:
        return super().get_queryset().filter(voided_at=None)


class User(Voidable, AbstractBaseUser):
    """An account. It may do what its person's current posts allow; the account itself carries no rights."""

    username = models.CharField(_("账号"), max_length=50)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []
    objects = UserManager()
    with_void = All()

    class Meta(Voidable.Meta):
        abstract = False
        constraints = [
            *Voidable.Meta.constraints,
            once_among_standing("username", name="user_username_once"),
            once_among_standing("person", name="user_person_once"),
        ]

    def __str__(self) -> str:
        return self.person.name

    def get_full_name(self) -> str:
        return self.person.name


class OwnList(models.Model):
    """A state of a ledger that a person keeps under a name; the one without a name holds the person's columns.

    Not a Record: it is a personal setting. It says nothing about the work, nobody else ever sees it, and whoever is
    given the address of such a list sees what their own posts let them see; so changing it leaves no event.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    ledger = models.CharField(max_length=50)
    """The name under which the ledger is known: problems, sheets, people …"""
    name = models.CharField(_("名称"), max_length=30, blank=True)
    query = models.CharField(max_length=2000)
    """Views, filters, sorting and columns as they stand in the address."""
    is_first = models.BooleanField(default=False)
    """Opens when the ledger is opened without anything asked."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "ledger", "name"], name="own_list_once"),
            models.UniqueConstraint(
                fields=["user", "ledger"], condition=Q(is_first=True), name="own_list_one_first"
            ),
            models.CheckConstraint(name="own_list_first_has_name", condition=Q(is_first=False) | ~Q(name="")),
        ]


class UnitImport(OrgRecord):
    """A file of units, groups and people that was taken: what it made and changed, so that it can be taken back."""

    reference = models.CharField(max_length=20, unique=True)
    file_name = models.CharField(_("文件"), max_length=200)
    counts = models.JSONField(default=dict)
    """How many rows became what, in words."""
    steps = models.JSONField(default=list)
    """[kind of event, subject, {field: value before}] of all that was done, oldest first."""
    taken_at = models.DateTimeField(_("时间"))
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("导入人"))
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="unit_import_undone_pair",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.file_name
