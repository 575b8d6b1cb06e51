"""From what was read to sheets in the ledger: each wholly or not at all, the good ones without the bad."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.common_names import without_body
from qingfeng.apps.base.orgs.models import Group, GroupOversight, Unit, UnitClosure, User
from qingfeng.apps.base.web import clock, memory
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.models import Campaign, ContentCategory
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.inspections.models import InspectionMethod, Sheet, SheetKind, SheetState
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions import NewSheet, ProblemEntry
from qingfeng.apps.work.problems.imports.extra_columns import ExtraChecks
from qingfeng.apps.work.problems.imports.model import Fault, ReadProblem, ReadSheet
from qingfeng.apps.work.problems.imports.unit_names import UnitNames
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
        self.units = list(Unit.objects.filter(pk__in=below).select_related("parent"))
        self.extra = ExtraChecks(campaign)
        self._names = UnitNames(self.units, self.body)
        self.categories = list(ContentCategory.objects.filter(campaign=campaign))

    @property
    def body(self) -> Unit | Group:
        found = self.unit or self.group
        assert found is not None  # held by the constructor
        return found

    def unit_named(self, text: str, day: date) -> Unit:
        """A unit below the filing body by its name, short name or code, as it was on that day."""
        return self._names.named(text, day)

    def category_named(self, text: str) -> ContentCategory | None:
        """A content of the plan by its number or title."""
        text = text.strip()
        if not text:
            return None
        found = [row for row in self.categories if text in (str(row.number), row.title)]
        if not found:
            titles = "、".join(f"{row.number} {row.title}" for row in self.categories)
            raise BadInput(
                _("治理内容“%(text)s”不在方案中。可填：%(titles)s。") % {"text": text, "titles": titles}
            )
        return found[0]


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
                result.filed.append(file_read(place, sheet, by))
            except (BadInput, Refused) as error:
                faults = [_fault(sheet, error)]
        result.faults.extend(faults)
    return result


def _fault(read: ReadSheet, error: Exception) -> Fault:
    return Fault(read.worksheet, read.place, str(error))


def file_read(place: Place, read: ReadSheet, by: User) -> Sheet:
    """Files one sheet; BadInput or Refused says why not, and then nothing of it is there."""
    entry = _entry(place, read)
    _check_not_filed_before(place, entry)
    problems = tuple(_problem(place, row, entry.inspected_on) for row in read.problems)
    columns = place.extra.given(read.extra)
    return actions.file_sheet(campaign=place.campaign, entry=entry, problems=problems, by=by, columns=columns)


Outcome = Sheet | BadInput | Refused
"""What became of a sheet: it, or why it is not filed."""


def file_reads(place: Place, reads: Sequence[ReadSheet], by: User) -> list[Outcome]:
    """Files a part of a file within the transaction of the caller: for each sheet it, or why it is not filed. As
    `file_read` one after the other, at a fifth of its cost."""
    writer = actions.ColumnWriter(place.campaign)
    outcomes: list[NewSheet | BadInput | Refused] = []
    with memory.keeping():
        filed = _FiledBefore(place, reads)
        for read in reads:
            try:
                outcomes.append(_new(place, read, by, writer, filed))
            except (BadInput, Refused) as why:
                outcomes.append(why)
    new = [outcome for outcome in outcomes if isinstance(outcome, NewSheet)]
    actions.file_new_sheets(new=new, by=by, writer=writer)
    return [outcome.sheet if isinstance(outcome, NewSheet) else outcome for outcome in outcomes]


def _new(
    place: Place, read: ReadSheet, by: User, writer: actions.ColumnWriter, filed: _FiledBefore
) -> NewSheet:
    entry = _entry(place, read)
    new = actions.new_sheet(
        campaign=place.campaign,
        entry=entry,
        problems=tuple(_problem(place, row, entry.inspected_on) for row in read.problems),
        by=by,
        writer=writer,
        columns=place.extra.given(read.extra),
    )
    filed.take(entry)
    return new


def _entry(place: Place, read: ReadSheet) -> SheetEntry:
    assert read.inspected_on is not None  # a sheet without it has a fault
    check_filing_body(place, read.filing_body)
    usual = SheetKind.SELF_INSPECTION if place.unit else SheetKind.SUPERVISION
    return SheetEntry(
        kind=read.kind or usual,
        inspected_unit=place.unit_named(read.inspected_unit, read.inspected_on),
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


def check_filing_body(place: Place, stated: str) -> None:
    """The paper may name the body that files it, and no other."""
    wanted = "".join(stated.split())
    own = (place.body.name, place.body.short_name, place.body.code)
    if wanted and wanted not in own and without_body(wanted) != without_body(place.body.name):
        raise BadInput(
            _("表上的填报单位是“%(stated)s”，不是“%(body)s”。请核对，或改选填报单位后再导入。")
            % {"stated": stated, "body": place.body.name}
        )


def _check_not_filed_before(place: Place, entry: SheetEntry) -> None:
    """The same file taken in twice does not file twice."""
    alike = dict(zip(_ALIKE, _likeness(entry), strict=True))
    filed = _sheets_of(place).filter(**alike).first()
    if filed:
        raise _filed_as(filed)


_ALIKE = ("kind", "inspected_unit_id", "inspected_on", "inspectors", "content")
"""What is the same in two sheets of a body is the same inspection."""


def _likeness(entry: SheetEntry) -> tuple[object, ...]:
    inspectors, content = entry.inspectors.strip(), entry.content.strip()
    return entry.kind, entry.inspected_unit.pk, entry.inspected_on, inspectors, content


def _sheets_of(place: Place) -> QuerySet[Sheet]:
    """What this body has filed in this campaign and still counts."""
    body = Q(filing_unit=place.unit, filing_group=place.group)
    return Sheet.objects.filter(body, campaign=place.campaign).exclude(state=SheetState.VOID)


def _filed_as(sheet: Sheet) -> BadInput:
    return BadInput(_("同样的检查已填报为%(number)s，没有重复导入。") % {"number": sheet.full_number})


class _FiledBefore:
    """As `_check_not_filed_before`, of a part of a file: one query, and the part knows its own."""

    def __init__(self, place: Place, reads: Iterable[ReadSheet]) -> None:
        contents = {read.content.strip() for read in reads}
        days = {read.inspected_on for read in reads}
        rows = _sheets_of(place).filter(content__in=contents, inspected_on__in=days)
        self._filed: dict[tuple[object, ...], int | None] = {
            tuple(alike): key for *alike, key in rows.values_list(*_ALIKE, "pk")
        }

    def take(self, entry: SheetEntry) -> None:
        """BadInput when there is one like it; from here on there is."""
        likeness = _likeness(entry)
        if likeness in self._filed:
            key = self._filed[likeness]
            raise (
                _filed_as(Sheet.objects.get(pk=key))
                if key
                else BadInput(_("同样的检查在这个文件里有两张，只导入前面的一张。"))
            )
        self._filed[likeness] = None


def _problem(place: Place, read: ReadProblem, day: date) -> ProblemEntry:
    return ProblemEntry(
        text=read.text,
        lead_unit=place.unit_named(read.lead_unit, day) if read.lead_unit else None,
        category=place.category_named(read.category),
        nature=read.nature or ProblemNature.ORDINARY,
        term=read.term or RectificationTerm.BY_DATE,
        due_date=read.due_date,
        responsible_name=read.responsible,
        duty_text=read.duty_text,
        leader_in_charge=read.leader,
        people_affected=read.people,
        sum_involved=read.fen,
        columns=place.extra.given(read.extra),
    )
