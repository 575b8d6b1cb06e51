"""Units as people write them in files: found by name, or told what they are called now, or what was probably meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.common_names import without_body
from qingfeng.apps.base.orgs.models import Group, Unit
from qingfeng.apps.base.orgs.queries import renamed_from
from qingfeng.apps.base.web.errors import BadInput

OFFERED = 3
ALIKE = 0.5
MOST_GUESSED = 100
"""Names of a file for which a likely one is looked for; one with more has something else wrong."""


class UnitNames:
    """The units that a filing body may name. What a file says again and again is looked up once."""

    def __init__(self, units: Sequence[Unit], body: Unit | Group) -> None:
        self._units, self._body = units, body
        self._by_name: dict[str, dict[int, Unit]] = {}
        for unit in units:
            for name in (unit.name, unit.short_name, unit.code):
                self._by_name.setdefault(name, {})[unit.pk] = unit
        self._plainly: dict[str, dict[int, Unit]] = {}
        for unit in units:
            self._plainly.setdefault(without_body(unit.name), {})[unit.pk] = unit
        self._known: dict[tuple[str, date], Unit | str] = {}
        self._unknown: dict[str, str] = {}

    def named(self, text: str, day: date) -> Unit:
        """The unit by its name, short name or code, as it was on that day; BadInput says what to write instead."""
        wanted = "".join(text.split())
        found = self._known.get((wanted, day))
        if found is None:
            found = self._known[wanted, day] = self._looked_up(text, wanted, day)
        if isinstance(found, str):
            raise BadInput(found)
        return found

    def _looked_up(self, text: str, wanted: str, day: date) -> Unit | str:
        """The unit, or why there is none."""
        found = list((self._by_name.get(wanted) or self._plainly.get(without_body(wanted), {})).values())
        running = [unit for unit in found if _runs(unit, day)]
        if len(running) == 1:
            return running[0]
        if running:
            codes = "、".join(unit.code for unit in running)
            return _("有%(count)d个单位叫“%(text)s”，请改填单位代码（%(codes)s）。") % {
                "count": len(running),
                "text": text,
                "codes": codes,
            }
        if found:
            return _gone(found[0], day)
        if wanted not in self._unknown:
            offered = OFFERED if len(self._unknown) < MOST_GUESSED else 0
            self._unknown[wanted] = _unknown(self._units, wanted, day, self._body, offered)
        return self._unknown[wanted]


def _runs(unit: Unit, day: date) -> bool:
    return unit.valid_from <= day and (unit.valid_to is None or unit.valid_to >= day)


def _gone(unit: Unit, day: date) -> str:
    given = {
        "unit": unit.name,
        "day": day,
        "from": unit.valid_from,
        "to": unit.valid_to,
        "above": unit.parent,
    }
    if unit.valid_from > day:
        return (
            _(
                "“%(unit)s”在%(day)s还没有设立（%(from)s设立）。请核对检查时间；设立日期登记错了的，"
                "请专治办在“组织”里打开该单位“更名或更正”。"
            )
            % given
        )
    return (
        _("“%(unit)s”已于%(to)s撤销，检查时间%(day)s在那之后。请改填接收其职能的单位；原上级是“%(above)s”。")
        % given
    )


def _unknown(units: Sequence[Unit], wanted: str, day: date, body: Unit | Group, offered: int) -> str:
    within = {unit.pk for unit in units}
    names = renamed_from(wanted) if offered else []
    renamed = [(unit, since) for unit, since in names if unit.pk in within]
    if renamed:
        unit, since = renamed[-1]
        return _("“%(text)s”已于%(day)s更名为“%(unit)s”，请改填新名称。") % {
            "text": wanted,
            "day": since,
            "unit": unit.name,
        }
    given = {"body": body.name, "text": wanted}
    near = nearest([unit for unit in units if _runs(unit, day)], wanted) if offered else []
    if not near:
        return _("在“%(body)s”及其下级（监督范围）里没有叫“%(text)s”的单位，请核对单位名称。") % given
    given["near"] = "、".join(f"“{name}”" for name in near)
    return (
        _("在“%(body)s”及其下级（监督范围）里没有叫“%(text)s”的单位，是不是%(near)s？请改成单位的准确名称。")
        % given
    )


def nearest(units: Sequence[Unit], wanted: str) -> list[str]:
    """The names most like what was written, those that hold it or are held by it first."""
    names = list(dict.fromkeys(unit.name for unit in units))
    within = [name for name in names if wanted and (wanted in name or name in wanted)]
    return list(dict.fromkeys([*within, *get_close_matches(wanted, names, OFFERED, ALIKE)]))[:OFFERED]
