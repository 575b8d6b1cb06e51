"""The business date. Events keep real time; everything counted in days goes by this date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.conf import settings
from django.utils import timezone

_chosen: ContextVar[date | None] = ContextVar("business_date", default=None)


def today() -> date:
    """The day on which work is dated: chosen in this context, else QINGFENG_TODAY, else the calendar's."""
    return _chosen.get() or settings.BUSINESS_TODAY or timezone.localdate()


@contextmanager
def on(day: date) -> Iterator[None]:
    """Within this block the business date is `day` (demo history, tests)."""
    token = _chosen.set(day)
    try:
        yield
    finally:
        _chosen.reset(token)
