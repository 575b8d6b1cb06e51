"""What an owner asks for: work to be begun, ended early, tried again."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from qingfeng.apps.base.jobs.models import CLAIMABLE, OPEN, Job, JobState
from qingfeng.apps.base.jobs.permissions import check_can_cancel, check_can_retry, check_can_start
from qingfeng.apps.base.jobs.registry import kind_named
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.records.references import new_reference
from qingfeng.apps.base.web.errors import Conflict


@action
def start(kind: str, *, by: User, about: str = "", stream: str = "jobs", **parameters: Any) -> Job:
    """Asks for long work; answers the job, whose page shows how far it is.

    Parameters are plain JSON (ids, codes, dates as text), never a person's data: the worker looks those up. The same
    work asked for again while the first is under way (a form sent twice) is the first. `stream` is the chain in which
    its events stand: a campaign's, where the work belongs to one.
    """
    known = kind_named(kind)
    if known is None:
        raise ValueError(f"no kind of job is called {kind}")
    known.check_may(by, parameters)
    mark = fingerprint(kind, parameters)
    same = _same_under_way(by, mark)
    if same:
        return same
    check_can_start(by)
    job = Job(
        reference=f"{new_reference()}-{new_reference()}",
        kind=kind,
        about=about[:200],
        owner=by,
        stream=stream,
        parameters=parameters,
        fingerprint=mark,
        language=translation.get_language() or "zh-hans",
        asked_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            return create(job, by=by, kind="job.started", payload={"kind": kind, "about": job.about})
    except IntegrityError:
        same = _same_under_way(by, mark)  # asked for twice in the same moment
        if same is None:
            raise
        return same


@action
def cancel(*, job: Job, by: User) -> Job:
    """Ends it: at once while nobody works on it, else after the part in hand. What was finished stays."""
    check_can_cancel(by, job)
    if job.shown_state in CLAIMABLE:
        to = {"state": JobState.CANCELLED, "ended_at": timezone.now(), "worker": "", "lease_until": None}
        untouched = {"state": job.state, "worker": job.worker, "lease_until": job.lease_until}
        try:
            return change(job, by=by, kind="job.cancelled", to=to, when=untouched)
        except Conflict:
            pass  # a worker has just taken it
    Job.objects.filter(pk=job.pk, state__in=OPEN).update(cancel_asked_at=timezone.now())
    job.refresh_from_db()
    return job


@action
def retry(*, job: Job, by: User) -> Job:
    """Work that failed is taken up again where it stood."""
    check_can_retry(by, job)
    same = _same_under_way(by, job.fingerprint)
    if same:
        return same
    check_can_start(by)
    to = {
        "state": JobState.WAITING,
        "ended_at": None,
        "reason": "",
        "attempts": 0,
        "cancel_asked_at": None,
        "worker": "",
        "lease_until": None,
    }
    return change(job, by=by, kind="job.retried", to=to, when={"state": JobState.FAILED}, payload={})


def fingerprint(kind: str, parameters: dict[str, Any]) -> str:
    """Of what is asked for; TypeError for parameters that are not plain."""
    text = json.dumps([kind, parameters], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _same_under_way(by: User, mark: str) -> Job | None:
    return Job.objects.filter(owner=by, fingerprint=mark, state__in=OPEN).first()
