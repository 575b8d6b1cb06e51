"""How many matters wait for the person: it stands on every page, so it is kept in the session.

After half a minute a page shows the number as kept and asks for it anew when it is there: gathering the matters takes
as many queries as the desk, which no other page should wait for.
"""

from __future__ import annotations

import time

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.frame import HeaderFact
from qingfeng.apps.work.desk.matters import Matter, number_in_words
from qingfeng.apps.work.desk.sources import all_for

KEPT = "waiting"
FRESH_FOR = 30


def number_waiting(request: HttpRequest) -> tuple[str, bool]:
    """The number as kept, empty when there is none yet, and whether it still holds. No query: it stands on every page."""
    number, counted = request.session.get(KEPT, ("", 0.0))
    return str(number), bool(number) and time.time() - counted < FRESH_FOR


def count_anew(request: HttpRequest, user: User) -> str:
    """Asked by a page that shows an old number, once it is shown."""
    number, holds = number_waiting(request)
    return number if holds else remember(request, all_for(user))


def fact_of(number: str, refresh: str = "") -> HeaderFact | None:
    """The fact of the head that opens the desk; none when nothing waits."""
    if number == "0" and not refresh:
        return None
    shown = "" if number == "0" else number
    return HeaderFact("waiting", shown, _("待办"), reverse("desk:today"), refresh=refresh)


def remember(request: HttpRequest, found: list[Matter]) -> str:
    """Called by whoever has just gathered the matters."""
    number = number_in_words(found)
    before, counted = request.session.get(KEPT, ("", 0.0))
    if number != before or time.time() - counted >= FRESH_FOR:
        request.session[KEPT] = (number, time.time())
    return number
