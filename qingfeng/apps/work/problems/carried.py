"""The list that a reader came from travels along in the address, so that the way back and the neighbours are known."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

CARRIED = "list"
_PLACES = ("before", "after", "export", "bulk", "row", "done")
_LONGEST = 1500


def listed_by(request: HttpRequest) -> str:
    """The query of the ledger that is open, without its page: what its records carry along."""
    return _without_places(request.GET.urlencode())


def came_from(request: HttpRequest) -> str:
    """The query of the ledger from which the reader came; empty for the plain ledger."""
    return _without_places(request.GET.get(CARRIED, ""))


def _without_places(query: str) -> str:
    asked = QueryDict(query[:_LONGEST]).copy()
    for name in _PLACES:
        asked.pop(name, None)
    return asked.urlencode()


def carrying(address: str, listed: str, **more: str) -> str:
    """An address that carries the list along."""
    query = urlencode({**more, **({CARRIED: listed} if listed else {})})
    return f"{address}?{query}" if query else address


def ledger_address(listed: str, page: str = "problems:list") -> str:
    """Back to the ledger as it was."""
    address = reverse(page)
    return f"{address}?{listed}" if listed else address
