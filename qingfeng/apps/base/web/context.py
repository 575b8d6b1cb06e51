"""What the frame of every page shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from qingfeng.apps.base.web import clock, slots


def frame(request: HttpRequest) -> dict[str, Any]:
    """Today's business date, the menu entries this person may see, and the facts of the head."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"today": clock.today()}
    entries = [entry for filler in slots.menu for entry in filler(request)]
    facts = [fact for filler in slots.header_facts for fact in filler(request)]
    return {"today": clock.today(), "menu": entries, "header_facts": facts}
