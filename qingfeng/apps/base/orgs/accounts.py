"""Signing in and the holder's own password, on top of allauth. Nobody signs up: an administrator makes the accounts."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.core.internal import ratelimit
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.decorators import sync_only_middleware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs import actions
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import BadInput

HANDED_OUT = "must_change_password"
"""In the session of somebody who signed in with a password that another person handed out."""


class AccountAdapter(DefaultAccountAdapter):
    """Closes the sign-up door of allauth, says in words how long to wait, and writes passwords by our own action."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy("账号或密码不正确。连续五次不正确，须等五分钟再试。"),
        "enter_current_password": gettext_lazy("现在的密码不正确。"),
        "account_inactive": gettext_lazy("这个账号已停用，请联系系统管理员。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            seconds = seconds_to_wait(request, self._get_login_attempts_cache_key(request, **credentials))
            words = _("登录失败次数过多。请等%(seconds)d秒后再试；忘记密码的，请联系系统管理员。")
            raise ValidationError(words % {"seconds": seconds}, code=error.code) from error

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        if user.must_change_password:
            request.session[HANDED_OUT] = True
        return super().post_login(request, user, **how)

    def set_password(self, user: User, password: str) -> None:
        try:
            actions.change_own_password(user=user, password=password)
        except BadInput as error:
            raise ValidationError(str(error)) from error
        self.request.session.pop(HANDED_OUT, None)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Only our own words: signing in and out need none."""


def seconds_to_wait(request: HttpRequest, key: str) -> int:
    """How long until the next try is allowed, from the history that allauth keeps (its version is pinned)."""
    waits = [1.0]
    for rate in ratelimit.get_rates(app="allauth.account", action="login_failed"):
        place = ratelimit.get_cache_key(
            request, app="allauth.account", action="login_failed", rate=rate, key=key
        )
        history = cache.get(place, [])
        if len(history) >= rate.amount:
            waits.append(history[-1] + rate.duration - time.time())
    return math.ceil(max(waits))


class SignInForm(LoginForm):
    """Account and password, in the words of the office."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("账号")
        self.fields["login"].error_messages["required"] = _("请填写账号。")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].label = _("密码")
        self.fields["password"].error_messages["required"] = _("请填写密码。")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}


class OwnPasswordForm(ChangePasswordForm):
    """The present password once, the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"oldpassword": _("现在的密码"), "password1": _("新密码"), "password2": _("再填一遍新密码")}
        for name, label in labels.items():
            field: forms.Field = self.fields[name]
            field.label = label
            field.error_messages["required"] = _("请填写%(label)s。") % {"label": label}
            if name == "password2":
                field.error_messages["required"] = _("请把新密码再填一遍。")
            field.widget.attrs.pop("placeholder", None)
        self.fields["oldpassword"].help_text = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("password1") and cleaned["password1"] == cleaned.get("oldpassword"):
            self.add_error("password1", _("新密码不能与现在的相同。"))
        return cleaned


class _FirstPassword:
    """Whoever signed in with a handed-out password sets an own one before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.get(HANDED_OUT) and request.user.is_authenticated:
            allowed = {
                reverse(name) for name in ("account_change_password", "account_logout", "web:language")
            }
            if request.path not in allowed:
                return _led_to_own_password(request)
        return self.get_response(request)


def _led_to_own_password(request: HttpRequest) -> HttpResponse:
    """A part of a page that htmx asks for stays as it is: the whole page swapped into its own frame would ask again."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return redirect("account_change_password")


first_password = sync_only_middleware(_FirstPassword)
