"""Groups come, oversee units, and go."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.codes import is_plain
from qingfeng.apps.base.orgs.models import Appointment, Group, GroupKind, GroupOversight, Unit, User
from qingfeng.apps.base.orgs.permissions import check_can_manage_group, check_can_manage_unit
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput


@action
def create_group(
    *,
    code: str,
    name: str,
    kind: str,
    home_unit: Unit,
    by: User | None,
    short_name: str = "",
    oversees: tuple[Unit, ...] = (),
    valid_from: date | None = None,
) -> Group:
    """A group with the units it oversees."""
    if by is not None:
        check_can_manage_unit(by, home_unit)
    code, name = code.strip(), name.strip()
    if not code or not name:
        raise BadInput(_("组的代码和名称都要填写。"))
    if not is_plain(code):
        raise BadInput(_("组代码“%(code)s”不合规：用字母、数字、点和横线，不超过30个。") % {"code": code})
    if kind not in GroupKind:
        raise BadInput(_("组的类别“%(kind)s”不在可选范围内。") % {"kind": kind})
    if Group.objects.filter(code=code).exists():
        raise BadInput(_("组代码“%(code)s”已被使用，代码不能重复使用。") % {"code": code})
    start = valid_from or clock.today()
    group = create(
        Group(
            code=code,
            name=name,
            short_name=short_name or name[:30],
            kind=kind,
            home_unit=home_unit,
            valid_from=start,
        ),
        by=by,
        kind="group.created",
    )
    for unit in oversees:
        oversee(group=group, unit=unit, by=by, valid_from=start)
    return group


@action
def rename_group(*, group: Group, name: str, by: User | None, short_name: str = "") -> Group:
    """A group under a new name; the old one stays in its events."""
    if by is not None:
        check_can_manage_group(by, group)
    if not name.strip():
        raise BadInput(_("组的名称不能为空。"))
    to = {"name": name.strip(), "short_name": short_name.strip() or name.strip()[:30]}
    return change(group, by=by, kind="group.renamed", to=to)


@action
def end_group(*, group: Group, last_day: date, by: User) -> Group:
    """A group that is dissolved. Its people must have left it first, so that what is open is handed over."""
    check_can_manage_group(by, group)
    _check_end(str(group), group.valid_from, group.valid_to, last_day)
    after = last_day + timedelta(days=1)
    holding = Appointment.objects.filter(post__group=group).exclude(valid_to__lt=after).count()
    if holding:
        raise BadInput(
            _("“%(group)s”还有%(count)d人在任，请先办理免职并交接。") % {"group": group, "count": holding}
        )
    for row in GroupOversight.objects.on(after).filter(group=group):
        change(row, by=by, kind="oversight.ended", to={"valid_to": max(last_day, row.valid_from)})
    return change(group, by=by, kind="group.ended", to={"valid_to": last_day})


@action
def oversee(*, group: Group, unit: Unit, by: User | None, valid_from: date | None = None) -> GroupOversight:
    """From that day on the group oversees this unit and all below it."""
    start = valid_from or clock.today()
    if by is not None:
        check_can_manage_group(by, group)
        check_can_manage_unit(by, unit)
    if GroupOversight.objects.filter(group=group, unit=unit).exclude(valid_to__lt=start).exists():
        raise BadInput(_("“%(group)s”已在监督“%(unit)s”。") % {"group": group, "unit": unit})
    if unit.valid_to is not None and unit.valid_to < start:
        raise BadInput(_("“%(unit)s”已于%(day)s撤销。") % {"unit": unit, "day": unit.valid_to})
    return create(GroupOversight(group=group, unit=unit, valid_from=start), by=by, kind="oversight.begun")


@action
def end_oversight(*, oversight: GroupOversight, last_day: date, by: User | None) -> GroupOversight:
    """After that day the group no longer oversees the unit."""
    if by is not None:
        check_can_manage_group(by, oversight.group)
    words = _("“%(group)s”对“%(unit)s”的监督") % {"group": oversight.group, "unit": oversight.unit}
    _check_end(words, oversight.valid_from, oversight.valid_to, last_day)
    return change(oversight, by=by, kind="oversight.ended", to={"valid_to": last_day})


def _check_end(words: str, first: date, last: date | None, wanted: date) -> None:
    if last is not None:
        raise BadInput(_("%(what)s已于%(day)s结束。") % {"what": words, "day": last})
    if wanted < first:
        raise BadInput(_("结束日期早于开始日期%(day)s。") % {"day": first})
