"""How the desk writes a rate."""

from __future__ import annotations

from django import template

from qingfeng.apps.work.reports.shown import percent

register = template.Library()
register.filter("as_percent", percent)
