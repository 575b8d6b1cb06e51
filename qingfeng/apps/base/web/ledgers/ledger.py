"""A page of records as its address asks for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property, partial
from typing import Any

from django.db.models import Model, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _

from qingfeng.apps.base.web.keysets import Keyset, read_cursor, value_at
from qingfeng.apps.base.web.ledgers.asked import Asked
from qingfeng.apps.base.web.ledgers.asking import AskedAnew, Asking
from qingfeng.apps.base.web.ledgers.columns import Cell, Column, Row
from qingfeng.apps.base.web.ledgers.extracts import CHUNK, Extract, Official, prepared
from qingfeng.apps.base.web.ledgers.filters import Filter, TextSearch, View
from qingfeng.apps.base.web.ledgers.moves import BulkMove

PAGE_SIZE = 50
COUNT_LIMIT = 10_000
PART_LIMIT, NARROWED_LIMIT, SEARCH_LIMIT = 2000, 1000, 1000
"""Beyond these nobody counts rows on a page: those of a part of a large ledger, and what is narrowed, are looked for all
over it."""
STRETCH = 10_000
"""So many keys are walked through for a page of which many rows are known to be there, before all keys are collected."""
Rows = QuerySet | Callable[[], QuerySet]


class Ledger(Asked):
    """A page of records. Two queries: the rows, and their number up to a limit; a third for the person's own lists.

    `title` names its exports. `prepare` fetches what belongs to the records of a page, or of a few hundred of an export,
    at once. `official` are the columns of the paper of which this ledger is one. `lean`: the columns say all that a page
    reads beside its records, so that only what is shown is joined. `walked` are the same rows, asked for in the way that
    is quicker when they are read through. `surely` says of how many rows is known without counting that they are there:
    where they are many, `rows` are walked for a page and nothing is counted. `asking` keeps the words of questions; then
    `rows` and `walked` may be functions, called where the words are not known yet, and `model` is what they are rows of.
    `parts` are the same rows as `walked` in parts that have none in common, of which an index tells which they are and
    how they are sorted.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: Rows,
        columns: Sequence[Column],
        *,
        filters: Sequence[Filter] = (),
        views: Sequence[View] = (),
        ordering: Sequence[str] = ("-pk",),
        rule: str = "",
        size: int = PAGE_SIZE,
        name: str = "",
        title: str = "",
        prepare: Callable[[list[Any]], None] | None = None,
        lean: bool = False,
        walked: Rows | None = None,
        official: Official | None = None,
        moves: Sequence[BulkMove] = (),
        surely: Callable[[Ledger], int] | None = None,
        asking: Asking | None = None,
        model: type[Model] | None = None,
        parts: Callable[[], Sequence[QuerySet]] | None = None,
    ) -> None:
        super().__init__(request, columns, filters=filters, views=views, name=name)
        self.rule = rule
        self.size = size
        self.title = title
        self.official = official
        self.moves = list(moves)
        self._rows = rows
        self._prepare = prepare
        self._lean = lean
        self._rows_to_walk = walked
        self._asking: Asking = asking or AskedAnew()
        self._model = model
        self._parts = parts
        self._surely = surely
        self._ordering = tuple(ordering)

    # Rows

    @cached_property
    def everything(self) -> QuerySet:
        """All rows that this person sees in this ledger."""
        return self._rows() if callable(self._rows) else self._rows

    @cached_property
    def _walked(self) -> QuerySet:
        if self._rows_to_walk is None:
            return self.everything
        return self._rows_to_walk() if callable(self._rows_to_walk) else self._rows_to_walk

    @cached_property
    def model(self) -> type[Model]:
        return self._model or self.everything.model

    @cached_property
    def filtered(self) -> QuerySet:
        """All rows of this view and these filters: what an export or a bulk move works on."""
        return self._narrowed(self._walked)

    def _narrowed(self, rows: QuerySet) -> QuerySet:
        if self.view and self.view.apply:
            rows = self.view.apply(rows)
        for choice in self.chosen:
            rows = choice.on(rows)
        return rows

    @cached_property
    def total(self) -> int:
        """How many rows there are, counted up to the limit. No query where one page holds them all, else one; a second
        where a common word is searched, or where fewer are known to be there than the limit."""
        if "export" not in self.params:
            records, has_earlier, has_later = self._page
            if not has_earlier and not has_later:
                return len(records)
        if self._known > self.count_limit:
            return self.count_limit + 1
        for choice in self.chosen:
            if choice.search and choice.search.is_common:
                some = partial(self._some_of, choice.search)
                if (number := self._counted("some", some)) > self.count_limit:
                    return number
        return self._counted("all", lambda: self._in_parts() or [self.filtered])

    def _some_of(self, search: TextSearch) -> list[QuerySet]:
        return [search.some_of(self._narrowed(self.everything))]

    def _in_parts(self) -> list[QuerySet]:
        """The filtered rows in parts; none where there are no parts, or where an index of words names the rows."""
        if self._parts is None or self._is_searched:
            return []
        return [self._narrowed(part) for part in self._parts()]

    @cached_property
    def _known(self) -> int:
        """So many are there, as is known without counting. One query at most."""
        return self._surely(self) if self._surely else 0

    def _counted(self, which: str, parts: Callable[[], Sequence[QuerySet]]) -> int:
        most = self.count_limit + 1

        def keys() -> QuerySet:
            first, *others = (rows.order_by().values("pk") for rows in parts())
            return (first.union(*others, all=True) if others else first)[:most]

        return self._asking.number((*self._shape, which, most), keys, self._told)

    @property
    def _shape(self) -> tuple[Hashable, ...]:
        """What the address makes of the questions, but for what they are told each time."""
        view = self.view.key if self.view else ""
        return self.name, view, *((choice.filter.name, choice.shape) for choice in self.chosen)

    @property
    def _told(self) -> dict[str, Any]:
        """The words that are looked for, and where an index found them."""
        return {
            name: value
            for choice in self.chosen
            if choice.search
            for name, value in choice.search.told.items()
        }

    @property
    def count_limit(self) -> int:
        """Whoever searches reads the first pages or another word; who exports waits for all of it."""
        if "export" in self.params:
            return COUNT_LIMIT
        if self._is_searched:
            return SEARCH_LIMIT
        if self.chosen or (self.views and self.view != self.views[0]):
            return NARROWED_LIMIT
        return COUNT_LIMIT if self._rows_to_walk is None else PART_LIMIT

    @property
    def _is_searched(self) -> bool:
        """Whether an index has named the rows already."""
        return any(choice.search for choice in self.chosen)

    @property
    def total_in_words(self) -> str:
        if self.total > self.count_limit:
            return _("超过%(count)d条") % {"count": self.count_limit}
        return _("共%(count)d条") % {"count": self.total}

    @cached_property
    def sorting(self) -> tuple[str, bool]:
        """(column key, descending) that the address asks for; an unknown key, or one not offered, is no sorting."""
        asked = self.params.get("sort", "")
        key = asked.removeprefix("-")
        known = any(column.key == key and self._sorts(column) for column in self.all_columns)
        return (key, asked.startswith("-")) if known else ("", False)

    def _sorts(self, column: Column) -> bool:
        """Whether the list can be sorted by this column: one so large that no index has it in parts, only by what an index
        has it whole."""
        return bool(column.sort) and (column.walked or not self._is_endless)

    @property
    def _is_endless(self) -> bool:
        return self._parts is None and self._known > COUNT_LIMIT

    @property
    def unsorted(self) -> Column | None:
        """The column by which the address asks to sort a list that is too large for it."""
        asked = self.params.get("sort", "").removeprefix("-")
        column = next((one for one in self.all_columns if one.key == asked and one.sort), None)
        return column if column and not self.sorting[0] else None

    @property
    def sorted_once_narrowed(self) -> list[str]:
        """The headings shown by which this list can be sorted only when it is filtered."""
        return [column.title for column in self.columns if column.sort and not self._offers(column)]

    def _offers(self, column: Column) -> bool:
        """Whether its heading sorts; where one page holds all nothing is asked for it."""
        _records, has_earlier, has_later = self._page
        return self._sorts(column) if has_earlier or has_later else bool(column.sort)

    @cached_property
    def _sorted_by(self) -> Column | None:
        return next((column for column in self.all_columns if column.key == self.sorting[0]), None)

    @cached_property
    def keyset(self) -> Keyset:
        names = list(self._ordering)
        if self._sorted_by:
            field = self._sorted_by.sort if isinstance(self._sorted_by.sort, str) else self._sort_name
            upwards = Keyset.of(self.model, [field, *names])
            return upwards.reverse() if self.sorting[1] else upwards
        return Keyset.of(self.model, names)

    @property
    def _sort_name(self) -> str:
        return f"by_{self.sorting[0]}"

    @cached_property
    def _sortable(self) -> QuerySet:
        """The filtered rows, with the expression by which they are sorted."""
        return self._with_sort(self.filtered)

    def _with_sort(self, rows: QuerySet) -> QuerySet:
        if self._sorted_by is None or isinstance(self._sorted_by.sort, str):
            return rows
        return rows.annotate(**{self._sort_name: self._sorted_by.sort})

    def beside(self, key: Any, *, backwards: bool) -> Model | None:
        """The record before or after this one in the list, from which it may itself have gone by now. Two queries."""
        here = self._with_sort(self.everything).get(pk=key)
        place = [value_at(here, one.name) for one in self.keyset.keys]
        step = self.keyset.before if backwards else self.keyset.after
        return next(iter(step(self._sortable, place)[:1]), None)

    @property
    def in_order(self) -> QuerySet:
        """All filtered rows as they are sorted here."""
        return self.keyset.order(self._sortable)

    @cached_property
    def _page(self) -> tuple[list[Model], bool, bool]:
        """(records, whether there are earlier ones, whether there are later ones)"""
        before, after = (read_cursor(self.params.get(name, ""), self.keyset) for name in ("before", "after"))
        place, backwards = before or after, bool(before)
        found = self._nearby(place, backwards=backwards) or self._fetched(place, backwards=backwards)
        records, is_full = found[: self.size], len(found) > self.size
        return (records[::-1], is_full, True) if backwards else (records, bool(after), is_full)

    def _step(self, rows: QuerySet, place: list[Any] | None, *, backwards: bool) -> QuerySet:
        """These rows from this place on; from the beginning where there is none."""
        if not place:
            return self.keyset.order(rows)
        return (self.keyset.before if backwards else self.keyset.after)(rows, self._place(place))

    def _place(self, place: list[Any]) -> list[Any]:
        """These values as a question is told them."""
        return [
            None if value is None else self._asking.given(f"at{number}", value, key.field)
            for number, (key, value) in enumerate(zip(self.keyset.keys, place, strict=True))
        ]

    def _nearby(self, place: list[Any] | None, *, backwards: bool) -> list[Model]:
        """The rows of a page that lie so near in the ledger's own order that walking there is quicker than collecting
        the keys of all; nothing where they do not fill it. One query, if any."""
        if self._rows_to_walk is None or self.keyset.keys[0].name != "pk" or place and place[0] is None:
            return []
        if self._known <= COUNT_LIMIT and not any(one.search and one.search.is_common for one in self.chosen):
            return []
        forward = self.keyset.keys[0].descending == backwards
        stretch = STRETCH if forward else -STRETCH

        def rows() -> QuerySet:
            first = self.model._default_manager.order_by("pk" if forward else "-pk").values("pk")[:1]
            end = self._asking.given("end", place[0] + stretch, None) if place else Subquery(first) + stretch
            near = self._narrowed(self.everything).filter(**{f"pk__{'lte' if forward else 'gte'}": end})
            return self._joined(self._step(near, place, backwards=backwards))[: self.size + 1]

        told = {"end": place[0] + stretch} if place else {}
        found = self._asked("near", rows, place, backwards=backwards, **told)
        return found if len(found) > self.size else []

    def _fetched(self, place: list[Any] | None, *, backwards: bool) -> list[Model]:
        """The first of the rows from this place on. Sorted or narrowed, first their keys, then the rows of these keys: a
        database would otherwise carry every row with its annotations through the sort. One query, or two."""

        def rows() -> QuerySet:
            found = self._step(self._sortable, place, backwards=backwards)
            if self.keyset.keys[0].name == "pk":
                found = found.filter(
                    pk__gt=0
                )  # true of all: so that SQLite walks in this order and sorts nothing
            return found

        is_whole = self._sorted_by is not None and self.keyset.keys[0].name != "pk" and self._is_endless

        def keys_of() -> QuerySet:
            pieces = (self._spans if is_whole else self._stepped)(place, backwards=backwards)
            if not pieces:
                return rows().values_list("pk", flat=True)[: self.size + 1]
            return self.keyset.merged(pieces, backwards=backwards)[: self.size + 1]

        asked = partial(self._asked, place=place, backwards=backwards)
        is_walked = self._rows_to_walk is None or self.keyset.keys[0].name == "pk"
        if self._sorted_by is None and (self._is_searched or is_walked and not self.is_narrowed):
            return asked("page", lambda: self._joined(rows())[: self.size + 1])
        keys = [row[0] if isinstance(row, tuple) else row for row in asked("keys", keys_of)]
        found = {record.pk: record for record in self._of_keys(keys)}
        return [found[key] for key in keys if key in found]

    def _spans(self, place: list[Any] | None, *, backwards: bool) -> list[QuerySet]:
        """The rows from this place on in stretches of an index, as many of each as fill a page. Named by their keys: SQLite
        takes no limit in a part of a union."""
        spans = self.keyset.spans(self._sortable, self._place(place) if place else None, backwards=backwards)
        keys = (span.values("pk")[: self.size + 1] for span in spans)
        return [self._with_sort(self.model._default_manager.order_by().filter(pk__in=some)) for some in keys]

    def _stepped(self, place: list[Any] | None, *, backwards: bool) -> list[QuerySet]:
        """The same of each part; none where there are no parts."""
        return [
            self._step(self._with_sort(part), place, backwards=backwards).order_by()
            for part in self._in_parts()
        ]

    def _of_keys(self, keys: list[int]) -> list[Model]:
        """The records of these keys, as far as they are there for this person."""

        def rows() -> QuerySet:
            whole = self._joined(self._with_sort(self.everything))
            return whole.filter(self._asking.among("keys", keys)).order_by()

        return self._asking.rows((self.name, "of keys", self.sorting[0], self._beside), rows, {"keys": keys})

    def _asked(
        self,
        what: str,
        rows: Callable[[], QuerySet],
        place: list[Any] | None,
        *,
        backwards: bool,
        **told: Any,
    ) -> list[Any]:
        at = {f"at{number}": value for number, value in enumerate(place or ())}
        shape = backwards, *(value is None for value in at.values())
        key = (*self._shape, what, self.sorting, self._beside, self.size, *shape)
        return self._asking.rows(key, rows, {**self._told, **at, **told})

    def _joined(self, rows: QuerySet) -> QuerySet:
        """With what the columns shown and the place in the list read beside the records."""
        if not self._lean:
            return rows
        return rows.select_related(None).select_related(*self._beside)

    @cached_property
    def _beside(self) -> tuple[str, ...]:
        """What the columns shown and the place in the list read beside the records; nothing where all is read."""
        paths = {column.beside for column in self.columns}
        paths |= {key.name.rpartition("__")[0] for key in self.keyset.keys}
        return tuple(sorted(paths - {""})) if self._lean else ()

    @cached_property
    def rows(self) -> list[Row]:
        return [self.row(record) for record in prepared(self._page[0], self._prepare)]

    def row(self, record: Any, columns: Sequence[Column] | None = None) -> Row:
        """A record as a line."""
        return Row(
            record,
            [
                Cell(column, column.of(record), column.href(record) if column.href else "")
                for column in (self.columns if columns is None else columns)
            ],
        )

    def records(self, rows: QuerySet) -> Iterable[Any]:
        """Records of this ledger, whichever, with what belongs to them."""
        return prepared(rows, self._prepare)

    def extract(self, *, official: bool = False) -> Extract:
        """Exactly what is filtered, in the columns that are shown or in those of the official form."""
        return self.extract_of(self.in_order, official=official)

    def extract_of(self, rows: QuerySet, *, official: bool = False) -> Extract:
        """The same of some rows of this ledger. Read is what stands in the columns; no record is kept once written."""
        if official and self.official:
            title, columns, prepare = self.official.title, self.official.columns, self.official.prepare
            rows = self.official.fetched(rows)
        else:
            title, columns, prepare = self.title, self.columns, self._prepare
            rows = self._joined(rows)
        records = prepared(rows.iterator(chunk_size=CHUNK), prepare)
        return Extract(title, columns, records, self.rule, self.narrowed)

    # Addresses

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
                    "href": self.address(sort=wanted) if self._offers(column) else "",
                }
            )
        return heads
