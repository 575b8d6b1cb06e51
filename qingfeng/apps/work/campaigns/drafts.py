"""The items of a draft: which fields each kind has, what they must be, and what is read between the lines.

Shapes are those of `qingfeng plan read --json`; an obligation also carries what the office decides in the review:
its bearers, whether it is owed on demand only, the media it is wanted in, whether it is the monthly form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import GroupKind, UnitKind
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.bearers import infer
from qingfeng.apps.work.campaigns.models import BearerKind, ItemKind, StageKind

Converter = Callable[[Any], Any]
SOURCES = {
    ItemKind.STAGE: "stages",
    ItemKind.CONTENT: "contents",
    ItemKind.OBLIGATION: "obligations",
    ItemKind.GROUP: "groups",
    ItemKind.MECHANISM: "mechanisms",
    ItemKind.FORM: "forms",
    ItemKind.FAULT: "faults",
}
"""Under which key of the reader's answer the items of each kind stand."""
RHYTHMS = {
    "week": gettext_lazy("每周"),
    "two_weeks": gettext_lazy("每两周"),
    "ten_days": gettext_lazy("每旬"),
    "month": gettext_lazy("每月"),
    "quarter": gettext_lazy("每季度"),
    "half_year": gettext_lazy("每半年"),
    "year": gettext_lazy("每年"),
}
LIMITS = {
    "what": 200,
    "due_text": 200,
    "condition": 300,
    "trigger": 200,
    "channel": 200,
    "form": 100,
    "title": 200,
    "text": 5000,
    "message": 1000,
}
"""How many characters of the reader's wording are kept."""
GROUP_KINDS = {"office": GroupKind.CAMPAIGN_OFFICE.value}
"""Kinds of groups that the reader names otherwise than the organisation does."""
PAPER = re.compile(r"paper|纸质|红头|鲜章|加盖|盖章|签字|装订")
ELECTRONIC = re.compile(r"electronic|电子|邮箱|邮件|QQ|微信|平台|系统|网|群")
MONTHLY_FORM = re.compile(r"月报|推进.{0,20}(工作)?情况|(治理|整治|工作)(工作)?(开展|进展|推进)?情况")


def _text(limit: int, *, required: bool = False) -> Converter:
    def convert(value: Any) -> str:
        text = str(value or "").strip()
        if required and not text:
            raise ValueError(_("要填写"))
        if len(text) > limit:
            raise ValueError(_("最多%(limit)d个字") % {"limit": limit})
        return text

    return convert


def _number(least: int, most: int) -> Converter:
    def convert(value: Any) -> int | None:
        if value in (None, ""):
            return None
        number = int(value)
        if not (least <= number <= most):
            raise ValueError(_("应在%(least)d到%(most)d之间") % {"least": least, "most": most})
        return number

    return convert


def _day(*, required: bool = False) -> Converter:
    def convert(value: Any) -> str | None:
        if not value:
            if required:
                raise ValueError(_("要填写日期"))
            return None
        return value.isoformat() if isinstance(value, date) else date.fromisoformat(str(value)).isoformat()

    return convert


def _names(value: Any) -> list[str]:
    return [str(name).strip() for name in value or [] if str(name).strip()]


def _flag(value: Any) -> bool:
    return bool(value)


def _choice(values: list[str], default: str | None = None) -> Converter:
    def convert(value: Any) -> str:
        if value in values:
            return str(value)
        if default is None:
            raise ValueError(_("“%(value)s”不在可选范围内") % {"value": value})
        return default

    return convert


def _recurrence(value: Any) -> dict[str, Any] | None:
    if not value:
        return None
    if value.get("every") not in RHYTHMS:
        raise ValueError(_("“%(value)s”不是可用的周期") % {"value": value.get("every")})
    return {
        "every": value["every"],
        "day": _number(-1, 31)(value.get("day")) or None,
        "weekday": _number(1, 7)(value.get("weekday")),
        "month_of_period": _number(1, 12)(value.get("month_of_period")),
    }


