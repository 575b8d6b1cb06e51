"""What an address asks of a ledger, and the addresses that ask otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from qingfeng.apps.base.web import slots
from qingfeng.apps.base.web.ledgers.columns import Column
from qingfeng.apps.base.web.ledgers.filters import Chip, Choice, Filter, View
from qingfeng.apps.base.web.ledgers.own import Own, OwnList

OPEN_FILTERS = 3
PASSING = ("before", "after", "export", "bulk", "row", "rows", "done")
"""Parameters that are no part of a list's state: where one stands in it, and what is being done with it."""


class Asked:
    """The view, the filters and the columns that an address asks for, of those that a ledger offers; nothing here asks for
    rows. `name` is what own lists are kept under; a ledger without one has none."""

    def __init__(
        self,
        request: HttpRequest,
        columns: Sequence[Column],
        *,
        filters: Sequence[Filter] = (),
        views: Sequence[View] = (),
        name: str = "",
    ) -> None:
        self.request = request
        self.params: QueryDict = request.GET
        self.path = request.path
        self.all_columns = list(columns)
        self.views = list(views)
        self.name = name
        self._filters = filters

    @cached_property
    def own(self) -> Own | None:
        """What the person who looks keeps about this ledger. One query."""
        if not self.name:
            return None
        return next((found for filler in slots.own_lists if (found := filler(self.request, self.name))), None)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns chosen by `col`, in that order; else the person's own; else those shown at first."""
        first, *others = self.all_columns
        known = {column.key: column for column in others}
        chosen = [key for key in self._chosen_keys() if key in known]
        return (
            [first, *(known[key] for key in chosen)] if chosen else [first, *(c for c in others if c.shown)]
        )

    def _chosen_keys(self) -> list[str]:
        asked = self.params.getlist("col") or (list(self.own.columns) if self.own else [])
        return list(dict.fromkeys(asked))

    @property
    def offered_columns(self) -> list[tuple[Column, bool]]:
        """(column, shown) for the choice: those that are shown in their order, then the rest."""
        shown = [column.key for column in self.columns]
        rest = [column for column in self.all_columns if column.key not in shown]
        return [*((column, True) for column in self.columns), *((column, False) for column in rest)]

    @cached_property
    def view(self) -> View | None:
        """The view that is open: the one asked for, else the first."""
        wanted = self.params.get("view", "")
        return next(
            (view for view in self.views if view.key == wanted), self.views[0] if self.views else None
        )

    @cached_property
    def choices(self) -> list[Choice]:
        return [one.choice(self.params) for one in self._filters]

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
    def chips(self) -> list[Chip]:
        """The filters that hold, each with the address of the list without it."""
        return [
            Chip(choice.words, self.address(**dict.fromkeys(choice.filter.boxes, "")))
            for choice in self.chosen
        ]

    @property
    def is_folded(self) -> bool:
        return not any(choice.text for choice in self.folded_choices)

    @property
    def narrowed(self) -> list[str]:
        """In words what the rows are narrowed to: the view or the own list, and the filters."""
        view = [str(self.view.label)] if self.view and self.view.apply and self.params.get("view") else []
        return [*view, *(choice.words for choice in self.chosen)]

    @property
    def is_narrowed(self) -> bool:
        """Whether an empty list may be empty because of filters or a view."""
        return bool(self.chosen or self.params.get("view"))

    # Addresses

    @property
    def plain(self) -> str:
        """The address without filters, in the same view. Never bare: a bare address opens the person's first list."""
        return f"{self.path}?view={self.view.key if self.view else 'all'}"

    @property
    def whole(self) -> str:
        """The address of the first view, without filters."""
        return f"{self.path}?view={self.views[0].key if self.views else 'all'}"

    def address(self, **changes: str) -> str:
        """This list's address with changes; turning a page or sorting never keeps the old place."""
        query = self.params.copy()
        for name in (*PASSING, *changes):
            query.pop(name, None)
        for name, value in changes.items():
            if value:
                query[name] = value
        return f"{self.path}?{query.urlencode()}" if query else self.path

    @property
    def state(self) -> str:
        """The whole state as a query, always spelt the same: what an own list keeps."""
        query = self.params.copy()
        for name in PASSING:
            query.pop(name, None)
        for name, values in list(query.lists()):
            if not any(values):
                query.pop(name)
        if not query.get("view"):
            query["view"] = self.view.key if self.view else "all"
        ordered = QueryDict(mutable=True)
        for name in sorted(query):
            ordered.setlist(name, query.getlist(name))
        return ordered.urlencode()

    @cached_property
    def open_list(self) -> OwnList | None:
        """The own list whose state this page shows."""
        lists = self.own.lists if self.own else ()
        return next((one for one in lists if one.query == self.state), None)

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """(label, address, open) of the views and of the person's own lists."""
        open_view = None if self.open_list else self.view
        views = [(view.label, self.address(view=view.key), view == open_view) for view in self.views]
        if not views and self.own and self.own.lists:
            views = [(_("全部"), self.whole, not self.open_list and not self.chosen)]
        lists = self.own.lists if self.own else ()
        return [*views, *((one.name, f"{self.path}?{one.query}", one == self.open_list) for one in lists)]

    @property
    def kept(self) -> Iterable[tuple[str, str]]:
        """Parameters that the filter form carries along: the view, the sorting, the columns."""
        kept = [(name, value) for name in ("view", "sort", "col") for value in self.params.getlist(name)]
        return kept if "view" in self.params else [("view", self.view.key if self.view else "all"), *kept]

    @property
    def kept_without_columns(self) -> Iterable[tuple[str, str]]:
        """Parameters that the choice of columns carries along."""
        return [(name, value) for name, value in self.kept_for_moves if name != "col"]

    @property
    def kept_for_moves(self) -> Iterable[tuple[str, str]]:
        """The state as fields of a form."""
        return [(name, value) for name, values in QueryDict(self.state).lists() for value in values]
