"""What the record page of a problem shows: what belongs to it, and what may be done next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import CharField, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.documents.papers import Form
from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, own_units, roles
from qingfeng.apps.base.records.files import path_of
from qingfeng.apps.base.records.models import FileKind
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.base.web.moves import MoveButton
from qingfeng.apps.base.web.timelines import TimelineEntry
from qingfeng.apps.work.campaigns.models import ColumnTarget
from qingfeng.apps.work.problems import papers
from qingfeng.apps.work.problems.carried import carrying
from qingfeng.apps.work.problems.extra_columns import Line, lines_of
from qingfeng.apps.work.problems.findings import visible_findings
from qingfeng.apps.work.problems.flow import MOVES
from qingfeng.apps.work.problems.marks import colour_mark, due_of, state_mark
from qingfeng.apps.work.problems.models import (
    CoUnit,
    Evidence,
    Extension,
    FindingEvidence,
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
    can,
    check_fills_columns,
    check_office,
    check_state,
)
from qingfeng.apps.work.problems.photo_times import taken_at
from qingfeng.apps.work.problems.surroundings import Surroundings, has, remember
from qingfeng.apps.work.problems.visibility import persons_involved

TABS = ("facts", "paper", "evidence", "timeline", "links")
PAPERS = {"rectification": papers.rectification_papers, "inspection": papers.inspection_paper}
MAIN_PATH = ("assign", "measure", "submit", "sign", "close_out", "look_back")
"""Moves that people look for in any state: where they are not possible, the page says why."""
PRIMARY = frozenset(MAIN_PATH)
DANGEROUS = frozenset({"void", "reopen"})
PICTURES = (FileKind.JPEG, FileKind.PNG)
Day = tuple[date, list[TimelineEntry]]


@dataclass(frozen=True)
class Proof:
    """A piece of evidence as the page shows it."""

    row: Evidence
    may_withdraw: bool = False

    @property
    def is_picture(self) -> bool:
        return self.row.file.kind in PICTURES

    @property
    def taken_at(self) -> datetime | None:
        """By the camera's clock, where the file says so."""
        return taken_at(path_of(self.row.file_id)) if self.row.file.kind == FileKind.JPEG else None


@dataclass
class RecordPage:
    """The parts of the page. Each tab reads only what it shows."""

    tab: str
    mark: Mark
    due: Due
    colour: Mark | None
    around: Surroundings
    measures: Sequence[Measure] = ()
    evidence: Sequence[Proof] = ()
    found: Sequence[FindingEvidence] = ()
    """What the inspection brought back of it, as far as its sheet exists for this user."""
    look_backs: Sequence[LookBack] = ()
    persons: Sequence[PersonInvolved] = ()
    extra_lines: Sequence[Line] = ()
    """What stands under the columns that the campaign adds."""
    fill_address: str = ""
    """Where this user fills them in or puts them right."""
    days: Sequence[Day] = ()
    further_origins: Sequence[str] = ()
    suggestions: Sequence[str] = ()
    paper: str = ""
    form: Form | None = None
    my_units: Sequence[int] = ()
    """Units for whose sub-tasks this user answers."""

    @property
    def paper_file(self) -> str:
        """The name of the paper in the address of its file."""
        return "paper" if self.paper == "inspection" else self.paper


def record_of(user: User, problem: Problem, *, tab: str, paper: str = "") -> RecordPage:
    """The page for this user; the caller has made sure that the problem exists for them, and only reads it."""
    page = RecordPage(
        tab=tab if tab in TABS else TABS[0],
        mark=state_mark(problem),
        due=due_of(problem),
        colour=colour_mark(problem),
        around=remember(problem),
    )
    _FILLS[page.tab](page, user, problem, paper)
    return page


def _facts(page: RecordPage, user: User, problem: Problem, _paper: str) -> None:
    if has(problem, "measures"):
        page.measures = list(Measure.objects.filter(problem=problem).select_related("entered_by__person"))
    if has(problem, "persons"):
        page.persons = list(persons_involved(user, problem))
    page.extra_lines = lines_of(problem.campaign, ColumnTarget.PROBLEM, [problem])
    if page.extra_lines and can(check_fills_columns, user, problem):
        page.fill_address = reverse("problems:problem_columns", args=[problem.reference])
    if has(problem, "further_origins"):
        page.further_origins = list(problem.further_origins.values_list("label", flat=True))


