"""One row being read: each cell by its own reader, each fault kept with the column it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.unit_import.cells import Unreadable
from qingfeng.apps.base.orgs.unit_import.headings import Table
from qingfeng.apps.base.orgs.unit_import.lines import Fault

T = TypeVar("T")


class Row:
    """A row of a table while it is read."""

    def __init__(self, table: Table, cells: dict[str, Any]) -> None:
        self.table = table
        self.cells = cells
        self.faults: list[Fault] = []

    def read(self, field: str, reader: Callable[[Any], T]) -> T | None:
        """What the cell says; None, with a fault kept, when it cannot be read."""
        try:
            return reader(self.cells.get(field))
        except Unreadable as error:
            self.faults.append(Fault(self.table.title(field), str(error)))
            return None

    def need(self, field: str, reader: Callable[[Any], str]) -> str:
        """Like `read`, for a cell that may not be empty."""
        before = len(self.faults)
        found = self.read(field, reader) or ""
        if not found and len(self.faults) == before:
            self.faults.append(Fault(self.table.title(field), _("没有填写")))
        return found
