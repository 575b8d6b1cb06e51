"""What the job hands in: a register of units and people, and inspection sheets in the form of attachment 2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter

DISTRICT = "990800"
SINCE = "2026-01-01"


@dataclass(frozen=True)
class Body:
    """A unit that takes part, with the accounts that act for it."""

    number: int
    is_street: bool

    @property
    def code(self) -> str:
        return f"9908{self.number:02d}"

    @property
    def name(self) -> str:
        return f"第{self.number:02d}街道" if self.is_street else f"第{self.number:02d}局"

    @property
    def clerk(self) -> str:
        return f"clerk{self.number:02d}"

    @property
    def head(self) -> str:
        return f"head{self.number:02d}"

    @property
    def closer(self) -> str:
        """Who strikes off what the unit found itself."""
        return f"closer{self.number:02d}" if self.is_street else "dispatched"

    @property
    def clerk_name(self) -> str:
        return f"经办{self.number:02d}"

    def community(self, number: int) -> tuple[str, str]:
        """(code, name) of one of its communities."""
        return f"{self.code}{number:03d}", f"第{self.number:02d}街道{number}社区"


def bodies(count: int) -> list[Body]:
    """Three streets to five departments."""
    streets = max(2, count * 3 // 8)
    return [Body(number, number <= streets) for number in range(1, count + 1)]


def write_register(path: Path, units: Sequence[Body]) -> Path:
    """单位、组、人员 on three worksheets, as an office keeps them."""
    book = xlsxwriter.Workbook(str(path))
    _table(book, "单位", ["单位代码", "单位名称", "类别", "上级代码", "起"], _units(units))
    _table(book, "组", ["组代码", "名称", "类别", "设在", "监督单位", "起"], _groups(units))
    _table(
        book, "人员", ["姓名", "工号", "单位代码/组代码", "职务", "角色", "任职日期", "账号"], _people(units)
    )
    book.close()
    return path


def _units(units: Sequence[Body]) -> list[list[str]]:
    rows = [[DISTRICT, "试验区", "区县", "", SINCE]]
    rows += [[one.code, one.name, "街道" if one.is_street else "部门", DISTRICT, SINCE] for one in units]
    for one in units:
        if one.is_street:
            rows += [[*one.community(number), "社区", one.code, SINCE] for number in (1, 2)]
    return rows


def _groups(units: Sequence[Body]) -> list[list[str]]:
    departments = "、".join(one.code for one in units if not one.is_street)
    rows = [
        ["QFB", "试验区领导小组办公室", "领导小组办公室", DISTRICT, DISTRICT, SINCE],
        ["PZ", "派驻纪检监察组", "派驻纪检监察组", DISTRICT, departments, SINCE],
        ["ZL", "第一治理组", "专项治理小组", DISTRICT, DISTRICT, SINCE],
    ]
    rows += [
        [f"JW{one.number:02d}", f"{one.name}纪工委", "街道纪工委", one.code, one.code, SINCE]
        for one in units
        if one.is_street
    ]
    return rows


def _people(units: Sequence[Body]) -> list[list[str]]:
    seats = [
        ("主任甲", "QFB", "主任", "专治办", "office"),
        ("干事乙", "QFB", "干事", "专治办", "office2"),
        ("领导丙", DISTRICT, "区纪委书记", "领导", "leader"),
        ("管理丁", DISTRICT, "系统管理员", "系统管理员", "admin"),
        ("派驻戊", "PZ", "组长", "检查人员", "dispatched"),
        ("组长己", "ZL", "组长", "检查人员", "inspector"),
        ("组员庚", "ZL", "组员", "检查人员", "inspector2"),
    ]
    for one in units:
        seats += [
            (one.clerk_name, one.code, "干事", "单位经办人", one.clerk),
            (f"负责{one.number:02d}", one.code, "主要负责人", "单位负责人", one.head),
        ]
        if one.is_street:
            seats.append((f"书记{one.number:02d}", f"JW{one.number:02d}", "书记", "检查人员", one.closer))
    return [
        [name, f"B{place:04d}", where, title, role, SINCE, account]
        for place, (name, where, title, role, account) in enumerate(seats, 1)
    ]


@dataclass(frozen=True)
class PaperSheet:
    """One inspection as it stands on the paper form."""

    filing: str
    inspected: str
    inspected_on: date
    due: date
    inspectors: str
    content: str
    responsible: str
    problems: tuple[str, ...]
    kind: str = "自检"


def write_sheets(path: Path, sheets: Sequence[PaperSheet]) -> Path:
    """A workbook with one worksheet a sheet, laid out like attachment 2."""
    book = xlsxwriter.Workbook(str(path))
    bold = book.add_format({"bold": True})
    for place, sheet in enumerate(sheets, 1):
        page = book.add_worksheet(f"台账{place}")
        page.write(0, 0, "专项治理检查台账", bold)
        page.write_row(
            1,
            0,
            [
                f"填报单位（盖章）：{sheet.filing}",
                "",
                f"编号：（{sheet.kind}　号）",
                f"填报时间：{_paper_day(sheet.inspected_on)}",
            ],
        )
        page.write_row(2, 0, ["时间", _paper_day(sheet.inspected_on), "被检查单位", sheet.inspected])
        page.write_row(3, 0, ["检查人员", sheet.inspectors, "检查内容", sheet.content])
        listed = "\n".join(f"{number}.{text}" for number, text in enumerate(sheet.problems, 1))
        page.write_row(4, 0, ["发现的问题", listed or "无"])
        page.write_row(5, 0, ["整改建议", "1.对照方案逐项整改，结果公开。" if sheet.problems else "无"])
        page.write_row(
            6,
            0,
            ["整改时限", _paper_day(sheet.due) if sheet.problems else "", "整改责任人", sheet.responsible],
        )
    book.close()
    return path


def _paper_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _table(book: xlsxwriter.Workbook, name: str, heading: list[str], rows: list[list[str]]) -> None:
    page = book.add_worksheet(name)
    for place, row in enumerate([heading, *rows]):
        page.write_row(place, 0, row)
