"""What a worker writes: its claim, its beat, how far it is, how it ended.

Each write holds only while the worker still has the job (state, worker and attempt in the condition of the update): a
worker that was taken for gone and comes back changes nothing. So it is on SQLite and PostgreSQL alike, without locks
held between.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from qingfeng.apps.base.jobs import terms
from qingfeng.apps.base.jobs.models import CLAIMABLE, LONGEST_WORDS, Job, JobLine, JobState, Worker
from qingfeng.apps.base.records.actions import action, change
from qingfeng.apps.base.web.errors import Conflict


class LeaseLost(Exception):
    """The job was given to another worker, or ended, while this one was silent: nothing of the part in hand stays."""


def lease() -> Any:
    return timezone.now() + timedelta(seconds=terms.LEASE)


@action
def claim(*, worker: str) -> Job | None:
    """The oldest job that waits, now this worker's alone; None when there is none."""
    while True:
        found = Job.objects.filter(state__in=CLAIMABLE).order_by("pk").values_list("pk", flat=True).first()
        if found is None:
            return None
        taken = Job.objects.filter(pk=found, state__in=CLAIMABLE).update(
            state=JobState.RUNNING,
            worker=worker,
            attempts=F("attempts") + 1,
            lease_until=lease(),
            begun_at=Coalesce("begun_at", timezone.now()),
        )
        if taken:
            return Job.objects.select_related("owner__person").get(pk=found)


@action
def beat(*, worker: str, job: Job | None = None) -> None:
    """The worker is alive, and so is what it works on."""
    Worker.objects.filter(name=worker).update(beat_at=timezone.now())
    if job is not None:
        _held(job).update(lease_until=lease())


@action
def keep_progress(*, job: Job, lines: Sequence[JobLine], **values: Any) -> bool:
    """How far it is, with the lines that belong to it; answers whether the owner asked to end it. LeaseLost."""
    if _held(job).update(lease_until=lease(), **values) != 1:
        raise LeaseLost()
    JobLine.objects.bulk_create(lines)
    return Job.objects.filter(pk=job.pk, cancel_asked_at__isnull=False).exists()


@action
def start_over(*, job: Job) -> None:
    """An attempt that goes on from nowhere begins its report anew."""
    keep_progress(job=job, lines=(), done=0, lines_ok=0, lines_bad=0)
    JobLine.objects.filter(job=job).delete()


@action
def finish(*, job: Job, to: dict[str, Any]) -> None:
    """Done, with its summary and what came of it."""
    _end(job, "job.finished", {"state": JobState.DONE, **to})


@action
def fail(*, job: Job, reason: str) -> None:
    """Ended by something that the owner reads as one sentence."""
    _end(job, "job.failed", {"state": JobState.FAILED, "reason": reason[:LONGEST_WORDS]})


@action
def end_cancelled(*, job: Job) -> None:
    """The owner asked for it; what was finished stays."""
    _end(job, "job.cancelled", {"state": JobState.CANCELLED})


@action
def give_back(*, job: Job) -> None:
    """The worker goes in good order: the next one goes on, and this was no attempt."""
    _held(job).update(
        state=JobState.INTERRUPTED, worker="", lease_until=None, attempts=F("attempts") - 1, words=""
    )


@action
def interrupt(*, job: Job) -> None:
    """Something passing got in the way (a database that restarts): another attempt, unless there were enough."""
    _take_away(job, _held(job))


def take_up_lapsed(*, worker: str = "") -> int:
    """Jobs whose worker went silent (or is known to be gone: `worker`) wait for the next one; answers how many."""
    lapsed = Job.objects.filter(state=JobState.RUNNING)
    lapsed = lapsed.filter(worker=worker) if worker else lapsed.filter(lease_until__lt=timezone.now())
    return sum(take_up(job=job) for job in lapsed.select_related("owner"))


@action
def take_up(*, job: Job) -> bool:
    """Takes a job from the worker that was silent since `job` was read; False when it was heard of after all."""
    silent = _held(job).filter(lease_until=job.lease_until)
    try:
        return _take_away(job, silent)
    except LeaseLost:
        return False


@action
def begin_work(*, name: str, host: str, pid: int) -> None:
    """A worker says that it is there; workers long gone leave the list."""
    now = timezone.now()
    Worker.objects.filter(beat_at__lt=now - timedelta(days=1)).delete()
    facts = {"host": host[:200], "pid": pid, "begun_at": now, "beat_at": now}
    Worker.objects.update_or_create(name=name, defaults=facts)


@action
def end_work(*, name: str) -> None:
    """A worker has gone: in good order, or known to be dead."""
    Worker.objects.filter(name=name).delete()


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, worker=job.worker, attempts=job.attempts)


def _take_away(job: Job, held: QuerySet[Job]) -> bool:
    if job.cancel_asked_at:
        _end(job, "job.cancelled", {"state": JobState.CANCELLED}, lease_until=job.lease_until)
        return True
    if job.attempts >= terms.MOST_ATTEMPTS:
        to = {"state": JobState.FAILED, "reason": _too_often(job)}
        _end(job, "job.failed", to, lease_until=job.lease_until)
        return True
    return held.update(state=JobState.INTERRUPTED, worker="", lease_until=None, words="") == 1


def _end(job: Job, kind: str, to: dict[str, Any], **when: Any) -> None:
    held = {"state": JobState.RUNNING, "worker": job.worker, "attempts": job.attempts, **when}
    ending = {"ended_at": timezone.now(), "lease_until": None, "worker": "", "words": "", **to}
    try:
        change(job, by=None, kind=kind, to=ending, when=held)
    except Conflict as error:
        raise LeaseLost() from error


def _too_often(job: Job) -> str:
    with translation.override(job.language):
        return _(
            "处理中断了%(times)d次，已停止。已办的部分保留，可以重试；仍不行请把任务编号告诉管理员。"
        ) % {"times": job.attempts}
