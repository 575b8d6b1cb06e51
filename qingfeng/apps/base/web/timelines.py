"""Entries of a timeline, as the component draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class TimelineEntry:
    """Who did what, when; `details` are further lines (reason, opinion, what was changed)."""

    at: datetime
    sentence: str
    who: str = ""
    business_date: date | None = None
    details: Sequence[tuple[str, str]] = ()
    tone: str = "neutral"
