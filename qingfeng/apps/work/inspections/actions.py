"""Filing, returning, correcting and voiding inspection sheets. Their problems follow in the problems app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, Unit, UnitClosure, User
from qingfeng.apps.base.orgs.queries import is_there
from qingfeng.apps.base.records.actions import action, change, create, create_all, take_number, take_numbers
from qingfeng.apps.base.records.references import new_reference
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.base.web.memory import remembered
from qingfeng.apps.work.campaigns.models import Campaign, CampaignState
from qingfeng.apps.work.inspections.models import InspectionMethod, Sheet, SheetKind, SheetState, Suggestion
from qingfeng.apps.work.inspections.permissions import (
    check_can_confirm,
    check_can_correct,
    check_can_file,
    check_can_return,
    check_can_void,
    files_on_behalf,
)
from qingfeng.apps.work.inspections.queries import series_of


@dataclass(frozen=True)
class SheetEntry:
    """What stands on an inspection sheet (attachment 2) apart from its problems."""

    kind: str
    inspected_unit: Unit
    inspectors: str
    content: str
    inspected_on: date
    filing_unit: Unit | None = None
    filing_group: Group | None = None
    filled_on: date | None = None
    method: str = InspectionMethod.ORDINARY
    due_date: date | None = None
    suggestions: tuple[str, ...] = ()


@action
def file_sheet(*, campaign: Campaign, entry: SheetEntry, by: User) -> Sheet:
    """A sheet with its suggestions, numbered in the series of its filing body and kind."""
    sheet, suggestions = new_sheet(campaign=campaign, entry=entry, by=by)
    sheet.number = take_number(_series(sheet))
    create(sheet, by=by, kind="sheet.filed")
    for suggestion in suggestions:
        suggestion.sheet = sheet
        create(suggestion, by=by, kind="suggestion.made")
    return sheet


def new_sheet(*, campaign: Campaign, entry: SheetEntry, by: User) -> tuple[Sheet, list[Suggestion]]:
    """A sheet as it may be filed, and its suggestions: not numbered, not written. BadInput or Refused says why not."""
    if (entry.filing_unit is None) == (entry.filing_group is None):
        raise BadInput(_("填报单位和填报的组只能选一个。"))
    check_can_file(by, unit=entry.filing_unit, group=entry.filing_group, inspected=entry.inspected_unit)
    entry = replace(entry, filled_on=entry.filled_on or clock.today())
    _check_entry(campaign, entry)
    sheet = Sheet(
        campaign=campaign,
        kind=entry.kind,
        filing_unit=entry.filing_unit,
        filing_group=entry.filing_group,
        reference=new_reference(),
        filled_on=entry.filled_on,
        inspected_on=entry.inspected_on,
        inspected_unit=entry.inspected_unit,
        inspectors=entry.inspectors.strip(),
        method=entry.method,
        content=entry.content.strip(),
        due_date=entry.due_date,
        filed_at=timezone.now(),
        filed_by=by,
        on_behalf=entry.filing_unit is not None and files_on_behalf(by, entry.filing_unit),
    )
    texts = enumerate(_texts(entry.suggestions), 1)
    return sheet, [
        Suggestion(campaign=campaign, sheet=sheet, order=order, text=text) for order, text in texts
    ]


@action
def file_new_sheets(*, new: Sequence[tuple[Sheet, list[Suggestion]]], by: User) -> None:
    """Sheets made by `new_sheet` in this very transaction: numbered in their order, written together."""
    series: dict[str, list[Sheet]] = {}
    for sheet, _suggestions in new:
        series.setdefault(_series(sheet), []).append(sheet)
    for key in sorted(series):
        for sheet, number in zip(series[key], take_numbers(key, len(series[key])), strict=True):
            sheet.number = number
    create_all([sheet for sheet, _suggestions in new], by=by, kind="sheet.filed")
    suggestions = [suggestion for _sheet, suggestions in new for suggestion in suggestions]
    create_all(suggestions, by=by, kind="suggestion.made")


@action
def return_sheet(*, sheet: Sheet, reason: str, by: User) -> Sheet:
    """Back to the filing body for correction; number and history stay."""
    check_can_return(by, sheet)
    reason = _reason(reason)
    return change(
        sheet,
        by=by,
        kind="sheet.returned",
        to={"state": SheetState.RETURNED, "returned_reason": reason},
        when={"state": SheetState.FILED},
    )


@action
def correct_sheet(
    *, sheet: Sheet, by: User, inspectors: str, content: str, inspected_on: date, method: str
) -> Sheet:
    """The returned sheet put right and filed again under its number."""
    check_can_correct(by, sheet)
    entry = SheetEntry(
        kind=sheet.kind,
        inspected_unit=sheet.inspected_unit,
        inspectors=inspectors,
        content=content,
        inspected_on=inspected_on,
        filing_unit=sheet.filing_unit,
        filing_group=sheet.filing_group,
        filled_on=sheet.filled_on,
        method=method,
    )
    _check_entry(sheet.campaign, entry)
    to = {
        "inspectors": inspectors.strip(),
        "content": content.strip(),
        "inspected_on": inspected_on,
        "method": method,
        "state": SheetState.FILED,
        "returned_reason": "",
    }
    return change(sheet, by=by, kind="sheet.corrected", to=to, when={"state": SheetState.RETURNED})


@action
def void_sheet(*, sheet: Sheet, reason: str, by: User) -> Sheet:
    """Void with a reason; the number stays taken. Its problems are voided by the caller first."""
    check_can_void(by, sheet)
    to = {"state": SheetState.VOID, "void_reason": _reason(reason)}
    return change(sheet, by=by, kind="sheet.voided", to=to)


@action
def confirm_sheet(*, sheet: Sheet, by: User) -> Sheet:
    """The unit confirms what its parent filed on its behalf."""
    check_can_confirm(by, sheet)
    return change(
        sheet,
        by=by,
        kind="sheet.confirmed",
        to={"confirmed_at": timezone.now(), "confirmed_by": by},
        when={"confirmed_at": None},
    )


def _series(sheet: Sheet) -> str:
    body = f"unit:{sheet.filing_unit_id}" if sheet.filing_unit_id else f"group:{sheet.filing_group_id}"
    return f"{series_of(sheet.campaign_id)}{body}:{sheet.kind}"


def _texts(lines: tuple[str, ...]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]


def _reason(reason: str) -> str:
    if not reason.strip():
        raise BadInput(_("请写明理由。"))
    return reason.strip()


def _check_entry(campaign: Campaign, entry: SheetEntry) -> None:
    if campaign.state != CampaignState.RUNNING:
        raise Refused(_("专项治理已结束，不能再填报检查台账。"))
    _check_kind(entry)
    for label, text in ((_("检查人员"), entry.inspectors), (_("检查内容"), entry.content)):
        if not text.strip():
            raise BadInput(_("“%(field)s”没有填写。") % {"field": label})
    _check_dates(entry)
    _check_units(entry)


def _check_kind(entry: SheetEntry) -> None:
    if entry.kind not in SheetKind or entry.method not in InspectionMethod:
        raise BadInput(_("检查类别或检查方式不在可选范围内。"))
    if entry.filing_group and entry.kind == SheetKind.SELF_INSPECTION:
        raise BadInput(_("组填报的台账应为督检或抽检，不能是自检。"))
    if entry.filing_unit and entry.kind == SheetKind.SUPERVISION:
        raise BadInput(_("单位填报的台账应为自检或抽检；督检由专项治理小组填报。"))


def _check_dates(entry: SheetEntry) -> None:
    today = clock.today()
    filled_on = entry.filled_on or today
    if entry.inspected_on > today or filled_on > today:
        raise BadInput(_("检查时间和填报时间不能晚于今天（%(today)s）。") % {"today": today})
    if filled_on < entry.inspected_on:
        raise BadInput(
            _("填报时间%(filled)s早于检查时间%(inspected)s。")
            % {"filled": filled_on, "inspected": entry.inspected_on}
        )
    if entry.due_date and entry.due_date < entry.inspected_on:
        raise BadInput(
            _("整改时限%(due)s早于检查时间%(inspected)s。")
            % {"due": entry.due_date, "inspected": entry.inspected_on}
        )


def _check_units(entry: SheetEntry) -> None:
    unit, day = entry.inspected_unit, entry.inspected_on
    if not is_there(unit, day):
        raise BadInput(
            _("“%(unit)s”在%(day)s不存在（未设立或已撤销）。") % {"unit": unit, "day": entry.inspected_on}
        )
    filing = entry.filing_unit
    if filing is None:
        return
    if not remembered(("unit below", filing.pk, unit.pk), lambda: _is_below(filing, unit)):
        raise BadInput(
            _("被检查单位“%(unit)s”不是“%(filing)s”本身或其下级。") % {"unit": unit, "filing": filing}
        )


def _is_below(filing: Unit, unit: Unit) -> bool:
    return UnitClosure.objects.filter(ancestor=filing, descendant=unit).exists()
