"""The runs of a paper as they stand on its draft: drawn here, because a line's end in a template would be a blank."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from qingfeng.apps.work.reports.papers.shown import ShownRun

register = template.Library()


@register.simple_tag
def paper_runs(runs: Iterable[ShownRun]) -> SafeString:
    """Text, figures that open with their rule, and marked gaps, without anything between them."""
    return format_html_join("", "{}", ((_drawn(run),) for run in runs))


@register.simple_tag
def paper_run(run: ShownRun) -> SafeString:
    """One of them: the cell of a table."""
    return _drawn(run)


def _drawn(run: ShownRun) -> SafeString:
    if run.href:
        return format_html('<a href="{}" title="{}">{}</a>', run.href, run.hint, run.text)
    if run.is_gap:
        return format_html('<mark class="draft-gap">{}</mark>', run.text)
    return format_html("{}", run.text)
