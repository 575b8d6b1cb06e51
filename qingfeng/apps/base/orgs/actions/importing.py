"""Taking what a file says about the organisation: all of it, or the good rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.actions.accounts import create_account
from qingfeng.apps.base.orgs.actions.groups import create_group, end_oversight, oversee, rename_group
from qingfeng.apps.base.orgs.actions.people import appoint, create_person
from qingfeng.apps.base.orgs.actions.undoing import remember
from qingfeng.apps.base.orgs.actions.units import change_unit, create_unit, end_unit, move_unit
from qingfeng.apps.base.orgs.models import Appointment, Group, GroupOversight, Person, Unit, UnitImport, User
from qingfeng.apps.base.orgs.permissions import check_can_manage_units
from qingfeng.apps.base.orgs.unit_import import ImportPreview, Line, Outcome, judge, read_units
from qingfeng.apps.base.orgs.unit_import.lines import GroupDraft, SeatDraft, UnitDraft
from qingfeng.apps.base.records.actions import action, noted_so_far
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput

NO_PASSWORD = "!"  # noqa: S105 — Django's mark of an account that nobody can enter
"""Accounts from a file wait for an administrator to hand out a first password."""


@dataclass
class ImportResult:
    """What was taken, what was left, and the accounts that still need a first password."""

    taken: dict[str, int] = field(default_factory=dict)
    unchanged: int = 0
    left: list[Line] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    batch: UnitImport | None = None
    """By which it can be taken back; none at the first installation."""


@action
def import_units(
    *,
    preview: ImportPreview | None = None,
    content: bytes = b"",
    name: str = "",
    by: User | None,
    accept_partial: bool = False,
) -> ImportResult:
    """Units, groups and people of a file. Rows are judged again, beside the organisation as it stands now.

    Raises BadInput with every place when a row is faulty, unless the good ones are to be taken.
    """
    if by is not None:
        check_can_manage_units(by)
    if preview is None:
        preview = read_units(content, name)
    now = judge(preview.name, preview.tables, preview.remarks)
    if now.faulty and not accept_partial:
        raise BadInput(
            _("文件“%(name)s”有%(count)d行不能导入，没有写入任何内容。")
            % {"name": now.name, "count": len(now.faulty)},
            places=[words for line in now.faulty for words in line.words],
        )
    result = ImportResult(left=now.faulty, unchanged=now.counts().get(Outcome.UNCHANGED, 0))
    before = len(noted_so_far())
    _Taking(by, result).take(now.good)
    if by is not None and now.good:
        result.batch = remember(now.name, result.taken, noted_so_far()[before:], by)
    return result


@contextmanager
def _named(line: Line) -> Iterator[None]:
    """Says of which row a refusal speaks."""
    try:
        yield
    except BadInput as error:
        raise BadInput(f"{line.place}：{error}", places=error.places) from error


class _Taking:
    """One import while it is carried out: units from the top, then groups, people, and last what ends."""

    def __init__(self, by: User | None, result: ImportResult) -> None:
        self.by = by
        self.result = result
        self.units = {unit.code: unit for unit in Unit.objects.select_related("parent")}

    def take(self, lines: list[Line]) -> None:
        units = self._from_the_top([line for line in lines if line.kind == "unit"])
        for line in [
            *units,
            *(line for line in lines if line.kind == "group"),
            *(line for line in lines if line.kind == "person"),
        ]:
            with _named(line):
                self._take(line)
        for line in reversed(units):
            with _named(line):
                self._end(line)
        self.result.taken = dict(Counter(line.outcome.label for line in lines))

    def _take(self, line: Line) -> None:
        if isinstance(line.draft, UnitDraft):
            self._unit(line.draft)
        elif isinstance(line.draft, GroupDraft):
            self._group(line, line.draft)
        else:
            self._seat(line.draft)

    def _from_the_top(self, lines: list[Line]) -> list[Line]:
        parents = {code: self._parent_code(code) for code in self.units}
        parents |= {line.code: line.draft.parent for line in lines if isinstance(line.draft, UnitDraft)}

        def depth(code: str) -> int:
            seen = {code}
            while (code := parents.get(code, "")) and code not in seen:
                seen.add(code)
            return len(seen)

        return sorted(lines, key=lambda line: depth(line.code))

    def _parent_code(self, code: str) -> str:
        parent = self.units[code].parent
        return parent.code if parent else ""

    def _unit(self, draft: UnitDraft) -> None:
        unit, parent = self.units.get(draft.code), self.units.get(draft.parent)
        if unit is None:
            self.units[draft.code] = create_unit(
                code=draft.code,
                name=draft.name,
                short_name=draft.short_name,
                kind=draft.kind,
                parent=parent,
                order=draft.order or 0,
                valid_from=draft.valid_from,
                by=self.by,
            )
            return
        short = draft.short_name or (
            unit.short_name if unit.short_name != unit.name[:30] else draft.name[:30]
        )
        change_unit(
            unit=unit,
            name=draft.name,
            short_name=short,
            kind=draft.kind,
            order=draft.order,
            valid_from=draft.valid_from,
            by=self.by,
        )
        if parent is not None and parent.pk != unit.parent_id:
            move_unit(unit=unit, parent=parent, by=self.by)

    def _end(self, line: Line) -> None:
        assert isinstance(line.draft, UnitDraft)
        unit = self.units[line.code]
        if line.draft.valid_to and unit.valid_to is None:
            end_unit(unit=unit, last_day=line.draft.valid_to, by=self.by)

    def _group(self, line: Line, draft: GroupDraft) -> None:
        units = tuple(self.units[code] for code in draft.oversees)
        if line.outcome == Outcome.NEW:
            create_group(
                code=draft.code,
                name=draft.name,
                short_name=draft.short_name,
                kind=draft.kind,
                home_unit=self.units[draft.home],
                oversees=units,
                valid_from=draft.valid_from,
                by=self.by,
            )
            return
        group = Group.objects.get(code=draft.code)
        if draft.name != group.name or draft.short_name not in {"", group.short_name}:
            kept = group.short_name if group.short_name != group.name[:30] else ""
            rename_group(group=group, name=draft.name, short_name=draft.short_name or kept, by=self.by)
        if units:
            self._oversight(group, {unit.pk: unit for unit in units})

    def _oversight(self, group: Group, wanted: dict[int, Unit]) -> None:
        yesterday = clock.today() - timedelta(days=1)
        present = {row.unit_id: row for row in GroupOversight.objects.on(clock.today()).filter(group=group)}
        for unit_id, row in present.items():
            if unit_id not in wanted:
                end_oversight(oversight=row, last_day=max(yesterday, row.valid_from), by=self.by)
        for unit_id, unit in wanted.items():
            if unit_id not in present:
                oversee(group=group, unit=unit, by=self.by)

    def _seat(self, draft: SeatDraft) -> None:
        person = Person.objects.filter(staff_no=draft.staff_no).first()
        if person is None:
            person = create_person(name=draft.name, staff_no=draft.staff_no, by=self.by)
        if not self._is_seated(person, draft):
            unit = self.units.get(draft.unit)
            group = None if unit else Group.objects.get(code=draft.group)
            appoint(
                person=person,
                role=draft.role,
                title=draft.title,
                unit=unit,
                group=group,
                valid_from=draft.valid_from,
                by=self.by,
            )
        if draft.username and not User.objects.filter(person=person).exists():
            create_account(
                person=person, username=draft.username, password="", password_hash=NO_PASSWORD, by=self.by
            )
            self.result.accounts.append(draft.username)

    @staticmethod
    def _is_seated(person: Person, draft: SeatDraft) -> bool:
        """Whether this very appointment is there: still running, or begun on that day and ended since."""
        start = draft.valid_from or clock.today()
        rows = Appointment.objects.filter(
            person=person,
            post__title=draft.title,
            post__role=draft.role,
            post__unit__code=draft.unit or None,
            post__group__code=draft.group or None,
        )
        return any(
            row.valid_to is None or row.valid_to >= start or row.valid_from == draft.valid_from
            for row in rows
        )
