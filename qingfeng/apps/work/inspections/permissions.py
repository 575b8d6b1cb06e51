"""Who may file, confirm, return, correct and void a sheet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, Role, Unit, User
from qingfeng.apps.base.orgs.queries import has_clerk
from qingfeng.apps.base.orgs.visibility import own_groups, own_units, reaches
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.work.inspections.models import Sheet, SheetState

UNIT_ROLES = frozenset({Role.CLERK, Role.HEAD})


def files_on_behalf(user: User, unit: Unit) -> bool:
    """Whether this user would file for the unit as its parent: only where the unit has no clerk of its own."""
    return unit.pk not in own_units(user, UNIT_ROLES)


def check_can_act_for(user: User, unit: Unit) -> None:
    """The unit's own clerk or head; a parent's for a unit without a clerk (代填)."""
    if unit.pk in own_units(user, UNIT_ROLES):
        return
    if not reaches(user, unit, UNIT_ROLES):
        raise Refused(_("您不是%(unit)s的经办人或负责人。") % {"unit": unit})
    if has_clerk(unit, clock.today()):
        raise Refused(_("%(unit)s有自己的经办人，应由其填报。") % {"unit": unit})


def check_can_file(user: User, *, unit: Unit | None, group: Group | None, inspected: Unit) -> None:
    """A unit files about itself and what is below it; a group about the units it oversees."""
    if unit is not None:
        check_can_act_for(user, unit)
        return
    assert group is not None  # one filing body, held by the caller
    if group.pk not in own_groups(user, {Role.INSPECTOR, Role.OFFICE}):
        raise Refused(_("您不是%(group)s的检查人员。") % {"group": group})
    if not reaches(user, inspected, {Role.INSPECTOR, Role.OFFICE}):
        raise Refused(_("%(unit)s不在您所在组的监督范围内。") % {"unit": inspected})


def check_can_correct(user: User, sheet: Sheet) -> None:
    """Who may file it may correct it, once it has been returned."""
    if sheet.state != SheetState.RETURNED:
        raise Refused(_("台账未被退回，不能更正；如有错误请联系专治办退回补正。"))
    check_can_file(user, unit=sheet.filing_unit, group=sheet.filing_group, inspected=sheet.inspected_unit)


def check_can_return(user: User, sheet: Sheet) -> None:
    """The campaign office returns a sheet for correction."""
    _check_office(user, sheet)
    if sheet.state != SheetState.FILED:
        raise Refused(_("台账当前状态为“%(state)s”，不能退回。") % {"state": SheetState(sheet.state).label})


def check_can_void(user: User, sheet: Sheet) -> None:
    """The campaign office voids a sheet; its number stays taken."""
    _check_office(user, sheet)
    if sheet.state == SheetState.VOID:
        raise Refused(_("台账已经作废。"))


def check_can_confirm(user: User, sheet: Sheet) -> None:
    """A sheet filed on behalf is confirmed by somebody of the unit itself, or by the head above it."""
    if not sheet.on_behalf or sheet.confirmed_at or sheet.state == SheetState.VOID:
        raise Refused(_("该台账不需要确认。"))
    if user.pk == sheet.filed_by_id:
        raise Refused(_("代填人不能自己确认。"))
    unit = sheet.filing_unit
    if unit is None or not reaches(user, unit, UNIT_ROLES):
        raise Refused(_("应由被代填单位确认。"))


def _check_office(user: User, sheet: Sheet) -> None:
    if not reaches(user, sheet.inspected_unit, {Role.OFFICE}):
        raise Refused(_("由专治办办理。"))
