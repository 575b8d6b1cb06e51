"""Fetching what this user may see; what is out of reach is as if it were not there."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from qingfeng.apps.base.orgs.models import Appointment, Group, Person, Unit, User
from qingfeng.apps.base.orgs.permissions import can, check_can_manage_accounts
from qingfeng.apps.base.orgs.visibility import (
    visible_appointments,
    visible_groups,
    visible_people,
    visible_units,
)
from qingfeng.apps.base.web.errors import NotThere

M = TypeVar("M", bound=Model)


def one(rows: QuerySet[M], **wanted: object) -> M:
    """The row, or NotThere."""
    found = rows.filter(**wanted).first()
    if found is None:
        raise NotThere()
    return found


def unit_of(user: User, code: str) -> Unit:
    return one(visible_units(user).select_related("parent"), code=code)


def group_of(user: User, code: str) -> Group:
    return one(visible_groups(user).select_related("home_unit"), code=code)


def person_of(user: User, staff_no: str) -> Person:
    return one(visible_people(user), staff_no=staff_no)


def appointment_of(user: User, pk: int) -> Appointment:
    rows = visible_appointments(user).select_related("person", "post__unit", "post__group")
    return one(rows, pk=pk)


def account_of(user: User, staff_no: str) -> User:
    """An account, for an administrator; for others there are no accounts at all."""
    administrators_only(user)
    return one(User.objects.select_related("person"), person__staff_no=staff_no)


def administrators_only(user: User) -> None:
    if not can(check_can_manage_accounts, user):
        raise NotThere()
