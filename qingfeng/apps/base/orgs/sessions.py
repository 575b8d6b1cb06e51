"""Who is signed in, read with one query and written seldom."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
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


class _WholeSignIn:
    """Whoever is no longer signed in when htmx asks for a part of a page sees the page to sign in, not that in this."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.headers.get("HX-Request") or response.status_code != 302:
            return response
        sign_in = resolve_url(settings.LOGIN_URL)
        if urlsplit(response["Location"]).path != sign_in:
            return response
        back = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        return HttpResponse(status=204, headers={"HX-Redirect": f"{sign_in}?next={quote(back)}"})


whole_sign_in = sync_only_middleware(_WholeSignIn)
keep_alive = sync_only_middleware(_KeepAlive)
