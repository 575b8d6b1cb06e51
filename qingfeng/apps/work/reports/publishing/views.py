"""The ledger of publications, putting a file before the gate, and what a second person does with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.apps.base.documents.publishing.gate import ACCEPTED, MOST_TOLD, Refusal
from qingfeng.apps.base.jobs.actions import start
from qingfeng.apps.base.jobs.views import to_job
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import visible_people
from qingfeng.apps.base.records import files
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, View, ledger_page
from qingfeng.apps.base.web.marks import Mark
from qingfeng.apps.base.web.moves import why_not
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.views.downloads import attachment
from qingfeng.apps.work.problems.views.finding import campaign_of, user_of
from qingfeng.apps.work.problems.views.uploads import content_of
from qingfeng.apps.work.reports.publishing import actions
from qingfeng.apps.work.reports.publishing.forms import PublicationForm
from qingfeng.apps.work.reports.publishing.models import Publication, PublicationState
from qingfeng.apps.work.reports.publishing.permissions import (
    check_can_decide,
    check_can_download,
    check_can_make_pdf,
    check_can_submit,
    check_can_take_down,
)
from qingfeng.apps.work.reports.publishing.visibility import sees_publications, visible_publications

NAMES_OFFERED = 500
PDF_JOB = "reports.publication_pdf"
"""Done by the worker (`reports/jobs.py`)."""
TONES = {
    PublicationState.SUBMITTED: "waiting",
    PublicationState.RELEASED: "active",
    PublicationState.RETURNED: "late",
}


@require_GET
def publications(request: HttpRequest) -> HttpResponse:
    """What hangs in public, what waits, and what was taken down; a ledger of the office."""
    user, campaign = user_of(request), campaign_of(request)
    if not sees_publications(user, campaign):
        raise Refused(_("公开稿由%(office)s送审和保存。") % {"office": campaign.office})
    rows = visible_publications(user).filter(campaign=campaign).select_related("decided_by__person")
    ledger = Ledger(
        request,
        rows,
        _columns(),
        filters=[Filter("q", _("查找"), "title__icontains", kind="text")],
        views=_views(),
        ordering=("-pk",),
        rule=_("经公开审查送审的文件；到期指公开截止已过、还没有确认撤下。"),
        title=_("公开稿台账"),
    )
    return ledger_page(
        request,
        ledger,
        "reports/publishing/publications.html",
        {"may_submit": not why_not(check_can_submit, user, campaign)},
    )


def mark_of(row: Publication) -> Mark:
    """Its state; past its end it says so until somebody confirms that it was taken down."""
    if row.state == PublicationState.RELEASED and row.until < clock.today():
        return Mark(_("到期待撤下"), "late")
    return Mark(str(PublicationState(row.state).label), TONES.get(row.state, "neutral"))  # type: ignore[call-overload, arg-type]


def _columns() -> list[Column]:
    return [
        Column(
            "title",
            _("标题"),
            "title",
            "long",
            href=lambda row: reverse("reports:publication", args=[row.reference]),
        ),
        Column("state", _("状态"), mark_of, "state", sort="state"),
        Column("until", _("公开截止"), "until", "date", sort="until"),
        Column("submitted_by", _("送审人"), lambda row: str(row.submitted_by)),
        Column("decided_by", _("批准人"), lambda row: str(row.decided_by or "")),
        Column("names", _("获准姓名（个）"), lambda row: len(row.names), "number", shown=False),
        Column("file", _("文件"), "file__name", shown=False),
    ]


def _views() -> list[View]:
    day = clock.today()
    return [
        View("all", _("全部")),
        View("waiting", _("待批准"), lambda rows: rows.filter(state=PublicationState.SUBMITTED)),
        View("public", _("公开中"), lambda rows: rows.public(day)),  # type: ignore[attr-defined]
        View("ended", _("到期待撤下"), lambda rows: rows.ended(day)),  # type: ignore[attr-defined]
        View("taken_down", _("已撤下"), lambda rows: rows.filter(state=PublicationState.TAKEN_DOWN)),
    ]


@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def publication_new(request: HttpRequest) -> HttpResponse:
    """A file before the gate: kept when it passes, else every place that stops it."""
    user, campaign = user_of(request), campaign_of(request)
    check_can_submit(user, campaign)
    posted = request.method == "POST"
    form = PublicationForm(request.POST if posted else None, request.FILES if posted else None)
    context: dict[str, Any] = {"form": form, "accept": ",".join(ACCEPTED), "names": names_offered(user)}
    if posted and form.is_valid():
        try:
            row = _submitted(form, user, campaign)
        except (BadInput, Refused) as error:
            context["reason"] = str(error)
        except Refusal as refusal:
            context |= refused(refusal)
        else:
            messages.success(request, _("审查通过，已送另一名负责人批准；批准以前不公开。"))
            return redirect("reports:publication", row.reference)
    return render(request, "reports/publishing/publication_new.html", context, status=422 if posted else 200)


def _submitted(form: PublicationForm, user: User, campaign: Campaign) -> Publication:
    typed = form.cleaned_data
    return actions.submit(
        campaign=campaign,
        title=typed["title"],
        name=typed["file"].name,
        content=content_of(typed["file"]),
        until=typed["until"],
        approved_names=typed["approved_names"],
        pictures_seen=typed["pictures_seen"],
        mask=typed["mask"],
        by=user,
    )


def refused(refusal: Refusal) -> dict[str, Any]:
    """The places for the page; the reader is told how many there are in all."""
    return {"faults": refusal.faults[:MOST_TOLD], "fault_count": len(refusal.faults), "most_told": MOST_TOLD}


def names_offered(user: User) -> list[str]:
    """Whom the user may name, to choose from."""
    people = visible_people(user).order_by("name").values_list("name", flat=True)
    return list(people.distinct()[:NAMES_OFFERED])


@require_GET
def publication(request: HttpRequest, reference: str) -> HttpResponse:
    """One publication: whose names it may say, who let it out, until when."""
    user = user_of(request)
    return _page(request, user, _the_publication(user, reference))


def _page(request: HttpRequest, user: User, row: Publication, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "row": row,
        "mark": mark_of(row),
        "is_ended": row.until < clock.today(),
        "why_not_decide": why_not(check_can_decide, user, row),
        "why_not_take_down": why_not(check_can_take_down, user, row),
        "why_not_download": why_not(check_can_download, user, row),
        "may_make_pdf": not why_not(check_can_make_pdf, user, row),
        "entries": entries(timeline(row)),
        "states": PublicationState,
        **more,
    }
    return render(request, "reports/publishing/publication.html", context, status=status)


@require_GET
def publication_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The very bytes that were looked through."""
    user = user_of(request)
    row = _the_publication(user, reference)
    check_can_download(user, row)
    return attachment(files.content_of(row.file), row.file.name)