def _bearers(value: Any) -> list[dict[str, Any]]:
    classes = {
        BearerKind.UNITS: set(UnitKind.values),
        BearerKind.GROUPS: set(GroupKind.values),
        BearerKind.OFFICE: set(),
    }
    found = []
    for one in value or []:
        kind = _choice(BearerKind.values)(one.get("kind"))
        unknown = set(one.get("classes") or []) - classes[BearerKind(kind)]
        if unknown:
            raise ValueError(_("“%(value)s”不是可用的类别") % {"value": min(unknown)})
        found.append(
            {"kind": kind, "classes": list(one.get("classes") or []), "names": _names(one.get("names"))}
        )
    if not found:
        raise ValueError(_("要选定由谁承担"))
    return found


FIELDS: dict[str, dict[str, tuple[Any, Converter]]] = {
    ItemKind.STAGE: {
        "number": (gettext_lazy("序号"), _number(1, 99)),
        "name": (gettext_lazy("名称"), _text(60, required=True)),
        "kind": (gettext_lazy("类别"), _choice(StageKind.values, StageKind.OTHER)),
        "start": (gettext_lazy("开始"), _day(required=True)),
        "end": (gettext_lazy("结束"), _day(required=True)),
    },
    ItemKind.CONTENT: {
        "number": (gettext_lazy("序号"), _number(1, 99)),
        "title": (gettext_lazy("名称"), _text(200, required=True)),
        "text": (gettext_lazy("内容"), _text(5000)),
    },
    ItemKind.OBLIGATION: {
        "who": (gettext_lazy("谁（文件原文）"), _names),
        "what": (gettext_lazy("任务"), _text(200, required=True)),
        "deliver_to": (gettext_lazy("报送给"), _names),
        "start": (gettext_lazy("开始"), _day()),
        "due": (gettext_lazy("期限"), _day()),
        "due_text": (gettext_lazy("期限（文件原文）"), _text(200)),
        "recurrence": (gettext_lazy("周期"), _recurrence),
        "condition": (gettext_lazy("条件"), _text(300)),
        "trigger": (gettext_lazy("触发情形"), _text(200)),
        "channel": (gettext_lazy("报送方式"), _text(200)),
        "form": (gettext_lazy("表式"), _text(100)),
        "stage": (gettext_lazy("阶段"), _number(1, 99)),
        "repeats_per_unit": (gettext_lazy("各单位分别办理"), _flag),
        "bearers": (gettext_lazy("承担者"), _bearers),
        "on_demand": (gettext_lazy("按需生成"), _flag),
        "wants_electronic": (gettext_lazy("要电子稿"), _flag),
        "wants_paper": (gettext_lazy("要纸质稿"), _flag),
        "is_monthly_form": (gettext_lazy("以月报表报送"), _flag),
    },
    ItemKind.GROUP: {
        "name": (gettext_lazy("名称"), _text(100, required=True)),
        "kind": (gettext_lazy("类别"), _choice(GroupKind.values, GroupKind.WORK_GROUP)),
        "count": (gettext_lazy("个数"), _number(1, 99)),
        "members": (gettext_lazy("成员单位"), _names),
    },
    ItemKind.MECHANISM: {"name": (gettext_lazy("名称"), _text(100, required=True))},
    ItemKind.FORM: {
        "attachment": (gettext_lazy("附件号"), _number(1, 99)),
        "title": (gettext_lazy("名称"), _text(200, required=True)),
        "orientation": (gettext_lazy("版式"), _choice(["list", "sheet", "matrix"], "list")),
        "fields": (gettext_lazy("栏目"), _names),
    },
    ItemKind.FAULT: {
        "code": (gettext_lazy("类别"), _text(60)),
        "message": (gettext_lazy("说明"), _text(1000, required=True)),
        "lines": (gettext_lazy("行号"), list),
    },
}


