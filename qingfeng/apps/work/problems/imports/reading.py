"""A file of inspection sheets, worksheet by worksheet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.problems.imports.grids import Grid, grids
from qingfeng.apps.work.problems.imports.ledger_table import header, rows_as_sheets
from qingfeng.apps.work.problems.imports.model import ReadSheet
from qingfeng.apps.work.problems.imports.paper_form import (
    is_rectification_form,
    not_an_inspection_form,
    papers,
)

MOST_SHEETS = 500


def read_sheets(content: bytes, name: str) -> list[ReadSheet]:
    """The inspection sheets in an .xlsx, .xls or .csv file, each with its faults.

    BadInput when the file cannot be read, holds no sheet, or more than a page can check.
    """
    read = [sheet for grid in grids(content, name) for sheet in _on(grid)]
    if not read:
        raise BadInput(
            _(
                "文件“%(name)s”里没有读到检查台账。请使用附件2的表样，或第一行为“时间、被检查单位、检查人员、"
                "检查内容、发现的问题……”的表格。"
            )
            % {"name": name}
        )
    if len(read) > MOST_SHEETS:
        raise BadInput(
            _("文件“%(name)s”有%(count)d张台账，超过%(most)d张，请分成几个文件。")
            % {"name": name, "count": len(read), "most": MOST_SHEETS}
        )
    return read


def _on(grid: Grid) -> list[ReadSheet]:
    head = header(grid)
    if head:
        return list(rows_as_sheets(grid, head))
    if is_rectification_form(grid):
        return [ReadSheet(grid.name, "", faults=(not_an_inspection_form(grid),))]
    return list(papers(grid))
