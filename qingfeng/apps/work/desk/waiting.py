"""How many matters wait for the person: it stands on every page, so it is kept in the session for half a minute."""

from __future__ import annotations

import time

from django.http import HttpRequest

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.desk.matters import Matter, number_in_words
from qingfeng.apps.work.desk.sources import all_for

KEPT = "waiting"
FRESH_FOR = 30


def number_waiting(request: HttpRequest, user: User) -> str:
    """The number as kept, or counted again when it is older than that."""
    number, counted = request.session.get(KEPT, ("", 0.0))
    if number and time.time() - counted < FRESH_FOR:
        return str(number)
    return remember(request, all_for(user))


def remember(request: HttpRequest, found: list[Matter]) -> str:
    """Called by whoever has just gathered the matters."""
    number = number_in_words(found)
    before, counted = request.session.get(KEPT, ("", 0.0))
    if number != before or time.time() - counted >= FRESH_FOR:
        request.session[KEPT] = (number, time.time())
    return number
