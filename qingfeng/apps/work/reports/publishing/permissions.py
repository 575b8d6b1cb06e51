"""Who submits, approves, takes down and reads a publication. Nobody approves what they submitted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import reaches
from qingfeng.apps.base.records.models import FileKind
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.reports.papers.printing import can_make_pdf
from qingfeng.apps.work.reports.publishing.models import Publication, PublicationState

S = PublicationState


def check_can_submit(user: User, campaign: Campaign) -> None:
    """What goes to the public goes out in the campaign office's name."""
    if not reaches(user, campaign.root_unit, {Role.OFFICE}):
        raise Refused(_("公开稿由%(office)s送审。") % {"office": campaign.office})


def check_can_decide(user: User, publication: Publication) -> None:
    """A second person: a leader or another one of the office."""
    if publication.state != S.SUBMITTED:
        raise Refused(_("这份公开稿不在待批准状态。"))
    if not reaches(user, publication.campaign.root_unit, {Role.OFFICE, Role.LEADER}):
        raise Refused(_("公开稿由领导或专治办负责人批准。"))
    if publication.submitted_by_id == user.pk or publication.submitted_by.person_id == user.person_id:
        raise Refused(_("送审人不能批准自己送的公开稿，请另一名负责人批准。"))


def check_can_take_down(user: User, publication: Publication) -> None:
    """The office, before the end or after it."""
    if publication.state != S.RELEASED:
        raise Refused(_("这份公开稿没有在公开。"))
    if not reaches(user, publication.campaign.root_unit, {Role.OFFICE}):
        raise Refused(_("公开稿由专治办撤下。"))


def check_can_download(user: User, publication: Publication) -> None:
    """While it is on its way or public; afterwards the office only, as evidence of what hung there."""
    if publication.state == S.SUBMITTED or publication.is_public(clock.today()):
        return
    if not reaches(user, publication.campaign.root_unit, {Role.OFFICE}):
        raise Refused(_("这份公开稿已撤下或到期，不再提供下载；需要留证的请找专治办。"))


def check_can_make_pdf(user: User, publication: Publication) -> None:
    """Of a Word file that is public; nothing else is what hangs there."""
    if not publication.is_public(clock.today()):
        raise Refused(_("批准后、公开期内才能生成PDF。"))
    if publication.file.kind != FileKind.DOCX:
        raise Refused(_("只有Word公开稿能生成PDF。"))
    if not can_make_pdf():
        raise Refused(_("本机没有安装LibreOffice，不能生成PDF；请下载Word文件，用WPS或Word另存为PDF。"))
    check_can_download(user, publication)
