"""Tags for the components: due dates in words, figures, money, controls of forms, addresses of lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.base.web.moves import MoveButton

register = template.Library()
DATE = re.compile(r"\d{4}-\d\d-\d\d[前起止]?")


@register.simple_tag
def due(day: date | Due | None, first: date | None = None, done: date | None = None) -> Due:
    """A due date from its parts; a Due is taken as it is."""
    return day if isinstance(day, Due) else Due(day or None, first or None, done or None)


@register.simple_tag
def mark(label: str | Mark, tone: str = "") -> Mark:
    """A state mark from its parts; a Mark is taken as it is."""
    return label if isinstance(label, Mark) else Mark(label, tone or "neutral")  # type: ignore[arg-type]


@register.filter
def day(value: date | datetime | None) -> str:
    """2026-06-20, as in ledgers."""
    if not value:
        return ""
    return (timezone.localtime(value).date() if isinstance(value, datetime) else value).isoformat()


@register.filter
def moment(value: datetime | None) -> str:
    """2026-06-20 09:30 in local time."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


@register.filter
def paper_day(value: date | None) -> str:
    """2026年6月20日, as on papers."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


@register.filter
def yuan(fen: int | None) -> str:
    """Money: kept in fen, shown in yuan with two digits."""
    if fen is None:
        return ""
    sign, rest = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{rest // 100:,}.{rest % 100:02d}"


@register.filter
def grouped(count: int | None) -> str:
    """12,950, as numbers are written everywhere."""
    return "" if count is None else f"{count:,}"


@register.filter
def whole_dates(words: object) -> SafeString:
    """Words in which no date is broken at its hyphens where the line ends."""
    return mark_safe(DATE.sub(r'<span class="nowrap">\g<0></span>', escape(str(words))))  # noqa: S308  escaped here


@register.filter
def megabytes(size: int | None) -> str:
    """The size of a file as people say it."""
    if size is None:
        return ""
    return f"{size / 1048576:.1f} MB" if size >= 1048576 else f"{max(-(-size // 1024), 1)} KB"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The widget of a field with the classes of the frame."""
    widget = field.field.widget
    classes = [widget.attrs.get("class", ""), _widget_class(widget), "is-invalid" if field.errors else ""]
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


def _widget_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return ""
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Drawn as a group of choices with a legend instead of one control with a label."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.simple_tag
def all_errors(*given: Any) -> list[tuple[str, str, str]]:
    """(address, label, message) of every error of these forms and formsets, in the order of the page."""
    return [error for item in given if item for error in _errors_of(item)]


def _errors_of(item: Any) -> Iterable[tuple[str, str, str]]:
    if isinstance(item, forms.BaseFormSet):
        yield from (("", "", str(message)) for message in item.non_form_errors())
        for number, form in enumerate(item.forms, 1):
            yield from (
                (to, f"{number}. {label}" if label else f"{number}.", text)
                for to, label, text in _errors_of(form)
            )
        return
    if not isinstance(item, forms.BaseForm) or not item.is_bound:
        return
    yield from (("", "", str(message)) for message in item.non_field_errors())
    for field in item:
        for message in field.errors:
            yield f"#{field.id_for_label or field.auto_id}", str(field.label), str(message)


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changes: Any) -> str:
    """The present address with some parameters changed; an empty value takes the parameter away."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def refused_moves(moves: Iterable[MoveButton]) -> list[MoveButton]:
    """The moves that may not be made now, each with its reason."""
    return [move for move in moves or () if not move.allowed]


@register.filter
def percent(share: float | None) -> str:
    """66.7%; a dash where there is nothing to count. Never rounded up to a full hundred."""
    if share is None:
        return "—"
    tenths = int(share * 1000 + 0.5)
    if tenths == 1000 and share < 1:
        tenths = 999
    return f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"
