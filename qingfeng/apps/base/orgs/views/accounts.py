"""Accounts, for the administrator alone: open, hand out a first password, lock and unlock."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from qingfeng.apps.base.orgs import actions
from qingfeng.apps.base.orgs.forms import AccountForm
from qingfeng.apps.base.orgs.models import Appointment, Person, User
from qingfeng.apps.base.orgs.queries import with_first_password, without_first_password
from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.orgs.views.entering import Entry, data_of
from qingfeng.apps.base.orgs.views.fetching import account_of, administrators_only, one
from qingfeng.apps.base.orgs.views.units import GET_OR_POST
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, View, ledger_page
from qingfeng.apps.base.web.marks import Mark

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on a slip of paper."""


def account_mark(user: User) -> Mark:
    """In use, waiting for its holder to set an own password, or locked."""
    if not user.is_active:
        return Mark(_("已停用"), "late")
    if not user.has_usable_password():
        return Mark(_("待发初始密码"), "waiting")
    if user.must_change_password:
        return Mark(_("待改初始密码"), "waiting")
    return Mark(_("启用"), "done")


@require_GET
def accounts(request: SignedInRequest) -> HttpResponse:
    """All accounts. For anybody else there is no such page."""
    administrators_only(request.user)
    holders = Appointment.objects.on(clock.today()).values("person_id")
    without = Person.objects.exclude(pk__in=User.objects.values("person")).filter(pk__in=holders)
    context = {"without": without.order_by("staff_no")[:50]}
    return ledger_page(request, _ledger(request, holders), "orgs/accounts.html", context)


def _ledger(request: SignedInRequest, holders: Any) -> Ledger:
    """One query more than a ledger has: the posts of the holders on the page."""
    return Ledger(
        request,
        User.objects.select_related("person"),
        [
            Column(
                "username",
                _("账号"),
                href=lambda user: reverse("orgs:person", args=[user.person.staff_no]),
                sort="username",
            ),
            Column("name", _("姓名"), "person__name", sort="person__name"),
            Column("staff_no", _("工号"), "person__staff_no", sort="person__staff_no"),
            Column("posts", _("现任职务"), "posts_in_words", "long"),
            Column("state", _("状态"), account_mark, "state"),
            Column("seen", _("最近登录"), "last_login", "moment", sort="last_login", shown=False),
        ],
        filters=[
            Filter(
                "q",
                _("账号、姓名或工号"),
                ("username__contains", "person__name__contains", "person__staff_no__startswith"),
                kind="text",
            )
        ],
        views=[
            View("all", _("全部")),
            View("waiting", _("待发初始密码"), without_first_password),
            View("first", _("待改初始密码"), with_first_password),
            View("locked", _("已停用"), lambda rows: rows.filter(is_active=False)),
            View("idle", _("无任职"), lambda rows: rows.exclude(person_id__in=holders)),
        ],
        ordering=("username",),
        rule=_("全部账号；职务按今日任职计。"),
        name="accounts",
        title=_("账号台账"),
        prepare=_with_posts,
    )


def _with_posts(users: list[Any]) -> None:
    """Posts of today, for the holders of these accounts."""
    posts: dict[int, list[str]] = {}
    running = Appointment.objects.on(clock.today()).filter(person__in=[user.person_id for user in users])
    for row in running.select_related("post__unit", "post__group"):
        posts.setdefault(row.person_id, []).append(str(row.post))
    for user in users:
        user.posts_in_words = "；".join(posts.get(user.person_id, []))


@GET_OR_POST
@never_cache
def account_new(request: SignedInRequest, staff_no: str) -> HttpResponse:
    """An account for a person, with a first password that is shown once."""
    administrators_only(request.user)
    person = one(Person.objects.all(), staff_no=staff_no)
    form = AccountForm(**data_of(request), initial={"username": staff_no})
    if request.method == "POST" and form.is_valid():
        password = first_password()
        try:
            user = actions.create_account(
                person=person, username=form.cleaned_data["username"], password=password, by=request.user
            )
        except BadInput as error:
            form.add_error("username", str(error))
        else:
            return _handed_out(request, user, password)
    entry = Entry(
        _("开设账号"),
        reverse("orgs:person", args=[staff_no]),
        person.name,
        _("开设并生成初始密码"),
        _("初始密码只显示一次，本人首次登录后必须改掉。"),
    )
    return render(
        request, "orgs/entry.html", {"form": form, "entry": entry}, status=422 if form.is_bound else 200
    )


@require_POST
@never_cache
@sensitive_post_parameters()
def account_reset(request: SignedInRequest, staff_no: str) -> HttpResponse:
    """A new first password, shown once; open sessions end."""
    user, password = account_of(request.user, staff_no), first_password()
    actions.reset_password(user=user, password=password, by=request.user)
    return _handed_out(request, user, password)


@require_POST
def account_lock(request: SignedInRequest, staff_no: str) -> HttpResponse:
    return _set_active(request, staff_no, active=False)


@require_POST
def account_unlock(request: SignedInRequest, staff_no: str) -> HttpResponse:
    return _set_active(request, staff_no, active=True)


def _set_active(request: SignedInRequest, staff_no: str, *, active: bool) -> HttpResponse:
    user = account_of(request.user, staff_no)
    actions.set_account_active(user=user, active=active, by=request.user)
    words = _("账号“%(name)s”已启用。") if active else _("账号“%(name)s”已停用，已登录的会话同时结束。")
    messages.success(request, words % {"name": user.username})
    return redirect("orgs:person", staff_no=staff_no)


@sensitive_variables("password", "context")
def _handed_out(request: SignedInRequest, user: User, password: str) -> HttpResponse:
    """Shown once, kept nowhere: not in a message, not in the session."""
    context: dict[str, Any] = {"account": user, "password": password}
    return render(request, "orgs/first_password.html", context)


def first_password() -> str:
    """Twelve letters and figures in three groups: easy to read out, hard to guess."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(3))
