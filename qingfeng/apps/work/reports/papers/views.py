"""Choosing a paper, its draft as on paper, its files, and the records behind a count."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from qingfeng.apps.base.jobs.actions import start
from qingfeng.apps.base.jobs.views import to_job
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import reach, units_of_today
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import NotThere, Refused
from qingfeng.apps.base.web.moves import why_not
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.views.downloads import attachment
from qingfeng.apps.work.problems.views.finding import campaign_of, user_of
from qingfeng.apps.work.reports.figures import LISTINGS
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.counting import Books
from qingfeng.apps.work.reports.papers.kind import Kind, asked_for, built
from qingfeng.apps.work.reports.papers.markdown import to_markdown
from qingfeng.apps.work.reports.papers.model import Paper
from qingfeng.apps.work.reports.papers.periods import NAMES, offered
from qingfeng.apps.work.reports.papers.printing import can_make_pdf, to_docx
from qingfeng.apps.work.reports.papers.register import KINDS
from qingfeng.apps.work.reports.papers.rows import rows_page
from qingfeng.apps.work.reports.papers.shown import on_paper
from qingfeng.apps.work.reports.papers.work_done import WORK_DONE
from qingfeng.apps.work.reports.publishing.permissions import check_can_submit
from qingfeng.apps.work.reports.publishing.visibility import sees_publications

FILES = ("docx", "md")
PDF_JOB = "reports.paper_pdf"
"""Done by the worker (`jobs.py`): LibreOffice takes seconds."""
SUBJECTS_OFFERED = 200
ANY_PERIOD = tuple(NAMES)


@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """The kinds of paper that this user may make."""
    user, campaign = user_of(request), campaign_of(request)
    kinds = [(kind, _reason_against(kind, user, campaign)) for kind in KINDS.values()]
    context = {"campaign": campaign, "kinds": kinds, "may_publish": sees_publications(user, campaign)}
    return render(request, "reports/papers.html", context)


@require_GET
def paper(request: HttpRequest, kind: str) -> HttpResponse:
    """The draft: as on paper, each figure opening its rows; or one of its files (`?file=docx|pdf|md`)."""
    user, campaign = user_of(request), campaign_of(request)
    chosen = _kind(kind)
    if chosen.subject and not request.GET.get("subject"):
        return render(request, "reports/paper_asked.html", _asking(chosen, user, campaign, None))
    asked = asked_for(chosen, user, campaign, **typed(request))
    made = built(chosen, asked)
    ending = request.GET.get("file", "")
    if ending == "pdf":
        about: dict[str, Any] = {"campaign": campaign.pk, "paper": kind, **typed(request)}
        return to_job(request, start(PDF_JOB, by=user, about=made.title, **about))
    if ending in FILES:
        return _file(made, ending)
    context = {
        **_asking(chosen, user, campaign, asked),
        "paper": made,
        "shown": on_paper(made),
        "figures": made.figures(),
        "gaps": made.gaps(),
        "query": request.GET.urlencode(),
        "can_make_pdf": can_make_pdf(),
        "may_publish": not why_not(check_can_submit, user, campaign),
    }
    return render(request, "reports/paper.html", context)


@require_GET
def paper_rows(request: HttpRequest, key: str) -> HttpResponse:
    """The records behind a count of what was done, with its rule."""
    user, campaign = user_of(request), campaign_of(request)
    any_kind = Kind("", "", "", build=_never, periods=ANY_PERIOD if request.GET.get("period") else ())
    asked = asked_for(
        any_kind, user, campaign, unit=request.GET.get("unit", ""), period=request.GET.get("period", "")
    )
    books = Books(asked)
    if key in WORK_DONE:
        figure = books.done(key)
    elif key in LISTINGS:
        figure = books.units_at_zero() if key == "units_at_zero" else books.done("inspections")
    else:
        raise Http404
    ledger = rows_page(request, asked, figure.rows, figure.whole_rule)
    return render(request, "reports/paper_rows.html", {"figure": figure, "ledger": ledger, "asked": asked})


def _never(asked: Asked) -> Paper:
    raise NotThere


def _kind(key: str) -> Kind:
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def drafted(request: HttpRequest, user: User, campaign: Campaign, kind: str) -> Paper | None:
    """The draft that the address asks for, for pages that go on from it; None when it does not say what about."""
    chosen = _kind(kind)
    if chosen.subject and not request.GET.get("subject"):
        return None
    return built(chosen, asked_for(chosen, user, campaign, **typed(request)))


def typed(request: HttpRequest) -> dict[str, str]:
    """What was asked for, as it stands in the address."""
    return {
        name: request.GET.get(name, "")
        for name in ("unit", "period", "subject", "approved_by", "number", "signatory")
    }


def _reason_against(kind: Kind, user: User, campaign: Campaign) -> str:
    """Why this user may not make it, or empty."""
    try:
        kind.check(user, campaign, campaign.root_unit if not kind.asks_unit else _highest(user, campaign))
    except Refused as refusal:
        return str(refusal)
    return ""


def _highest(user: User, campaign: Campaign) -> Any:
    own = units_of_today(user).filter(pk__in=reach(user))
    return own.filter(pk=campaign.root_unit_id).first() or own.first() or campaign.root_unit


def _asking(kind: Kind, user: User, campaign: Campaign, asked: Asked | None) -> dict[str, Any]:
    """What the kind asks, and what may be chosen."""
    day = clock.today()
    subjects = kind.subject.rows(user, campaign)[:SUBJECTS_OFFERED] if kind.subject else ()
    return {
        "kind": kind,
        "campaign": campaign,
        "asked": asked,
        "units": units_of_today(user).filter(pk__in=reach(user)) if kind.asks_unit else (),
        "periods": offered(campaign, kind.periods, day) if kind.periods else (),
        "subjects": [(str(getattr(row, kind.subject.key)), kind.subject.words(row)) for row in subjects]
        if kind.subject
        else (),
        "action": reverse("reports:paper", args=[kind.key]),
    }


def _file(made: Paper, ending: str) -> HttpResponse:
    """The paper as a file; Word is written by a process of its own."""
    name = f"{made.title}.{ending}"
    if ending == "md":
        return attachment(to_markdown(made).encode(), name, "text/markdown; charset=utf-8")
    return attachment(to_docx(made).docx, name, "docx")
