"""A file of rectification sheets, worksheet by worksheet: forms, or tables with one row a problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.work.problems.imports.boxes import Boxes
from qingfeng.apps.work.problems.imports.columns import Chosen, Heading, heading
from qingfeng.apps.work.problems.imports.extra_columns import Extra, recognised, taken_off
from qingfeng.apps.work.problems.imports.grids import Grid, grids
from qingfeng.apps.work.problems.imports.ledger_table import lines_above, passed_over, row_of, with_above
from qingfeng.apps.work.problems.imports.model import Fault
from qingfeng.apps.work.problems.imports.paper_form import is_rectification_form, papers
from qingfeng.apps.work.problems.imports.reading import Reading
from qingfeng.apps.work.problems.imports.rectification.boxes import FORM, OF_ALL, WORDS, answers_of
from qingfeng.apps.work.problems.imports.rectification.extra_columns import (
    back_on,
    of_problems,
    with_columns,
)
from qingfeng.apps.work.problems.imports.rectification.model import ReadAnswer
from qingfeng.apps.work.problems.imports.understanding import made_out

_FURTHER = ("measures", "completion")
"""What a row may add to the problem of the row above."""


def read_answers(
    content: bytes, name: str, chosen: Chosen | None = None, extra: Extra = ()
) -> Reading[ReadAnswer]:
    """What a file says was done, problem by problem, with its faults; `extra` are the columns that the campaign adds.

    BadInput when the file cannot be read, says nothing of any problem, or more than one import can carry.
    """
    return made_out(understood, grids(content, name), name, chosen or {}, extra)


def understood(found: Sequence[Grid], name: str, chosen: Chosen, extra: Extra) -> Reading[ReadAnswer]:
    """What these grids of the file of this name say was done."""
    reading: Reading[ReadAnswer] = Reading()
    for grid in found:
        _read(grid, reading, chosen.get(grid.name), extra)
    reading.refuse_unless_fitting(
        name,
        nothing=_(
            "文件“%(name)s”里没有读到整改台账。请使用附件3的表样，或表头（前15行内）有“编号”或“存在问题”、"
            "“整改措施”、“完成情况”的表格。"
        ),
        too_many=_("文件“%(name)s”有%(count)d个问题，超过%(most)d个，请分成几个文件。"),
    )
    return reading


def _read(grid: Grid, reading: Reading[ReadAnswer], chosen: Mapping[str, Any] | None, extra: Extra) -> None:
    head = heading(grid, chosen, WORDS)
    if head:
        added = of_problems(extra)
        head = recognised(head, added, chosen)
        reading.headings.append(head)
        reading.sheets.extend(with_columns(grid, head, _table(grid, head, reading.passed_over), added))
        return
    form = taken_off(grid, extra)
    found = list(back_on(form, papers(form.grid, FORM))) if is_rectification_form(form.grid) else []
    reading.sheets.extend(found)
    if not found and not grid.is_blank:
        reading.unread.append(
            Fault(grid.name, "", _("没有认出附件3的表样，也没有找到有“整改措施”或“完成情况”的表头，没有读。"))
        )


def _table(grid: Grid, head: Heading, left: list[Fault]) -> Iterator[ReadAnswer]:
    above = lines_above(grid, head, OF_ALL)
    current: Boxes | None = None
    rows: list[int] = []
    for row in range(head.below, len(grid.rows)):
        reason = passed_over(grid, row, head)
        if reason:
            left.append(Fault(grid.name, grid.place(row, 0), reason))
            continue
        boxes = row_of(grid, row, head, frozenset(WORDS.names))
        if boxes is None:
            continue
        if current is not None and _is_further(current, boxes):
            _add(current, boxes)
            rows.append(row)
            continue
        if current is not None:
            yield from _of_rows(grid, current, rows)
        current, rows = with_above(_below(current, boxes), above), [row]
    if current is not None:
        yield from _of_rows(grid, current, rows)


def _of_rows(grid: Grid, boxes: Boxes, rows: list[int]) -> Iterator[ReadAnswer]:
    for read in answers_of(boxes, grid.place(rows[0], 0)):
        yield replace(read, rows=tuple(row + 1 for row in rows))


def _is_further(current: Boxes, row: Boxes) -> bool:
    """Whether the row goes on about the same problem: it names none, or the same once more."""
    own = [box for box in ("number", "problems", "unit") if row.text(box)]
    if "problems" not in own and ("number" not in own or "problems" in current.found):
        return all(row.text(box) == current.text(box) for box in own)
    return bool(own) and all(row.text(box) == current.text(box) for box in ("number", "problems", "unit"))


def _below(current: Boxes | None, row: Boxes) -> Boxes:
    """The row with the unit of the one above, where it leaves it out and has no number to go by."""
    if current is not None and not row.text("unit") and not row.text("number") and current.text("unit"):
        row.found["unit"] = current.found["unit"]
    return row


def _add(current: Boxes, row: Boxes) -> None:
    """Measures and completion of a further row, unless a merged cell says the same again."""
    for box in _FURTHER:
        said, more = current.text(box), row.text(box)
        if more and more != said:
            current.found[box] = (f"{said}\n{more}".strip(), current.cell(box) or row.cell(box))
