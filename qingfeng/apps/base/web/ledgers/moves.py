"""Bulk moves: one verb over several chosen rows, each row its own transaction with its own event.

The page shows the rows first, with the reason beside each for which the verb is not open; what is then sent is done
row by row, and the answer says of each what was done or why not. A verb that is a person's decision about a matter
(`one_by_one`) is never ticked beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet

from qingfeng.apps.base.web.errors import BadInput, Conflict, NotThere, Refused
from qingfeng.apps.base.web.ledgers.columns import Column

MOST = 200
ANSWERS = (BadInput, Refused, Conflict, NotThere)
"""What an action answers when it does not do a row; anything else is a defect and ends the whole."""


@dataclass(frozen=True)
class BulkMove:
    """A verb that may be made on several rows at once.

    `check` raises `Refused` for a record on which it is not open; `make` is the action on one record with what was
    entered, and returns what is said of it; `load` fetches what the confirmation and the checks need.
    """

    verb: str
    label: str
    check: Callable[[Any], None]
    make: Callable[[Any, dict[str, Any]], str]
    form: type[forms.Form] | None = None
    one_by_one: bool = False
    note: str = ""
    columns: Sequence[Column] = ()
    """Shown on the confirmation beside those of the ledger: what one must have seen before one decides."""
    load: Callable[[QuerySet], QuerySet] | None = None
    most: int = MOST

    def reason(self, record: Any) -> str:
        """Why this row cannot be done; empty when it can."""
        try:
            self.check(record)
        except ANSWERS as answer:
            return str(answer)
        return ""

    def run(self, record: Any, values: dict[str, Any]) -> tuple[bool, str]:
        """(whether it was done, what is said of it)"""
        try:
            return True, self.make(record, values)
        except ANSWERS as answer:
            return False, str(answer)
