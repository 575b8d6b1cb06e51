"""The mapping file (`mapping.yaml` in the data folder): what could not be told for sure, asked and answered once.

An answer holds for every sheet with the same headers, so that next month's file is not asked about again.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from qingfeng.screening.catalogue import tables
from qingfeng.screening.cleaning.text import plain
from qingfeng.screening.errors import BadData
from qingfeng.screening.reading.constants import constant
from qingfeng.screening.reading.grids import Head
from qingfeng.screening.reading.header_rows import find_headers
from qingfeng.screening.reading.recognising import (
    OF_WHOM,
    Reading,
    nearest,
    set_factors,
    share_as_told,
)

NAME = "mapping.yaml"
HEAD = """\
# 列名对应。系统拿不准的表列在这里：请核对“标准表”和“列”，改对之后把“已确认”改成“是”，再运行一次。
# “列”左边是文件里的列名，右边是标准列名（qingfeng screen explain --tables 可查，写中文名就行）；不用的列写 ~。
# 没有列、只在文件名或标题里写着的，写在“常量”里，例如 常量: {补贴项目: 高龄津贴}，每一行都按它读。
# “推定”是系统按列名和内容推定、已经照此读入的；不对就改“列”，把“已确认”改成“是”，再运行一次。
# 整张表不用，就把“标准表”写成“不用”。确认过的对应会一直保留，列名相同的新文件不再询问。
"""
LISTED = "qingfeng screen explain --tables"
YES = {"是", "true", "True", "yes", True}
SKIP = {"不用", "skip", "无"}


@dataclass
class Entry:
    """One question about one sheet, with the proposed or confirmed answer."""

    file: str
    sheet: str
    header_row: int
    table: str | None
    columns: dict[str, str | None]
    questions: list[str] = field(default_factory=list)
    confirmed: bool = False
    constants: dict[str, str] = field(default_factory=dict)
    presumed: list[str] = field(default_factory=list)

    @property
    def skipped(self) -> bool:
        return self.table in SKIP

    def as_yaml(self) -> dict[str, Any]:
        return {
            "文件": self.file,
            "表页": self.sheet,
            "表头行": self.header_row,
            "问题": self.questions,
            "标准表": _table_title(self.table),
            "列": {header: _column_title(self.table, column) for header, column in self.columns.items()},
            **({"常量": self._constants_by_title()} if self.constants else {}),
            **({"推定": self.presumed} if self.presumed else {}),
            "已确认": "是" if self.confirmed else "否",
        }

    def _constants_by_title(self) -> dict[str | None, str]:
        return {_column_title(self.table, column): value for column, value in self.constants.items()}


# Officers write what tables and columns are called; their short names are taken too.


def _table_title(name: str | None) -> str | None:
    known = tables().get(name or "")
    return known.title if known else name


def _column_title(table: str | None, name: str | None) -> str | None:
    known = tables().get(table or "")
    return next((one.title for one in known.columns if one.name == name), name) if known else name


def _table_name(written: Any) -> str | None:
    told = None if written is None else str(written).strip()
    return next((name for name, table in tables().items() if table.title == told), told)


def _column_name(table: str | None, written: Any) -> str | None:
    told = None if written in (None, "", "~") else str(written).strip()
    known = tables().get(table or "")
    return next((one.name for one in known.columns if one.title == told), told) if known else told


class Mapping:
    """All questions and answers of a data folder."""

    def __init__(self, path: Path, entries: list[Entry] | None = None) -> None:
        self.path = path
        self.entries = entries or []
        self._changed = False
        self._must = False  # a question waits for its answer; what is only presumed is told elsewhere too

    def answer(self, file: str, sheet: str, head: Head, names: Sequence[str] = ()) -> Entry | None:
        """The confirmed answer for a sheet: its own, or one for the same headers. What the other sheet's name said
        must then be said by this one's."""
        confirmed = [entry for entry in self.entries if entry.confirmed]
        for entry in confirmed:
            if (entry.file, entry.sheet) == (file, sheet):
                return entry
        found = find_headers(head)
        for entry in confirmed:
            if (found and set(entry.columns) == {h for h in found.headers if h}) or any(
                _same_headers(entry, row) for row in head.rows
            ):
                if not entry.constants:
                    return entry
                if own := _own_constants(entry, head, names):
                    return replace(entry, constants=own)
        return None

    def ask(self, file: str, sheet: str, reading: Reading) -> Entry:
        """Puts a question, or what was presumed, into the file, in place of an older entry about the same sheet."""
        entry = Entry(
            file,
            sheet,
            reading.header_end,
            reading.table.name if reading.table else None,
            dict(reading.proposal) or {h: None for h in reading.headers if h},
            [*reading.questions, *reading.doubts],
            constants=dict(reading.constants),
            presumed=list(reading.presumed),
        )
        others = [e for e in self.entries if e.confirmed or (e.file, e.sheet) != (file, sheet)]
        if entry in self.entries:
            return entry
        self._changed = True
        self._must = self._must or not (reading.sure or reading.left_out)
        self.entries = [*others, entry]
        return entry

    def save(self) -> None:
        """Written beside and moved into place; only when something was asked."""
        if not self._changed:
            return
        text = HEAD + yaml.safe_dump(
            [e.as_yaml() for e in self.entries], allow_unicode=True, sort_keys=False, width=200
        )
        beside = self.path.with_suffix(".yaml.new")
        try:
            beside.write_text(text, "utf-8")
            os.replace(beside, self.path)
        except OSError as fault:
            if not self._must:
                return
            raise BadData(
                str(self.path), "写不进去，请把数据文件夹改成可写，或用 --mapping 指定另一处"
            ) from fault
        self._changed = self._must = False


