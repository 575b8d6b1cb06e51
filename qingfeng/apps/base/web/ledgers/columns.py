"""What a line of a ledger consists of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import F, Func, IntegerField
from django.db.models.expressions import BaseExpression

from qingfeng.apps.base.web.keysets import value_at
from qingfeng.apps.base.web.marks import Due, Mark

Kind = Literal["text", "number", "decimal", "money", "date", "moment", "due", "state", "long"]


@dataclass(frozen=True)
class Column:
    """A column: its heading, where the value comes from, how it is drawn, and what it sorts by.

    `value` is an attribute path (`lead_unit__short_name`), or a function of the record; empty means the key itself.
    `kind`: text, long (clipped to two lines), number, decimal, money (fen), date, moment, due (a `Due`), state (a `Mark`).
    `sort` is a field path, or an expression: states sort in the order of the work, not by the letters of their slugs.
    `related` names what a function reads beside the record; of a path the page knows it.
    """

    key: str
    title: str
    value: str | Callable[[Any], Any] = ""
    kind: Kind = "text"
    sort: str | BaseExpression = ""
    href: Callable[[Any], str] | None = None
    shown: bool = True
    related: str = ""
    walked: bool = False
    """Whether an index has the whole ledger in this order: others are offered only where it is not too large."""

    @property
    def beside(self) -> str:
        """The record beside this one from which the value comes; empty when it comes from the record itself."""
        if self.related or callable(self.value):
            return self.related
        return self.value.rpartition("__")[0]

    def of(self, record: Any) -> Any:
        return self.value(record) if callable(self.value) else value_at(record, self.value or self.key)


@dataclass(frozen=True)
class Cell:
    """One value of a line; a blank one is left out where the line is a card."""

    column: Column
    value: Any
    href: str = ""

    @property
    def is_blank(self) -> bool:
        return self.value is None or self.value == ""

    @property
    def kind(self) -> Kind:
        """How it is drawn: marks and due dates as such wherever they stand."""
        if isinstance(self.value, Due):
            return "due"
        return "state" if isinstance(self.value, Mark) else self.column.kind


@dataclass(frozen=True)
class Row:
    """One line of the ledger; the first cell leads to the record."""

    record: Any
    cells: list[Cell] = field(default_factory=list)


def in_order_of(field: str, values: Iterable[str]) -> Func:
    """To sort by: the place of a value in the order of the work (a state, a role), unknown ones last. Its words hold no
    bound value, so that an index can be in this order."""
    places = list(values)
    if not all(value.isidentifier() and value.isascii() for value in places):
        raise ValueError(places)
    whens = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(places))
    template = f"CASE %(expressions)s {whens} ELSE {len(places)} END"
    return Func(F(field), template=template, output_field=IntegerField())
