"""Reads over jobs: what the desk tells, whether anybody works, what the keeper lists."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from qingfeng.apps.base.jobs import terms
from qingfeng.apps.base.jobs.models import OPEN, Job, JobLine, Worker
from qingfeng.apps.base.jobs.visibility import visible
from qingfeng.apps.base.orgs.models import User

SINCE_YESTERDAY = timedelta(hours=36)


def under_way(user: User) -> QuerySet[Job]:
    """The user's work that has not ended."""
    return visible(user).filter(state__in=OPEN)


def for_desk(user: User, most: int = 10) -> list[Job]:
    """What is under way, then what ended since yesterday. Two queries."""
    recent = visible(user).filter(ended_at__gte=timezone.now() - SINCE_YESTERDAY).exclude(state__in=OPEN)
    return [*under_way(user)[:most], *recent.order_by("-ended_at")[:most]][:most]


def lines(job: Job, most: int = 500) -> QuerySet[JobLine]:
    """The report row by row, what went wrong first."""
    return JobLine.objects.filter(job=job).order_by("ok", "number")[:most]


def workers() -> list[Worker]:
    """The worker processes that are alive."""
    heard = timezone.now() - timedelta(seconds=terms.SILENCE)
    return list(Worker.objects.filter(beat_at__gte=heard).order_by("begun_at"))


def is_anybody_working() -> bool:
    """Whether a worker is alive."""
    heard = timezone.now() - timedelta(seconds=terms.SILENCE)
    return Worker.objects.filter(beat_at__gte=heard).exists()


def for_keeper(most: int = 100) -> QuerySet[Job]:
    """All jobs, the newest first: for whoever keeps the machine, without what they are about."""
    return Job.objects.select_related("owner").order_by("-pk")[:most]
