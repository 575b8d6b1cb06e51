"""What happens on which day: a calendar of steps, each carried out by a real action under the business date of its day."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from qingfeng.apps.base.orgs.models import Group, Unit, User
from qingfeng.apps.base.records.actions import recording
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.office_calendar import working_days
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.demo.seats import Seats

SEED = 990700
Step = Callable[..., object]


class Story:
    """The campaign, its people, and the steps that are still to come. Nothing in it is left to chance but the seed."""

    def __init__(self, campaign: Campaign, home_day: date) -> None:
        self.campaign = campaign
        self.home_day = home_day
        self.chance = Random(SEED)  # noqa: S311 — a story that is the same every time, not a secret
        self.seats = Seats()
        self._queue: list[tuple[date, int, Step, tuple[Any, ...], dict[str, Any]]] = []
        self._order = itertools.count()
        self._today = campaign.starts_on

    def at(self, day: date, step: Step, *args: Any, **given: Any) -> date:
        """Sets a step for a day, or the first working day after it, never in the past; answers the day."""
        day = working_days().next_working_day(max(day, self._today))
        heapq.heappush(self._queue, (day, next(self._order), step, args, given))
        return day

    def tell(self, reached: Callable[[date], None] = lambda day: None) -> int:
        """Carries out, in the order of days, all that happens by the day on which the demo plays; tells each day.

        The steps of a day are recorded together: their events are chained once, at the end of the day.
        """
        told = 0
        while self._queue and self._queue[0][0] <= self.home_day:
            self._today = self._queue[0][0]
            reached(self._today)
            with clock.on(self._today), recording():
                while self._queue and self._queue[0][0] == self._today:
                    _day, _order, step, args, given = heapq.heappop(self._queue)
                    step(*args, **given)
                    told += 1
        return told

    def clerk(self, unit: Unit) -> User | None:
        return self.seats.clerk(unit)

    def head(self, unit: Unit) -> User | None:
        return self.seats.head(unit)

    def office(self) -> User:
        return self.seats.account("office")

    def member(self, group: Group) -> User:
        return self.seats.members(group)[0]


def days(number: int) -> timedelta:
    return timedelta(days=number)
