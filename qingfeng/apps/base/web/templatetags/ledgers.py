"""The lines of a ledger, the options of its filters and the choice of its columns, drawn in Python."""

from __future__ import annotations

from collections.abc import Callable
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
    head = f'<th scope="row" class="kind-{first.column.kind}">{tick}{drawn(first)}</th>'
    return mark_safe(head + "".join(map(_cell, others)))  # noqa: S308  every value is escaped where it is drawn


@register.filter
def drawn(cell: Cell) -> SafeString:
    """What stands in a cell, as its kind asks for it."""
    inner = _inner(cell)
    return mark_safe(f'<a href="{escape(cell.href)}">{inner}</a>' if cell.href else inner)  # noqa: S308


@register.simple_tag
def options(choice: Choice) -> SafeString:
    """The options of a filter, the chosen one selected."""
    lines = [
        f'<option value="{escape(str(value))}">{escape(str(label))}</option>'
        for value, label in choice.filter.choices
    ]
    for place, (value, _label) in enumerate(choice.filter.choices):
        if choice.text and str(value) == choice.text:
            lines[place] = lines[place].replace('">', '" selected>', 1)
    return mark_safe("".join(lines))  # noqa: S308  both are escaped


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


def _cell(cell: Cell) -> str:
    blank = " blank" if cell.is_blank else ""
    title = escape(str(cell.column.title))
    return f'<td class="kind-{cell.column.kind}{blank}" data-label="{title}">{drawn(cell)}</td>'


def _inner(cell: Cell) -> str:
    if isinstance(cell.value, Due):
        return drawing.due(cell.value)
    if isinstance(cell.value, Mark):
        return drawing.mark(cell.value)
    if cell.kind in _WORDS:
        return escape(_WORDS[cell.kind](cell.value))
    if cell.kind == "state":
        return drawing.mark(Mark(str(cell.value))) if cell.value else ""
    return "" if cell.value is None else f"<span>{conditional_escape(cell.value)}</span>"
