"""Pages that belong to no ledger."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from qingfeng.apps.base.web import showcase
from qingfeng.apps.base.web.ledgers import ledger_page


@require_http_methods(["GET", "HEAD", "POST"])
def components(request: HttpRequest) -> HttpResponse:
    """Each component once, with made-up content: for those who build pages and those who judge them."""
    context = showcase.everything(request)
    return ledger_page(request, context["ledger"], "web/components.html", context)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or came from elsewhere; what was typed is still behind the back button."""
    return render(request, "web/form_expired.html", status=403)
