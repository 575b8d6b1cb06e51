"""Events of long work: who asked for what, and what came of it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.records.presenters.sentences import Details, Said, presents


@presents("job.started", gettext_lazy("发起了后台任务"))
def job_started(said: Said) -> Details:
    return said.details(about=_("内容"))


@presents("job.finished", gettext_lazy("完成了后台任务"))
def job_finished(said: Said) -> Details:
    return said.details(summary=_("结果"))


@presents("job.failed", gettext_lazy("没有完成后台任务"))
def job_failed(said: Said) -> Details:
    return said.details(reason=_("原因"))


@presents("job.cancelled", gettext_lazy("取消了后台任务"))
def job_cancelled(said: Said) -> Details:
    return []


@presents("job.retried", gettext_lazy("重试了后台任务"))
def job_retried(said: Said) -> Details:
    return []


@presents("job.cleared", gettext_lazy("保存期满，清除了后台任务的结果"))
def job_cleared(said: Said) -> Details:
    return []
