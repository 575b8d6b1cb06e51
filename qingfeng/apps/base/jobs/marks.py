"""How a job's state is shown, and the mark in the frame while one is under way."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.jobs.models import Job, JobState
from qingfeng.apps.base.jobs.queries import for_desk, under_way
from qingfeng.apps.base.jobs.registry import title_of
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.frame import HeaderFact
from qingfeng.apps.base.web.marks import Mark, Tone

WATCHED = "jobs_under_way"
"""In the session: that this person has work under way, so that nobody else's pages ask for it."""
_TONES: dict[str, Tone] = {
    JobState.WAITING: "waiting",
    JobState.RUNNING: "active",
    JobState.INTERRUPTED: "waiting",
    JobState.DONE: "done",
    JobState.FAILED: "late",
    JobState.CANCELLED: "neutral",
}


def mark_of(job: Job) -> Mark:
    """The state in a word; with faults among the rows, that says so."""
    state = JobState(job.shown_state)
    if job.is_open and job.cancel_asked_at:
        return Mark(_("正在取消"), "waiting")
    if state == JobState.DONE and job.lines_bad:
        return Mark(_("已完成，有%(count)d行请看") % {"count": job.lines_bad}, "waiting")
    return Mark(str(state.label), _TONES[state])


def shown(job: Job) -> dict[str, Any]:
    """What a line of a list tells of a job."""
    href = reverse("jobs:job", args=[job.reference])
    return {"job": job, "title": title_of(job.kind), "mark": mark_of(job), "href": href}


def desk_lines(user: User) -> list[dict[str, Any]]:
    """For `jobs/_desk.html`: what is under way and what ended since yesterday."""
    return [shown(job) for job in for_desk(user)]


def watch(request: HttpRequest) -> None:
    """From now on the frame of this session tells of work under way, until there is none."""
    request.session[WATCHED] = True


def frame_fact(request: HttpRequest, user: User) -> list[HeaderFact]:
    """How many jobs of this person are under way. One query, and only for those who began one."""
    if not request.session.get(WATCHED):
        return []
    open_jobs = list(under_way(user)[:10])
    if not open_jobs:
        del request.session[WATCHED]
        return []
    only = open_jobs[0]
    href = reverse("jobs:job", args=[only.reference]) if len(open_jobs) == 1 else reverse("jobs:list")
    share = f"{only.percent}%" if len(open_jobs) == 1 and only.percent is not None else str(len(open_jobs))
    return [HeaderFact("work", share, _("后台任务"), href)]
