"""A ledger of inspections as a table: one row a sheet, or one row a problem."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from qingfeng.apps.work.problems.imports.boxes import Boxes
from qingfeng.apps.work.problems.imports.columns import Heading
from qingfeng.apps.work.problems.imports.grids import Grid
from qingfeng.apps.work.problems.imports.model import Fault, ReadSheet
from qingfeng.apps.work.problems.imports.paper_form import sheet_of

OF_THE_SHEET = (
    "number",
    "filled_on",
    "inspected_on",
    "inspected_unit",
    "inspectors",
    "content",
    "kind",
    "method",
    "filing_body",
)
_SAME = ("inspected_on", "inspected_unit", "inspectors", "content")
_REPEATED = frozenset(
    {*OF_THE_SHEET, "due_date", "responsible", "lead_unit", "leader", "duty_text", "category", "nature"}
)
"""What a merged cell says for all its rows. Problems, people and sums are said once, however many rows they cover."""
_TOTALS = re.compile(r"(合计|小计|总计|累计|共计|本页计|本月计)")
_FOOT = re.compile(
    r"(注|备注|说明|填表说明|填表人|填报人|制表人?|审核人?|单位负责人|负责人签字|联系人|联系电话|填表日期|填报日期|口径)\s*[:：]"
    r"|共\d+条。筛选[:：]|.{1,60}于\d{4}-\d\d-\d\d导出。$"
)
_ABOVE = re.compile(r"([^\s:：()（）]{2,8})\s*(?:[(（][^)）]*[)）])?\s*[:：]")


@dataclass
class Table:
    """What a table held: its sheets, and the rows that were passed over, with the reason."""

    sheets: list[ReadSheet] = field(default_factory=list)
    passed_over: list[Fault] = field(default_factory=list)


def lines_above(grid: Grid, head: Heading, of_all: Collection[str] = OF_THE_SHEET) -> Boxes:
    """What is said of all rows: by a person, or by the lines above the table (“填报单位：…　检查时间：…”).

    `of_all` are the boxes that may stand there.
    """
    boxes = Boxes(grid.name, place=grid.place, words=head.words)
    for box, words in head.told.items():
        boxes.put(box, words, head.row, 0)
    for row in range(head.row):
        for column, text in grid.filled(row):
            labels = list(_ABOVE.finditer(text))
            ends = [following.start() for following in labels[1:]] + [len(text)]
            for label, end in zip(labels, ends, strict=False):
                box, value = head.words.box_named(label[1]), text[label.end() : end].strip(" \u3000()（）")
                if box in head.told:
                    continue
                if box in of_all and box != "number" and value.strip("年月日 \u3000"):
                    boxes.put(box, value, row, column)
    return boxes


def with_given(grid: Grid, head: Heading) -> Heading:
    """The header with what need not be among its columns, because a line above says it of all rows."""
    return replace(head, given=frozenset(lines_above(grid, head).found))


def read_table(grid: Grid, head: Heading) -> Table:
    """The sheets of the table: rows that repeat a sheet's number, or leave its boxes empty, are its further problems."""
    table, above, head = Table(), lines_above(grid, head), with_given(grid, head)
    fault = head.fault()
    if fault:
        table.sheets.append(ReadSheet(grid.name, fault.cell, faults=(fault,)))
        return table
    current: Boxes | None = None
    rows: list[tuple[int, Boxes]] = []
    for row in range(head.below, len(grid.rows)):
        reason = passed_over(grid, row, head)
        if reason:
            table.passed_over.append(Fault(grid.name, grid.place(row, 0), reason))
            continue
        boxes = row_of(grid, row, head, _REPEATED)
        if boxes is None:
            continue
        if current is None or not _continues(current, boxes):
            table.sheets.extend(_sheet(grid, rows))
            current, rows = with_above(boxes, above), []
        rows.append((row, _completed(boxes, current)))
    table.sheets.extend(_sheet(grid, rows))
    return table


