"""What of a person's problems must go to a successor when an appointment ends."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from qingfeng.apps.base.orgs.models import Appointment, Person, UnitClosure, User
from qingfeng.apps.work.problems.actions import hand_over
from qingfeng.apps.work.problems.flow import OPEN, ProblemState
from qingfeng.apps.work.problems.models import Problem


@dataclass(frozen=True)
class OpenProblems:
    """Fills the slot `handover_sources` of orgs: open and long-term problems the person answers for in that unit."""

    def count(self, appointment: Appointment) -> int:
        return self._rows(appointment).count()

    def hand_over(self, *, appointment: Appointment, successor: Person, by: User) -> None:
        for problem in self._rows(appointment).order_by("pk"):
            hand_over(problem=problem, successor=successor, by=by)

    def _rows(self, appointment: Appointment) -> QuerySet[Problem]:
        below = UnitClosure.objects.filter(ancestor=appointment.post.unit_id).values("descendant_id")
        return Problem.objects.filter(
            responsible_person=appointment.person_id,
            lead_unit_id__in=below,
            state__in=(*OPEN, ProblemState.LONG_TERM),
        )
