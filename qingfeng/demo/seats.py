"""Who sits where in the made-up district: read once, because nobody's seat changes what the story needs."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from qingfeng.apps.base.orgs.models import Appointment, Group, Role, Unit, UnitKind, User
from qingfeng.apps.base.web import clock

AT_ZERO = ("990710", "990715", "990736")
"""Two streets and a department that find nothing themselves."""
VACANT = {"990738": date(2026, 6, 12)}
"""Where the head has left after that day and the next one is not in post yet."""


class Seats:
    """Units, groups and accounts by code and name, and who holds which role where."""

    def __init__(self) -> None:
        self.units = {unit.code: unit for unit in Unit.objects.select_related("parent").order_by("code")}
        self.groups = {group.code: group for group in Group.objects.order_by("code")}
        self.accounts = {user.username: user for user in User.objects.select_related("person").order_by("pk")}
        by_person = {user.person_id: user for user in self.accounts.values()}
        self._held: dict[tuple[str, int, str], list[User]] = defaultdict(list)
        self._names: dict[int, str] = {}
        rows = Appointment.objects.select_related("person", "post").order_by("pk")
        for row in rows:
            place = ("unit", row.post.unit_id) if row.post.unit_id else ("group", row.post.group_id)
            if row.person_id in by_person:
                self._held[place[0], place[1] or 0, row.post.role].append(by_person[row.person_id])
            if row.post.unit_id and row.post.role == Role.HEAD:
                self._names.setdefault(row.post.unit_id, row.person.name)

    def account(self, username: str) -> User:
        return self.accounts[username]

    def unit(self, code: str) -> Unit:
        return self.units[code]

    def group(self, code: str) -> Group:
        return self.groups[code]

    def streets(self) -> list[Unit]:
        return [unit for unit in self.units.values() if unit.kind == UnitKind.STREET]

    def departments(self) -> list[Unit]:
        """Those that take part: with a clerk, and the four whose papers the office still registers for them."""
        return [unit for unit in self.units.values() if unit.kind == UnitKind.DEPARTMENT][:12]

    def departments_served(self) -> list[Unit]:
        """Departments that do their own entries and have problems to enter."""
        return [unit for unit in self.departments() if self.clerk(unit) and unit.code not in AT_ZERO]

    def below(self, unit: Unit, *kinds: str) -> list[Unit]:
        rows = [one for one in self.units.values() if one.parent_id == unit.pk]
        return [one for one in rows if not kinds or one.kind in kinds]

    def members(self, group: Group) -> list[User]:
        """Those who inspect or work in a group."""
        return self._held["group", group.pk, Role.INSPECTOR] + self._held["group", group.pk, Role.OFFICE]

    def clerk(self, unit: Unit) -> User | None:
        """The unit's clerk, else that of the unit above, who files for it."""
        return self._own_or_above(unit, Role.CLERK)

    def head(self, unit: Unit) -> User | None:
        """The account that signs for the unit; nobody where the post is vacant."""
        left = next((day for code, day in VACANT.items() if unit.code.startswith(code)), None)
        if left is not None and clock.today() > left:
            return None
        return self._own_or_above(unit, Role.HEAD)

    def responsible(self, unit: Unit) -> str:
        """Who puts things right there: its head in communities and windows, the clerk in streets and departments."""
        clerk = self._held["unit", unit.pk, Role.CLERK]
        return clerk[0].person.name if clerk else self._names[unit.pk]

    def leader_in_charge(self, unit: Unit) -> str:
        return self._names[unit.parent_id if unit.parent_id in self._names else unit.pk]  # type: ignore[index]

    def _own_or_above(self, unit: Unit | None, role: str) -> User | None:
        while unit is not None:
            held = self._held["unit", unit.pk, role]
            if held:
                return held[0]
            unit = self.units[unit.parent.code] if unit.parent else None
        return None