def passed_over(grid: Grid, row: int, head: Heading) -> str:
    """Why a row is no data: a total, a heading of a section, a line at the foot. Empty when it is."""
    filled = grid.filled(row)
    if not filled:
        return ""
    first = re.sub(r"\s", "", filled[0][1])
    if _TOTALS.match(first) or (_says_total(filled) and not _says_what_it_is_of(grid, row, head)):
        return _("合计行，没有导入。")
    if _FOOT.match(first):
        return _("表尾的说明，没有导入。")
    if grid.is_across(row):
        return _("跨列的标题，没有导入。")
    if sum(head.words.box_named(text) == head.boxes.get(column, "-") for column, text in filled) >= 2:
        return _("重复的表头，没有导入。")
    return ""


def _says_total(filled: Sequence[tuple[int, str]]) -> bool:
    return any(_TOTALS.fullmatch(re.sub(r"\s", "", text)) for _column, text in filled)


def _says_what_it_is_of(grid: Grid, row: int, head: Heading) -> bool:
    """Whether it says what no line of totals does."""
    said = {box for column, box in head.boxes.items() if grid.text(row, column)}
    return head.words.in_rows <= said


def row_of(grid: Grid, row: int, head: Heading, repeated: Collection[str]) -> Boxes | None:
    """The boxes of a row; of a cell merged over rows those `repeated` speak for each. None when it says nothing."""
    boxes = Boxes(grid.name, place=grid.place, words=head.words)
    for column, box in head.boxes.items():
        at = grid.head_of(row, column) if box in repeated else (row, column)
        value = grid.value(*at) if at[0] >= head.below and column < len(grid.rows[row]) else None
        boxes.put(box, value, row, column)
    own = any(grid.text(row, column) for column in head.boxes if column < len(grid.rows[row]))
    return boxes if own and any(boxes.text(box) for box in head.boxes.values()) else None


def with_above(boxes: Boxes, above: Boxes) -> Boxes:
    """The row with what is said above the table of all rows."""
    for box, found in above.found.items():
        if not boxes.text(box):
            boxes.found[box] = found
    return boxes


def _continues(sheet: Boxes, row: Boxes) -> bool:
    number = row.text("number")
    if number and "number" in sheet.found:
        return number == sheet.text("number")
    said = [box for box in _SAME if row.text(box)]
    if not said:
        return bool(row.text("problems") or row.text("suggestions"))
    told = [box for box in _SAME if box in row.found]
    return len(said) == len(told) and all(row.text(box) == sheet.text(box) for box in said)


def _completed(row: Boxes, sheet: Boxes) -> Boxes:
    """The row with what the sheet's first row says of the sheet (merged cells hold it once)."""
    for box in (*OF_THE_SHEET, "due_date", "responsible"):
        if box in sheet.found and not row.text(box):
            row.found[box] = sheet.found[box]
    return row


def _together(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The suggestions of all rows: one that stands in several rows is one."""
    said: set[str] = set()
    for texts in rows:
        yield from (text for text in texts if text not in said)
        said.update(texts)


def _sheet(grid: Grid, rows: Sequence[tuple[int, Boxes]]) -> Iterator[ReadSheet]:
    """One sheet from its rows: the first one's boxes, the problems and suggestions of all."""
    if not rows:
        return
    read = [sheet_of(boxes, grid.place(row, 0)) for row, boxes in rows]
    days = {one.due_date for one in read}
    yield replace(
        read[0],
        problems=tuple(problem for one in read for problem in one.problems),
        suggestions=tuple(_together(one.suggestions for one in read)),
        due_date=read[0].due_date if len(days) == 1 else None,
        faults=tuple(dict.fromkeys(fault for one in read for fault in one.faults)),
        warnings=tuple(dict.fromkeys(fault for one in read for fault in one.warnings)),
        rows=tuple(row + 1 for row, _boxes in rows),
    )
