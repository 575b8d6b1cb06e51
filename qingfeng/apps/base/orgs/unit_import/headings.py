"""Which column is what: headings as offices write them, in any order, somewhere in the first rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.unit_import.cells import text
from qingfeng.apps.base.records.workbooks import Worksheet

Kind = Literal["unit", "group", "person"]
SEARCHED_ROWS = 15
_TOTAL = re.compile(r"(本?页?小|合|总|共)计(\W.*)?")
_FOOT = re.compile(
    r"(注|备注|说明|填表人|填报人|制表人?|审核人?|联系人|负责人|填表时间|填报时间)[:：].*", re.DOTALL
)

SYNONYMS: dict[Kind, dict[str, str]] = {
    "unit": {
        "code": "单位代码 单位编码 单位编号 机构代码 机构编码 代码 编码",
        "name": "单位名称 单位全称 机构名称 名称 全称 单位",
        "short_name": "简称 单位简称 机构简称",
        "kind": "类别 单位类别 单位类型 类型 层级 单位性质",
        "parent": "上级代码 上级单位代码 上级编码 上级单位编码 上级单位 上级 主管单位 主管单位代码 隶属单位 所属单位",
        "order": "顺序 排序 次序 序 显示顺序 排列顺序",
        "valid_from": "起 起始日期 设立日期 成立日期 启用日期 生效日期 开始日期 起始",
        "valid_to": "止 终止日期 撤销日期 停用日期 失效日期 结束日期 截止日期",
    },
    "group": {
        "code": "组代码 组编码 小组代码 组别代码 代码 编码",
        "name": "名称 组名称 组名 小组名称 组别",
        "short_name": "简称 组简称",
        "kind": "类别 组类别 类型 组类型",
        "home": "设在 设在单位 设在单位代码 所在单位 牵头单位 挂靠单位",
        "oversees": "监督单位 监督单位代码 监督的单位 负责单位 联系单位 监督范围",
        "valid_from": "起 起始日期 成立日期 开始日期",
    },
    "person": {
        "name": "姓名 人员姓名 名字",
        "staff_no": "工号 人员编号 职工号 人员工号 员工号",
        "unit": "单位代码 单位编码 所在单位代码",
        "group": "组代码 组编码 小组代码",
        "place": "单位代码/组代码 单位或组代码 单位/组代码 单位代码或组代码 所在单位 所在单位或组 单位 单位名称",
        "title": "职务 职务名称 岗位 职位",
        "role": "角色 平台角色 权限 系统角色",
        "valid_from": "任职日期 任职时间 起 起始日期 任职起",
        "username": "账号 用户名 登录名 帐号",
    },
}
REQUIRED: dict[Kind, tuple[str, ...]] = {
    "unit": ("code", "name", "kind", "parent"),
    "group": ("code", "name", "kind", "home"),
    "person": ("name", "staff_no", "title", "role"),
}
SHEET_WORDS: dict[Kind, Any] = {"unit": _("单位表"), "group": _("组表"), "person": _("人员表")}


@dataclass(frozen=True)
class Table:
    """A sheet whose heading was found: rows as {field: raw cell} with their numbers, blank rows left out."""

    kind: Kind
    sheet: str
    titles: Mapping[str, str]
    rows: tuple[tuple[int, dict[str, Any]], ...]
    passed_over: tuple[int, ...] = ()
    """Numbers of the rows that are none: totals and what stands below the table."""

    def title(self, field: str) -> str:
        """The heading as it stands in the file, else the usual one."""
        return self.titles.get(field) or SYNONYMS[self.kind][field].split()[0]


@dataclass(frozen=True)
class Unrecognised:
    """A sheet without a usable heading; with what it lacks when it nearly had one."""

    sheet: str
    kind: Kind | None
    missing: tuple[str, ...]


def recognise(sheet: Worksheet) -> Table | Unrecognised | None:
    """The table on this sheet; None when the sheet is empty."""
    if not any(text(cell) for row in sheet.rows for cell in row):
        return None
    best: tuple[int, int, Kind, dict[str, int]] | None = None
    for place, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        for kind in SYNONYMS:
            columns = _columns(kind, row)
            if not _missing(kind, columns) and (best is None or len(columns) > best[0]):
                best = (len(columns), place, kind, columns)
    if best is None:
        return _nearest(sheet)
    _size, place, kind, columns = best
    heading = sheet.rows[place]
    titles = {field: text(heading[column]) for field, column in columns.items()}
    body = list(_body(sheet, place, columns))
    passed_over = tuple(number for number, _cells in body if _is_none(sheet.rows[number - 1]))
    rows = tuple((number, cells) for number, cells in body if number not in passed_over)
    return Table(kind, sheet.name, titles, rows, passed_over)


def _body(sheet: Worksheet, place: int, columns: Mapping[str, int]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, row in enumerate(sheet.rows[place + 1 :], place + 2):
        cells = {field: row[column] if column < len(row) else "" for field, column in columns.items()}
        if any(text(cell) for cell in cells.values()):
            yield number, cells


def _is_none(row: Sequence[Any]) -> bool:
    """A total, or a remark below the table: told by the first cell that says anything."""
    first = next(filter(None, map(text, row)), "").replace(" ", "")
    return bool(_TOTAL.fullmatch(first) or _FOOT.fullmatch(first))


def _columns(kind: Kind, row: Sequence[Any]) -> dict[str, int]:
    names = {name: field for field, words in SYNONYMS[kind].items() for name in words.split()}
    found: dict[str, int] = {}
    for column, cell in enumerate(row):
        field = names.get(_plain(cell))
        if field:
            found.setdefault(field, column)
    return found


def _missing(kind: Kind, columns: Mapping[str, int]) -> tuple[str, ...]:
    lacking = [field for field in REQUIRED[kind] if field not in columns]
    if kind == "person" and not {"unit", "group", "place"} & set(columns):
        lacking.append("place")
    return tuple(SYNONYMS[kind][field].split()[0] for field in lacking)


def _nearest(sheet: Worksheet) -> Unrecognised:
    candidates = []
    for row in sheet.rows[:SEARCHED_ROWS]:
        for kind in SYNONYMS:
            columns = _columns(kind, row)
            if len(columns) >= 2:
                candidates.append((len(_missing(kind, columns)), kind, _missing(kind, columns)))
    if not candidates:
        return Unrecognised(sheet.name, None, ())
    _count, kind, missing = min(candidates, key=lambda one: one[0])
    return Unrecognised(sheet.name, kind, missing)


def _plain(cell: Any) -> str:
    """A heading without what people add to it: blanks, stars, remarks in brackets."""
    words = re.sub(r"\s|\*", "", unicodedata.normalize("NFKC", text(cell)))
    return re.sub(r"[(\[].*?[)\]]|[::?？]$", "", words)
