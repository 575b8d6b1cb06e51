"""Long work of the reports: a paper or a public text as PDF, for which LibreOffice takes seconds."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.documents.publishing.gate import Refusal
from qingfeng.apps.base.jobs.registry import job
from qingfeng.apps.base.jobs.run import Run
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import BadInput, NotThere
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.campaigns.visibility import visible_campaigns
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.kind import asked_for, built
from qingfeng.apps.work.reports.papers.printing import to_pdf
from qingfeng.apps.work.reports.papers.register import KINDS
from qingfeng.apps.work.reports.publishing import actions
from qingfeng.apps.work.reports.publishing.models import PDF_JOB, Publication
from qingfeng.apps.work.reports.publishing.permissions import check_can_make_pdf
from qingfeng.apps.work.reports.publishing.visibility import visible_publications

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


def check_may_make_public(user: User, *, publication: str) -> None:
    """As on its page: it may have been taken down since."""
    check_can_make_pdf(user, _publication(user, publication))


@job(PDF_JOB, title=gettext_lazy("生成公开稿PDF"), check=check_may_make_public)
def publication_pdf(run: Run, *, publication: str) -> None:
    """From the very bytes that are public."""
    run.progress(0, 1, _("正在排版"))
    row = _publication(run.by, publication)
    try:
        content = actions.as_pdf(publication=row, by=run.by)
    except Refusal as refusal:
        raise BadInput(str(refusal)) from refusal
    path = run.folder / "publication.pdf"
    path.write_bytes(content)
    run.progress(1, 1)
    run.finished(
        _("已生成“%(title)s”。") % {"title": row.title},
        href=reverse("reports:publication", args=[row.reference]),
        file=run.keep_file(path, f"{row.file.name.rpartition('.')[0]}.pdf"),
    )


def _publication(user: User, reference: str) -> Publication:
    found: Publication | None = visible_publications(user).filter(reference=reference).first()
    if found is None:
        raise NotThere()
    return found
