"""Who may change the organisation and the accounts."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import roles
from qingfeng.apps.base.web.errors import Refused


def can(check: Callable[..., None], *args: object) -> bool:
    """A check that raises `Refused`, turned into yes or no for templates."""
    try:
        check(*args)
    except Refused:
        return False
    return True


def check_can_manage_units(user: User) -> None:
    """The campaign office keeps units, groups and appointments; the administrator may set them up."""
    if not roles(user) & {Role.OFFICE, Role.ADMINISTRATOR}:
        raise Refused(_("组织信息由专治办或系统管理员维护。"))


def check_can_manage_accounts(user: User) -> None:
    """The administrator keeps accounts, and nothing but accounts."""
    if Role.ADMINISTRATOR not in roles(user):
        raise Refused(_("账号由系统管理员维护。"))
