"""The three forms of a campaign: inspection sheet, rectification sheet, monthly form (RULES §9, attachments 2, 3, 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qingfeng.apps.base.documents.numbered_lists import numbered, stated_once
from qingfeng.apps.base.documents.papers import TALL, Cell, Form, Page, Row, Run, label, paper_date, text_cell

COLUMNS_A_PAGE = 5
_SHEET_GRID = (30.0, 32.0, 10.0, 12.0, 30.0, 54.0)
_HEADS = {"检查台账": (3, 2, 1), "整改台账": (2, 3, 1)}
"""Filing body, number, date: the number of a rectification sheet names the body that found the problems."""
_MONTHLY_GRID = (37.0, *(44.0,) * COLUMNS_A_PAGE)
_SHORT, _TALL = 13.0, 85.0


@dataclass(frozen=True)
class InspectionSheetData:
    """What stands on 检查台账. `subject` is what the campaign is about, as it stands in the title."""

    subject: str
    filing_body: str
    sheet_no: str
    filled_on: date | None
    inspected_on: date | None
    inspected_unit: str
    inspectors: str
    content: str
    problems: Sequence[str]
    suggestions: Sequence[str]
    due_dates: Sequence[date | None]
    """One a problem; stated once where all agree."""
    responsible: Sequence[str]
    added: Sequence[tuple[str, str]] = ()
    """(name, words) of the columns that a campaign adds: further boxes under the form's own."""


@dataclass(frozen=True)
class RectificationSheetData:
    """What stands on 整改台账, box by box; `sheet_no` is the full number of the inspection sheet."""

    subject: str
    filing_body: str
    sheet_no: str
    filled_on: date | None
    rectified_on: Sequence[date | None]
    problem_unit: str
    responsible: Sequence[str]
    """Person and duty in words, one a problem."""
    problems: Sequence[str]
    measures: Sequence[str]
    completions: Sequence[str]
    added: Sequence[tuple[str, str]] = ()
    """As on the inspection sheet."""


@dataclass(frozen=True)
class MonthlyColumn:
    """One inspected unit: its name and the four boxes under it."""

    unit: str
    inspections: Cell
    problems: Cell
    rectification: Cell
    institutions: Cell


@dataclass(frozen=True)
class MonthlyFormData:
    """What stands on 月报表."""

    subject: str
    filing_unit: str
    filled_on: date | None
    columns: Sequence[MonthlyColumn]


def attachment_2(data: InspectionSheetData) -> Form:
    """检查台账: one inspection, its numbered problems and suggestions."""
    rows = (
        _pair("时间", paper_date(data.inspected_on), "被检查单位", data.inspected_unit),
        _pair("检查人员", data.inspectors, "检查内容", data.content),
        _wide("发现的问题", numbered(data.problems), _less(_TALL, data.added, 2)),
        _wide("整改建议", numbered(data.suggestions), _less(_TALL, data.added, 2)),
        _pair(
            "整改时限",
            stated_once([paper_date(day) for day in data.due_dates]),
            "整改责任人",
            stated_once(data.responsible),
        ),
        *_added(data.added),
    )
    return _sheet("检查台账", data, rows)


def attachment_3(data: RectificationSheetData) -> Form:
    """整改台账: what was done about the problems of one inspection sheet."""
    rows = (
        _pair(
            "整改时间",
            stated_once([paper_date(day) for day in data.rectified_on]),
            "问题单位",
            data.problem_unit,
        ),
        _wide("整改责任人及责任", stated_once(data.responsible), 24.0),
        _wide("存在问题", numbered(data.problems), _less(60.0, data.added, 3)),
        _wide("整改措施", numbered(data.measures), _less(60.0, data.added, 3)),
        _wide("完成情况", numbered(data.completions), _less(60.0, data.added, 3)),
        *_added(data.added),
    )
    return _sheet("整改台账", data, rows)


def attachment_4(data: MonthlyFormData) -> Form:
    """月报表: a column for each inspected unit, five a page; further units on further pages under the same heads."""
    columns = list(data.columns)
    groups = [columns[at : at + COLUMNS_A_PAGE] for at in range(0, len(columns), COLUMNS_A_PAGE)] or [[]]
    return Form("月报表", tuple(_monthly_page(data, group) for group in groups), landscape=True)


def title(subject: str, name: str) -> str:
    """The head of a form."""
    return f"开展{subject}工作{name}"


def _sheet(name: str, data: InspectionSheetData | RectificationSheetData, rows: tuple[Row, ...]) -> Form:
    words = (
        f"填报单位（盖章）：{data.filing_body}",
        f"编号：（{data.sheet_no}）",
        f"填报时间：{paper_date(data.filled_on)}",
    )
    head = tuple(text_cell(text, span) for text, span in zip(words, _HEADS[name], strict=True))
    return Form(name, (Page(title(data.subject, name), head, _SHEET_GRID, rows),))


def _pair(left: str, left_text: str, right: str, right_text: str) -> Row:
    return Row((label(left), text_cell(left_text, 3), label(right), text_cell(right_text)), _SHORT)


def _wide(name: str, text: str, height: float = _TALL) -> Row:
    return Row((label(name), text_cell(text, 5)), height)


def _added(lines: Sequence[tuple[str, str]]) -> tuple[Row, ...]:
    return tuple(_wide(name, text, _SHORT) for name, text in lines)


def _less(height: float, added: Sequence[tuple[str, str]], boxes: int) -> float:
    """The height of one of so many free boxes, so that the form with its added boxes still fits the page."""
    return max(height - len(added) * _SHORT / boxes, TALL)


def _monthly_page(data: MonthlyFormData, columns: list[MonthlyColumn]) -> Page:
    empty = [MonthlyColumn("", *(Cell((Run(""),)),) * 4)] * (COLUMNS_A_PAGE - len(columns))
    filled = [*columns, *empty]
    rows = (
        Row((label("受检基层单位"), *(label(column.unit) for column in filled)), _SHORT, repeated=True),
        Row((label("检查工作情况"), *(column.inspections for column in filled)), 28.0),
        Row((label("发现问题情况"), *(column.problems for column in filled)), 28.0),
        Row((label("整改情况"), *(column.rectification for column in filled)), 28.0),
        Row((label("制度机制建设情况"), *(column.institutions for column in filled)), 28.0),
    )
    head = (
        text_cell(f"填报单位（盖章）：{data.filing_unit}", 4),
        text_cell(f"填报时间：{paper_date(data.filled_on)}", 2),
    )
    return Page(title(data.subject, "月报表"), head, _MONTHLY_GRID, rows, font_size=11.0)
