"""A paper of the platform before the gate to the public, straight from its page: completed, printed, looked through."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from qingfeng.apps.base.documents.publishing.gate import Refusal
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.views.finding import campaign_of, user_of
from qingfeng.apps.work.reports.papers.filling import filled, without_blanks
from qingfeng.apps.work.reports.papers.model import Paper
from qingfeng.apps.work.reports.papers.printing import to_docx
from qingfeng.apps.work.reports.papers.views import drafted
from qingfeng.apps.work.reports.publishing import actions
from qingfeng.apps.work.reports.publishing.forms import PaperForm
from qingfeng.apps.work.reports.publishing.models import Publication
from qingfeng.apps.work.reports.publishing.permissions import check_can_submit
from qingfeng.apps.work.reports.publishing.views import names_offered, refused


@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def paper_public(request: HttpRequest, kind: str) -> HttpResponse:
    """The draft that the address asks for: kept when it passes the gate, else every place that stops it."""
    user, campaign = user_of(request), campaign_of(request)
    check_can_submit(user, campaign)
    draft = drafted(request, user, campaign, kind)
    if draft is None:
        return redirect("reports:paper", kind)
    posted = request.method == "POST"
    form = PaperForm(request.POST if posted else None, gaps=draft.gaps())
    context: dict[str, Any] = {
        "form": form,
        "paper": draft,
        "kind": kind,
        "query": request.GET.urlencode(),
        "names": names_offered(user),
    }
    if posted and form.is_valid():
        try:
            row = _submitted(draft, form, user, campaign)
        except (BadInput, Refused) as error:
            context["reason"] = str(error)
        except Refusal as refusal:
            context |= refused(refusal)
        else:
            messages.success(request, _("审查通过，已送另一名负责人批准；批准以前不公开。"))
            return redirect("reports:publication", row.reference)
    return render(request, "reports/publishing/paper_public.html", context, status=422 if posted else 200)


def _submitted(draft: Paper, form: PaperForm, user: User, campaign: Campaign) -> Publication:
    """The completed paper as Word, without the list of how its figures were counted."""
    typed = form.cleaned_data
    content = to_docx(without_blanks(filled(draft, form.words())), figure_list=False).docx
    return actions.submit(
        campaign=campaign,
        title=typed["title"] or draft.title,
        name=f"{draft.title}.docx",
        content=content,
        until=typed["until"],
        approved_names=typed["approved_names"],
        pictures_seen=typed["pictures_seen"],
        mask=typed["mask"],
        by=user,
    )
