"""Tags for what is drawn in Python (see web.drawing): icons and lines of matters."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from qingfeng.apps.base.web import drawing

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """As the component `c-icon` without a label, where a page has many."""
    return mark_safe(drawing.icon(name))  # noqa: S308  escaped where it is drawn


@register.simple_tag
def matters(lines: Iterable[drawing.Line]) -> SafeString:
    """The lines of a list of matters, as the component `c-matter` draws each."""
    return mark_safe("".join(map(drawing.matter, lines)))  # noqa: S308  escaped where it is drawn
