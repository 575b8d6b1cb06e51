"""Who is signed in, read with one query and written seldom."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_only_middleware

from qingfeng.apps.base.orgs.models import User

SEEN = "seen"
EVERY = 120
"""Seconds after which a click is written down again; a session may end so much earlier than its full age."""


class SignedIn(AuthenticationBackend):
    """As allauth's, with the person behind the account: every page shows the name."""

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).select_related("person").first()


class _KeepAlive:
    """A click prolongs the session. Reading pages does not write to the database each time: writers would wait."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and time.time() - request.session.get(SEEN, 0.0) > EVERY:
            request.session[SEEN] = time.time()
        return self.get_response(request)


keep_alive = sync_only_middleware(_KeepAlive)
