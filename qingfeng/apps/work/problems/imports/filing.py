"""From what was read to sheets in the ledger: each wholly or not at all, the good ones without the bad."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, GroupOversight, Unit, UnitClosure, User
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.models import Campaign, ContentCategory
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.inspections.models import InspectionMethod, Sheet, SheetKind, SheetState
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions import ProblemEntry
from qingfeng.apps.work.problems.imports.model import Fault, ReadProblem, ReadSheet
from qingfeng.apps.work.problems.models import ProblemNature, RectificationTerm


@dataclass
class ImportResult:
    """What was filed, under which numbers, and what was not, why."""

    filed: list[Sheet] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def numbers(self) -> list[str]:
        return [sheet.full_number for sheet in self.filed]


class Place:
    """Where sheets are filed: the campaign, the filing body, and the units that it may look into."""

    def __init__(self, campaign: Campaign, unit: Unit | None = None, group: Group | None = None) -> None:
        if (unit is None) == (group is None):
            raise BadInput(_("填报单位和填报的组只能选一个。"))
        self.campaign, self.unit, self.group = campaign, unit, group
        above = (
            [unit.pk]
            if unit
            else GroupOversight.objects.on(clock.today()).filter(group=group).values("unit_id")
        )
        below = UnitClosure.objects.filter(ancestor_id__in=above).values("descendant_id")
        self.units = list(Unit.objects.filter(pk__in=below))
        self.categories = list(ContentCategory.objects.filter(campaign=campaign))

    @property
    def body(self) -> Unit | Group:
        found = self.unit or self.group
        assert found is not None  # held by the constructor
        return found

    def unit_named(self, text: str) -> Unit:
        """A unit below the filing body by its name, short name or code."""
        wanted = "".join(text.split())
        found = [unit for unit in self.units if wanted in (unit.name, unit.short_name, unit.code)]
        if len(found) > 1:
            codes = "、".join(unit.code for unit in found)
            raise BadInput(
                _("有%(count)d个单位叫“%(text)s”，请改填单位代码（%(codes)s）。")
                % {"count": len(found), "text": text, "codes": codes}
            )
        if not found:
            raise BadInput(
                _("在“%(body)s”及其下级（监督范围）里没有叫“%(text)s”的单位，请核对单位名称。")
                % {"body": self.body.name, "text": text}
            )
        return found[0]

    def category_named(self, text: str) -> ContentCategory | None:
        """A content of the plan by its number or title."""
        text = text.strip()
        if not text:
            return None
        found = [row for row in self.categories if text in (str(row.number), row.title)]
        if not found:
            raise BadInput(_("治理内容“%(text)s”不在方案中。") % {"text": text})
        return found[0]


def look_through(place: Place, read: Iterable[ReadSheet], *, by: User) -> list[ReadSheet]:
    """The same sheets with the faults that filing would meet: each is filed for trial and taken back."""
    return [_tried(place, sheet, by) for sheet in read]


def import_sheets(
    campaign: Campaign,
    *,
    read: Sequence[ReadSheet],
    by: User,
    unit: Unit | None = None,
    group: Group | None = None,
) -> ImportResult:
    """Files the sheets without faults for this unit or group; each one wholly or not at all."""
    place = Place(campaign, unit, group)
    result = ImportResult()
    for sheet in read:
        faults = list(sheet.faults)
        if not faults:
            try:
                result.filed.append(_file(place, sheet, by))
            except (BadInput, Refused) as error:
                faults = [_fault(sheet, error)]
        result.faults.extend(faults)
    return result


def _tried(place: Place, read: ReadSheet, by: User) -> ReadSheet:
    if read.faults:
        return read
    try:
        with transaction.atomic():
            _file(place, read, by)
            transaction.set_rollback(True)
    except (BadInput, Refused) as error:
        return replace(read, faults=(_fault(read, error),))
    return read


def _fault(read: ReadSheet, error: Exception) -> Fault:
    return Fault(read.worksheet, read.place, str(error))


def _file(place: Place, read: ReadSheet, by: User) -> Sheet:
    entry = _entry(place, read)
    _check_not_filed_before(place, entry)
    problems = tuple(_problem(place, row) for row in read.problems)
    return actions.file_sheet(campaign=place.campaign, entry=entry, problems=problems, by=by)


def _entry(place: Place, read: ReadSheet) -> SheetEntry:
    assert read.inspected_on is not None  # a sheet without it has a fault
    _check_filing_body(place, read.filing_body)
    usual = SheetKind.SELF_INSPECTION if place.unit else SheetKind.SUPERVISION
    return SheetEntry(
        kind=read.kind or usual,
        inspected_unit=place.unit_named(read.inspected_unit),
        inspectors=read.inspectors,
        content=read.content,
        inspected_on=read.inspected_on,
        filing_unit=place.unit,
        filing_group=place.group,
        filled_on=read.filled_on,
        method=read.method or InspectionMethod.ORDINARY,
        due_date=read.due_date,
        suggestions=read.suggestions,
    )


def _check_filing_body(place: Place, stated: str) -> None:
    wanted = "".join(stated.split())
    if wanted and wanted not in (place.body.name, place.body.short_name, place.body.code):
        raise BadInput(
            _("表上的填报单位是“%(stated)s”，不是“%(body)s”。请核对，或改选填报单位后再导入。")
            % {"stated": stated, "body": place.body.name}
        )


def _check_not_filed_before(place: Place, entry: SheetEntry) -> None:
    """The same file taken in twice does not file twice."""
    filed = (
        Sheet.objects.filter(
            Q(filing_unit=place.unit, filing_group=place.group),
            campaign=place.campaign,
            kind=entry.kind,
            inspected_unit=entry.inspected_unit,
            inspected_on=entry.inspected_on,
            inspectors=entry.inspectors.strip(),
            content=entry.content.strip(),
        )
        .exclude(state=SheetState.VOID)
        .first()
    )
    if filed:
        raise BadInput(_("同样的检查已填报为%(number)s，没有重复导入。") % {"number": filed.full_number})


def _problem(place: Place, read: ReadProblem) -> ProblemEntry:
    return ProblemEntry(
        text=read.text,
        category=place.category_named(read.category),
        nature=read.nature or ProblemNature.ORDINARY,
        term=read.term or RectificationTerm.BY_DATE,
        due_date=read.due_date,
        responsible_name=read.responsible,
        duty_text=read.duty_text,
        leader_in_charge=read.leader,
        people_affected=read.people,
        sum_involved=read.fen,
    )
