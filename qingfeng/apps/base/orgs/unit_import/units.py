"""Rows of units judged against each other and against the tree as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.common_names import without_body
from qingfeng.apps.base.orgs.models import Unit, UnitKind
from qingfeng.apps.base.orgs.queries import hindrances_to_ending
from qingfeng.apps.base.orgs.unit_import import cells
from qingfeng.apps.base.orgs.unit_import.cells import Unreadable
from qingfeng.apps.base.orgs.unit_import.headings import Table
from qingfeng.apps.base.orgs.unit_import.lines import Line, Outcome, UnitDraft
from qingfeng.apps.base.orgs.unit_import.rows import Row
from qingfeng.apps.base.web import clock


def read_unit(table: Table, number: int, raw: dict[str, object]) -> Line:
    """A row of the unit table by itself, before it is seen beside the others."""
    row = Row(table, raw)
    draft = UnitDraft(
        code=row.need("code", cells.own_code),
        name=row.need("name", partial(cells.fitting, most=100)),
        short_name=row.read("short_name", partial(cells.fitting, most=30)) or "",
        kind=row.need("kind", lambda cell: cells.choice(cell, cells.UNIT_KINDS) if cells.text(cell) else ""),
        parent=cells.code(raw.get("parent")),
        order=row.read("order", cells.order),
        valid_from=row.read("valid_from", cells.day),
        valid_to=row.read("valid_to", cells.day),
    )
    line = Line(
        "unit",
        table.sheet,
        number,
        draft,
        Outcome.FAULTY if row.faults else Outcome.UNCHANGED,
        faults=tuple(row.faults),
    )
    if draft.valid_from and draft.valid_to and draft.valid_to < draft.valid_from:
        line = line.faulty(table.title("valid_to"), _("早于设立日期%(day)s") % {"day": draft.valid_from})
    return line


class UnitBook:
    """The tree as it stands and as the file wants it. The file's rows may come in any order."""

    def __init__(self, lines: list[tuple[Table, Line]]) -> None:
        self.existing = {unit.code: unit for unit in Unit.objects.select_related("parent")}
        self.tables: dict[str, Table] = {}
        self.found: dict[str, Line] = {}
        self.extra: list[Line] = []
        for table, line in lines:
            self._enter(table, line)
        self._names = self._by_name()
        self._plainly: dict[str, set[str]] = {}
        for name, codes in self._names.items():
            self._plainly.setdefault(without_body(name), set()).update(codes)
        self._place_all()
        self._judge_all()

    @property
    def lines(self) -> list[Line]:
        """Every row, in the order of the file."""
        return [*self.found.values(), *self.extra]

    def resolve(self, words: str) -> str:
        """The code of the unit that is meant by a code or an unmistakable name."""
        if words in self.found or words in self.existing:
            return words
        named = self._names.get(words) or self._plainly.get(without_body(words), set())
        if len(named) == 1:
            return next(iter(named))
        if named:
            raise Unreadable(_("叫“%(words)s”的单位不止一个，请填单位代码") % {"words": words})
        raise Unreadable(_("“%(words)s”既不在文件中，也不在系统中") % {"words": words})

    def knows(self, words: str) -> bool:
        """Whether any unit is called so, by code or by name."""
        plainly = without_body(words) in self._plainly
        return words in self.found or words in self.existing or words in self._names or plainly

    def usable(self, code: str) -> bool:
        """Whether the unit is there, or will be once the file is taken."""
        return code in self.existing or (code in self.found and self.found[code].outcome != Outcome.FAULTY)

    def in_order(self) -> Iterator[Line]:
        """The rows with every parent before its children."""
        yield from (self.found[code] for code in self._order)

    def _enter(self, table: Table, line: Line) -> None:
        code = line.code
        if code and code in self.found:
            first = self.found[code]
            reason = _("与%(place)s重复") % {"place": first.place}
            self.extra.append(line.faulty(table.title("code"), reason))
        elif code:
            self.found[code], self.tables[code] = line, table
        else:
            self.extra.append(line)

    def _by_name(self) -> dict[str, set[str]]:
        names: dict[str, set[str]] = {}
        for code, unit in self.existing.items():
            if unit.valid_to is None and code not in self.found:
                names.setdefault(cells.code(unit.name), set()).add(code)
        for code, line in self.found.items():
            names.setdefault(cells.code(line.name), set()).add(code)
        return names

    def _place_all(self) -> None:
        """Finds each row's parent, then the rings, then an order in which parents come first."""
        for code, line in self.found.items():
            self.found[code] = self._placed(line)
        for code in self.found:
            ring = self._ring(code)
            if ring:
                self._fault(code, "parent", _("上级关系绕成了圈：%(ring)s") % {"ring": "→".join(ring)})
        self._order = sorted(self.found, key=lambda code: len(list(self._upwards(code))))

    def _placed(self, line: Line) -> Line:
        draft, title = line.draft, self.tables[line.code].title("parent")
        assert isinstance(draft, UnitDraft)
        if not draft.parent:
            reason = _("没有填写；只有区县可以没有上级")
            return line if draft.kind in {UnitKind.DISTRICT, ""} else line.faulty(title, reason)
        if draft.kind == UnitKind.DISTRICT:
            return line.faulty(title, _("区县不填上级"))
        try:
            parent = self.resolve(draft.parent)
        except Unreadable as error:
            return line.faulty(title, str(error))
        placed = replace(line, draft=replace(draft, parent=parent))
        return placed.faulty(title, _("上级不能是本单位")) if parent == line.code else placed

    def _above(self, code: str) -> str:
        if code in self.found:
            draft = self.found[code].draft
            assert isinstance(draft, UnitDraft)
            return draft.parent
        unit = self.existing.get(code)
        return unit.parent.code if unit and unit.parent else ""

    def _upwards(self, code: str) -> Iterator[str]:
        seen = {code}
        while (code := self._above(code)) and code not in seen:
            seen.add(code)
            yield code

    def _ring(self, code: str) -> list[str]:
        path = [code, *self._upwards(code)]
        return [*path, code] if len(path) > 1 and self._above(path[-1]) == code else []

    def _fault(self, code: str, field: str, reason: str) -> None:
        self.found[code] = self.found[code].faulty(self.tables[code].title(field), reason)

    def _judge_all(self) -> None:
        for code in self._order:
            self._check_parent(code)
            if self.found[code].outcome != Outcome.FAULTY:
                unit = self.existing.get(code)
                self.found[code] = (
                    self._changed(self.found[code], unit) if unit else self._new(self.found[code])
                )

    def _check_parent(self, code: str) -> None:
        above = self._above(code)
        if not above or above == code or above not in {*self.found, *self.existing}:
            return
        if not self.usable(above):
            reason = _("上级“%(above)s”在%(place)s，那一行有误") % {
                "above": above,
                "place": self.found[above].place,
            }
            self._fault(code, "parent", reason)
            return
        end, own = self._end(above), self._end(code)
        if end and (own is None or own > end):
            self._fault(code, "parent", _("上级“%(above)s”已于%(day)s撤销") % {"above": above, "day": end})

    def _end(self, code: str):  # type: ignore[no-untyped-def]
        unit, line = self.existing.get(code), self.found.get(code)
        wanted = line.draft.valid_to if line and isinstance(line.draft, UnitDraft) else None
        return unit.valid_to or wanted if unit else wanted

    def _new(self, line: Line) -> Line:
        draft = line.draft
        assert isinstance(draft, UnitDraft)
        if draft.valid_to and draft.valid_to < (draft.valid_from or clock.today()):
            return line.faulty(
                self.tables[line.code].title("valid_to"), _("早于设立日期；已撤销的单位请一并填写起日")
            )
        above, start = self._name(draft.parent), self._usual_start(draft.parent)
        words = [_("设在“%(above)s”之下") % {"above": above}] if above else []
        if draft.valid_from:
            return line.becomes(Outcome.NEW, words)
        words.append(_("没有写设立日期，按%(day)s算") % {"day": start})
        return replace(line, draft=replace(draft, valid_from=start)).becomes(Outcome.NEW, words)

    def _usual_start(self, above: str) -> date:
        """A list of units tells of those that are there already: this year's ledgers may name them from January on."""
        line, unit = self.found.get(above), self.existing.get(above)
        written = line.draft.valid_from if line and isinstance(line.draft, UnitDraft) else None
        begun = written or (unit.valid_from if unit else None)
        return max(filter(None, (clock.today().replace(month=1, day=1), begun)))

    def _name(self, code: str) -> str:
        line = self.found.get(code)
        return line.name if line else self.existing[code].name if code in self.existing else ""

    def _changed(self, line: Line, unit: Unit) -> Line:
        draft, title = line.draft, self.tables[line.code].title
        assert isinstance(draft, UnitDraft)
        if unit.valid_to is not None:
            return self._ended_already(line, unit)
        if (unit.kind == UnitKind.DISTRICT) != (draft.kind == UnitKind.DISTRICT):
            return line.faulty(title("kind"), _("区县与其他类别不能互改"))
        changes = dict(_differences(draft, unit))
        was = unit.parent.code if unit.parent else ""
        if draft.parent != was:
            words = _("由“%(was)s”划转到“%(now)s”") % {
                "was": self._name(was),
                "now": self._name(draft.parent),
            }
            changes[Outcome.MOVED] = [words]
        if draft.valid_to:
            return self._ending(line, unit, changes)
        outcome = next(
            (one for one in (Outcome.MOVED, Outcome.RENAMED, Outcome.CHANGED) if one in changes), None
        )
        if outcome is None:
            return line
        return line.becomes(outcome, [words for found in changes.values() for words in found])

    def _ended_already(self, line: Line, unit: Unit) -> Line:
        draft, title = line.draft, self.tables[line.code].title
        assert isinstance(draft, UnitDraft)
        if draft.valid_to == unit.valid_to and draft.name == unit.name:
            return line
        words = _("代码已用于%(day)s撤销的“%(unit)s”，不能重复使用") % {"day": unit.valid_to, "unit": unit}
        return line.faulty(title("code"), words)

    def _ending(self, line: Line, unit: Unit, changes: dict[Outcome, list[str]]) -> Line:
        draft, title = line.draft, self.tables[line.code].title("valid_to")
        assert isinstance(draft, UnitDraft) and draft.valid_to
        first = draft.valid_from or unit.valid_from
        if draft.valid_to < first:
            return line.faulty(title, _("早于设立日期%(day)s") % {"day": first})
        leaving = [
            self.existing[code].pk
            for code, other in self.found.items()
            if code in self.existing
            and isinstance(other.draft, UnitDraft)
            and (
                other.draft.parent != line.code
                or (other.draft.valid_to and other.draft.valid_to <= draft.valid_to)
            )
        ]
        hindrances = hindrances_to_ending(unit, draft.valid_to, leaving)
        if hindrances:
            return line.faulty(title, _("不能撤销：%(why)s") % {"why": "；".join(hindrances)})
        words = [words for found in changes.values() for words in found]
        return line.becomes(Outcome.ENDED, [*words, _("于%(day)s撤销") % {"day": draft.valid_to}])


def _differences(draft: UnitDraft, unit: Unit) -> Iterator[tuple[Outcome, list[str]]]:
    """What a row says otherwise than the unit as it stands. An empty cell says nothing."""
    words = _("%(what)s：“%(was)s”改为“%(now)s”")
    renamed = [
        words % {"what": what, "was": was, "now": now}
        for what, was, now in (
            (_("名称"), unit.name, draft.name),
            (_("简称"), unit.short_name, draft.short_name),
        )
        if now and now != was
    ]
    if renamed:
        yield Outcome.RENAMED, renamed
    corrected = [
        words % {"what": what, "was": was, "now": now}
        for what, was, now, differs in (
            (_("类别"), UnitKind(unit.kind).label, UnitKind(draft.kind).label, unit.kind != draft.kind),
            (_("顺序"), unit.order, draft.order, draft.order not in {None, unit.order}),
            (_("起"), unit.valid_from, draft.valid_from, draft.valid_from not in {None, unit.valid_from}),
        )
        if differs
    ]
    if corrected:
        yield Outcome.CHANGED, corrected
