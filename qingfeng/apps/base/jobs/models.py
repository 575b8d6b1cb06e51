"""Long work: what was asked for, how far it is, what came of it row by row, and the workers that do it.

A job is claimed under a lease that its worker renews; a lease that has lapsed means that the worker is gone, and the
next one goes on from what was kept.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.models import Record, StoredFile

LONGEST_WORDS = 500


class JobState(models.TextChoices):
    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("进行中")
    INTERRUPTED = "interrupted", _("已中断，将自动继续")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")
    CANCELLED = "cancelled", _("已取消")


CLAIMABLE = (JobState.WAITING, JobState.INTERRUPTED)
OPEN = (*CLAIMABLE, JobState.RUNNING)


class Job(Record):
    """One piece of long work. It belongs to whoever asked for it, and to nobody else."""

    reference = models.CharField(max_length=24, unique=True)
    kind = models.CharField(_("任务"), max_length=60)
    about = models.CharField(_("内容"), max_length=200, blank=True)
    """What in particular, in the owner's words: the month, the ledger, the name of the file."""
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("发起人"))
    stream = models.CharField(max_length=100)
    parameters = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    """Of kind and parameters: the same work asked for twice is one job."""
    language = models.CharField(max_length=10)
    state = models.CharField(_("状态"), max_length=12, choices=JobState, default=JobState.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    """0 while nobody knows how much there is."""
    words = models.CharField(max_length=200, blank=True)
    """What is being done just now."""
    resume = models.JSONField(default=dict)
    """Where a second attempt goes on; written together with what it stands for."""
    lines_ok = models.PositiveIntegerField(default=0)
    lines_bad = models.PositiveIntegerField(default=0)
    summary = models.CharField(_("结果"), max_length=LONGEST_WORDS, blank=True)
    href = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("原因"), max_length=LONGEST_WORDS, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(_("发起时间"))
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    """When file, lines and parameters went at the end of their term."""

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "fingerprint"], condition=Q(state__in=OPEN), name="job_asked_for_once"
            ),
            models.CheckConstraint(
                name="job_ends_with_its_time",
                condition=Q(state__in=OPEN, ended_at__isnull=True)
                | (~Q(state__in=OPEN) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="job_runs_under_a_lease",
                condition=~Q(state="running") | (Q(lease_until__isnull=False) & ~Q(worker="")),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], condition=Q(state__in=OPEN), name="job_open"),
            models.Index(fields=["owner", "-id"], name="job_of_owner"),
        ]

    def __str__(self) -> str:
        return self.reference

    def stream_key(self) -> str:
        return self.stream

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def shown_state(self) -> str:
        """As it is told: work whose worker went silent is interrupted, although no other has come upon it yet."""
        lapsed = self.state == JobState.RUNNING and self.lease_until and self.lease_until < timezone.now()
        return JobState.INTERRUPTED if lapsed else self.state

    @property
    def percent(self) -> int | None:
        """None while the whole is unknown; never 100 before the end."""
        if self.state == JobState.DONE:
            return 100
        return min(self.done * 100 // self.total, 99) if self.total else None


class JobLine(models.Model):
    """What became of one row of the work, with its place: “第12行”."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    place = models.CharField(_("位置"), max_length=100)
    ok = models.BooleanField(_("结果"))
    words = models.CharField(_("说明"), max_length=LONGEST_WORDS, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="job_line_once")]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.number}"


class Worker(models.Model):
    """A process that does jobs. Its beat says that it is alive."""

    name = models.CharField(max_length=40, unique=True)
    host = models.CharField(max_length=200)
    pid = models.PositiveIntegerField()
    begun_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.host}/{self.pid}"
