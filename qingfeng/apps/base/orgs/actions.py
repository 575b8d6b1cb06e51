"""Setting up and changing the organisation: units, groups, people, posts, appointments, accounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import (
    Appointment,
    Group,
    GroupKind,
    GroupOversight,
    Person,
    Post,
    Role,
    Unit,
    UnitClosure,
    UnitKind,
    User,
)
from qingfeng.apps.base.orgs.permissions import check_can_manage_accounts, check_can_manage_units
from qingfeng.apps.base.records.actions import action, change, create, note
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.base.web.slots import Slot

handover_sources: Slot[Callable[..., object]] = Slot("open items of a person: objects with count(person) and hand_over")


@action
def create_unit(*, code: str, name: str, kind: str, parent: Unit | None, by: User | None, short_name: str = "",
                valid_from: date | None = None, order: int = 0) -> Unit:
    """A new unit below `parent`; the district has none. Codes are never reused."""
    _check_actor(by)
    code, name = code.strip(), name.strip()
    if not code or not name:
        raise BadInput(_("单位代码和名称都要填写。"))
    if kind not in UnitKind:
        raise BadInput(_("单位“%(name)s”的类别“%(kind)s”不在可选范围内。") % {"name": name, "kind": kind})
    if Unit.objects.filter(code=code).exists():
        raise BadInput(_("单位代码“%(code)s”已被使用，代码不能重复使用。") % {"code": code})
    if parent is None and kind != UnitKind.DISTRICT:
        raise BadInput(_("单位“%(name)s”没有上级单位，只有区县可以没有。") % {"name": name})
    unit = create(
        Unit(code=code, name=name, short_name=short_name or name, kind=kind, parent=parent, order=order,
             valid_from=valid_from or clock.today()),
        by=by, kind="unit.created",
    )
    above = UnitClosure.objects.filter(descendant=parent) if parent else UnitClosure.objects.none()
    rows = [UnitClosure(ancestor_id=row.ancestor_id, descendant=unit, depth=row.depth + 1) for row in above]
    UnitClosure.objects.bulk_create([UnitClosure(ancestor=unit, descendant=unit, depth=0), *rows])
    return unit


@action
def rename_unit(*, unit: Unit, name: str, short_name: str, by: User) -> Unit:
    """A unit under a new name; the old one stays in its events."""
    check_can_manage_units(by)
    if not name.strip():
        raise BadInput(_("单位名称不能为空。"))
    return change(unit, by=by, kind="unit.renamed", to={"name": name.strip(), "short_name": short_name or name.strip()})


@action
def end_unit(*, unit: Unit, last_day: date, by: User) -> Unit:
    """A unit that is dissolved; its records stay. Units below it must be ended or moved first."""
    check_can_manage_units(by)
    below = Unit.objects.on(last_day + timedelta(days=1)).filter(parent=unit)
    if below.exists():
        raise BadInput(_("“%(unit)s”下还有%(count)d个单位，请先撤销或调整。") % {"unit": unit, "count": below.count()})
    if last_day < unit.valid_from:
        raise BadInput(_("撤销日期早于设立日期%(day)s。") % {"day": unit.valid_from})
    return change(unit, by=by, kind="unit.ended", to={"valid_to": last_day})


@action
def create_group(*, code: str, name: str, kind: str, home_unit: Unit, by: User | None, short_name: str = "",
                 oversees: tuple[Unit, ...] = (), valid_from: date | None = None) -> Group:
    """A group with the units it oversees."""
    _check_actor(by)
    if kind not in GroupKind:
        raise BadInput(_("组的类别“%(kind)s”不在可选范围内。") % {"kind": kind})
    if Group.objects.filter(code=code).exists():
        raise BadInput(_("组代码“%(code)s”已被使用。") % {"code": code})
    start = valid_from or clock.today()
    group = create(
        Group(code=code, name=name, short_name=short_name or name, kind=kind, home_unit=home_unit, valid_from=start),
        by=by, kind="group.created",
    )
    for unit in oversees:
        oversee(group=group, unit=unit, by=by, valid_from=start)
    return group


@action
def oversee(*, group: Group, unit: Unit, by: User | None, valid_from: date | None = None) -> GroupOversight:
    """From that day on the group oversees this unit and all below it."""
    _check_actor(by)
    row = GroupOversight(group=group, unit=unit, valid_from=valid_from or clock.today())
    return create(row, by=by, kind="oversight.begun")


@action
def create_person(*, name: str, staff_no: str, by: User | None) -> Person:
    """A person in office, told from others of the same name by the staff number."""
    _check_actor(by)
    if not name.strip() or not staff_no.strip():
        raise BadInput(_("姓名和工号都要填写。"))
    if Person.objects.filter(staff_no=staff_no.strip()).exists():
        raise BadInput(_("工号“%(no)s”已登记。") % {"no": staff_no})
    return create(Person(name=name.strip(), staff_no=staff_no.strip()), by=by, kind="person.registered")


@action
def appoint(*, person: Person, role: str, title: str, by: User | None, unit: Unit | None = None,
            group: Group | None = None, valid_from: date | None = None) -> Appointment:
    """The person takes a post in a unit or a group; the post is made if it does not exist yet."""
    _check_actor(by)
    if (unit is None) == (group is None):
        raise BadInput(_("职务要么在单位，要么在组，请选其一。"))
    if role not in Role:
        raise BadInput(_("角色“%(role)s”不在可选范围内。") % {"role": role})
    if by is not None and role == Role.ADMINISTRATOR:
        check_can_manage_accounts(by)
    post = Post.objects.filter(unit=unit, group=group, title=title, role=role).first()
    if post is None:
        post = create(Post(unit=unit, group=group, title=title, role=role), by=by, kind="post.created")
    row = Appointment(person=person, post=post, valid_from=valid_from or clock.today())
    return create(row, by=by, kind="appointment.begun")


@action
def end_appointment(*, appointment: Appointment, last_day: date, by: User,
                    successor: Person | None = None) -> Appointment:
    """The person leaves the post. What is open on the person's desk must go to a successor in the same act.

    Raises BadInput when there are open items and no successor is named: nothing stays on an empty chair.
    """
    check_can_manage_units(by)
    if appointment.valid_to is not None:
        raise BadInput(_("该任职已于%(day)s结束。") % {"day": appointment.valid_to})
    if last_day < appointment.valid_from:
        raise BadInput(_("免职日期早于任职日期%(day)s。") % {"day": appointment.valid_from})
    open_items = sum(source.count(appointment) for source in handover_sources)
    if open_items and successor is None:
        raise BadInput(
            _("%(person)s名下还有%(count)d项未办结，请指定接办人后再免职。")
            % {"person": appointment.person, "count": open_items}
        )
    if successor is not None and successor.pk == appointment.person_id:
        raise BadInput(_("接办人不能是本人。"))
    for source in handover_sources:
        if successor is not None:
            source.hand_over(appointment=appointment, successor=successor, by=by)
    to = {"valid_to": last_day, "ended_at": timezone.now(), "ended_by": by}
    payload = {"successor": successor.pk if successor else None, "open_items": open_items}
    return change(appointment, by=by, kind="appointment.ended", to=to, payload=payload)


@action
def create_account(*, person: Person, username: str, password: str, by: User | None,
                   password_hash: str = "", must_change: bool = True) -> User:
    """An account for a person. It carries no rights of its own; BadInput names what is wrong with the password.

    `password_hash` is for the demo, whose accounts share one hash (hashing sixty took 41 s).
    """
    if by is not None:
        check_can_manage_accounts(by)
    if User.objects.filter(username=username).exists():
        raise BadInput(_("账号“%(name)s”已存在。") % {"name": username})
    user = User(username=username, person=person, must_change_password=must_change)
    user.password = password_hash or make_password(_checked(password, user))
    user.save(force_insert=True)
    note(person, "account.created", by=by, payload={"username": username})
    return user


@action
def reset_password(*, user: User, password: str, by: User) -> User:
    """A new first password; the holder must change it at the next sign-in."""
    check_can_manage_accounts(by)
    user.password = make_password(_checked(password, user))
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    note(user.person, "account.password_reset", by=by)
    return user


@action
def set_account_active(*, user: User, active: bool, by: User) -> User:
    """Locks or unlocks an account; nobody locks their own."""
    check_can_manage_accounts(by)
    if user.pk == by.pk:
        raise BadInput(_("不能停用自己的账号。"))
    user.is_active = active
    user.save(update_fields=["is_active"])
    note(user.person, "account.unlocked" if active else "account.locked", by=by)
    return user


def _checked(password: str, user: User) -> str:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput("；".join(error.messages)) from error
    return password


def _check_actor(by: User | None) -> None:
    """Without an actor only the installation itself acts (set-up, demo): commands on the machine."""
    if by is not None:
        check_can_manage_units(by)
