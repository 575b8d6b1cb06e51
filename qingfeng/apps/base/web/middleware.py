"""Turns what actions answer into pages, so that views stay thin."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import sync_only_middleware

from qingfeng.apps.base.web.errors import BadInput, Conflict, NotThere, Refused


class _Refusals:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal is a page with its reason; what is out of reach is as if it were not there."""
        if isinstance(error, NotThere):
            raise Http404 from error
        if isinstance(error, Conflict):
            return render(request, "web/refused.html", {"reason": str(error)}, status=409)
        if isinstance(error, Refused):
            return render(request, "web/refused.html", {"reason": str(error)}, status=403)
        if isinstance(error, BadInput):
            context = {"reason": str(error), "places": error.places}
            return render(request, "web/bad_input.html", context, status=422)
        return None


refusals = sync_only_middleware(_Refusals)
