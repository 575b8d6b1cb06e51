"""Rows of people judged against who is registered, and against the units and groups of the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Appointment, Person, User
from qingfeng.apps.base.orgs.unit_import import cells
from qingfeng.apps.base.orgs.unit_import.cells import Unreadable
from qingfeng.apps.base.orgs.unit_import.groups import GroupBook
from qingfeng.apps.base.orgs.unit_import.headings import Table
from qingfeng.apps.base.orgs.unit_import.lines import Line, Outcome, SeatDraft
from qingfeng.apps.base.orgs.unit_import.rows import Row
from qingfeng.apps.base.orgs.unit_import.units import UnitBook
from qingfeng.apps.base.web import clock

Seat = tuple[str, str, str, str, str]
"""Staff number, unit code, group code, title, role."""


def read_seat(table: Table, number: int, raw: dict[str, object]) -> Line:
    """A row of the people table by itself; `unit` still holds whatever names the place."""
    row = Row(table, raw)
    draft = SeatDraft(
        name=row.need("name", partial(cells.fitting, most=50)),
        staff_no=row.need("staff_no", cells.own_code),
        unit=cells.code(raw.get("unit")) or cells.code(raw.get("place")),
        group=cells.code(raw.get("group")),
        title=row.need("title", partial(cells.fitting, most=50)),
        role=row.need("role", lambda cell: cells.choice(cell, cells.ROLES) if cells.text(cell) else ""),
        valid_from=row.read("valid_from", cells.day),
        username=row.read("username", lambda cell: cells.fitting(cells.code(cell), 50)) or "",
    )
    return Line(
        "person",
        table.sheet,
        number,
        draft,
        Outcome.FAULTY if row.faults else Outcome.UNCHANGED,
        faults=tuple(row.faults),
    )


class PeopleBook:
    """The people as they stand and as the file wants them."""

    def __init__(self, lines: list[tuple[Table, Line]], units: UnitBook, groups: GroupBook) -> None:
        self.units, self.groups = units, groups
        self.names = dict(Person.objects.values_list("staff_no", "name"))
        self.accounts = {
            username.casefold(): staff_no
            for username, staff_no in User.objects.values_list("username", "person__staff_no")
        }
        self.seats = self._held()
        self.first: dict[Seat, Line] = {}
        self.lines = [self._judged(table, self._placed(table, line)) for table, line in lines]

    @staticmethod
    def _held() -> dict[Seat, list[tuple[date, date | None]]]:
        held: dict[Seat, list[tuple[date, date | None]]] = {}
        rows = Appointment.objects.values_list(
            "person__staff_no",
            "post__unit__code",
            "post__group__code",
            "post__title",
            "post__role",
            "valid_from",
            "valid_to",
        )
        for staff_no, unit, group, title, role, first, last in rows:
            held.setdefault((staff_no, unit or "", group or "", title, role), []).append((first, last))
        return held

    def _placed(self, table: Table, line: Line) -> Line:
        """The row with the code of its unit or of its group."""
        draft = line.draft
        assert isinstance(draft, SeatDraft)
        title = table.title(
            next((field for field in ("unit", "place", "group") if field in table.titles), "place")
        )
        if draft.unit and draft.group:
            return line.faulty(title, _("单位和组只填一个"))
        if not draft.unit and not draft.group:
            return line.faulty(title, _("没有填写"))
        try:
            unit, group = self._place(draft.unit or draft.group, draft.group)
        except Unreadable as error:
            return line.faulty(title, str(error))
        placed = replace(line, draft=replace(draft, unit=unit, group=group))
        end = self._end(unit, group)
        if end and end < (draft.valid_from or clock.today()):
            return placed.faulty(title, _("已于%(day)s撤销，不能任职") % {"day": end})
        return placed

    def _place(self, words: str, group: str) -> tuple[str, str]:
        """(unit code, group code), one of them empty."""
        known = self.groups.named(words) if group or not self.units.knows(words) else ""
        if known:
            if not self.groups.usable(known):
                raise Unreadable(_("组“%(words)s”那一行有误") % {"words": words})
            return "", known
        if group:
            raise Unreadable(_("没有叫“%(words)s”的组，请填组表里的代码或名称") % {"words": words})
        if not self.units.knows(words):
            raise Unreadable(
                _("没有叫“%(words)s”的单位或组，请填单位表、组表里的代码或名称") % {"words": words}
            )
        code = self.units.resolve(words)
        if not self.units.usable(code):
            place = self.units.found[code].place
            raise Unreadable(_("单位“%(code)s”在%(place)s，那一行有误") % {"code": code, "place": place})
        return code, ""

    def _end(self, unit: str, group: str) -> date | None:
        place = self.units.existing.get(unit) or self.groups.existing.get(group)
        return place.valid_to if place else None

    def _judged(self, table: Table, line: Line) -> Line:
        draft = line.draft
        assert isinstance(draft, SeatDraft)
        known = (
            self.names.setdefault(draft.staff_no, draft.name) if draft.staff_no and draft.name else draft.name
        )
        if known != draft.name:
            words = _("该工号已登记为“%(known)s”；同一人更名请在人员页面办理，不同的人请用不同工号") % {
                "known": known
            }
            line = line.faulty(table.title("staff_no"), words)
        line = self._account_checked(table, line, draft)
        if line.faults:
            return line
        seat = (draft.staff_no, draft.unit, draft.group, draft.title, draft.role)
        if seat in self.first:
            return line.faulty(table.title("title"), _("与%(place)s重复") % {"place": self.first[seat].place})
        self.first[seat] = line
        return self._differing(line, draft, seat)

    def _account_checked(self, table: Table, line: Line, draft: SeatDraft) -> Line:
        if not draft.username:
            return line
        holder = self.accounts.setdefault(draft.username.casefold(), draft.staff_no)
        if holder != draft.staff_no:
            return line.faulty(
                table.title("username"), _("账号“%(name)s”已属于别人") % {"name": draft.username}
            )
        if sum(owner == draft.staff_no for owner in self.accounts.values()) > 1:
            return line.faulty(table.title("username"), _("该人员已有另一个账号"))
        return line

    def _differing(self, line: Line, draft: SeatDraft, seat: Seat) -> Line:
        changes = []
        begun = self.seats.get(seat, [])
        start = draft.valid_from or clock.today()
        if not any(last is None or last >= start or first == draft.valid_from for first, last in begun):
            changes.append(_("任%(title)s，自%(day)s") % {"title": draft.title, "day": start})
        if draft.username and not User.objects.filter(username__iexact=draft.username).exists():
            changes.append(_("开设账号“%(name)s”") % {"name": draft.username})
        if not changes:
            return line
        registered = Person.objects.filter(staff_no=draft.staff_no).exists()
        return line.becomes(Outcome.CHANGED if registered else Outcome.NEW, changes)
