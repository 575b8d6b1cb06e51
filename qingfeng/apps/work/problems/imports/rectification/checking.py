"""What writing would say of each row, said before: which problem, what is new of it, and what this person may not do.

The rules are those of the actions; they hold again when it is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.base.web.moves import why_not
from qingfeng.apps.work.problems.actions.core import has_left
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.imports.filing import Place
from qingfeng.apps.work.problems.imports.people import People
from qingfeng.apps.work.problems.imports.rectification.comparing import Known, bare_words, pieces_of
from qingfeng.apps.work.problems.imports.rectification.extra_columns import AddedValues
from qingfeng.apps.work.problems.imports.rectification.matching import Problems
from qingfeng.apps.work.problems.imports.rectification.model import Piece, ReadAnswer
from qingfeng.apps.work.problems.models import CoUnit, Measure, MeasureKind, Problem
from qingfeng.apps.work.problems.papers import asked_on
from qingfeng.apps.work.problems.permissions import check_fills_columns, reason_against

_CHUNK = 500
ALIKE = 0.4
"""Below this two texts are of two problems, and the number is likely mistaken."""
_COMPARED = 300
_VERBS = {"assign": "assign", "measure": "measure", "progress": "measure"}


def likeness(one: str, other: str) -> float:
    """From nought to one how alike two texts are, in their first words."""
    first, second = bare_words(one)[:_COMPARED], bare_words(other)[:_COMPARED]
    return 1.0 if first == second else min(SequenceMatcher(None, first, second).ratio(), 0.99)


class Answers:
    """The checks of one file: problems, measures and rights are looked up for all its rows together."""

    def __init__(self, place: Place, by: User) -> None:
        self._by = by
        self._extra = place.extra
        self.problems = Problems(place, by)
        self._people = People(clock.today())
        self._rights: dict[tuple[object, ...], str] = {}
        self._seen: dict[int, str] = {}
        self._helped: set[int] = set()

    def checked(self, reads: Sequence[ReadAnswer]) -> list[ReadAnswer]:
        """The same rows with their problems and what becomes of each of their words."""
        self.problems.look_up(reads)
        found = [self._found(read) for read in reads]
        checked: list[ReadAnswer] = []
        for at in range(0, len(found), _CHUNK):
            checked.extend(self._together(found[at : at + _CHUNK]))
        return checked

    def one(self, read: ReadAnswer) -> tuple[ReadAnswer, Problem | None]:
        """One row as it stands now, with its problem: for the moment in which it is written."""
        bare = replace(read, faults=(), warnings=(), problem=None, pieces=())
        try:
            key = self.problems.find(bare)
        except BadInput as error:
            return bare.wrong("problems", str(error)), None
        known = self._known([key])[key]
        return self._of(replace(bare, problem=key), known), known.problem

    def _found(self, read: ReadAnswer) -> ReadAnswer:
        if read.faults:
            return read
        try:
            key = self.problems.find(read)
        except BadInput as error:
            return read.wrong("number" if read.stated_no else "problems", str(error))
        place = self._seen.setdefault(key, f"{read.worksheet}!{read.place}")
        if place != f"{read.worksheet}!{read.place}":
            return read.wrong("", _("与%(other)s是同一个问题，请并成一行再导入。") % {"other": place})
        return replace(read, problem=key)

    def _together(self, reads: Sequence[ReadAnswer]) -> Iterator[ReadAnswer]:
        known = self._known({read.problem for read in reads if read.problem})
        for read in reads:
            yield self._of(read, known[read.problem]) if read.problem and not read.faults else read

    def _known(self, keys: Iterable[int]) -> dict[int, Known]:
        """What the platform knows of these problems. Four queries."""
        problems = self.problems.as_read(keys)
        told: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        rows = Measure.objects.filter(problem__in=list(problems)).order_by("pk")
        for problem, kind, text in rows.values_list("problem_id", "kind", "text"):
            told[problem][kind].append(text)
        done = asked_on(list(problems.values()))
        helped = set(CoUnit.objects.filter(problem__in=list(problems)).values_list("problem_id", flat=True))
        self._helped = helped
        self._added = AddedValues(self._extra, problems.values())
        return {
            key: Known(row, told[key][MeasureKind.MEASURE], told[key][MeasureKind.PROGRESS], done.get(key))
            for key, row in problems.items()
        }

    def _of(self, read: ReadAnswer, known: Known) -> ReadAnswer:
        problem = known.problem
        read = replace(read, known_as=problem.shown_number)
        if problem.state == ProblemState.VOID:
            return read.wrong("number", _("%(number)s已作废，不再办理。") % {"number": problem.shown_number})
        read = self._dated(read, known)
        alike = likeness(read.text, problem.text) if read.text else 1.0
        if alike < ALIKE:
            words = _("平台上%(number)s是“%(text)s”，与附件写的不是一个问题，请核对编号。")
            given = {"number": problem.shown_number, "text": problem.text[:60]}
            return read.wrong("number", words % given)
        if alike < 1:
            words = _("问题的文字与平台不同（平台：“%(text)s”），按编号对应，文字没有改。")
            read = read.doubtful(read.cells.get("problems", ""), words % {"text": problem.text[:60]})
        return self._allowed(
            replace(read, pieces=(*pieces_of(read, known), *self._added.pieces(read, problem))), problem
        )

    def _dated(self, read: ReadAnswer, known: Known) -> ReadAnswer:
        """The day of the measures: between finding and today. Of what was handed in, the platform knows the day."""
        day, problem = read.rectified_on, known.problem
        if day is None or day == known.asked_on:
            return read
        if day > clock.today() or day < problem.found_on:
            words = _("整改时间%(day)s应在发现日期%(found)s和今天之间，请核对。")
            return read.wrong("rectified_on", words % {"day": day, "found": problem.found_on})
        return read

    def _allowed(self, read: ReadAnswer, problem: Problem) -> ReadAnswer:
        """The pieces as far as this person may write them now, one after the other."""
        if read.faults:
            return read
        state, pieces = problem.state, []
        for piece in read.pieces:
            if piece.fate == "new":
                piece = self._asked(piece, read, problem, state)
                if piece.fate == "new" and piece.box == "assign":
                    state = ProblemState.ASSIGNED
            pieces.append(piece)
        return replace(read, pieces=tuple(pieces))

    def _asked(self, piece: Piece, read: ReadAnswer, problem: Problem, state: str) -> Piece:
        if piece.box == "column":
            why = self._fills_no_columns(problem)
            return replace(piece, fate="left", why=why) if why else piece
        why = self._refusal(_VERBS[piece.box], problem, state)
        if not why and piece.box == "assign":
            why = self._no_person(read, problem, piece.day)
        return replace(piece, fate="left", why=why) if why else piece

    def _fills_no_columns(self, problem: Problem) -> str:
        """Why this person may not fill in added columns of the problem."""
        key = ("columns", problem.pk)
        if key not in self._rights:
            self._rights[key] = why_not(check_fills_columns, self._by, problem)
        return self._rights[key]

    def _no_person(self, read: ReadAnswer, problem: Problem, due: date | None) -> str:
        last = self._people.left_on(problem.lead_unit, read.responsible)
        if last:
            return has_left(problem.lead_unit, read.responsible, last)
        if due and due < max(problem.found_on, clock.today()):
            return _("整改时限不能早于今天，也不能早于发现日期。")
        return ""

    def _refusal(self, verb: str, problem: Problem, state: str) -> str:
        """Why this person may not do this now. Alike problems are asked about once."""
        mine = (
            problem.responsible_person_id is not None and problem.responsible_person_id == self._by.person_id
        )
        alone = problem.pk if problem.pk in self._helped else 0
        finder = (problem.finding_unit_id, problem.finding_group_id)
        key = (verb, state, problem.lead_unit_id, *finder, mine, alone)
        if key not in self._rights:
            now, problem.state = problem.state, state
            self._rights[key] = reason_against(verb, self._by, problem)
            problem.state = now
        return self._rights[key]
