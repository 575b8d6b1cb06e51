"""Tokens that keep a form from being filed twice: by a second click, by the back button, by a reload."""

from __future__ import annotations

import secrets

from django.http import HttpRequest

_KEY = "used_form_tokens"
_KEPT = 60


def new_token() -> str:
    return secrets.token_urlsafe(12)


def filed_before(request: HttpRequest, token: str) -> str:
    """The address of what this token filed already; empty when it is new."""
    used: dict[str, str] = request.session.get(_KEY, {})
    return used.get(token, "")


def remember(request: HttpRequest, token: str, address: str) -> None:
    """The token is spent; the latest ones are kept with the session."""
    used: dict[str, str] = {**request.session.get(_KEY, {}), token: address}
    request.session[_KEY] = dict(list(used.items())[-_KEPT:])
