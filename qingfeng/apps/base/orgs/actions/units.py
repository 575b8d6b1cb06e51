"""Units come, change their name or their place, and go. Their codes are never reused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.codes import is_plain
from qingfeng.apps.base.orgs.models import GroupOversight, Unit, UnitClosure, UnitKind, User
from qingfeng.apps.base.orgs.permissions import check_can_manage_unit
from qingfeng.apps.base.orgs.queries import hindrances_to_ending
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput


@action
def create_unit(
    *,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None,
    by: User | None,
    short_name: str = "",
    valid_from: date | None = None,
    order: int = 0,
) -> Unit:
    """A new unit below `parent`; the district has none. Codes are never reused.

    Without an actor only the installation itself acts (set-up, demo): commands on the machine.
    """
    if by is not None:
        check_can_manage_unit(by, parent)
    code, name, start = code.strip(), name.strip(), valid_from or clock.today()
    if not code or not name:
        raise BadInput(_("单位代码和名称都要填写。"))
    if not is_plain(code):
        raise BadInput(_("单位代码“%(code)s”不合规：用字母、数字、点和横线，不超过30个。") % {"code": code})
    _check_kind(name, kind)
    taken = Unit.objects.filter(code=code).first()
    if taken:
        raise BadInput(
            _("单位代码“%(code)s”已用于“%(unit)s”，代码不能重复使用。") % {"code": code, "unit": taken}
        )
    _check_parent(name, kind, parent, start)
    unit = create(
        Unit(
            code=code,
            name=name,
            short_name=short_name or name[:30],
            kind=kind,
            parent=parent,
            order=order,
            valid_from=start,
        ),
        by=by,
        kind="unit.created",
    )
    UnitClosure.objects.bulk_create(
        [UnitClosure(ancestor=unit, descendant=unit, depth=0), *_rows_above(unit, parent)]
    )
    return unit


@action
def rename_unit(*, unit: Unit, name: str, short_name: str, by: User | None) -> Unit:
    """A unit under a new name; the old one stays in its events."""
    if by is not None:
        check_can_manage_unit(by, unit)
    if not name.strip():
        raise BadInput(_("单位名称不能为空。"))
    return change(
        unit,
        by=by,
        kind="unit.renamed",
        to={"name": name.strip(), "short_name": short_name or name.strip()[:30]},
    )


@action
def correct_unit(
    *,
    unit: Unit,
    by: User | None,
    kind: str | None = None,
    order: int | None = None,
    valid_from: date | None = None,
) -> Unit:
    """What was entered wrongly about a unit: its kind, its place among its sisters, its first day."""
    if by is not None:
        check_can_manage_unit(by, unit)
    given: dict[str, Any] = {"kind": kind, "order": order, "valid_from": valid_from}
    to = {name: value for name, value in given.items() if value is not None and value != getattr(unit, name)}
    if not to:
        return unit
    if kind is not None:
        _check_kind(unit.name, kind)
        _check_parent(unit.name, kind, unit.parent, valid_from or unit.valid_from)
    if valid_from and unit.valid_to and valid_from > unit.valid_to:
        raise BadInput(_("“%(unit)s”的设立日期晚于撤销日期%(day)s。") % {"unit": unit, "day": unit.valid_to})
    return change(unit, by=by, kind="unit.corrected", to=to)


@action
def change_unit(
    *,
    unit: Unit,
    name: str,
    short_name: str,
    by: User | None,
    kind: str | None = None,
    order: int | None = None,
    valid_from: date | None = None,
) -> Unit:
    """Name and corrections as one page enters them: one act, an event for each of the two that happened."""
    if (name.strip(), short_name.strip()) != (unit.name, unit.short_name):
        rename_unit(unit=unit, name=name, short_name=short_name, by=by)
    return correct_unit(unit=unit, kind=kind, order=order, valid_from=valid_from, by=by)


@action
def move_unit(*, unit: Unit, parent: Unit, by: User | None) -> Unit:
    """A unit, with all below it, goes to another parent. Its records go with it.

    All units are locked while the closure is rebuilt: two moves at once could close a ring.
    """
    if by is not None:
        check_can_manage_unit(by, unit)
        check_can_manage_unit(by, parent)
    list(Unit.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    if unit.kind == UnitKind.DISTRICT:
        raise BadInput(_("“%(unit)s”是区县，没有上级单位。") % {"unit": unit})
    if unit.parent_id == parent.pk:
        raise BadInput(_("“%(unit)s”的上级本来就是“%(parent)s”。") % {"unit": unit, "parent": parent})
    if UnitClosure.objects.filter(ancestor=unit, descendant=parent).exists():
        raise BadInput(
            _("“%(parent)s”就是“%(unit)s”或在其之下，不能作为上级。") % {"unit": unit, "parent": parent}
        )
    _check_parent(unit.name, unit.kind, parent, clock.today())
    was = unit.parent
    change(unit, by=by, kind="unit.moved", to={"parent": parent}, payload={"was": was})
    _hang_under(unit, parent)
    return unit


@action
def end_unit(*, unit: Unit, last_day: date, by: User | None) -> Unit:
    """A unit that is dissolved; its records stay. Units, people and groups in it must have left first."""
    if by is not None:
        check_can_manage_unit(by, unit)
    if unit.valid_to is not None:
        raise BadInput(_("“%(unit)s”已于%(day)s撤销。") % {"unit": unit, "day": unit.valid_to})
    if last_day < unit.valid_from:
        raise BadInput(_("撤销日期早于设立日期%(day)s。") % {"day": unit.valid_from})
    hindrances = hindrances_to_ending(unit, last_day)
    if hindrances:
        raise BadInput(_("不能撤销“%(unit)s”：%(why)s") % {"unit": unit, "why": "；".join(hindrances) + "。"})
    for row in GroupOversight.objects.on(last_day + timedelta(days=1)).filter(unit=unit):
        change(row, by=by, kind="oversight.ended", to={"valid_to": max(last_day, row.valid_from)})
    return change(unit, by=by, kind="unit.ended", to={"valid_to": last_day})


def _check_kind(name: str, kind: str) -> None:
    if kind not in UnitKind:
        raise BadInput(_("单位“%(name)s”的类别“%(kind)s”不在可选范围内。") % {"name": name, "kind": kind})


def _check_parent(name: str, kind: str, parent: Unit | None, day: date) -> None:
    if parent is None and kind != UnitKind.DISTRICT:
        raise BadInput(_("单位“%(name)s”没有上级单位，只有区县可以没有。") % {"name": name})
    if parent is not None and kind == UnitKind.DISTRICT:
        raise BadInput(_("“%(name)s”是区县，不能有上级单位。") % {"name": name})
    if parent is not None and parent.valid_to is not None and parent.valid_to < day:
        raise BadInput(_("上级单位“%(unit)s”已于%(day)s撤销。") % {"unit": parent, "day": parent.valid_to})


def _rows_above(unit: Unit, parent: Unit | None) -> list[UnitClosure]:
    above = UnitClosure.objects.filter(descendant=parent) if parent else UnitClosure.objects.none()
    return [UnitClosure(ancestor_id=row.ancestor_id, descendant=unit, depth=row.depth + 1) for row in above]


def _hang_under(unit: Unit, parent: Unit) -> None:
    """Rebuilds the closure of the subtree: paths inside it stay, those from above are new."""
    subtree = list(UnitClosure.objects.filter(ancestor=unit).values_list("descendant_id", "depth"))
    above = list(UnitClosure.objects.filter(descendant=parent).values_list("ancestor_id", "depth"))
    ids = [pk for pk, _depth in subtree]
    UnitClosure.objects.filter(descendant_id__in=ids).exclude(ancestor_id__in=ids).delete()
    UnitClosure.objects.bulk_create(
        UnitClosure(ancestor_id=ancestor, descendant_id=pk, depth=up + 1 + down)
        for pk, down in subtree
        for ancestor, up in above
    )
