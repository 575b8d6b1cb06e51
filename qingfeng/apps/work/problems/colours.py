"""Three-colour warning by the share of the term that is left; nobody re-colours by hand (RULES §4).

Shares, not days: an item with seven days must not be born yellow. The shares are the campaign's configuration.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Colour(models.TextChoices):
    NONE = "none", _("正常")
    GREEN = "green", _("绿色提醒")
    YELLOW = "yellow", _("黄色预警")
    RED = "red", _("红色警示")


def colour_of(*, found_on: date, due_date: date | None, today: date, shares: Mapping[str, float]) -> Colour:
    """The colour of an open problem on this day: red once overdue."""
    if due_date is None:
        return Colour.NONE
    if today > due_date:
        return Colour.RED
    term = max((due_date - found_on).days, 1)
    left = (due_date - today).days / term
    if left <= shares["yellow"]:
        return Colour.YELLOW
    return Colour.GREEN if left <= shares["green"] else Colour.NONE
