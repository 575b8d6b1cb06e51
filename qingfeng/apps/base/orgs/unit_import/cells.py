"""What stands in a cell: text, codes, days, and the words for kinds and roles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.codes import is_plain
from qingfeng.apps.base.orgs.models import GroupKind, Role, UnitKind

_WIDE = {
    wide: wide - 0xFEE0
    for start, end in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for wide in range(start, end + 1)
} | {0x3000: 0x20, 0xA0: 0x20}
_OPEN_ENDED = {"", "-", "—", "——", "/", "至今", "长期", "无"}
_YEAR_MONTH_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0?0:00(?::00)?)?"
)
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL_START, _SERIAL_RANGE = date(1899, 12, 30), range(20_000, 80_000)


class Unreadable(ValueError):
    """The cell does not say what its column is for; the text says why, in the user's words."""


def text(cell: Any) -> str:
    """A cell as one would read it: whole numbers without a point, wide digits narrow, blanks trimmed."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        cell = cell.date()
    return re.sub(r"\s+", " ", str(cell if cell is not None else "").translate(_WIDE)).strip()


def code(cell: Any) -> str:
    """A code: no blanks, no wide letters."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text(cell))).strip("'`’")


def own_code(cell: Any) -> str:
    """The code of the row itself, which will stand in addresses and on papers."""
    found = code(cell)
    if found and not is_plain(found):
        raise Unreadable(_("“%(code)s”不合规，请用字母、数字、点和横线，不超过30个") % {"code": found})
    return found


def codes(cell: Any) -> list[str]:
    """Several codes or names in one cell, parted by 、 or a comma or a line."""
    raw = "" if cell is None else (text(cell) if isinstance(cell, float) else str(cell))
    return [code(part) for part in re.split(r"[、,，;；\n]+", raw) if code(part)]


def fitting(cell: Any, most: int) -> str:
    """Text of at most so many letters."""
    found = text(cell)
    if len(found) > most:
        raise Unreadable(_("超过%(most)d个字") % {"most": most})
    return found


def day(cell: Any) -> date | None:
    """A day however it is written; None when the cell is empty or says that there is no end."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    words = unicodedata.normalize("NFKC", text(cell))
    if words in _OPEN_ENDED:
        return None
    if isinstance(cell, int | float) and int(cell) in _SERIAL_RANGE:
        return _SERIAL_START + timedelta(days=int(cell))
    match = _YEAR_MONTH_DAY.fullmatch(words) or _EIGHT_DIGITS.fullmatch(words)
    if not match:
        raise Unreadable(_("“%(words)s”不是完整的日期，请写成2026-01-31这样") % {"words": words})
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError as error:
        raise Unreadable(_("“%(words)s”不存在，请核对日期") % {"words": words}) from error


def order(cell: Any) -> int | None:
    """A place among sisters; None when empty."""
    words = text(cell)
    if not words:
        return None
    if not words.isdecimal() or int(words) > 1_000_000:
        raise Unreadable(_("“%(words)s”不是顺序号，请填整数") % {"words": words})
    return int(words)


UNIT_KINDS: dict[UnitKind, str] = {
    UnitKind.DISTRICT: "区 县 市 旗 区级 县级 县区 全区 全县 区（县）",
    UnitKind.DEPARTMENT: "委办局 局 区直部门 区直单位 区级部门 县直部门 县直单位 职能部门 单位 机关",
    UnitKind.STREET: "街道 乡镇 镇 乡 街道办 街道办事处 镇街 乡镇街道 街道/乡镇 街道、乡镇",
    UnitKind.COMMUNITY: "社区 村 村居 行政村 居委会 村委会 社区/村 村（社区）",
    UnitKind.SECTION: "科 股室 处室 内设科室 内设机构",
    UnitKind.STATION: "站 所 站所 站、所 基层站所 中心",
    UnitKind.WINDOW: "窗口 服务大厅 办事窗口",
}
GROUP_KINDS: dict[GroupKind, str] = {
    GroupKind.LEADING_GROUP: "",
    GroupKind.CAMPAIGN_OFFICE: "专治办 办公室 领导小组办公室 专项治理办公室",
    GroupKind.WORK_GROUP: "专项工作组 工作小组",
    GroupKind.GOVERNANCE_GROUP: "治理小组 专项小组 治理组",
    GroupKind.STREET_COMMITTEE: "纪工委 乡镇纪委 镇纪委 街道纪委",
    GroupKind.DISPATCHED_GROUP: "派驻组 派驻纪检组 派驻纪检监察组",
    GroupKind.GUIDANCE_TEAM: "督导小组 指导组",
    GroupKind.TASK_FORCE: "工作专班",
}
ROLES: dict[Role, str] = {
    Role.OFFICE: "专治办人员 办公室 领导小组办公室 专项治理办公室",
    Role.CLERK: "经办人 填报人 联络员 单位联络员",
    Role.HEAD: "负责人 单位主要负责人 主要负责人 单位领导",
    Role.INSPECTOR: "检查人 检查员 督查人员 检查组成员",
    Role.LEADER: "领导 区领导 只读",
    Role.AUDITOR: "审计 审计人员",
    Role.ADMINISTRATOR: "管理员 系统管理",
}


def choice(cell: Any, words: Mapping[Any, str]) -> str:
    """The stored value for a word of the field, its label, or the value itself.

    Files are Chinese even where the pages are read in another language, so both labels are known.
    """
    asked = _bare(text(cell))
    for value, synonyms in words.items():
        with translation.override(settings.LANGUAGE_CODE):
            own = str(value.label)
        if asked in {_bare(one) for one in (str(value), own, str(value.label), *synonyms.split())}:
            return str(value)
    usual = "、".join(str(value.label) for value in words)
    raise Unreadable(_("“%(asked)s”不在可选范围内，请填：%(usual)s") % {"asked": text(cell), "usual": usual})


def _bare(words: str) -> str:
    return unicodedata.normalize("NFKC", words).replace(" ", "").casefold()
