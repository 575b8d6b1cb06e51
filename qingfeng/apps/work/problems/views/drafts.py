"""Saving, taking up and throwing away drafts of entry pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import BadInput, Conflict, NotThere, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions, drafts, offers
from qingfeng.apps.work.problems.models import DraftKind, EntryDraft
from qingfeng.apps.work.problems.views.finding import campaign_of, user_of

PAGES = {DraftKind.SHEET: "problems:sheet_new", DraftKind.PROBLEM: "problems:register"}


@require_POST
def draft_save(request: HttpRequest, kind: str) -> HttpResponse:
    """Called by the page while one types; answers the time of saving, or the sentence why not."""
    user, campaign = user_of(request), campaign_of(request)
    if not offers.bodies(user) or kind not in DraftKind:
        raise NotThere()
    version = request.POST.get("draft_version", "")
    content = drafts.content_of(request.POST)
    try:
        saved = actions.save_draft(
            campaign=campaign,
            kind=kind,
            key=request.POST.get("token", ""),
            title=drafts.title_of(content),
            content=content,
            version=int(version) if version.isdecimal() else 0,
            by=user,
        )
    except Conflict as refusal:
        return JsonResponse({"reason": str(refusal), "stop": True}, status=409)
    except (BadInput, Refused) as refusal:
        return JsonResponse({"reason": str(refusal)}, status=422)
    at = timezone.localtime(saved.saved_at).strftime("%H:%M")
    return JsonResponse({"version": saved.version, "words": _("已保存草稿 %(at)s") % {"at": at}})


@require_GET
def draft_list(request: HttpRequest) -> HttpResponse:
    """The user's own drafts; nobody else sees them."""
    user, campaign = user_of(request), campaign_of(request)
    return render(request, "problems/drafts.html", {"drafts": offered(user, campaign)})


@require_POST
def draft_discard(request: HttpRequest, key: str) -> HttpResponse:
    """One draft is thrown away."""
    user, campaign = user_of(request), campaign_of(request)
    draft = find(user, campaign, key)
    if draft is None:
        raise NotThere()
    actions.discard_draft(draft=draft, by=user)
    messages.success(request, _("已删除草稿“%(title)s”。") % {"title": draft.title})
    return redirect("problems:drafts")


def find(user: User, campaign: Campaign, key: str) -> EntryDraft | None:
    """The user's own draft under this key."""
    return offers.drafts_of(user, campaign).filter(key=key).first() if key else None


def address_of(draft: EntryDraft) -> str:
    """Where the draft is taken up again."""
    return f"{reverse(PAGES[DraftKind(draft.kind)])}?draft={draft.key}"


def offered(user: User, campaign: Campaign) -> list[tuple[EntryDraft, str]]:
    """Each with the address at which it is taken up again."""
    return [(draft, address_of(draft)) for draft in offers.drafts_of(user, campaign)]
