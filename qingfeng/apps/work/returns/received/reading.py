"""Attachment 4 in a file: forms with a column for each unit, or tables with a row for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.problems.imports.grids import Grid, grids
from qingfeng.apps.work.problems.imports.model import Fault
from qingfeng.apps.work.problems.spellings import read_day
from qingfeng.apps.work.returns.figures import Box
from qingfeng.apps.work.returns.received.phrases import figure_headed

HEADER_WITHIN = 15
MOST_COLUMNS = 2000
_BOXES = {
    Box.INSPECTIONS: ("检查工作情况", "检查情况", "开展检查情况"),
    Box.PROBLEMS: ("发现问题情况", "问题情况", "发现的问题情况"),
    Box.RECTIFICATION: ("整改情况", "整改工作情况", "问题整改情况"),
    Box.INSTITUTIONS: ("制度机制建设情况", "制度建设情况", "建章立制情况"),
}
_BY_NAME = {name: box for box, names in _BOXES.items() for name in names}
_UNITS = frozenset(
    [
        "受检基层单位",
        "受检单位",
        "基层单位",
        "被检查单位",
        "单位",
        "单位名称",
        "被检查单位名称",
        "受检基层单位名称",
    ]
)
_TOTALS = re.compile(r"(?:合计|小计|总计|累计|共计|全街道合计|全部)")
_FOOT = re.compile(
    r"(?:注|备注|说明|填表说明|填表人|填报人|制表人?|审核人?|单位负责人|联系人|联系电话)\s*[:：]?"
)
_FILED_BY = re.compile(
    r"填报(?:单位|机构|部门)\s*(?:[(（]盖章[)）])?\s*[:：]\s*(.*?)\s*(?=填报(?:时间|日期)|$)"
)
_TITLE = re.compile(r"月报|报表|情况表|统计表|汇总表|填报|月份")
LONGEST_TITLE = 60
_FILED_ON = re.compile(r"填报(?:时间|日期)\s*[:：]\s*(.+)")


@dataclass(frozen=True)
class SentCell:
    """What stands in one cell, and where."""

    text: str
    place: str


@dataclass
class SentColumn:
    """What the form says of one unit: the words of its boxes, or figures in columns of their own."""

    name: str
    place: str
    boxes: dict[Box, SentCell] = field(default_factory=dict)
    figures: dict[str, SentCell] = field(default_factory=dict)


@dataclass
class SentForm:
    """A form as it was sent; its pages are one."""

    worksheet: str
    filing_unit: str = ""
    filed_on: date | None = None
    heads: list[str] = field(default_factory=list)
    """Lines above it that tell of what it is: a title, when it was filled in."""
    columns: list[SentColumn] = field(default_factory=list)


@dataclass
class Sent:
    """All that a file says."""

    forms: list[SentForm] = field(default_factory=list)
    passed_over: list[Fault] = field(default_factory=list)


def read_forms(content: bytes, name: str) -> Sent:
    """The monthly forms in a file. BadInput when it cannot be read or holds none."""
    sent = Sent()
    for grid in grids(content, name):
        _read(grid, sent)
    if not any(form.columns for form in sent.forms):
        raise BadInput(
            _(
                "文件“%(name)s”里没有读到月报表。请使用附件4的表样，或表头（前15行内）为“受检基层单位、检查工作情况、"
                "发现问题情况、整改情况、制度机制建设情况”的表格。"
            )
            % {"name": name}
        )
    if sum(len(form.columns) for form in sent.forms) > MOST_COLUMNS:
        raise BadInput(_("文件“%(name)s”里的单位太多，请分成几个文件。") % {"name": name})
    return sent


def _read(grid: Grid, sent: Sent) -> None:
    """One worksheet: its forms are told apart by their head lines; pages of one unit are one form."""
    starts = [
        (row, column)
        for row in range(len(grid.rows))
        for column, text in grid.filled(row)
        if _plain(text) in _UNITS
    ]
    blocks = [start for start in starts if _goes_down(grid, *start)]
    found = False
    for at, (row, column) in enumerate(blocks):
        last = blocks[at + 1][0] if at + 1 < len(blocks) else len(grid.rows)
        first = blocks[at - 1][0] + 1 if at else 0
        form = _form_of(grid, sent, range(first, row))
        form.columns.extend(_down(grid, row, column, last, sent))
        found = True
    if blocks:
        return
    for row, column in starts:
        heads = _heads(grid, row)
        if row < HEADER_WITHIN and len(heads) >= 2:
            _form_of(grid, sent, range(row)).columns.extend(_across(grid, row, column, heads, sent))
            found = True
            break
    if not found and not grid.is_blank:
        sent.passed_over.append(Fault(grid.name, "", _("没有认出附件4的表样，没有读。")))


def _plain(text: str) -> str:
    """A label without what is wrapped around it."""
    return re.sub(r"\s|[(（].*?[)）]|[:：*]", "", text)


def _box(text: str) -> Box | None:
    return _BY_NAME.get(_plain(text))


def _form_of(grid: Grid, sent: Sent, above: range) -> SentForm:
    """The form that these head lines begin; one that was begun, where they name the same unit or none."""
    unit, day, heads = "", None, []
    for row in above:
        for column, text in grid.filled(row):
            line = text.replace("\n", " ")
            if _TITLE.search(line) and len(line) <= LONGEST_TITLE:
                heads.append(line)
            if found := _FILED_BY.search(line):
                unit = found[1].strip() or unit
            if found := _FILED_ON.search(line):
                day = _day(found[1]) or day
            beside = [one for at, one in grid.filled(row) if at > column]
            if _plain(text) in ("填报单位", "填报机构", "填报部门") and beside and not unit:
                unit = beside[0].strip()
    last = sent.forms[-1] if sent.forms else None
    if last and last.worksheet == grid.name and unit in ("", last.filing_unit):
        return last
    sent.forms.append(SentForm(grid.name, unit, day, heads))
    return sent.forms[-1]


def _day(text: str) -> date | None:
    try:
        return read_day(text)
    except ValueError:
        return None


def _goes_down(grid: Grid, row: int, column: int) -> bool:
    """Whether the boxes stand below the label, each with a row of its own."""
    below = range(row + 1, min(row + 40, len(grid.rows)))
    return sum(_box(grid.text(at, column)) is not None for at in below if column < len(grid.rows[at])) >= 2


def _down(grid: Grid, row: int, column: int, last: int, sent: Sent) -> Iterator[SentColumn]:
    labels = [(at, box) for at in range(row + 1, last) if (box := _box(grid.text(at, column))) is not None]
    end = next((at for at in range(labels[-1][0] + 1, last) if not _is_more(grid, at, column)), last)
    for at, name in grid.filled(row):
        if at <= column:
            continue
        if _TOTALS.match(_plain(name)):
            sent.passed_over.append(Fault(grid.name, grid.place(row, at), _("合计列，没有比较。")))
            continue
        found = SentColumn(re.sub(r"\s", "", name), grid.place(row, at))
        for number, (top, box) in enumerate(labels):
            below = labels[number + 1][0] if number + 1 < len(labels) else end
            found.boxes[box] = _words(grid, range(top, below), at)
        if found.name:
            yield found


def _is_more(grid: Grid, row: int, column: int) -> bool:
    """Whether the row goes on with the last box: nothing stands under the labels there, and it is no head or foot."""
    return not grid.text(row, column) and bool(grid.filled(row))


def _words(grid: Grid, rows: range, column: int) -> SentCell:
    """The words of a box: all cells of its rows in this column; a merged cell speaks for all its columns."""
    texts = []
    for row in rows:
        top, left = grid.head_of(row, column)
        if top in rows and left <= column < len(grid.rows[row]) and (top, left) == (row, left):
            texts.append(grid.text(top, left))
    return SentCell("\n".join(text for text in texts if text), grid.place(rows[0], column))


def _heads(grid: Grid, row: int) -> Mapping[int, Box | str]:
    """What each column is: a box, or a figure by its key; a second row of heads names them under wide ones."""
    heads: dict[int, Box | str] = {}
    for at in (row, row + 1):
        for column, text in grid.filled(at) if at < len(grid.rows) else ():
            what = figure_headed(text) or (_box(text) if at == row else None)
            if what:
                heads[column] = what
    return heads


def _across(
    grid: Grid, row: int, column: int, heads: Mapping[int, Box | str], sent: Sent
) -> Iterator[SentColumn]:
    second = row + 1 < len(grid.rows) and any(figure_headed(text) for _c, text in grid.filled(row + 1))
    for at in range(row + (2 if second else 1), len(grid.rows)):
        name = re.sub(r"\s", "", grid.text(*_head(grid, at, column, row)))
        said = [text for _column, text in grid.filled(at)]
        if not said:
            continue
        if any(_TOTALS.fullmatch(_plain(text)) for text in said):
            sent.passed_over.append(Fault(grid.name, grid.place(at, 0), _("合计行，没有比较。")))
        elif not name or _FOOT.match(said[0]) or grid.is_across(at) or _plain(name) in _UNITS:
            sent.passed_over.append(Fault(grid.name, grid.place(at, 0), _("不是单位的一行，没有比较。")))
        else:
            yield _of_row(grid, at, name, grid.place(at, column), heads)


def _head(grid: Grid, row: int, column: int, above: int) -> tuple[int, int]:
    top, left = grid.head_of(row, column)
    return (top, left) if top > above else (row, column)


def _of_row(grid: Grid, row: int, name: str, place: str, heads: Mapping[int, Box | str]) -> SentColumn:
    found = SentColumn(name, place)
    for column, what in heads.items():
        cell = SentCell(
            grid.text(row, column) if column < len(grid.rows[row]) else "", grid.place(row, column)
        )
        if isinstance(what, Box):
            found.boxes[what] = cell
        else:
            found.figures[what] = cell
    return found
