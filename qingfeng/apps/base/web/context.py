"""What the frame of every page shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from qingfeng.apps.base.web import clock, slots
from qingfeng.apps.base.web.frame import HeaderFact, MenuEntry, mark_here


def frame(request: HttpRequest) -> dict[str, Any]:
    """Today's business date, the menu entries this person may see, and the facts of the head.

    Both lists are made only when a template asks: fragments for htmx cost nothing here.
    """
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"today": clock.today(), "is_demo": settings.IS_DEMO}
    return {
        "today": clock.today(),
        "menu": SimpleLazyObject(lambda: _menu(request)),
        "header_facts": SimpleLazyObject(lambda: _facts(request)),
    }


def _menu(request: HttpRequest) -> list[MenuEntry]:
    return mark_here((entry for filler in slots.menu for entry in filler(request)), request.path)


def _facts(request: HttpRequest) -> dict[str, list[HeaderFact]]:
    facts: dict[str, list[HeaderFact]] = {
        "campaign": [],
        "work": [],
        "search": [],
        "waiting": [],
        "person": [],
    }
    for filler in slots.header_facts:
        for fact in filler(request):
            facts[fact.place].append(fact)
    return facts
