"""The table of units, drawn in Python: 400 units with nine figures each are thousands of cells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from urllib.parse import urlencode

from django import template
from django.utils.safestring import SafeString, mark_safe

from qingfeng.apps.work.reports.figures import RATES
from qingfeng.apps.work.reports.queries import UnitValues
from qingfeng.apps.work.reports.shown import Shown, in_words

register = template.Library()


@register.simple_tag
def unit_lines(units: Sequence[UnitValues], heads: Sequence[Shown], outcomes: Collection[str]) -> SafeString:
    """A line a unit. Each figure opens its rows; those that are parts of the bar say their number to the chart."""
    columns = [(head.key, escape(head.href), head.key in outcomes) for head in heads]
    return mark_safe("".join(_line(row, columns) for row in units))  # noqa: S308  escaped where it is drawn


def _line(row: UnitValues, columns: Sequence[tuple[str, str, bool]]) -> str:
    narrowed = escape(urlencode({"unit": row.unit.code}))
    cells = [f'<tr><th scope="row">{escape(row.unit.short_name)}</th>']
    for key, href, is_part in columns:
        part = f' data-series data-value="{row.number(key)}"' if is_part else ""
        cells.append(
            f'<td class="number"{part}><a{_class(key, row)} href="{href}?{narrowed}">{in_words(key, row)}</a></td>'
        )
    return "".join([*cells, "</tr>"])


def _class(key: str, row: UnitValues) -> str:
    """What is nothing steps back, so that the eye finds what is something."""
    return "" if key in RATES or row.number(key) else ' class="nothing"'
