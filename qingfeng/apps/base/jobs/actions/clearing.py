"""The end of a result's term: file, lines and parameters go by a recorded act; that there was a job stays."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qingfeng.apps.base.jobs.models import OPEN, Job, JobLine
from qingfeng.apps.base.records.actions import action, change
from qingfeng.apps.base.records.files import path_of
from qingfeng.apps.base.records.models import StoredFile


def clear_past_term(most: int = 100) -> int:
    """Clears what is past its term, one transaction a job; answers how many."""
    before = timezone.now() - timedelta(days=settings.JOB_RESULTS_KEPT_DAYS)
    rows = Job.objects.filter(ended_at__lt=before, cleared_at=None).exclude(state__in=OPEN)
    found = list(rows.select_related("file")[:most])
    for job in found:
        clear(job=job)
    return len(found)


@action
def clear(*, job: Job) -> Job:
    """The event keeps the name, size and digest of the file."""
    file = job.file
    gone = {"file": {"name": file.name, "size": file.size, "sha256": file.sha256}} if file else {}
    Job.objects.filter(pk=job.pk).update(parameters={}, resume={}, file=None)
    change(job, by=None, kind="job.cleared", to={"cleared_at": timezone.now()}, payload=gone)
    JobLine.objects.filter(job=job).delete()
    if file:
        StoredFile.objects.filter(pk=file.pk).delete()
        path = path_of(file.pk)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return job
