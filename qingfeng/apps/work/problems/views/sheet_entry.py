"""A new inspection sheet, entered like the paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import actions, offers
from qingfeng.apps.work.problems.views.drafts import find, offered
from qingfeng.apps.work.problems.views.entered import Entered
from qingfeng.apps.work.problems.views.finding import campaign_of, user_of


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_new(request: HttpRequest) -> HttpResponse:
    """Several problems and suggestions on one sheet, filed once however often it is sent."""
    user, campaign = user_of(request), campaign_of(request)
    check_files_at_all(user)
    data = request.POST if request.method == "POST" else None
    draft = find(user, campaign, request.GET.get("draft", ""))
    entry = Entered.read(user, campaign, data, draft, unit=request.GET.get("unit", ""))
    reason = ""
    if data is not None and entry.is_valid():
        try:
            return _filed(request, entry.file(request))
        except (BadInput, Refused) as error:
            reason = str(error)
    context = {
        "entry": entry,
        "form": entry.form,
        "problems": entry.problems,
        "suggestions": entry.suggestions,
        "reason": reason,
        "people": offers.people(offers.inspected_units(user)),
        "added_units": offers.added_units(user, campaign),
        "campaign": campaign,
        "draft": draft,
        "draft_version": draft.version if draft else request.POST.get("draft_version", 0),
        "drafts": [] if data or draft else offered(user, campaign),
        "days": offers.day_offers(campaign, entry.form.last.term),
    }
    return render(request, "problems/sheet_new.html", context, status=200 if data is None else 422)


def check_files_at_all(user: User) -> None:
    if not offers.bodies(user):
        raise Refused(_("您的职务不能填报检查台账；由单位经办人、负责人或检查组填报。"))


def _filed(request: HttpRequest, filed: actions.FiledSheet) -> HttpResponse:
    if filed.again:
        messages.info(request, _("这张台账刚才已经填报，没有重复登记。"))
    else:
        messages.success(request, filed_words(filed.sheet))
    return redirect("problems:sheet", filed.sheet.reference)


def filed_words(sheet: Sheet) -> str:
    """What happened and what comes next."""
    words = _("已填报%(number)s。问题已列入问题台账，由整改责任人按时限整改。") % {
        "number": sheet.full_number
    }
    return words + (_("这是代填，请由被代填单位确认。") if sheet.on_behalf else "")
