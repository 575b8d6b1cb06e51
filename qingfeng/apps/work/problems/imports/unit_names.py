"""Units as people write them in files: found by name, or told what they are called now, or what was probably meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, Unit
from qingfeng.apps.base.orgs.queries import renamed_from
from qingfeng.apps.base.web.errors import BadInput

OFFERED = 3
ALIKE = 0.5


def unit_named(units: Sequence[Unit], text: str, day: date, body: Unit | Group) -> Unit:
    """The unit among these by its name, short name or code, as it was on that day; BadInput says what to write instead."""
    wanted = "".join(text.split())
    found = [unit for unit in units if wanted in (unit.name, unit.short_name, unit.code)]
    running = [unit for unit in found if _runs(unit, day)]
    if len(running) == 1:
        return running[0]
    if running:
        codes = "、".join(unit.code for unit in running)
        raise BadInput(
            _("有%(count)d个单位叫“%(text)s”，请改填单位代码（%(codes)s）。")
            % {"count": len(running), "text": text, "codes": codes}
        )
    raise BadInput(_gone(found[0], day) if found else _unknown(units, wanted, day, body))


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
        return _("“%(unit)s”在%(day)s还没有设立（%(from)s设立），请核对检查时间。") % given
    return (
        _("“%(unit)s”已于%(to)s撤销，检查时间%(day)s在那之后。请改填接收其职能的单位；原上级是“%(above)s”。")
        % given
    )


def _unknown(units: Sequence[Unit], wanted: str, day: date, body: Unit | Group) -> str:
    within = {unit.pk for unit in units}
    renamed = [(unit, since) for unit, since in renamed_from(wanted) if unit.pk in within]
    if renamed:
        unit, since = renamed[-1]
        return _("“%(text)s”已于%(day)s更名为“%(unit)s”，请改填新名称。") % {
            "text": wanted,
            "day": since,
            "unit": unit.name,
        }
    given = {"body": body.name, "text": wanted}
    near = nearest([unit for unit in units if _runs(unit, day)], wanted)
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
