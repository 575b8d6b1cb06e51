"""Who may begin, cancel and try again: the owner, within measure."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingfeng.apps.base.jobs import terms
from qingfeng.apps.base.jobs.models import OPEN, Job, JobState
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import NotThere, Refused


def check_is_owner(user: User, job: Job) -> None:
    """For everybody else it does not exist."""
    if job.owner_id != user.pk:
        raise NotThere()


def check_can_start(user: User) -> None:
    """One person does not fill the queue of all."""
    if Job.objects.filter(owner=user, state__in=OPEN).count() >= terms.MOST_OPEN:
        raise Refused(
            _("您已有%(most)d项后台任务没有结束，请等其中一项结束或取消一项再办。")
            % {"most": terms.MOST_OPEN}
        )


def check_can_cancel(user: User, job: Job) -> None:
    """Until it has ended, once."""
    check_is_owner(user, job)
    if not job.is_open:
        raise Refused(_("这项任务已经结束。"))
    if job.cancel_asked_at:
        raise Refused(_("已要求取消，做完手上这一批就停。"))


def check_can_retry(user: User, job: Job) -> None:
    """What failed, as long as it is known what was asked for."""
    check_is_owner(user, job)
    if job.state != JobState.FAILED:
        raise Refused(_("只有未完成的任务可以重试。"))
    if job.cleared_at:
        raise Refused(_("保存期已过，请重新发起。"))
