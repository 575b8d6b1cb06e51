"""Pages that belong to no ledger."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingfeng.apps.base.web import showcase
from qingfeng.apps.base.web.handbook import PAGES, handbook_page
from qingfeng.apps.base.web.ledgers import ledger_page


@require_http_methods(["GET", "HEAD", "POST"])
def components(request: HttpRequest) -> HttpResponse:
    """Each component once, with made-up content: for those who build pages and those who judge them."""
    context = showcase.everything(request)
    return ledger_page(request, context["ledger"], "web/components.html", context)


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """The handbook: how each role does the work of the day. Opened bare, the page that all share."""
    asked = request.GET.get("page", "")
    shown = handbook_page(asked if asked in PAGES else PAGES[0])
    tabs = [(_tab(name), f"{request.path}?page={name}", name == shown.name) for name in PAGES]
    return render(request, "web/help.html", {"page": shown, "tabs": tabs})


def _tab(name: str) -> str:
    return _("怎样看") if name == PAGES[0] else handbook_page(name).title


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or came from elsewhere; what was typed is still behind the back button."""
    return render(request, "web/form_expired.html", status=403)
