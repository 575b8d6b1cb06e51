"""Who held a post in the units of a filing body, looked up once for all the names of a file."""

from __future__ import annotations

from datetime import date

from qingfeng.apps.base.orgs.models import Appointment, Unit, UnitClosure


class People:
    """As `orgs.queries.left_on`, of many persons: two queries in all."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._posts: dict[str, list[tuple[int, date | None]]] = {}
        rows = Appointment.objects.exclude(post__unit=None)
        for name, unit, last in rows.values_list("person__name", "post__unit_id", "valid_to"):
            self._posts.setdefault(name, []).append((unit, last))
        self._within: set[tuple[int, int]] = set(
            UnitClosure.objects.values_list("ancestor_id", "descendant_id")
        )

    def left_on(self, unit: Unit, name: str) -> date | None:
        """The last day of whoever of that name held a post in this unit or below and holds none any more; else None."""
        posts = self._posts.get(name.strip(), ())
        days = [last for within, last in posts if (unit.pk, within) in self._within]
        ended = [last for last in days if last is not None and last < self._day]
        return max(ended) if ended and len(ended) == len(days) else None
