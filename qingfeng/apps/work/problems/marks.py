"""Marks of problems and sheets: the state in its word, the date with what is left."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.marks import Due, Mark, Tone
from qingfeng.apps.work.inspections.models import Sheet, SheetState
from qingfeng.apps.work.problems.colours import Colour, colour_of
from qingfeng.apps.work.problems.flow import OPEN, ProblemState
from qingfeng.apps.work.problems.models import Instruction, InstructionState, Problem

TONES: dict[str, Tone] = {
    ProblemState.FOUND: "waiting",
    ProblemState.ASSIGNED: "neutral",
    ProblemState.IN_RECTIFICATION: "active",
    ProblemState.SUBMITTED: "waiting",
    ProblemState.RETURNED: "late",
    ProblemState.TRANSFERRED: "waiting",
    ProblemState.LONG_TERM: "active",
    ProblemState.CLOSED_OUT: "done",
    ProblemState.REOPENED: "late",
    ProblemState.VOID: "neutral",
}
INSTRUCTION_TONES: dict[str, Tone] = {
    InstructionState.GIVEN: "active",
    InstructionState.ANSWERED: "waiting",
    InstructionState.CLOSED: "done",
}
COLOUR_TONES: dict[str, Tone] = {Colour.GREEN: "active", Colour.YELLOW: "waiting", Colour.RED: "late"}


def state_mark(problem: Problem) -> Mark:
    return Mark(str(ProblemState(problem.state).label), TONES[problem.state])


def due_of(problem: Problem) -> Due:
    """The date that counts now: of a long-term problem its review, of a void one none."""
    if problem.state == ProblemState.LONG_TERM:
        return Due(problem.review_on)
    if problem.state == ProblemState.VOID:
        return Due(None)
    return Due(problem.due_date, problem.first_due_date, problem.closed_out_on)


def colour_mark(problem: Problem) -> Mark | None:
    """The warning colour of an open problem, in its word; the problem's campaign is loaded with it."""
    if problem.state not in OPEN:
        return None
    colour = colour_of(
        found_on=problem.found_on,
        due_date=problem.due_date,
        today=clock.today(),
        shares=problem.campaign.colours,
    )
    return Mark(str(Colour(colour).label), COLOUR_TONES[colour]) if colour in COLOUR_TONES else None


def sheet_mark(sheet: Sheet) -> Mark:
    """A filed sheet is done when its last problem is struck off; `open_count` comes from the ledger's query."""
    if sheet.state == SheetState.RETURNED:
        return Mark(str(SheetState.RETURNED.label), "late")
    if sheet.state == SheetState.VOID:
        return Mark(str(SheetState.VOID.label))
    if sheet.on_behalf and sheet.confirmed_at is None:
        return Mark(_("代填待确认"), "waiting")
    open_count = getattr(sheet, "open_count", 0)
    if open_count:
        return Mark(_("%(count)d个未销号") % {"count": open_count}, "active")
    return Mark(_("已办结") if getattr(sheet, "problem_count", 0) else _("零问题"), "done")


def instruction_mark(row: Instruction) -> Mark:
    return Mark(str(InstructionState(row.state).label), INSTRUCTION_TONES.get(row.state, "neutral"))


def instruction_due(row: Instruction) -> Due:
    """The leader's date, if there is one; settled on the day on which it was closed."""
    if row.state == InstructionState.VOID:
        return Due(None)
    return Due(row.due_date, done=timezone.localdate(row.closed_at) if row.closed_at else None)
