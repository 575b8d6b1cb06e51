"""Until when what a file said of a problem can be taken back: as long as nobody has gone on from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import Evidence, Measure, Problem


def check_untouched(problem: Problem, made: Mapping[str, Any]) -> None:
    """Refused once the problem was handled further: changed, or further measures or proofs added."""
    written = parse_datetime(made["at"])
    later = Measure.objects.filter(problem=problem, entered_at__gt=written).exclude(pk__in=made["measures"])
    proofs = Evidence.objects.filter(problem=problem, added_at__gt=written, withdrawn_at=None)
    if problem.revision != made["revision"] or later.exists() or proofs.exists():
        raise Refused(
            _("%(number)s导入以后又有办理（%(state)s），不能撤销。个别写错的，请在问题页补充说明。")
            % {"number": problem.number, "state": ProblemState(problem.state).label}
        )
