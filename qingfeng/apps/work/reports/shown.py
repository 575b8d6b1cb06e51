"""Figures as they stand on the page: the value in words, its counting rule, and the address that opens its rows."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from qingfeng.apps.base.web.templatetags.marks import percent, yuan
from qingfeng.apps.work.reports.figures import FIGURES, LISTINGS, RATES
from qingfeng.apps.work.reports.queries import Values


@dataclass(frozen=True)
class Shown:
    """A figure on the page."""

    key: str
    name: str
    value: str
    measure: str
    rule: str
    href: str


def shown(key: str, values: Values, **narrowed: str) -> Shown:
    """One figure of these values; `narrowed` (unit, category) goes into the address of its rows."""
    href = reverse("reports:figure", args=[key])
    if narrowed:
        href = f"{href}?{urlencode(narrowed)}"
    if key in RATES:
        rate = RATES[key]
        return Shown(key, str(rate.name), percent(values.share(key)), "", str(rate.counting_rule), href)
    counted = LISTINGS.get(key) or FIGURES[key]
    number = values.number(key)
    is_money = key in FIGURES and FIGURES[key].is_money
    value = yuan(number) if is_money else f"{number:,}"
    return Shown(key, str(counted.name), value, str(counted.measure), str(counted.counting_rule), href)
