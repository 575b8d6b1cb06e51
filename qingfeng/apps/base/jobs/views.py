"""The pages of long work: one's own jobs, how far each is, what came of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingfeng.apps.base.jobs import actions
from qingfeng.apps.base.jobs.marks import shown, watch
from qingfeng.apps.base.jobs.models import Job
from qingfeng.apps.base.jobs.permissions import check_can_cancel, check_can_retry
from qingfeng.apps.base.jobs.queries import is_anybody_working, lines, under_way
from qingfeng.apps.base.jobs.registry import kind_named
from qingfeng.apps.base.jobs.visibility import visible
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.permissions import can
from qingfeng.apps.base.records.files import path_of
from qingfeng.apps.base.web.errors import BadInput, NotThere

EACH_PAGE = 50
EVERY_SECONDS = 2


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    """One's own jobs, the newest first."""
    user = _user(request)
    if under_way(user).exists():
        watch(request)
    page = Paginator(visible(user).order_by("-pk"), EACH_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "jobs": [shown(job) for job in page],
        "nobody_works": not is_anybody_working(),
        "kept_days": settings.JOB_RESULTS_KEPT_DAYS,
    }
    return render(request, "jobs/list.html", context)


@require_GET
def job_page(request: HttpRequest, reference: str) -> HttpResponse:
    """How far it is, what can be done, and the report row by row."""
    return render(request, "jobs/job.html", _context(request, _fetch(request, reference)))


@require_GET
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """The part of the page that moves; asked for every two seconds while the work is under way.

    At the end the whole page is drawn anew, so that the mark in its frame goes too.
    """
    job = _fetch(request, reference)
    answer = render(request, "jobs/_progress.html", _context(request, job))
    if not job.is_open:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Ends it after the chunk in hand."""
    job = actions.cancel(job=_fetch(request, reference), by=_user(request))
    if job.is_open:
        messages.success(request, _("已要求取消，做完手上这一批就停。已办的部分保留。"))
    else:
        messages.success(request, _("已取消。"))
    return redirect("jobs:job", job.reference)


@require_POST
def retry(request: HttpRequest, reference: str) -> HttpResponse:
    """Takes up again what failed, where it stood."""
    job = actions.retry(job=_fetch(request, reference), by=_user(request))
    messages.success(request, _("已重新排队，从上次停下的地方继续。"))
    return to_job(request, job)


@require_GET
def file(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The result as a file, if its owner may still have it."""
    job = _fetch(request, reference)
    if job.file is None:
        raise NotThere()
    kind = kind_named(job.kind)
    if kind:
        kind.check_may(_user(request), job.parameters)
    path = path_of(job.file.pk)
    if not path.is_file():
        raise BadInput(_("文件“%(name)s”不在存储中，请重新发起。") % {"name": job.file.name})
    response = FileResponse(path.open("rb"), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(job.file.name, safe='')}"
    response["Content-Length"] = str(job.file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def to_job(request: HttpRequest, job: Job) -> HttpResponse:
    """Where a view that has started a job leads: its page; the frame tells of it from then on."""
    watch(request)
    return redirect("jobs:job", job.reference)


def _fetch(request: HttpRequest, reference: str) -> Job:
    job = visible(_user(request)).filter(reference=reference).first()
    if job is None:
        raise NotThere()
    return job


def _context(request: HttpRequest, job: Job) -> dict[str, Any]:
    user = _user(request)
    rows = list(lines(job)) if job.lines_ok + job.lines_bad else []
    return {
        **shown(job),
        "nobody_works": job.is_open and not is_anybody_working(),
        "may_cancel": can(check_can_cancel, user, job),
        "may_retry": can(check_can_retry, user, job),
        "lines": rows,
        "number_of_lines": job.lines_ok + job.lines_bad,
        "kept_days": settings.JOB_RESULTS_KEPT_DAYS,
        "every": EVERY_SECONDS,
    }


def _user(request: HttpRequest) -> User:
    """Nobody comes here without having signed in."""
    assert isinstance(request.user, User)
    return request.user
