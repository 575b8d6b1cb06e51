"""A file of inspection sheets, worksheet by worksheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.problems.imports.columns import Chosen, Heading, heading
from qingfeng.apps.work.problems.imports.extra_columns import Extra, recognised, taken_off, with_columns
from qingfeng.apps.work.problems.imports.grids import Grid, grids
from qingfeng.apps.work.problems.imports.ledger_table import read_table
from qingfeng.apps.work.problems.imports.model import Fault, ReadPart, ReadSheet
from qingfeng.apps.work.problems.imports.paper_form import (
    INSPECTION_FORM,
    is_rectification_form,
    not_an_inspection_form,
    papers,
)
from qingfeng.apps.work.problems.imports.understanding import made_out

MOST_SHEETS = 20_000


Read = TypeVar("Read", bound=ReadPart)


@dataclass
class Reading(Generic[Read]):
    """All that a file says: its sheets, how its columns were understood, and what was passed over."""

    sheets: list[Read] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    passed_over: list[Fault] = field(default_factory=list)
    unread: list[Fault] = field(default_factory=list)
    """Worksheets that hold something, but neither form nor table."""

    def refuse_unless_fitting(self, name: str, *, nothing: str, too_many: str) -> None:
        """BadInput in these words where the file of this name says nothing, or more than one import can carry."""
        if not self.sheets:
            raise BadInput(nothing % {"name": name})
        if len(self.sheets) > MOST_SHEETS:
            raise BadInput(too_many % {"name": name, "count": len(self.sheets), "most": MOST_SHEETS})


def read_file(
    content: bytes, name: str, chosen: Chosen | None = None, extra: Extra = ()
) -> Reading[ReadSheet]:
    """The inspection sheets in an .xlsx, .xls or .csv file, each with its faults; `extra` are the columns that the
    campaign adds.

    BadInput when the file cannot be read, holds no sheet, or more than one import can carry.
    """
    return made_out(understood, grids(content, name), name, chosen or {}, extra)


def understood(found: Sequence[Grid], name: str, chosen: Chosen, extra: Extra) -> Reading[ReadSheet]:
    """The inspection sheets in these grids of the file of this name."""
    reading: Reading[ReadSheet] = Reading()
    for grid in found:
        _read(grid, reading, chosen, extra)
    reading.refuse_unless_fitting(
        name,
        nothing=_(
            "文件“%(name)s”里没有读到检查台账。请使用附件2的表样，或表头（前15行内）为“时间、被检查单位、"
            "检查人员、检查内容、发现的问题……”的表格。"
        ),
        too_many=_("文件“%(name)s”有%(count)d张台账，超过%(most)d张，请分成几个文件。"),
    )
    return reading


def read_sheets(content: bytes, name: str, extra: Extra = ()) -> list[ReadSheet]:
    """The sheets alone."""
    return read_file(content, name, extra=extra).sheets


def _read(grid: Grid, reading: Reading[ReadSheet], chosen: Chosen, extra: Extra) -> None:
    head = heading(grid, chosen.get(grid.name))
    if head:
        head = recognised(head, extra, chosen.get(grid.name))
        table = read_table(grid, head)
        reading.headings.append(head)
        reading.sheets.extend(with_columns(grid, head, table.sheets, extra))
        reading.passed_over.extend(table.passed_over)
    elif is_rectification_form(grid):
        reading.sheets.append(ReadSheet(grid.name, "", faults=(not_an_inspection_form(grid),)))
    else:
        form = taken_off(grid, extra)
        forms = list(form.back_on(papers(form.grid, INSPECTION_FORM)))
        reading.sheets.extend(forms)
        if not forms and not grid.is_blank:
            reading.unread.append(Fault(grid.name, "", _("没有认出附件2的表样，也没有找到表头，没有读。")))
