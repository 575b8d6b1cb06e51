"""Ledgers: lists of records with views, filters, sorting, columns to choose and keyset paging.

The whole state of a list is its address, so that it can be copied and sent. A view makes a `Ledger` from the rows
that this person may see and hands it to a template that extends `web/ledger.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any, Literal

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from qingfeng.apps.base.web.keysets import Keyset, read_cursor, value_at

PAGE_SIZE = 50
COUNT_LIMIT = 10_000
OPEN_FILTERS = 3

Kind = Literal["text", "number", "money", "date", "moment", "due", "state", "long"]


@dataclass(frozen=True)
class Column:
    """A column: its heading, where the value comes from, how it is drawn, and by which field it sorts.

    `value` is an attribute path (`lead_unit__short_name`), or a function of the record; empty means the key itself.
    `kind`: text, long (clipped to two lines), number, money (fen), date, moment, due (a `Due`), state (a `Mark`).
    """

    key: str
    title: str
    value: str | Callable[[Any], Any] = ""
    kind: Kind = "text"
    sort: str = ""
    href: Callable[[Any], str] | None = None
    shown: bool = True

    def of(self, record: Any) -> Any:
        return self.value(record) if callable(self.value) else value_at(record, self.value or self.key)


@dataclass(frozen=True)
class Filter:
    """A filter of the bar. `lookups` are joined by “or”; `apply` replaces them where that is not enough.

    `kind`: choice, text, date. A value that does not fit is not applied, and the bar says so.
    """

    name: str
    label: str
    lookups: str | tuple[str, ...] = ()
    choices: Sequence[tuple[Any, Any]] = ()
    kind: Literal["choice", "text", "date"] = "choice"
    apply: Callable[[QuerySet, Any], QuerySet] | None = None

    def read(self, text: str) -> Any:
        """The value as the query wants it; ValueError when it does not fit."""
        if self.kind == "date":
            return date.fromisoformat(text)
        if self.kind == "choice" and text not in {str(value) for value, _label in self.choices}:
            raise ValueError(text)
        return text

    def on(self, rows: QuerySet, value: Any) -> QuerySet:
        if self.apply:
            return self.apply(rows, value)
        lookups = (self.lookups,) if isinstance(self.lookups, str) else self.lookups or (self.name,)
        return rows.filter(reduce(or_, (Q(**{lookup: value}) for lookup in lookups)))


@dataclass(frozen=True)
class View:
    """A saved view, shown as a tab: a name and what it narrows the rows to."""

    key: str
    label: str
    apply: Callable[[QuerySet], QuerySet] | None = None


@dataclass(frozen=True)
class Choice:
    """A filter as it stands on this page."""

    filter: Filter
    text: str
    value: Any = None
    fault: str = ""

    @property
    def label(self) -> str:
        """The chosen value in words."""
        names = {str(value): str(label) for value, label in self.filter.choices}
        return names.get(self.text, self.text)


@dataclass(frozen=True)
class Cell:
    """One value of a line; a blank one is left out where the line is a card."""

    column: Column
    value: Any
    href: str = ""

    @property
    def is_blank(self) -> bool:
        return self.value is None or self.value == ""


@dataclass(frozen=True)
class Row:
    """One line of the ledger; the first cell leads to the record."""

    record: Any
    cells: list[Cell] = field(default_factory=list)


class Ledger:
    """A page of records as the address asks for it. Two queries: the rows, and their number up to a limit."""

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet,
        columns: Sequence[Column],
        *,
        filters: Sequence[Filter] = (),
        views: Sequence[View] = (),
        ordering: Sequence[str] = ("-pk",),
        rule: str = "",
        size: int = PAGE_SIZE,
    ) -> None:
        self.params: QueryDict = request.GET
        self.path = request.path
        self.all_columns = list(columns)
        self.views = list(views)
        self.rule = rule
        self.size = size
        self._rows = rows
        self._filters = filters
        self._ordering = tuple(ordering)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns chosen by `col`, else those shown at first. The first one always stays."""
        chosen = set(self.params.getlist("col"))
        first, *others = self.all_columns
        return [first, *(column for column in others if (column.key in chosen if chosen else column.shown))]

    @cached_property
    def view(self) -> View | None:
        """The saved view that is open: the one asked for, else the first."""
        wanted = self.params.get("view", "")
        return next(
            (view for view in self.views if view.key == wanted), self.views[0] if self.views else None
        )

    @cached_property
    def choices(self) -> list[Choice]:
        return [self._choice(one) for one in self._filters]

    @property
    def open_choices(self) -> list[Choice]:
        return self.choices[:OPEN_FILTERS]

    @property
    def folded_choices(self) -> list[Choice]:
        return self.choices[OPEN_FILTERS:]

    @property
    def chosen(self) -> list[Choice]:
        """The filters that hold, for the line above the table and for exports."""
        return [choice for choice in self.choices if choice.text and not choice.fault]

    @property
    def is_folded(self) -> bool:
        return not any(choice.text for choice in self.folded_choices)

    @cached_property
    def filtered(self) -> QuerySet:
        """All rows of this view and these filters: what an export or a bulk move works on."""
        rows = self._rows
        if self.view and self.view.apply:
            rows = self.view.apply(rows)
        for choice in self.chosen:
            rows = choice.filter.on(rows, choice.value)
        return rows

    @cached_property
    def total(self) -> int:
        """How many rows there are, counted up to the limit."""
        return self.filtered.order_by()[: COUNT_LIMIT + 1].count()

    @property
    def total_in_words(self) -> str:
        if self.total > COUNT_LIMIT:
            return _("超过%(count)d条") % {"count": COUNT_LIMIT}
        return _("共%(count)d条") % {"count": self.total}

    @cached_property
    def sorting(self) -> tuple[str, bool]:
        """(column key, descending) that the address asks for; an unknown key is no sorting."""
        asked = self.params.get("sort", "")
        key = asked.removeprefix("-")
        known = any(column.key == key and column.sort for column in self.all_columns)
        return (key, asked.startswith("-")) if known else ("", False)

    @cached_property
    def keyset(self) -> Keyset:
        key, descending = self.sorting
        names = list(self._ordering)
        if key:
            column = next(column for column in self.all_columns if column.key == key)
            names = [f"{'-' if descending else ''}{column.sort}", *names]
        return Keyset.of(self._rows.model, names)

    @cached_property
    def _page(self) -> tuple[list[Model], bool, bool]:
        """(records, whether there are earlier ones, whether there are later ones)"""
        before, after = (read_cursor(self.params.get(name, ""), self.keyset) for name in ("before", "after"))
        if before:
            found = list(self.keyset.before(self.filtered, before)[: self.size + 1])
            return found[: self.size][::-1], len(found) > self.size, True
        found = list(
            (self.keyset.after(self.filtered, after) if after else self.keyset.order(self.filtered))[
                : self.size + 1
            ]
        )
        return found[: self.size], bool(after), len(found) > self.size

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(record) for record in self._page[0]]

    @property
    def is_narrowed(self) -> bool:
        """Whether an empty list may be empty because of filters or a view."""
        return bool(self.chosen or self.params.get("view"))

    @property
    def earlier(self) -> str:
        """The address of the page before this one; empty when there is none."""
        records, has_earlier, _later = self._page
        return self.address(before=self.keyset.cursor(records[0])) if has_earlier and records else ""

    @property
    def later(self) -> str:
        records, _earlier, has_later = self._page
        return self.address(after=self.keyset.cursor(records[-1])) if has_later and records else ""

    @property
    def plain(self) -> str:
        """The address without filters, in the same view."""
        view = self.params.get("view")
        return f"?view={view}" if view else self.path

    def address(self, **changes: str) -> str:
        """This list's address with changes; turning a page or sorting never keeps the old place."""
        query = self.params.copy()
        for name in ("before", "after", *changes):
            query.pop(name, None)
        for name, value in changes.items():
            if value:
                query[name] = value
        return f"{self.path}?{query.urlencode()}" if query else self.path

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """(label, address, open) of the saved views."""
        return [(view.label, self.address(view=view.key), view == self.view) for view in self.views]

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The headings, with the address that sorts by each and the direction that holds now."""
        key, descending = self.sorting
        heads = []
        for column in self.columns:
            sorted_now = column.key == key
            wanted = column.key if not sorted_now else ("" if descending else f"-{column.key}")
            direction = ("descending" if descending else "ascending") if sorted_now else ""
            heads.append(
                {
                    "column": column,
                    "direction": direction,
                    "href": self.address(sort=wanted) if column.sort else "",
                }
            )
        return heads

    @property
    def kept(self) -> Iterable[tuple[str, str]]:
        """Parameters that the filter form carries along: the view, the sorting, the columns."""
        return [(name, value) for name in ("view", "sort", "col") for value in self.params.getlist(name)]

    @property
    def kept_without_columns(self) -> Iterable[tuple[str, str]]:
        """Parameters that the choice of columns carries along."""
        return [
            (name, value)
            for name, values in self.params.lists()
            if name not in {"col", "before", "after"}
            for value in values
        ]

    @property
    def shown_keys(self) -> set[str]:
        return {column.key for column in self.columns}

    def _row(self, record: Any) -> Row:
        return Row(
            record,
            [
                Cell(column, column.of(record), column.href(record) if column.href else "")
                for column in self.columns
            ],
        )

    def _choice(self, one: Filter) -> Choice:
        text = self.params.get(one.name, "").strip()[:200]
        if not text:
            return Choice(one, "")
        try:
            return Choice(one, text, one.read(text))
        except ValueError:
            fault = _("“%(label)s”的值“%(text)s”不能识别，没有按它筛选。") % {
                "label": one.label,
                "text": text,
            }
            return Choice(one, text, None, fault)
