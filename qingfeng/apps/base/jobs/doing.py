"""Carrying out one claimed job to its end, whatever end that is."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.utils import translation
from django.utils.translation import gettext as _

from qingfeng.apps.base.jobs.actions import working
from qingfeng.apps.base.jobs.actions.working import LeaseLost
from qingfeng.apps.base.jobs.models import Job
from qingfeng.apps.base.jobs.registry import kind_named
from qingfeng.apps.base.jobs.run import CancelledByOwner, Run, WorkerStops
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused

log = logging.getLogger(__name__)


def carry_out(job: Job, *, stopping: Callable[[], bool] = lambda: False) -> None:
    """Does a claimed job. What goes wrong is one sentence for the owner; a log line names no data."""
    with translation.override(job.language):
        run = Run(job, stopping=stopping)
        try:
            _work(run)
            run.end()
        except LeaseLost:
            log.warning("job %s was taken from this worker", job.reference)
        except CancelledByOwner:
            working.end_cancelled(job=job)
        except WorkerStops:
            working.give_back(job=job)
        except (OperationalError, InterfaceError) as error:
            log.error("job %s (%s) interrupted: %s", job.reference, job.kind, _place(error))
            working.interrupt(job=job)
        except Exception as error:
            _fail(run, error)
        finally:
            run.close()


def _work(run: Run) -> None:
    kind = kind_named(run.job.kind)
    if kind is None:
        raise Refused(_("这一版平台不再办理这种任务。"))
    if not run.by.is_active:
        raise Refused(_("发起人的账号已停用，任务没有办理。"))
    kind.check_may(run.by, run.job.parameters)
    run.begin()
    kind.function(run, **run.job.parameters)


def _fail(run: Run, error: Exception) -> None:
    try:
        run.flush()
        working.fail(job=run.job, reason=_reason(run.job, error))
    except LeaseLost:
        log.warning("job %s was taken from this worker", run.job.reference)


def _reason(job: Job, error: Exception) -> str:
    if isinstance(error, BadInput):
        return "".join([str(error), *(f"{place}；" for place in error.places)])
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, NotThere):
        return str(error) or _("所要的记录不在了，或不在您的范围内。")
    log.error("job %s (%s) failed: %s", job.reference, job.kind, _place(error))
    return _("处理时出错，已停止。已办的部分保留。可以重试；仍不行请把任务编号%(reference)s告诉管理员。") % {
        "reference": job.reference
    }


def _place(error: Exception) -> str:
    """What went wrong and where in the code: neither the message nor the values, which may be a person's."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {last.filename}:{last.lineno}"