@require_POST
def publication_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """Made by the worker from the very bytes that are public: LibreOffice takes seconds."""
    user = user_of(request)
    row = _the_publication(user, reference)
    check_can_make_pdf(user, row)
    return to_job(request, start(PDF_JOB, by=user, about=row.title, publication=row.reference))


@require_POST
def publication_move(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Approved, sent back, or taken down."""
    user = user_of(request)
    row = _the_publication(user, reference)
    if verb not in _MOVES:
        raise Http404
    move, said = _MOVES[verb]
    try:
        move(publication=row, by=user, note=request.POST.get("reason", ""))
    except Refusal as refusal:
        return _page(request, user, row, status=422, **refused(refusal))
    messages.success(request, str(said) % {"title": row.title})
    return redirect("reports:publication", reference)


_MOVES: dict[str, tuple[Any, Any]] = {
    "approve": (actions.approve, gettext_lazy("“%(title)s”已批准公开。")),
    "send-back": (actions.send_back, gettext_lazy("“%(title)s”已退回。")),
    "take-down": (actions.take_down, gettext_lazy("“%(title)s”已登记撤下。")),
}


def _the_publication(user: User, reference: str) -> Publication:
    row = visible_publications(user).select_related("decided_by__person", "taken_down_by__person")
    found = row.filter(reference=reference).first()
    if found is None:
        raise NotThere()
    return found
