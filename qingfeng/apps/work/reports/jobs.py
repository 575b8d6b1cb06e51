"""Long work of the reports: a paper as PDF, for which LibreOffice takes seconds."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.jobs.registry import job
from qingfeng.apps.base.jobs.run import Run
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import NotThere
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.campaigns.visibility import visible_campaigns
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.kind import asked_for, built
from qingfeng.apps.work.reports.papers.printing import to_pdf
from qingfeng.apps.work.reports.papers.register import KINDS

KIND = "reports.paper_pdf"


def check_may_make(user: User, *, campaign: int, paper: str, **typed: str) -> None:
    """The same question as on the draft's page: reach and post may have changed since."""
    _asked(user, campaign, paper, typed)


@job(KIND, title=gettext_lazy("生成文稿PDF"), check=check_may_make)
def paper_pdf(run: Run, *, campaign: int, paper: str, **typed: str) -> None:
    """The paper as it is counted when the worker comes to it."""
    run.progress(0, 1, _("正在排版"))
    asked = _asked(run.by, campaign, paper, typed)
    made = built(KINDS[paper], asked)
    printed = to_pdf(made)
    path = run.folder / "paper.pdf"
    path.write_bytes(printed.pdf)
    run.progress(1, 1)
    run.finished(
        _("已生成“%(title)s”。") % {"title": made.title},
        href=reverse("reports:paper", args=[paper]),
        file=run.keep_file(path, f"{made.title}.pdf"),
    )


def _asked(user: User, campaign: int, kind: str, typed: dict[str, str]) -> Asked:
    found: Campaign | None = visible_campaigns(user).filter(pk=campaign).first()
    if found is None or kind not in KINDS:
        raise NotThere()
    return asked_for(KINDS[kind], user, found, **typed)
