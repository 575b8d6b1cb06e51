"""The boxes of the inspection sheet by the names that people give them, and what may stand in each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.base.documents.excel import CUT
from qingfeng.apps.base.documents.numbered_lists import items
from qingfeng.apps.work.inspections.models import InspectionMethod, SheetKind
from qingfeng.apps.work.problems.imports.grids import CellName, address
from qingfeng.apps.work.problems.imports.model import Fault, ReadProblem
from qingfeng.apps.work.problems.imports.terms import day_meant, without_verb
from qingfeng.apps.work.problems.imports.vocabulary import Vocabulary
from qingfeng.apps.work.problems.models import ProblemNature, RectificationTerm
from qingfeng.apps.work.problems.spellings import is_nothing, plain, read_count, read_day, read_fen, several

NAMES: dict[str, tuple[str, ...]] = {
    "filing_body": ("填报单位", "填报机构", "填报部门"),
    "number": ("编号", "台账编号", "检查编号", "检查台账编号"),
    "filled_on": ("填报时间", "填报日期", "填表时间", "填表日期"),
    "inspected_on": ("时间", "检查时间", "检查日期", "日期"),
    "inspected_unit": ("被检查单位", "受检单位", "受检基层单位", "被检单位", "检查对象", "被检查单位名称"),
    "inspectors": ("检查人员", "检查人", "检查组成员", "检查人员姓名"),
    "kind": ("检查类别", "类别", "检查类型"),
    "method": ("检查方式", "检查形式"),
    "content": ("检查内容", "检查事项"),
    "problems": (
        "发现的问题",
        "发现问题",
        "存在问题",
        "存在的问题",
        "问题",
        "问题描述",
        "主要问题",
        "发现的主要问题",
        "存在的主要问题",
    ),
    "suggestions": ("整改建议", "建议", "整改意见", "工作建议", "意见建议"),
    "due_date": ("整改时限", "整改期限", "整改完成时限", "完成时限", "时限"),
    "responsible": ("整改责任人", "责任人"),
    "lead_unit": ("整改责任单位", "责任单位", "整改单位", "牵头单位"),
    "duty_text": ("责任", "责任内容", "整改责任"),
    "leader": ("责任领导", "分管领导", "包案领导"),
    "category": ("治理内容", "问题类别", "问题分类"),
    "nature": ("性质", "问题性质"),
    "people": ("涉及群众", "涉及人数", "涉及群众人数"),
    "fen": ("涉及金额", "金额", "涉及资金"),
}
PAPER = frozenset(
    {
        "filing_body",
        "number",
        "filled_on",
        "inspected_on",
        "inspected_unit",
        "inspectors",
        "content",
        "problems",
        "suggestions",
        "due_date",
        "responsible",
        "method",
    }
)
"""Boxes of attachment 2; the rest are columns that only ledgers have."""
NEEDED = ("inspected_on", "inspected_unit", "inspectors", "content")
REQUIRED = ("inspected_unit", "inspectors", "content")
LONGEST = {
    "inspectors": 200,
    "content": 5000,
    "problems": 5000,
    "suggestions": 2000,
    "responsible": 50,
    "duty_text": 300,
    "leader": 50,
}
"""As the boxes of the entry pages: what is pasted there whole is pasted into files too."""
_LEFT_OUT = frozenset(
    [
        "序号",
        "编码",
        "备注",
        "说明",
        "整改措施",
        "整改情况",
        "整改结果",
        "整改进展",
        "完成情况",
        "是否完成",
        "是否整改",
        "是否销号",
        "销号时间",
        "销号日期",
        "整改状态",
        "状态",
        "联系人",
        "联系电话",
        "电话",
        "附件",
        "问题来源",
        "问题数",
        "问题数量",
        "问题个数",
        "检查地点",
        "地点",
        "处理情况",
        "处理结果",
        "佐证材料",
    ]
)
INSPECTION = Vocabulary(
    NAMES,
    PAPER,
    telling=(frozenset({"inspected_unit", "problems"}),),
    needed=NEEDED,
    in_rows=frozenset({"inspected_on", "inspected_unit"}),
    left_out=_LEFT_OUT,
)
"""Attachment 2 and the ledgers kept in its place."""
box_named = INSPECTION.box_named
_KINDS = {str(kind.label): kind.value for kind in SheetKind}
_FULL_DAY = re.compile(r"\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}\D?|\d{8}")
_WITHOUT_YEAR = re.compile(r"\d{1,2}\s*[-月./]\s*\d{1,2}\s*[日号]?")
_AT_ONCE = ("立行立改", "即知即改", "立查立改", "立即整改", "立即", "当场整改")
_CONTINUING = ("长期坚持", "长期")


def kind_of(number: str) -> str:
    """自检3号 → self_inspection; empty when the number names no kind."""
    return next((kind for label, kind in _KINDS.items() if label in number), "")


def no_day(box: str, text: str) -> str:
    """Why what stands there is no date: one that the calendar does not have, one without its year, or none at all."""
    given = {"box": box, "text": text[:30]}
    narrow = plain(text)
    if _FULL_DAY.fullmatch(narrow):
        return _("“%(box)s”的“%(text)s”在日历上没有，不是有效日期，请核对月和日。") % given
    if _WITHOUT_YEAR.fullmatch(narrow):
        return _("“%(box)s”的“%(text)s”没有写年份，请写成2026-06-08或2026年6月8日的样子。") % given
    return _("“%(box)s”的“%(text)s”不是有效日期，请写成2026-06-08或2026年6月8日的样子。") % given


@dataclass
class Boxes:
    """The boxes of one sheet as they were found: value and cell; faults gather while they are read."""

    worksheet: str
    found: dict[str, tuple[Any, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    """What is taken, but should be looked at."""
    place: CellName = address
    words: Vocabulary = INSPECTION

    def put(self, box: str, value: Any, row: int, column: int) -> None:
        """Keeps what stands there; a second value of the same box is a further line of it."""
        if box in self.found and self.found[box][0] not in (None, ""):
            before, where = self.found[box]
            self.found[box] = (f"{before}\n{value}", where)
        else:
            self.found[box] = (value, self.place(row, column))

    def text(self, box: str) -> str:
        value = self.found.get(box, ("", ""))[0]
        return "" if value is None else str(int(value)) if _is_whole(value) else str(value).strip()

    def cell(self, box: str) -> str:
        return self.found.get(box, ("", ""))[1]

    def cells(self) -> dict[str, str]:
        return {box: where for box, (_value, where) in self.found.items()}

    def fault(self, box: str, message: str) -> None:
        self.faults.append(Fault(self.worksheet, self.cell(box), message))

    def day(self, box: str) -> date | None:
        value = self.found.get(box, (None, ""))[0]
        try:
            return read_day(value)
        except ValueError:
            self.fault(box, no_day(self.words.name_of(box), str(value)))
            return None

    def whole(self, box: str, read: Any) -> int:
        value = self.found.get(box, (None, ""))[0]
        try:
            return read(value)
        except ValueError:
            self.fault(
                box,
                _("“%(box)s”的“%(text)s”不是有效数字。")
                % {"box": self.words.name_of(box), "text": str(value)[:30]},
            )
            return 0

    def check_words(self) -> None:
        """A sheet says where, by whom and what was looked at."""
        for box in REQUIRED:
            if not self.text(box):
                self.fault(box, _("“%(box)s”没有填写。") % {"box": self.words.name_of(box)})
        self.check_lengths(LONGEST)

    def check_lengths(self, longest: Mapping[str, int]) -> None:
        """No box holds more than its record, and none was cut when it was written out."""
        for box, most in longest.items():
            text = self.text(box)
            if text.endswith(CUT):
                self.fault(
                    box,
                    _("“%(box)s”在导出时因过长被截断，不完整，请补全后再导入。")
                    % {"box": self.words.name_of(box)},
                )
            if len(text) > most and any(len(part) > most for part in several(text)):
                self.fault(
                    box,
                    _("“%(box)s”超过%(most)d个字，请写得简短些，详细材料作为佐证上传。")
                    % {"box": self.words.name_of(box), "most": most},
                )

    def required_day(self, box: str) -> date | None:
        """The date in this box; a fault when it is empty or the printed form was left blank."""
        known = len(self.faults)
        day = self.day(box)
        if day is None and len(self.faults) == known:
            self.fault(box, _("“%(box)s”没有填写。") % {"box": self.words.name_of(box)})
        return day

    def method(self) -> str:
        return self._choice("method", InspectionMethod, InspectionMethod.ORDINARY)

    def nature(self) -> str:
        return self._choice("nature", ProblemNature, ProblemNature.ORDINARY)

    def kind(self) -> str:
        return kind_of(self.text("kind")) or kind_of(self.text("number"))

    def _choice(self, box: str, choices: Any, default: str) -> str:
        text = plain(self.text(box))
        if not text:
            return default
        found = next((choice.value for choice in choices if str(choice.label) == text), "")
        if not found:
            labels = "、".join(str(choice.label) for choice in choices)
            self.fault(
                box,
                _("“%(box)s”的“%(text)s”不在可选范围内（%(labels)s）。")
                % {"box": self.words.name_of(box), "text": text[:30], "labels": labels},
            )
        return found or default

    def terms(self) -> list[tuple[date | None, str]]:
        """(date, term) of the box 整改时限, one or one a problem: 立行立改 and 长期坚持 stand there too."""
        value = self.found.get("due_date", (None, ""))[0]
        if value is None or isinstance(value, date):
            return [(value, RectificationTerm.BY_DATE)]
        return [self._term(part) for part in self.each("due_date")]

    def _term(self, text: str) -> tuple[date | None, str]:
        if plain(text) in _AT_ONCE:
            return self.day("inspected_on"), RectificationTerm.AT_ONCE
        if plain(text) in _CONTINUING:
            return None, RectificationTerm.CONTINUING
        try:
            return read_day(without_verb(text)), RectificationTerm.BY_DATE
        except ValueError:
            meant = self._counted_from_inspection(text)
            if meant:
                return meant, RectificationTerm.BY_DATE
            self.fault("due_date", no_day(self.words.name_of("due_date"), text))
            return None, RectificationTerm.BY_DATE

    def _counted_from_inspection(self, text: str) -> date | None:
        """“7月10日前” or “15日内” after an inspection of a known day; said as a warning."""
        try:
            start = read_day(self.found.get("inspected_on", (None, ""))[0])
            meant = day_meant(text, start) if start else None
        except (ValueError, OverflowError):
            return None
        if meant is None:
            return None
        bare = _WITHOUT_YEAR.fullmatch(plain(without_verb(text)))
        words = (
            _("“%(text)s”没有写年份，按检查时间算作%(day)s。")
            if bare
            else _("“%(text)s”按检查时间算作%(day)s，如不对请改成日期。")
        )
        told = words % {"text": text[:30], "day": meant}
        self.warnings.append(Fault(self.worksheet, self.cell("due_date"), told))
        return meant

    def problems(self) -> tuple[ReadProblem, ...]:
        """The problems of these boxes, each with its date and its person."""
        texts = several(self.text("problems"))
        terms = self.one_each("due_date", self.terms(), len(texts))
        people = self.one_each("responsible", self.each("responsible"), len(texts))
        shared = {
            "place": self.cell("problems"),
            "lead_unit": self.text("lead_unit"),
            "duty_text": self.text("duty_text"),
            "leader": self.text("leader"),
            "category": self.text("category"),
            "nature": self.nature(),
            "people": self.whole("people", read_count),
            "fen": self.whole("fen", read_fen),
        }
        if len(texts) > 1 and (shared["people"] or shared["fen"]):
            self.fault(
                "problems",
                _("一格里有%(count)d个问题，但人数或金额只有一个；请把问题分行填写。")
                % {"count": len(texts)},
            )
        return tuple(
            ReadProblem(text=text, due_date=day, term=term, **_person(person, shared))
            for text, (day, term), person in zip(texts, terms, people, strict=True)
        )

    def each(self, box: str) -> list[str]:
        """What is said of each problem; a number with nothing after it leaves that one open."""
        return ["" if is_nothing(item) else item for item in items(self.text(box))]

    def one_each(self, box: str, given: list[Any], wanted: int) -> list[Any]:
        """One for each of so many problems; what is said once holds for all."""
        if len(given) == 1:
            return given * wanted
        if wanted and len(given) != wanted:
            self.fault(
                box,
                _("“%(box)s”写了%(given)d项，问题有%(wanted)d个，对不上。")
                % {"box": self.words.name_of(box), "given": len(given), "wanted": wanted},
            )
        return (given + given[-1:] * wanted)[:wanted]

    def suggestions(self) -> tuple[str, ...]:
        text = self.text("suggestions")
        return () if is_nothing(text) else tuple(several(text))


def name_and_post(text: str) -> tuple[str, str]:
    """A name, and the post in brackets behind it: 张三（党政办主任）."""
    found = re.fullmatch(r"([^()（）]+)[(（]([^()（）]+)[)）]", text.strip())
    return (found[1].strip(), found[2].strip()) if found else (text.strip(), "")


def _person(text: str, shared: dict[str, Any]) -> dict[str, Any]:
    """The name; a post behind it is kept as the duty."""
    name, post = name_and_post(text)
    return {**shared, "responsible": name, "duty_text": shared["duty_text"] or post}


def _is_whole(value: Any) -> bool:
    return isinstance(value, float) and value.is_integer()
