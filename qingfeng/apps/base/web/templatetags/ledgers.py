"""The lines of a ledger, the options of its filters and the choice of its columns, drawn in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from qingfeng.apps.base.web import drawing
from qingfeng.apps.base.web.ledgers.columns import Cell, Row
from qingfeng.apps.base.web.ledgers.filters import Choice
from qingfeng.apps.base.web.ledgers.ledger import Ledger
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.base.web.templatetags.marks import day, moment, yuan

register = template.Library()
_WORDS: dict[str, Callable[[Any], str]] = {"date": day, "moment": moment, "money": yuan}


@register.simple_tag
def line(row: Row, has_ticks: object = False) -> SafeString:
    """All cells of a record; the first one is its heading, with a box to tick where there are bulk moves."""
    first, *others = row.cells
    tick = _tick(row, first) if has_ticks else ""
    head = f'<th scope="row" class="kind-{first.column.kind}">{tick}{_drawn(first)}</th>'
    cells = (
        f"{_opening(cell.column.kind, str(cell.column.title), cell.is_blank)}{_drawn(cell)}</td>"
        for cell in others
    )
    return mark_safe(head + "".join(cells))  # noqa: S308  every value is escaped where it is drawn


@register.filter
def drawn(cell: Cell) -> SafeString:
    """What stands in a cell, as its kind asks for it."""
    return mark_safe(_drawn(cell))  # noqa: S308  escaped where it is drawn


def _drawn(cell: Cell) -> str:
    inner = _inner(cell)
    return f'<a href="{escape(cell.href)}">{inner}</a>' if cell.href else inner


@register.simple_tag
def options(choice: Choice) -> SafeString:
    """The options of a filter, the chosen one selected."""
    return mark_safe(_options(choice))  # noqa: S308  values and labels are escaped


@register.simple_tag
def filter_box(choice: Choice) -> SafeString:
    """A filter of the bar: its label and what it is chosen or typed in."""
    one = choice.filter
    kind = "filter filter-range" if one.is_range else "filter"
    inner = "".join(_ends(choice)) if one.is_range else _box(choice)
    return mark_safe(f'<div class="{kind}">{inner}</div>')  # noqa: S308  escaped where it is drawn


def _box(choice: Choice) -> str:
    one = choice.filter
    name, label = escape(one.name), f'<label for="filter_{escape(one.name)}">{escape(str(one.label))}</label>'
    if one.kind == "choice":
        return (
            f'{label}<select class="form-select" id="filter_{name}" name="{name}">'
            f'<option value="">{escape(_("全部"))}</option>{_options(choice)}</select>'
        )
    kind, seen = "date" if one.kind == "date" else "search", " data-search" if one.name == "q" else ""
    return (
        f'{label}<input class="form-control" id="filter_{name}" name="{name}" type="{kind}"'
        f' value="{escape(choice.text)}"{seen}>'
    )


def _ends(choice: Choice) -> Iterator[str]:
    """The two boxes of a range."""
    words, kind = escape(str(choice.filter.label)), 'inputmode="decimal" autocomplete="off"'
    if choice.filter.kind == "days":
        kind = 'type="date"'
    fault = ' aria-invalid="true"' if choice.fault else ""
    for place, (name, text) in enumerate(choice.boxes):
        box = escape(name)
        label = f' class="filter-to">{escape(_("至"))}' if place else f">{words}"
        yield (
            f'<label for="filter_{box}"{label}</label><input class="form-control" id="filter_{box}" name="{box}"'
            f' value="{escape(text)}" {kind}{fault}>'
        )


@register.simple_tag
def columns_to_choose(ledger: Ledger) -> SafeString:
    """The choice of columns."""
    offered = [(column.key, column.title, shown) for column, shown in ledger.offered_columns]
    return mark_safe(drawing.columns_to_choose(offered))  # noqa: S308  escaped where it is drawn


def _tick(row: Row, first: Cell) -> str:
    name = escape(_("勾选%(name)s") % {"name": first.value})
    key = escape(str(row.record.pk))
    return (
        '<input class="form-check-input tick" type="checkbox" form="bulk" name="row"'
        f' value="{key}" aria-label="{name}"> '
    )


@lru_cache(maxsize=1024)
def _opening(kind: str, title: str, is_blank: bool) -> str:
    return f'<td class="kind-{kind}{" blank" if is_blank else ""}" data-label="{escape(title)}">'


def _options(choice: Choice) -> str:
    told = tuple((str(value), str(label)) for value, label in choice.filter.choices)
    drawn = _plain_options(told)
    chosen = f'<option value="{escape(choice.text)}">'
    if not choice.text or chosen not in drawn:
        return drawn
    return drawn.replace(chosen, chosen.replace('">', '" selected>'), 1)


@lru_cache(maxsize=128)
def _plain_options(choices: tuple[tuple[str, str], ...]) -> str:
    """Hundreds of units, drawn once for all pages that offer the same."""
    return "".join(f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in choices)


def _inner(cell: Cell) -> str:
    if isinstance(cell.value, Due):
        return drawing.due(cell.value)
    if isinstance(cell.value, Mark):
        return drawing.mark(cell.value)
    if cell.kind in _WORDS:
        return escape(_WORDS[cell.kind](cell.value))
    if cell.kind == "state":
        return drawing.mark(Mark(str(cell.value))) if cell.value else ""
    if type(cell.value) is str:
        return f"<span>{escape(cell.value)}</span>"
    return "" if cell.value is None else f"<span>{conditional_escape(cell.value)}</span>"
