"""Pages that belong to no ledger."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qingfeng.apps.base.web import showcase


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Each component once, with made-up content: for those who build pages and those who judge them."""
    return render(request, "web/components.html", showcase.everything(request))


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or came from elsewhere; what was typed is still behind the back button."""
    return render(request, "web/form_expired.html", status=403)
