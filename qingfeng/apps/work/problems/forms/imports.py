"""Which column of a file is which box, as a person corrects it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import ExtraColumn
from qingfeng.apps.work.problems.actions.importing import content_of, words_of
from qingfeng.apps.work.problems.imports.columns import HEADER_WITHIN, Heading, heading
from qingfeng.apps.work.problems.imports.extra_columns import box_choices as extra_boxes
from qingfeng.apps.work.problems.imports.extra_columns import extra_of, recognised
from qingfeng.apps.work.problems.imports.grids import Grid, grids
from qingfeng.apps.work.problems.imports.ledger_table import with_given
from qingfeng.apps.work.problems.imports.model import EXTRA
from qingfeng.apps.work.problems.imports.rectification.extra_columns import of_problems
from qingfeng.apps.work.problems.imports.vocabulary import Vocabulary
from qingfeng.apps.work.problems.models import ImportBatch, ImportKind

LONGEST_FOR_ALL = 500
_SOME = 6
"""Words of a row by which it is known in the choice of the header."""


@dataclass(frozen=True)
class WorksheetColumns:
    """The columns of one worksheet with the choices for each."""

    number: int
    name: str
    head: Heading | None
    rows: list[tuple[int, str]]
    """(row, its first words): which of them is the header."""
    alone: bool = False
    """Whether no other worksheet of the file was understood."""

    @property
    def needs_a_look(self) -> bool:
        return self.alone if self.head is None else bool(self.head.missing or self.head.unsure)


class ColumnsForm:
    """What was sent for one worksheet: its header row and a box for each column."""

    def __init__(self, data: Mapping[str, Any], words: Vocabulary) -> None:
        self.words = words
        self.worksheet = str(data.get("worksheet", ""))[:100]
        self.row = str(data.get("row", ""))
        self.same_row = data.get("row") == data.get("row_before")
        self.boxes = {
            name.removeprefix("column-"): str(data[name]) for name in data if name.startswith("column-")
        }
        self.for_all = {
            box: str(data.get(f"all-{box}", "")).strip()[:LONGEST_FOR_ALL] for box in words.needed
        }

    def is_valid(self) -> bool:
        return not self.why()

    def why(self) -> str:
        """Why it cannot be used; empty when it can."""
        if not self.row.isdigit() or not all(at.isdigit() for at in self.boxes):
            return _("列的对应没有填完整，请重新选择。")
        chosen = [box for box in self.boxes.values() if box]
        twice = next((box for box in chosen if chosen.count(box) > 1), "")
        if self.same_row and twice in self.words.names:
            return _("“%(box)s”对应了两列，请只留一列。") % {"box": self.words.name_of(twice)}
        return ""

    def told(self) -> dict[str, Any]:
        """As the import keeps it. With another header row, its columns are read anew."""
        known = {at: box for at, box in self.boxes.items() if not box or box in self.words.names}
        columns = known | {at: box for at, box in self.boxes.items() if box.startswith(EXTRA)}
        told = {box: words for box, words in self.for_all.items() if words}
        return {
            self.worksheet: {
                "row": int(self.row),
                "columns": columns if self.same_row else {},
                "all": told if self.same_row else {},
            }
        }


def columns_forms(batch: ImportBatch) -> list[WorksheetColumns]:
    """One for each worksheet that is a table; for what was not understood at all too."""
    try:
        found = grids(content_of(batch), batch.file_name)
    except BadInput:
        return []
    extra = _extra_of(batch)
    unread = {row[0] for row in batch.remarks if not row[1]}
    shown = []
    for number, grid in enumerate(found, 1):
        head = heading(grid, batch.columns.get(grid.name), words_of(batch))
        if head or grid.name in unread:
            known = with_given(grid, recognised(head, extra, batch.columns.get(grid.name))) if head else None
            shown.append(WorksheetColumns(number, grid.name, known, _first_rows(grid)))
    alone = not any(table.head for table in shown)
    return [replace(table, alone=alone) for table in shown]


def box_choices(batch: ImportBatch) -> list[tuple[str, str]]:
    """The boxes that a column may fill, those that the campaign adds last."""
    own = [(box, names[0]) for box, names in words_of(batch).names.items()]
    return [
        ("", _("不导入")),
        *own,
        *extra_boxes(_extra_of(batch)),
    ]


def _extra_of(batch: ImportBatch) -> list[ExtraColumn]:
    """Those that this paper may fill: a rectification ledger says nothing of a sheet as a whole."""
    extra = extra_of(batch.campaign)
    return extra if batch.kind == ImportKind.INSPECTION else of_problems(extra)


def _first_rows(grid: Grid) -> list[tuple[int, str]]:
    rows = []
    for row in range(min(HEADER_WITHIN, len(grid.rows))):
        words = " · ".join(text[:12] for _column, text in grid.filled(row)[:_SOME])
        rows.append((row, f"{grid.called(row)}：{words or _('（空行）')}"))
    return rows
