"""Figures as they stand on the page: the value in words, its counting rule, and the address that opens its rows."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from qingfeng.apps.base.web.templatetags.marks import percent, yuan
from qingfeng.apps.work.reports.figures import FIGURES, LISTINGS, RATES, Rate
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
    counted = RATES.get(key) or LISTINGS.get(key) or FIGURES[key]
    measure = "" if isinstance(counted, Rate) else str(counted.measure)
    return Shown(key, str(counted.name), in_words(key, values), measure, str(counted.counting_rule), href)


def in_words(key: str, values: Values) -> str:
    """The value alone, as it stands on the page."""
    if key in RATES:
        return percent(values.share(key))
    number = values.number(key)
    return yuan(number) if key in FIGURES and FIGURES[key].is_money else f"{number:,}"
