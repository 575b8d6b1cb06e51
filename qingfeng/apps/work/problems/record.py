"""What the record page of a problem shows: what belongs to it, and what may be done next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, own_units, roles
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.base.web.moves import MoveButton
from qingfeng.apps.base.web.timelines import TimelineEntry
from qingfeng.apps.work.problems.flow import MOVES
from qingfeng.apps.work.problems.marks import colour_mark, due_of, state_mark
from qingfeng.apps.work.problems.models import (
    CoUnit,
    Evidence,
    Extension,
    LookBack,
    Measure,
    PersonInvolved,
    Problem,
    ProblemRecord,
    Submission,
    Transfer,
)
from qingfeng.apps.work.problems.permissions import (
    EVIDENCE_STATES,
    GATES,
    OWNERS,
    Check,
    check_office,
    check_state,
)
from qingfeng.apps.work.problems.visibility import persons_involved

MAIN_PATH = ("assign", "measure", "submit", "sign", "close_out", "look_back")
"""Moves that people look for in any state: where they are not possible, the page says why."""
PRIMARY = frozenset(MAIN_PATH)
DANGEROUS = frozenset({"void", "reopen"})


@dataclass
class RecordPage:
    """The parts of the page. The history is a tab of its own, read only when it is open."""

    tab: str
    mark: Mark
    due: Due
    colour: Mark | None
    measures: Sequence[Measure] = ()
    evidence: Sequence[tuple[Evidence, bool]] = ()
    """Each proof, and whether this user may withdraw it."""
    submissions: Sequence[Submission] = ()
    extensions: Sequence[Extension] = ()
    transfers: Sequence[Transfer] = ()
    look_backs: Sequence[LookBack] = ()
    co_units: Sequence[CoUnit] = ()
    persons: Sequence[PersonInvolved] = ()
    timeline: Sequence[TimelineEntry] = ()
    further_origins: Sequence[str] = ()
    my_units: Sequence[int] = ()
    """Units for whose sub-tasks this user answers."""


def record_of(user: User, problem: Problem, *, tab: str) -> RecordPage:
    """The page for this user; the caller has made sure that the problem exists for them."""
    page = RecordPage(tab=tab, mark=state_mark(problem), due=due_of(problem), colour=colour_mark(problem))
    if tab == "timeline":
        page.timeline = entries(timeline(problem, *_parts(problem)))
        return page
    page.measures = list(Measure.objects.filter(problem=problem).select_related("entered_by__person"))
    page.evidence = [(row, may_withdraw(user, problem, row)) for row in evidence_of(problem)]
    page.submissions = submissions_of(problem)
    page.extensions = list(
        Extension.objects.filter(problem=problem).select_related("asked_by__person", "decided_by__person")
    )
    page.transfers = list(
        Transfer.objects.filter(problem=problem).select_related(
            "asked_by__person", "decided_by__person", "from_unit", "to_unit"
        )
    )
    page.look_backs = list(LookBack.objects.filter(problem=problem).select_related("carried_out_by__person"))
    page.co_units = list(CoUnit.objects.filter(problem=problem).select_related("unit", "done_by__person"))
    page.my_units = own_units(user, (Role.CLERK, Role.HEAD))
    page.persons = list(persons_involved(user, problem))
    page.further_origins = list(problem.further_origins.values_list("label", flat=True))
    return page


def evidence_of(problem: Problem) -> list[Evidence]:
    """All proofs, those withdrawn too: they are struck through, not gone."""
    rows = Evidence.objects.filter(problem=problem)
    return list(rows.select_related("file", "added_by__person", "withdrawn_by__person"))


def submissions_of(problem: Problem) -> list[Submission]:
    rows = Submission.objects.filter(problem=problem)
    return list(rows.select_related("submitted_by__person", "signed_by__person", "decided_by__person"))


def may_withdraw(user: User, problem: Problem, row: Evidence) -> bool:
    return row.withdrawn_at is None and row.added_by_id == user.pk and problem.state in EVIDENCE_STATES


def _parts(problem: Problem) -> Iterator[ProblemRecord]:
    """Records of the problem whose events stand in its history; restricted ones never do."""
    for kind in (Measure, Evidence, Submission, Extension, Transfer, LookBack, CoUnit):
        yield from kind.objects.filter(problem=problem).only("pk")


class MovesOf:
    """Why each move is or is not open to a user: the checks of `permissions.check_can`, each asked once a page."""

    def __init__(self, user: User, problem: Problem) -> None:
        self.user, self.problem = user, problem
        self._answers: dict[Check, str] = {}

    def reason_against(self, verb: str) -> str:
        """Empty when the move is open; the same words as `permissions.reason_against`."""
        try:
            check_state(verb, self.problem)
        except Refused as refusal:
            return str(refusal)
        return self._first_reason([OWNERS[verb], *GATES.get(verb, ())])

    def _first_reason(self, checks: Iterable[Check]) -> str:
        return next((reason for check in checks if (reason := self._answer(check))), "")

    def _answer(self, check: Check) -> str:
        if check not in self._answers:
            try:
                check(self.user, self.problem)
                self._answers[check] = ""
            except Refused as refusal:
                self._answers[check] = str(refusal)
        return self._answers[check]

    def buttons(self) -> list[MoveButton]:
        """The moves of this state, then those of the main path that the state does not allow."""
        if not roles(self.user) & WRITING_ROLES:
            return []
        found = [
            self._button(verb)
            for verb, move in MOVES.items()
            if self.problem.state in move.sources or verb in MAIN_PATH
        ]
        if self.problem.state in MOVES["ask_transfer"].sources:
            label = _("增加协办单位")
            found.append(
                MoveButton(label, self._address("name_co_unit"), self.reason_against("ask_transfer"))
            )
        if not self._answer(check_office):
            found.append(MoveButton(_("登记回避"), self._address("recuse")))
        return sorted(found, key=lambda button: (not button.primary, button.dangerous))

    def _button(self, verb: str) -> MoveButton:
        return MoveButton(
            str(MOVES[verb].label),
            self._address(verb),
            self.reason_against(verb),
            primary=verb in PRIMARY,
            dangerous=verb in DANGEROUS,
        )

    def _address(self, verb: str) -> str:
        return reverse("problems:move", args=[self.problem.reference, verb])


def next_moves(user: User, problem: Problem) -> list[MoveButton]:
    """What this user may do next with the problem, and what not, with the reason."""
    return MovesOf(user, problem).buttons()
