"""Rows of groups judged against the groups as they stand and the units of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, GroupKind, GroupOversight
from qingfeng.apps.base.orgs.unit_import import cells
from qingfeng.apps.base.orgs.unit_import.cells import Unreadable
from qingfeng.apps.base.orgs.unit_import.headings import Table
from qingfeng.apps.base.orgs.unit_import.lines import GroupDraft, Line, Outcome
from qingfeng.apps.base.orgs.unit_import.rows import Row
from qingfeng.apps.base.orgs.unit_import.units import UnitBook
from qingfeng.apps.base.web import clock


def read_group(table: Table, number: int, raw: dict[str, object]) -> Line:
    """A row of the group table by itself."""
    row = Row(table, raw)
    draft = GroupDraft(
        code=row.need("code", cells.own_code),
        name=row.need("name", partial(cells.fitting, most=100)),
        short_name=row.read("short_name", partial(cells.fitting, most=30)) or "",
        kind=row.need("kind", lambda cell: cells.choice(cell, cells.GROUP_KINDS) if cells.text(cell) else ""),
        home=row.need("home", cells.code),
        oversees=tuple(dict.fromkeys(cells.codes(raw.get("oversees")))),
        valid_from=row.read("valid_from", cells.day),
    )
    return Line(
        "group",
        table.sheet,
        number,
        draft,
        Outcome.FAULTY if row.faults else Outcome.UNCHANGED,
        faults=tuple(row.faults),
    )


class GroupBook:
    """The groups as they stand and as the file wants them."""

    def __init__(self, lines: list[tuple[Table, Line]], units: UnitBook) -> None:
        self.units = units
        self.existing = {group.code: group for group in Group.objects.select_related("home_unit")}
        self.overseen: dict[str, set[str]] = {}
        rows = GroupOversight.objects.on(clock.today()).values_list("group__code", "unit__code")
        for group, unit in rows:
            self.overseen.setdefault(group, set()).add(unit)
        self.found: dict[str, Line] = {}
        self.extra: list[Line] = []
        for table, line in lines:
            self._enter(table, self._resolved(table, line))

    @property
    def lines(self) -> list[Line]:
        return [*self.found.values(), *self.extra]

    def usable(self, code: str) -> bool:
        """Whether the group is there, or will be once the file is taken."""
        line = self.found.get(code)
        return code in self.existing or (line is not None and line.outcome != Outcome.FAULTY)

    def named(self, words: str) -> str:
        """The code of the group that is meant by its code or an unmistakable name; nothing when there is none."""
        if words in self.found or words in self.existing:
            return words
        codes = {code for code, line in self.found.items() if cells.code(line.name) == words}
        codes |= {
            code
            for code, group in self.existing.items()
            if code not in self.found and group.valid_to is None and cells.code(group.name) == words
        }
        if len(codes) > 1:
            raise Unreadable(_("叫“%(words)s”的组不止一个，请填组代码") % {"words": words})
        return next(iter(codes), "")

    def _enter(self, table: Table, line: Line) -> None:
        first = self.found.get(line.code)
        if first:
            self.extra.append(line.faulty(table.title("code"), _("与%(place)s重复") % {"place": first.place}))
        elif not line.code:
            self.extra.append(line)
        else:
            self.found[line.code] = line if line.faults else self._judged(table, line)

    def _resolved(self, table: Table, line: Line) -> Line:
        """The row with codes in place of names, or with the units that are not there."""
        draft = line.draft
        assert isinstance(draft, GroupDraft)
        home, overseen = draft.home, []
        if home:
            try:
                home = self._unit(home)
            except Unreadable as error:
                line = line.faulty(table.title("home"), str(error))
        for words in draft.oversees:
            try:
                overseen.append(self._unit(words))
            except Unreadable as error:
                line = line.faulty(table.title("oversees"), str(error))
        return replace(line, draft=replace(draft, home=home, oversees=tuple(overseen)))

    def _unit(self, words: str) -> str:
        code = self.units.resolve(words)
        if not self.units.usable(code):
            place = self.units.found[code].place
            raise Unreadable(_("单位“%(code)s”在%(place)s，那一行有误") % {"code": code, "place": place})
        return code

    def _judged(self, table: Table, line: Line) -> Line:
        draft, group = line.draft, self.existing.get(line.code)
        assert isinstance(draft, GroupDraft)
        if group is None:
            return line.becomes(Outcome.NEW, self._oversight_words(set(draft.oversees), set()))
        if group.valid_to is not None:
            words = _("代码已用于%(day)s撤销的“%(group)s”，不能重复使用")
            return line.faulty(table.title("code"), words % {"day": group.valid_to, "group": group})
        if group.kind != draft.kind:
            words = _("已登记为“%(kind)s”，不能通过导入更改") % {"kind": GroupKind(group.kind).label}
            return line.faulty(table.title("kind"), words)
        if group.home_unit.code != draft.home:
            words = _("已设在“%(unit)s”，不能通过导入更改") % {"unit": group.home_unit}
            return line.faulty(table.title("home"), words)
        return self._differing(line, draft, group)

    def _differing(self, line: Line, draft: GroupDraft, group: Group) -> Line:
        changes = []
        for what, was, now in (
            (_("名称"), group.name, draft.name),
            (_("简称"), group.short_name, draft.short_name),
        ):
            if now and now != was:
                changes.append(_("%(what)s：“%(was)s”改为“%(now)s”") % {"what": what, "was": was, "now": now})
        renamed = bool(changes)
        if draft.oversees:
            changes += self._oversight_words(set(draft.oversees), self.overseen.get(group.code, set()))
        if not changes:
            return line
        return line.becomes(Outcome.RENAMED if renamed else Outcome.CHANGED, changes)

    def _oversight_words(self, wanted: set[str], present: set[str]) -> list[str]:
        def names(codes: set[str]) -> str:
            return "、".join(self._names(codes))

        found = []
        if wanted - present:
            found.append(_("监督：%(units)s") % {"units": names(wanted - present)})
        if present - wanted:
            found.append(_("不再监督：%(units)s") % {"units": names(present - wanted)})
        return found

    def _names(self, codes: set[str]) -> Iterator[str]:
        for code in sorted(codes):
            line = self.units.found.get(code)
            yield line.name if line else self.units.existing[code].name
