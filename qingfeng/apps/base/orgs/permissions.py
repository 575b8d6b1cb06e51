"""Who may change the organisation and the accounts."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, Person, Role, Unit, User
from qingfeng.apps.base.orgs.visibility import own_groups, reaches, roles
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


def check_can_manage_unit(user: User, unit: Unit | None) -> None:
    """An office keeps what it reaches; a district (a unit without one above) is the administrator's."""
    check_can_manage_units(user)
    if Role.ADMINISTRATOR in roles(user):
        return
    if unit is None:
        raise Refused(_("区县由系统管理员设立。"))
    if not reaches(user, unit, {Role.OFFICE}):
        raise Refused(_("“%(unit)s”不在您单位的管理范围内。") % {"unit": unit})


def check_can_manage_group(user: User, group: Group) -> None:
    """A group is kept where it sits, and an office keeps itself."""
    if group.pk not in own_groups(user, {Role.OFFICE}):
        check_can_manage_unit(user, group.home_unit)


def check_can_manage_place(user: User, place: Unit | Group) -> None:
    """Where posts are: a unit or a group."""
    if isinstance(place, Unit):
        check_can_manage_unit(user, place)
    else:
        check_can_manage_group(user, place)


def check_can_appoint(user: User, *, person: Person, place: Unit | Group, role: str) -> None:
    """Nobody gives a post to themselves or takes it; that of an administrator is an administrator's to give."""
    check_can_manage_place(user, place)
    if role == Role.ADMINISTRATOR:
        check_can_manage_accounts(user)
    if person.pk == user.person_id:
        raise Refused(_("不能办理本人的任免，请由其他有权限的人员办理。"))


def check_can_manage_accounts(user: User) -> None:
    """The administrator keeps accounts, and nothing but accounts."""
    if Role.ADMINISTRATOR not in roles(user):
        raise Refused(_("账号由系统管理员维护。"))