def checked(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The item as it may be kept; BadInput names the field that is wrong. Unknown fields are refused."""
    fields = FIELDS[kind]
    unknown = set(data) - set(fields)
    if unknown:
        raise BadInput(_("没有“%(name)s”这一栏，请核对。") % {"name": min(unknown)})
    kept = {}
    for name, (label, convert) in fields.items():
        try:
            kept[name] = convert(data.get(name))
        except (ValueError, TypeError, AttributeError) as error:
            raise BadInput(_("“%(label)s”不对：%(reason)s。") % {"label": label, "reason": error}) from error
    _check_together(kind, kept)
    return kept


def _check_together(kind: str, kept: Mapping[str, Any]) -> None:
    first, last = kept.get("start"), kept.get("due") if kind == ItemKind.OBLIGATION else kept.get("end")
    if first and last and first > last:
        raise BadInput(_("结束日期%(last)s早于开始日期%(first)s，请改正。") % {"first": first, "last": last})
    if kind == ItemKind.OBLIGATION and not (kept["wants_electronic"] or kept["wants_paper"]):
        raise BadInput(_("电子稿和纸质稿至少要选一种。"))
    if (
        kind == ItemKind.OBLIGATION
        and kept["is_monthly_form"]
        and (kept["recurrence"] or {}).get("every") != "month"
    ):
        raise BadInput(_("只有每月一次的任务才能以月报表报送。"))


def from_reader(kind: str, raw: Mapping[str, Any], groups: list[Mapping[str, Any]]) -> dict[str, Any]:
    """An item as the reader gave it, in our fields; what an obligation leaves unsaid is inferred and shown in review."""
    data = {name: _clipped(raw[name], LIMITS.get(name)) for name in FIELDS[kind] if name in raw}
    if kind == ItemKind.OBLIGATION:
        data |= _inferred(raw, groups)
    if kind == ItemKind.GROUP:
        data |= {
            "count": data.get("count") or 1,
            "kind": GROUP_KINDS.get(str(data.get("kind")), data.get("kind")),
        }
    return data


def _clipped(value: Any, limit: int | None) -> Any:
    """The plan's own words may be longer than a heading; the whole sentence stands beside it."""
    return value[: limit - 1] + "…" if limit and isinstance(value, str) and len(value) > limit else value


def _inferred(raw: Mapping[str, Any], groups: list[Mapping[str, Any]]) -> dict[str, Any]:
    how = f"{raw.get('channel') or ''}{raw.get('quote') or ''}"
    bearers = [one.as_dict() for one in infer(raw.get("who") or [], groups)]
    paper = bool(PAPER.search(how))
    return {
        "bearers": bearers or [{"kind": str(BearerKind.OFFICE), "classes": [], "names": []}],
        "on_demand": bool(raw.get("trigger") or raw.get("condition")),
        "wants_paper": paper,
        "wants_electronic": bool(ELECTRONIC.search(how)) or not paper,
        "is_monthly_form": is_monthly_form(raw, bearers),
    }


def is_monthly_form(raw: Mapping[str, Any], bearers: list[dict[str, Any]]) -> bool:
    """Handed in every month by the units, and worded as how the work goes on: answered by attachment 4."""
    words = f"{raw.get('form') or ''}{raw.get('what') or ''}{raw.get('quote') or ''}"
    monthly = (raw.get("recurrence") or {}).get("every") == "month"
    borne_by_units = any(one["kind"] == BearerKind.UNITS for one in bearers)
    return bool(monthly and borne_by_units and raw.get("deliver_to") and MONTHLY_FORM.search(words))


def in_short(kind: str, data: Mapping[str, Any]) -> str:
    """One line that names the item."""
    for name in ("what", "name", "title", "message"):
        if data.get(name):
            return str(data[name])
    return str(ItemKind(kind).label)


WEEKDAYS = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)


def rhythm_in_words(recurrence: Mapping[str, Any] | None) -> str:
    """每月20日前, 每周五, 每季度末月28日前."""
    if not recurrence:
        return ""
    every = recurrence["every"]
    words = str(RHYTHMS[every])
    if recurrence.get("weekday"):
        return words + _("（%(day)s）") % {"day": WEEKDAYS[recurrence["weekday"] - 1]}
    if recurrence.get("month_of_period"):
        words += _("第%(number)d个月") % {"number": recurrence["month_of_period"]}
    day = recurrence.get("day")
    return words + (_("月底前") if day == -1 else _("%(day)d日前") % {"day": day} if day else "")
