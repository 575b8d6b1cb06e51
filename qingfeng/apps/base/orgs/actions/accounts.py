"""Accounts are opened, given a first password, locked and unlocked by an administrator."""

from __future__ import annotations

import re

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from qingfeng.apps.base.orgs.models import Person, User
from qingfeng.apps.base.orgs.permissions import check_can_manage_accounts
from qingfeng.apps.base.orgs.queries import administrators
from qingfeng.apps.base.records.actions import action, note
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused

USERNAME = re.compile(r"[\w.@-]{2,50}")


@action
@sensitive_variables("password", "password_hash")
def create_account(
    *,
    person: Person,
    username: str,
    password: str,
    by: User | None,
    password_hash: str = "",
    must_change: bool = True,
) -> User:
    """An account for a person. It carries no rights of its own; BadInput names what is wrong with the password.

    `password_hash` is for the demo, whose accounts share one hash (hashing sixty took 41 s), and for imports, whose
    accounts (“!”) cannot be entered until an administrator gives them a first password.
    """
    if by is not None:
        check_can_manage_accounts(by)
    username = username.strip()
    if not USERNAME.fullmatch(username):
        raise BadInput(_("账号“%(name)s”不合规：用2至50个字母、数字、汉字或 . _ - @。") % {"name": username})
    if User.objects.filter(username__iexact=username).exists():
        raise BadInput(_("账号“%(name)s”已存在。") % {"name": username})
    if User.objects.filter(person=person).exists():
        raise BadInput(_("%(person)s已有账号。") % {"person": person})
    user = User(username=username, person=person, must_change_password=must_change)
    user.password = password_hash or make_password(_checked(password, user))
    user.save(force_insert=True)
    note(person, "account.created", by=by, payload={"username": username})
    return user


@action
@sensitive_variables("password")
def reset_password(*, user: User, password: str, by: User) -> User:
    """A new first password; the holder must change it at the next sign-in. All open sessions end."""
    check_can_manage_accounts(by)
    user.password = make_password(_checked(password, user))
    user.must_change_password = user.pk != by.pk
    user.save(update_fields=["password", "must_change_password"])
    note(user.person, "account.password_reset", by=by)
    return user


@action
@sensitive_variables("password")
def change_own_password(*, user: User, password: str) -> User:
    """The holder sets a password that nobody else knows; it may not be the one that was handed out."""
    if check_password(password, user.password):
        raise BadInput(_("新密码不能与原密码相同。"))
    user.password = make_password(_checked(password, user))
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    note(user.person, "account.password_changed", by=user)
    return user


@action
def set_account_active(*, user: User, active: bool, by: User) -> User:
    """Locks or unlocks an account; nobody locks their own. Locking ends its sessions at once."""
    check_can_manage_accounts(by)
    if user.is_active == active:
        return user
    if user.pk == by.pk:
        raise BadInput(_("不能停用自己的账号。"))
    if not active and not administrators(clock.today()).exclude(pk=user.pk).exists():
        raise Refused(_("这是最后一名可用的系统管理员，请先另设一名。"))
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        _end_sessions(user)
    note(user.person, "account.unlocked" if active else "account.locked", by=by)
    return user


def _end_sessions(user: User) -> None:
    """A locked account is out at once, and an old session does not come to life when it is unlocked."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


@sensitive_variables()
def _checked(password: str, user: User) -> str:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput("；".join(error.messages)) from error
    return password