def _paper(page: RecordPage, user: User, problem: Problem, paper: str) -> None:
    if problem.sheet is not None:
        problem.sheet.campaign = problem.campaign
        page.paper = paper if paper in PAPERS else next(iter(PAPERS))
        page.form = PAPERS[page.paper](user, problem.sheet)


def _evidence(page: RecordPage, user: User, problem: Problem, _paper: str) -> None:
    if has(problem, "evidence"):
        page.evidence = [Proof(row, may_withdraw(user, problem, row)) for row in evidence_of(problem)]
    if problem.sheet_id:
        page.found = found_of(user, problem)


def _timeline(page: RecordPage, _user: User, problem: Problem, _paper: str) -> None:
    page.days = by_day(entries(timeline(problem, *parts_of(problem))))


def _links(page: RecordPage, user: User, problem: Problem, _paper: str) -> None:
    if has(problem, "look_backs"):
        rows = LookBack.objects.filter(problem=problem)
        page.look_backs = list(rows.select_related("carried_out_by__person"))
    if has(problem, "further_origins"):
        page.further_origins = list(problem.further_origins.values_list("label", flat=True))
    if has(problem, "suggestions"):
        page.suggestions = list(problem.suggestions.values_list("text", flat=True))
    page.my_units = own_units(user, (Role.CLERK, Role.HEAD))


_FILLS = {"facts": _facts, "paper": _paper, "evidence": _evidence, "timeline": _timeline, "links": _links}


def evidence_of(problem: Problem) -> list[Evidence]:
    """All proofs, those withdrawn too: they are struck through, not gone."""
    rows = Evidence.objects.filter(problem=problem)
    return list(rows.select_related("file", "added_by__person", "withdrawn_by__person"))


def found_of(user: User, problem: Problem) -> list[FindingEvidence]:
    """Photos and papers from the spot: of this problem, and of its sheet as a whole. One query."""
    of_it = Q(problem=problem) | Q(problem=None)
    return list(visible_findings(user).filter(of_it, sheet=problem.sheet_id))


def may_withdraw(user: User, problem: Problem, row: Evidence) -> bool:
    return row.withdrawn_at is None and row.added_by_id == user.pk and problem.state in EVIDENCE_STATES


def by_day(listed: Iterable[TimelineEntry]) -> list[Day]:
    """A timeline cut into its days."""
    return [(day, list(group)) for day, group in groupby(listed, key=lambda one: timezone.localdate(one.at))]


PARTS: tuple[type[ProblemRecord], ...] = (
    Measure,
    Evidence,
    Submission,
    Extension,
    Transfer,
    LookBack,
    CoUnit,
)


def parts_of(problem: Problem) -> list[ProblemRecord]:
    """Records of the problem whose events stand in its history; restricted ones never do. One query."""
    keys = [
        kind._base_manager.filter(problem=problem)
        .order_by()
        .annotate(part=Value(kind.__name__, output_field=CharField()))
        .values_list("part", "pk")
        for kind in PARTS
    ]
    kinds = {kind.__name__: kind for kind in PARTS}
    return [kinds[part](pk=key) for part, key in keys[0].union(*keys[1:], all=True)]


class MovesOf:
    """Why each move is or is not open to a user: the checks of `permissions.check_can`, each asked once a page."""

    def __init__(self, user: User, problem: Problem, listed: str = "") -> None:
        self.user, self.problem, self.listed = user, problem, listed
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
        return carrying(reverse("problems:move", args=[self.problem.reference, verb]), self.listed)


def next_moves(user: User, problem: Problem, listed: str = "") -> list[MoveButton]:
    """What this user may do next with the problem, and what not, with the reason; `listed` travels along."""
    return MovesOf(user, problem, listed).buttons()
