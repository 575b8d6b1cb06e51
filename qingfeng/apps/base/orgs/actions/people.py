"""People take posts and leave them; what is open on a desk never stays on an empty chair."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Protocol

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.codes import is_plain
from qingfeng.apps.base.orgs.models import Appointment, Group, Person, Post, Role, Unit, User
from qingfeng.apps.base.orgs.permissions import (
    check_can_appoint,
    check_can_manage_accounts,
    check_can_manage_place,
    check_can_manage_units,
)
from qingfeng.apps.base.orgs.queries import administrators
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.base.web.slots import Slot


class HandoverSource(Protocol):
    """A ledger that knows what is open on the desk of whoever holds an appointment."""

    def count(self, appointment: Appointment) -> int: ...

    def hand_over(self, *, appointment: Appointment, successor: Person, by: User) -> None: ...


handover_sources: Slot[Any] = Slot("open items of a post: objects that are a HandoverSource")


def open_items(appointment: Appointment) -> int:
    """How many matters wait on this desk, in all ledgers."""
    return sum(source.count(appointment) for source in _sources())


def _sources() -> Iterator[HandoverSource]:
    yield from handover_sources


@action
def create_person(*, name: str, staff_no: str, by: User | None) -> Person:
    """A person in office, told from others of the same name by the staff number."""
    if by is not None:
        check_can_manage_units(by)
    name, staff_no = name.strip(), staff_no.strip()
    if not name or not staff_no:
        raise BadInput(_("姓名和工号都要填写。"))
    if not is_plain(staff_no):
        raise BadInput(_("工号“%(no)s”不合规：用字母、数字、点和横线，不超过30个。") % {"no": staff_no})
    if Person.objects.filter(staff_no=staff_no).exists():
        raise BadInput(_("工号“%(no)s”已登记。") % {"no": staff_no})
    return create(Person(name=name, staff_no=staff_no), by=by, kind="person.registered")


@action
def rename_person(*, person: Person, name: str, by: User) -> Person:
    """A name entered wrongly, or changed by its bearer."""
    check_can_manage_units(by)
    if not name.strip():
        raise BadInput(_("姓名不能为空。"))
    return change(person, by=by, kind="person.renamed", to={"name": name.strip()})


@action
def appoint(
    *,
    person: Person,
    role: str,
    title: str,
    by: User | None,
    unit: Unit | None = None,
    group: Group | None = None,
    valid_from: date | None = None,
) -> Appointment:
    """The person takes a post in a unit or a group; the post is made if it does not exist yet."""
    if (unit is None) == (group is None):
        raise BadInput(_("职务要么在单位，要么在组，请选其一。"))
    place = unit or group
    assert place is not None
    title, start = title.strip(), valid_from or clock.today()
    if role not in Role:
        raise BadInput(_("角色“%(role)s”不在可选范围内。") % {"role": role})
    if not title:
        raise BadInput(_("请填写职务名称。"))
    if by is not None:
        check_can_appoint(by, person=person, place=place, role=role)
    if place.valid_to is not None and place.valid_to < start:
        raise BadInput(
            _("“%(place)s”已于%(day)s撤销，不能再任职。") % {"place": place, "day": place.valid_to}
        )
    post = Post.objects.filter(unit=unit, group=group, title=title, role=role).first()
    if post is None:
        post = create(Post(unit=unit, group=group, title=title, role=role), by=by, kind="post.created")
    elif Appointment.objects.filter(person=person, post=post).exclude(valid_to__lt=start).exists():
        raise BadInput(_("%(person)s已任“%(post)s”。") % {"person": person, "post": post})
    return create(Appointment(person=person, post=post, valid_from=start), by=by, kind="appointment.begun")


@action
def change_post(*, post: Post, title: str, role: str, by: User) -> Post:
    """Another title or role for a post, and so for whoever holds it."""
    check_can_manage_place(by, _place(post))
    if role not in Role:
        raise BadInput(_("角色“%(role)s”不在可选范围内。") % {"role": role})
    if not title.strip():
        raise BadInput(_("请填写职务名称。"))
    if Role.ADMINISTRATOR in {post.role, role}:
        check_can_manage_accounts(by)
    holders = list(
        Appointment.objects.exclude(valid_to__lt=clock.today()).filter(post=post).select_related("person")
    )
    if role != post.role:
        for holding in holders:
            check_can_appoint(by, person=holding.person, place=_place(post), role=role)
        if post.role == Role.ADMINISTRATOR:
            check_administrator_remains(clock.today(), leaving=[holding.pk for holding in holders])
    return change(post, by=by, kind="post.changed", to={"title": title.strip(), "role": Role(role)})


@action
def change_appointment(*, appointment: Appointment, valid_from: date, by: User) -> Appointment:
    """The first day of an appointment, where it was entered wrongly."""
    check_can_manage_appointment(by, appointment)
    if appointment.valid_to is not None and valid_from > appointment.valid_to:
        raise BadInput(_("任职日期晚于免职日期%(day)s。") % {"day": appointment.valid_to})
    return change(appointment, by=by, kind="appointment.corrected", to={"valid_from": valid_from})


@action
def end_appointment(
    *, appointment: Appointment, last_day: date, by: User, successor: Person | None = None
) -> Appointment:
    """The person leaves the post. What is open on the person's desk must go to a successor in the same act.

    Raises BadInput when there are open items and no successor is named: nothing stays on an empty chair.
    """
    check_can_manage_appointment(by, appointment)
    if appointment.valid_to is not None:
        raise BadInput(_("该任职已于%(day)s结束。") % {"day": appointment.valid_to})
    if last_day < appointment.valid_from:
        raise BadInput(_("免职日期早于任职日期%(day)s。") % {"day": appointment.valid_from})
    if appointment.post.role == Role.ADMINISTRATOR:
        check_administrator_remains(last_day + timedelta(days=1), leaving=[appointment.pk])
    waiting = open_items(appointment)
    if waiting:
        _hand_over(appointment, successor, waiting, last_day, by)
    to = {"valid_to": last_day, "ended_at": timezone.now(), "ended_by": by}
    payload = {"successor": successor.pk if successor else None, "open_items": waiting}
    return change(appointment, by=by, kind="appointment.ended", to=to, payload=payload)


def _hand_over(
    appointment: Appointment, successor: Person | None, waiting: int, last_day: date, by: User
) -> None:
    if successor is None:
        raise BadInput(
            _("%(person)s名下还有%(count)d项未办结，请指定接办人后再免职。")
            % {"person": appointment.person, "count": waiting}
        )
    if successor.pk == appointment.person_id:
        raise BadInput(_("接办人不能是本人。"))
    if not Appointment.objects.on(last_day + timedelta(days=1)).filter(person=successor).exists():
        raise BadInput(_("%(person)s届时没有任职，不能接办。请先办理任职。") % {"person": successor})
    for source in _sources():
        source.hand_over(appointment=appointment, successor=successor, by=by)


def check_can_manage_appointment(by: User, appointment: Appointment) -> None:
    """Ending and correcting follow the same rule as giving the post."""
    check_can_appoint(
        by, person=appointment.person, place=_place(appointment.post), role=appointment.post.role
    )


def check_administrator_remains(day: date, *, leaving: list[int]) -> None:
    """Without an administrator nobody could open an account again."""
    held = Appointment.objects.on(day).exclude(pk__in=leaving).filter(post__role=Role.ADMINISTRATOR)
    if not administrators(day).filter(person_id__in=held.values("person_id")).exists():
        raise Refused(_("这是最后一名可用的系统管理员，请先另设一名。"))


def _place(post: Post) -> Unit | Group:
    place = post.unit or post.group
    assert place is not None
    return place
