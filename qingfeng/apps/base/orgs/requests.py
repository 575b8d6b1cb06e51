"""The type of a request that has passed the sign-in check."""

from __future__ import annotations

from django.http import HttpRequest

from qingfeng.apps.base.orgs.models import User


class SignedInRequest(HttpRequest):
    """What views get: LoginRequiredMiddleware lets nobody else through. A type only, never made."""

    user: User  # type: ignore[assignment]
