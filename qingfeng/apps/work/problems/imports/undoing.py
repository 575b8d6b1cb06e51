"""Until when an import can be taken back: as long as nobody has gone on from what it made."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.base.web.slots import Slot
from qingfeng.apps.work.inspections.models import Sheet, SheetState
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import (
    Evidence,
    Extension,
    LookBack,
    Measure,
    Problem,
    Recusal,
    Submission,
    Transfer,
)

_BUILDING_ON = (Measure, Evidence, Extension, Transfer, Submission, LookBack, Recusal)

built_on: Slot = Slot(
    "what higher apps made of problems: f(problems: QuerySet) -> a reason in words, or empty"
)


def check_unmoved(sheets: Iterable[int]) -> None:
    """Refused with the reason once one of these sheets or its problems was handled further."""
    changed = Sheet.objects.filter(pk__in=sheets, revision__gt=1).exclude(state=SheetState.VOID).first()
    if changed:
        raise Refused(
            _("%(number)s导入后已被退回、更正或确认，这次导入不能撤销。个别填错的请由专治办作废。")
            % {"number": changed.full_number}
        )
    problems = Problem.objects.filter(sheet__in=sheets).counted()  # type: ignore[attr-defined]
    moved = problems.filter(revision__gt=1).first() or _with_something(problems)
    if moved:
        raise Refused(
            _("%(number)s已经开始办理（%(state)s），这次导入不能撤销。个别填错的请由专治办作废。")
            % {"number": moved.number, "state": ProblemState(moved.state).label}
        )
    for filler in built_on:
        reason = filler(problems)
        if reason:
            raise Refused(reason)


def _with_something(problems: object) -> Problem | None:
    rows = (
        model.objects.filter(problem__in=problems).select_related("problem").first() for model in _BUILDING_ON
    )
    return next((row.problem for row in rows if row), None)
