"""Filters of a ledger, the values that the address gives them, and the chips that say so in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property, reduce
from operator import or_
from typing import Any, Literal, Protocol

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

FilterKind = Literal["choice", "text", "date", "days", "money", "numbers"]
RANGES = ("days", "money", "numbers")
_LARGEST = 10**15
"""Beyond it a number is a slip of the hand; databases hold no number much larger."""


class TextSearch(Protocol):
    """A text as an index found it. Asked once for a page, however often its rows are needed."""

    @property
    def is_common(self) -> bool:
        """Whether so many rows are meant that `some_of` them are found sooner."""

    @property
    def shape(self) -> Hashable:
        """All by which a question with this search differs from another one, but for `told`."""

    @property
    def told(self) -> Mapping[str, Any]:
        """The values in it, by name."""

    def of(self, rows: QuerySet) -> QuerySet:
        """Those of these rows that are meant."""

    def some_of(self, rows: QuerySet) -> QuerySet:
        """Of the rows that are meant, some that are found quickly."""


@dataclass(frozen=True)
class Filter:
    """A filter of the bar. `lookups` are joined by “or”, the words of a text by “and”; `apply` replaces both.

    `kind`: choice, text, date; and from–to: days, money (typed in yuan, compared in fen), numbers. A range has two
    boxes, `<name>_from` and `<name>_to` unless `names` says otherwise. A value that does not fit is not applied, and
    the bar says so. `words` says a choice as a chip does: {"1": "逾期"}; without it a chip reads “状态：整改中”.
    """

    name: str
    label: str
    lookups: str | tuple[str, ...] = ()
    choices: Sequence[tuple[Any, Any]] = ()
    kind: FilterKind = "choice"
    apply: Callable[[QuerySet, Any], QuerySet] | None = None
    names: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    search: Callable[[str], TextSearch] | None = None
    """Looks the text up in an index; replaces `apply`."""

    @property
    def is_range(self) -> bool:
        return self.kind in RANGES

    @property
    def boxes(self) -> tuple[str, ...]:
        """The parameters of the address that belong to this filter."""
        return self.names or ((f"{self.name}_from", f"{self.name}_to") if self.is_range else (self.name,))

    def read(self, text: str) -> Any:
        """The value of one box as the query wants it; ValueError when it does not fit."""
        if self.kind in ("date", "days"):
            return date.fromisoformat(text)
        if self.kind == "money":
            return int(number_of(text) * 100)
        if self.kind == "numbers":
            return int(number_of(text))
        if self.kind == "choice" and text not in {str(value) for value, _label in self.choices}:
            raise ValueError(text)
        return text

    def on(self, rows: QuerySet, value: Any) -> QuerySet:
        if self.search:
            return self.search(value).of(rows)
        if self.apply:
            return self.apply(rows, value)
        lookups = (self.lookups,) if isinstance(self.lookups, str) else self.lookups or (self.name,)
        if self.is_range:
            ends = zip(("gte", "lte"), value, strict=True)
            given = {f"{lookups[0]}__{end}": bound for end, bound in ends if bound is not None}
            return rows.filter(**given)
        words = unicodedata.normalize("NFKC", value).split() if self.kind == "text" else [value]
        for word in words:
            rows = rows.filter(reduce(or_, (Q(**{lookup: word}) for lookup in lookups)))
        return rows

    def choice(self, texts: Mapping[str, str]) -> Choice:
        """What the address says about this filter."""
        given = tuple(texts.get(name, "").strip()[:200] for name in self.boxes)
        if not any(given):
            return Choice(self, given)
        try:
            values = tuple(self.read(text) if text else None for text in given)
            _check_order(values)
        except ValueError:
            fault = _("“%(label)s”的值“%(text)s”不能识别，没有按它筛选。") % {
                "label": self.label,
                "text": "—".join(filter(None, given)),
            }
            return Choice(self, given, None, fault)
        return Choice(self, given, values if self.is_range else values[0])


@dataclass(frozen=True)
class Choice:
    """A filter as it stands on this page."""

    filter: Filter
    texts: tuple[str, ...]
    value: Any = None
    fault: str = ""

    @cached_property
    def search(self) -> TextSearch | None:
        return self.filter.search(self.value) if self.filter.search else None

    @property
    def shape(self) -> Hashable:
        """What this choice makes of a question."""
        return self.search.shape if self.search else self.value

    def on(self, rows: QuerySet) -> QuerySet:
        """The rows that this choice leaves."""
        return self.search.of(rows) if self.search else self.filter.on(rows, self.value)

    @property
    def text(self) -> str:
        """What was typed, all boxes together; empty when nothing was."""
        return "—".join(filter(None, self.texts))

    @property
    def boxes(self) -> list[tuple[str, str]]:
        """(parameter, what stands in it)"""
        return list(zip(self.filter.boxes, self.texts, strict=True))

    @property
    def label(self) -> str:
        """The chosen value in words."""
        if self.filter.is_range:
            return self._range_in_words()
        names = {str(value): str(label) for value, label in self.filter.choices}
        return names.get(self.text, self.text)

    @property
    def words(self) -> str:
        """As a chip and an export say it: “逾期”, “状态：整改中”."""
        given = self.filter.words.get(self.text)
        return (
            str(given)
            if given
            else _("%(label)s：%(value)s") % {"label": self.filter.label, "value": self.label}
        )

    def _range_in_words(self) -> str:
        low, high = self.texts
        if low and high:
            return low if low == high else _("%(low)s至%(high)s") % {"low": low, "high": high}
        return _("%(low)s起") % {"low": low} if low else _("至%(high)s") % {"high": high}


@dataclass(frozen=True)
class Chip:
    """A filter that holds, in words, with the address of the list without it."""

    words: str
    href: str


@dataclass(frozen=True)
class View:
    """A view that the ledger brings along, shown as a tab: a name and what it narrows the rows to."""

    key: str
    label: str
    apply: Callable[[QuerySet], QuerySet] | None = None


def number_of(text: str) -> Decimal:
    """A number as it is typed; ValueError when it is none, or larger than any."""
    try:
        number = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite() or abs(number) > _LARGEST:
        raise ValueError(text)
    return number


def _check_order(values: tuple[Any, ...]) -> None:
    if len(values) == 2 and None not in values and values[0] > values[1]:
        raise ValueError(values)
