"""Marks: a state in a word, a due date with what is left. A colour never stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.office_calendar import working_days
from qingfeng.calendars import YearUnknown

Tone = Literal["neutral", "active", "waiting", "done", "late"]
SOON = 3
"""Working days before a due date from which it is marked as near."""


@dataclass(frozen=True)
class Mark:
    """A state in its word; the tone only repeats what the word says."""

    label: str
    tone: Tone = "neutral"

    def __str__(self) -> str:
        return str(self.label)


@dataclass(frozen=True)
class Due:
    """A date by which something is owed; `first` when it was extended, `done` when it is settled."""

    day: date | None
    first: date | None = None
    done: date | None = None

    def __str__(self) -> str:
        return self.day.isoformat() if self.day else ""

    @property
    def extended(self) -> bool:
        return bool(self.day and self.first and self.first != self.day)

    @property
    def mark(self) -> Mark | None:
        """What is left, in words: working days before the date, days after it."""
        if self.day is None:
            return None
        if self.done:
            return _settled((self.done - (self.first or self.day)).days)
        today = clock.today()
        if today > self.day:
            return _late((today - self.day).days)
        return _left(today, self.day)


def _settled(late_by: int) -> Mark:
    if late_by > 0:
        return Mark(
            ngettext("超期%(days)d天办结", "超期%(days)d天办结", late_by) % {"days": late_by}, "waiting"
        )
    return Mark(_("按期办结"), "done")


def _late(days: int) -> Mark:
    return Mark(ngettext("逾期%(days)d天", "逾期%(days)d天", days) % {"days": days}, "late")


def _left(today: date, day: date) -> Mark:
    if day == today:
        return Mark(_("今天到期"), "waiting")
    try:
        left = working_days().working_days_between(today, day)
    except YearUnknown:
        days = (day - today).days
        tone: Tone = "waiting" if days <= SOON else "neutral"
        return Mark(ngettext("还剩%(days)d天", "还剩%(days)d天", days) % {"days": days}, tone)
    words = ngettext("还剩%(days)d个工作日", "还剩%(days)d个工作日", left) % {"days": left}
    return Mark(words, "waiting" if left <= SOON else "neutral")
