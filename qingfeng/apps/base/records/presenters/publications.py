"""Events of what is made public: put before the gate, let out by a second person, taken down."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.records.presenters.sentences import Details, Said, presents


@presents("publication.submitted", gettext_lazy("审查通过，送批公开稿"))
def publication_submitted(said: Said) -> Details:
    return said.details(until=_("公开截止"), names=_("获准姓名（个）"))


@presents("publication.released", gettext_lazy("批准公开"), tone="active")
def publication_released(said: Said) -> Details:
    return said.details(until=_("公开截止"), decision_note=_("意见"))


@presents("publication.returned", gettext_lazy("退回了公开稿"), tone="late")
def publication_returned(said: Said) -> Details:
    return said.details(decision_note=_("理由"))


@presents("publication.taken_down", gettext_lazy("登记撤下公开稿"), tone="done")
def publication_taken_down(said: Said) -> Details:
    return said.details(taken_down_note=_("说明"))


@presents("publication.pdf_made", gettext_lazy("由公开稿生成PDF"))
def publication_pdf_made(said: Said) -> Details:
    return said.details(sha256=_("文件摘要"))