def _own_constants(entry: Entry, head: Head, names: Sequence[str]) -> dict[str, str]:
    """What this sheet's own names say for the constants of an answer given for another; nothing when one is not said."""
    table = tables().get(entry.table or "")
    if table is None:
        return {}
    own = {name: constant(table, name, nearest(head, names)) for name in entry.constants}
    must = all(value for name, value in own.items() if table.column(name).required)
    return {name: value for name, value in own.items() if value} if must else {}


def _same_headers(entry: Entry, row: Sequence[str]) -> bool:
    return {plain(cell) for cell in row if cell} == set(entry.columns)


def read_mapping(path: Path) -> Mapping:
    """The mapping file, or an empty one; a broken one is refused with its place."""
    if not path.exists():
        return Mapping(path)
    try:
        raw = yaml.safe_load(path.read_text("utf-8-sig")) or []
        return Mapping(path, [_entry(one) for one in raw])
    except (yaml.YAMLError, UnicodeDecodeError, AttributeError, TypeError, KeyError) as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f"第 {mark.line + 1} 行附近" if mark else "内容"
        raise BadData(str(path), f"{where}写得不对，请对照文件开头的说明改正，或删除它让系统重写") from fault


def _entry(raw: dict[str, Any]) -> Entry:
    table = _table_name(raw.get("标准表"))
    columns = {str(key): _column_name(table, value) for key, value in raw["列"].items()}
    entry = Entry(
        str(raw.get("文件", "")),
        str(raw.get("表页") or ""),
        int(raw.get("表头行") or 1),
        table,
        columns,
        list(raw.get("问题") or []),
        raw.get("已确认") in YES,
        {str(_column_name(table, key)): str(value) for key, value in (raw.get("常量") or {}).items()},
        list(raw.get("推定") or []),
    )
    if entry.confirmed and not entry.skipped:
        _check(entry)
    return entry


def _check(entry: Entry) -> None:
    place = f"{NAME}：{entry.file}"
    if entry.table is None or entry.table not in tables():
        raise BadData(place, f"没有“{entry.table or ''}”这张标准表；有哪些请看 {LISTED}")
    known, title = {column.name for column in tables()[entry.table].columns}, tables()[entry.table].title
    for written, column in entry.columns.items():
        if column is not None and column not in known:
            raise BadData(place, f"“{written}”对应的“{column}”不是{title}的列；有哪些请看 {LISTED}")
    for column in entry.constants:
        if column not in known:
            raise BadData(place, f"常量里的“{column}”不是{title}的列；有哪些请看 {LISTED}")
    chosen = [column for column in entry.columns.values() if column] + list(entry.constants)
    twice = sorted({column for column in chosen if chosen.count(column) > 1})
    if twice:
        raise BadData(place, f"“{'、'.join(twice)}”对应了不止一次，只能留一列或一个常量")


def apply(entry: Entry, head: Head) -> Reading:
    """The reading of a sheet as its answer says."""
    headers, end = _headers_in(entry, head)
    table = tables()[str(entry.table)]
    reading = Reading(headers, end, table=table)
    for place, written in enumerate(headers):
        column = entry.columns.get(written)
        if column:
            reading.places[column] = place
    reading.constants = dict(entry.constants)
    used = set(reading.places.values())
    reading.unused = [h for place, h in enumerate(headers) if h and place not in used]
    missing = table.lacking({*reading.places, *reading.constants})
    whom = [column.title for column in missing if column.type in OF_WHOM]
    if whom or len(missing) == len(table.required) > 0:
        titles = whom or [column.title for column in missing]
        raise BadData(
            f"{NAME}：{entry.file}", f"已确认的对应里缺“{'、'.join(titles)}”，没有它说不清是谁、是什么事"
        )
    reading.without = [column.title for column in missing]
    title = " ".join(c for r, n in zip(head.rows, head.numbers, strict=True) if n < end for c in r if c)
    set_factors(reading, title)
    share_as_told(reading, head)
    return reading


def _headers_in(entry: Entry, head: Head) -> tuple[list[str], int]:
    """The header line the answer speaks of; two lines joined are found again as they were when asked."""
    found = find_headers(head)
    if found and set(entry.columns) & set(found.headers):
        return found.headers, found.end
    for row, number in zip(head.rows, head.numbers, strict=True):
        if set(entry.columns) & set(row):
            return list(row), number
    raise BadData(f"{NAME}：{entry.file}", "文件里找不到已确认的列名，表头改过了；请删除这一条再运行一次")
