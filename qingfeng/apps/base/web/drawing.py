"""Pieces of pages drawn in Python, each as its component draws it.

A page has hundreds of them; as templates and components they took most of the page's time.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Protocol

from django.templatetags.static import static
from django.utils.translation import gettext as _

from qingfeng.apps.base.web.marks import Due, Mark


class Line(Protocol):
    """A matter, whichever app tells of it."""

    title: str
    of: str
    href: str
    verb: str
    verb_href: str
    due: Due | None


def icon(name: str) -> str:
    """A sign beside a word that says the same."""
    return f'<svg class="icon" aria-hidden="true"><use href="{_icons()}#{escape(name)}"></use></svg>'


@cache
def _icons() -> str:
    return escape(static("web/icons.svg"))


def mark(found: Mark) -> str:
    label = escape(str(found.label))
    return f'<span class="mark mark-{found.tone}">{label}</span>' if label else ""


def due(found: Due) -> str:
    """A date with what is left, in working days."""
    if not found.day:
        return f'<span class="quiet">{_("未定时限")}</span>'
    said, on = found.mark, found.day.isoformat()
    left = f'<span class="due-left due-{said.tone}">{escape(said.label)}</span>' if said else ""
    first = (
        f'<span class="due-first">{_("原定")} {found.first.isoformat()}</span>'
        if found.extended and found.first
        else ""
    )
    return f'<span class="due"><time datetime="{on}">{on}</time>{left}{first}</span>'


def matter(line: Line) -> str:
    """One thing to do, with the verb that leads to doing it."""
    href, verb_href = escape(line.href), escape(line.verb_href or line.href)
    of = f'<span class="matter-of">{escape(str(line.of))}</span>' if line.of else ""
    state = getattr(line, "mark", None)
    return (
        '<li class="matter">'
        f'<span class="matter-words"><a class="matter-title" href="{href}">{escape(str(line.title))}</a>{of}</span>'
        f"{mark(state) if state else ''}"
        f'<span class="matter-due">{due(line.due) if line.due else ""}</span>'
        f'<a class="btn btn-sm btn-plain" href="{verb_href}">{escape(str(line.verb))}</a></li>'
    )


def columns_to_choose(offered: Iterable[tuple[str, str, bool]]) -> str:
    """(key, heading, shown) each with its box and its two movers; the first column always stays where it is."""
    before, after = str(_("把“%(name)s”往前移")), str(_("把“%(name)s”往后移"))
    up, down = icon("up"), icon("down")
    lines = []
    for place, (key, heading, shown) in enumerate(offered):
        name, box = escape(str(heading)), f"col_{escape(key)}"
        movers = (
            '<span class="column-moves" hidden>'
            f'<button type="button" data-column-up aria-label="{before % {"name": name}}">{up}</button>'
            f'<button type="button" data-column-down aria-label="{after % {"name": name}}">{down}</button></span>'
        )
        lines.append(
            f'<li class="form-check"><input class="form-check-input" type="checkbox" name="col" value="{escape(key)}"'
            f' id="{box}"{" checked" if shown else ""}{"" if place else " disabled"}>'
            f'<label class="form-check-label" for="{box}">{name}</label>{movers if place else ""}</li>'
        )
    return "".join(lines)
