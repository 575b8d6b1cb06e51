"""What filing would say of a sheet, said before with the very cell: units, days, contents, people, repetitions.

The rules are those of the actions; they hold again when the sheet is filed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.records.actions import attempt
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.inspections.models import Sheet, SheetKind, SheetState
from qingfeng.apps.work.problems.actions.core import has_left
from qingfeng.apps.work.problems.imports.filing import Place, check_filing_body, file_read
from qingfeng.apps.work.problems.imports.model import ReadProblem, ReadSheet
from qingfeng.apps.work.problems.imports.people import People

TRIED = 50
"""So many sheets are filed for trial and taken back, which finds whatever is not known here; more take too long."""


def look_through(place: Place, read: Iterable[ReadSheet], *, by: User) -> list[ReadSheet]:
    """The same sheets with the faults that filing would meet. Nothing is written."""
    return tried(place, checked(place, read), by=by)


def checked(place: Place, read: Iterable[ReadSheet]) -> list[ReadSheet]:
    """The same sheets with the faults that are known without trying."""
    checks = _Checks(place)
    return [sheet if sheet.faults else checks.of(sheet) for sheet in read]


def tried(place: Place, read: Sequence[ReadSheet], *, by: User) -> list[ReadSheet]:
    """The same sheets, where they are few: filed for trial and taken back."""
    good = sum(not sheet.faults for sheet in read)
    return [_tried(place, sheet, by) for sheet in read] if good <= TRIED else list(read)


class _Checks:
    """The checks of one file: what it repeats, and what was filed before, is known for all of its sheets."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.today = clock.today()
        self.seen: dict[tuple[object, ...], ReadSheet] = {}
        self.people = People(self.today)
        self.filed = self._filed()

    def of(self, read: ReadSheet) -> ReadSheet:
        read = self.place.extra.checked(self._days(self._body(read)))
        unit = None
        try:
            unit = self.place.unit_named(read.inspected_unit, read.inspected_on or self.today)
        except BadInput as error:
            read = read.wrong("inspected_unit", str(error))
        for problem in read.problems:
            read = self._problem(read, problem, unit)
        return self._repeated(read, unit) if unit and not read.faults else read

    def _body(self, read: ReadSheet) -> ReadSheet:
        try:
            check_filing_body(self.place, read.filing_body)
        except BadInput as error:
            read = read.wrong("filing_body", str(error))
        usual = SheetKind.SELF_INSPECTION if self.place.unit else SheetKind.SUPERVISION
        kind = read.kind or usual
        if self.place.group and kind == SheetKind.SELF_INSPECTION:
            return read.wrong("kind", _("组填报的台账应为督检或抽检，不能是自检。"))
        if self.place.unit and kind == SheetKind.SUPERVISION:
            return read.wrong("kind", _("单位填报的台账应为自检或抽检；督检由专项治理小组填报。"))
        return read

    def _days(self, read: ReadSheet) -> ReadSheet:
        on, filled = read.inspected_on, read.filled_on
        for box, day in (("inspected_on", on), ("filled_on", filled)):
            if day and day > self.today:
                read = read.wrong(
                    box,
                    _("检查时间和填报时间不能晚于今天（%(today)s），这里是%(day)s。")
                    % {"today": self.today, "day": day},
                )
        if on and filled and filled < on:
            read = read.wrong(
                "filled_on",
                _("填报时间%(filled)s早于检查时间%(inspected)s。") % {"filled": filled, "inspected": on},
            )
        return read

    def _problem(self, read: ReadSheet, problem: ReadProblem, unit: Unit | None) -> ReadSheet:
        due, on = problem.due_date, read.inspected_on
        if due and on and due < on:
            read = read.wrong(
                "due_date",
                _("整改时限%(due)s早于检查时间%(inspected)s，请改成检查之后的日期。")
                % {"due": due, "inspected": on},
            )
        try:
            lead = self.place.unit_named(problem.lead_unit, on or self.today) if problem.lead_unit else unit
        except BadInput as error:
            return read.wrong("lead_unit", str(error))
        try:
            self.place.category_named(problem.category)
        except BadInput as error:
            read = read.wrong("category", str(error))
        if lead and problem.responsible:
            read = self._person(read, problem, lead)
        if not (problem.responsible and due):
            return read.doubtful(problem.place, _("没有整改责任人或时限，先登记为“待交办”。"))
        return read

    def _person(self, read: ReadSheet, problem: ReadProblem, lead: Unit) -> ReadSheet:
        last = self.people.left_on(lead, problem.responsible)
        return read.wrong("responsible", has_left(lead, problem.responsible, last)) if last else read

    def _repeated(self, read: ReadSheet, unit: Unit) -> ReadSheet:
        key = (unit.pk, read.inspected_on, read.inspectors.strip(), read.content.strip())
        before = self.filed.get(key)
        if before:
            return read.wrong("", _("同样的检查已填报为%(number)s，没有重复导入。") % {"number": before})
        twin = self.seen.setdefault(key, read)
        if twin is not read:
            return read.wrong(
                "",
                _(
                    "与%(other)s是同一次检查（单位、时间、人员、内容都相同），只导入那一张；如是两次检查请写明区别。"
                )
                % {"other": f"{twin.worksheet}!{twin.place}"},
            )
        return read

    def _filed(self) -> dict[tuple[object, ...], str]:
        rows = Sheet.objects.filter(
            Q(filing_unit=self.place.unit, filing_group=self.place.group), campaign=self.place.campaign
        ).exclude(state=SheetState.VOID)
        return {
            (row.inspected_unit_id, row.inspected_on, row.inspectors, row.content): row.full_number
            for row in rows.select_related("filing_unit", "filing_group")
        }


class _TakenBack(Exception):
    """Filed for trial without a fault."""


def _tried(place: Place, read: ReadSheet, by: User) -> ReadSheet:
    if read.faults:
        return read
    try:
        with attempt():
            file_read(place, read, by)
            raise _TakenBack
    except _TakenBack:
        return read
    except (BadInput, Refused) as error:
        return read.wrong("", str(error))
