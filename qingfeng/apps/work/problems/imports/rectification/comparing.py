"""What of the paper is new beside what the platform knows of the problem: person and date, measures, how far it came.

What is there already in the same words is not written twice; what the paper leaves out stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from qingfeng.apps.base.documents.numbered_lists import JOINER, items
from qingfeng.apps.base.documents.papers import printable
from qingfeng.apps.work.problems.flow import MOVES, ProblemState
from qingfeng.apps.work.problems.imports.rectification.model import Piece, ReadAnswer
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.papers import completion_of, duty_of
from qingfeng.apps.work.problems.spellings import is_nothing

_BETWEEN = re.compile(r"[；;\n]")
_ENDS = "。．.；;，, "
_LABELS = {str(label): value for value, label in ProblemState.choices}
_DONE = frozenset(
    {"已完成", "完成", "已整改", "整改完成", "已整改完成", "整改完毕", "已整改到位", "整改到位", "已办结"}
)


@dataclass(frozen=True)
class Known:
    """What the platform knows of a problem: measures as entered, every progress, the last of them."""

    problem: Problem
    measures: Sequence[str] = ()
    progress: Sequence[str] = ()
    asked_on: date | None = None
    """The day on which it was handed in as put right."""


@dataclass
class _Words:
    """A text as pieces between marks, each with its place in the text."""

    text: str
    pieces: list[tuple[int, int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        at = 0
        for end in [*(mark.start() for mark in _BETWEEN.finditer(self.text)), len(self.text)]:
            bare = bare_words(self.text[at:end])
            if bare:
                self.pieces.append((at, end, bare))
            at = end + 1


def bare_words(text: str) -> str:
    """A text without what may differ from file to file: blanks, signs that no file holds, the mark at its end."""
    return re.sub(r"\s", "", printable(text).replace(JOINER, "")).strip(_ENDS)


def new_measures(sent: str, known: Sequence[str]) -> list[str]:
    """The measures in the words of the paper that the platform does not know yet, each as it is written.

    Several known ones stand in one box with “；” between them; the new words between or behind them are one measure,
    numbered ones one each.
    """
    if is_nothing(sent) or bare_words(sent) == bare_words("；".join(known)):
        return []
    as_one = _unknown(sent, known)
    listed = items(sent)
    one_each = [text for one in listed for text in _unknown(one, known)] if len(listed) > 1 else as_one
    found = min(one_each, as_one, key=lambda texts: len("".join(texts)))
    return list({bare_words(text): text for text in found}.values())


def _unknown(sent: str, known: Sequence[str]) -> list[str]:
    """The runs of pieces that belong to no known measure."""
    words = _Words(sent)
    bare = [piece for _start, _end, piece in words.pieces]
    covered = [False] * len(bare)
    for wanted in sorted(([p for _s, _e, p in _Words(one).pieces] for one in known), key=len, reverse=True):
        at = _place(bare, covered, wanted)
        if at is not None:
            covered[at : at + len(wanted)] = [True] * len(wanted)
    runs: list[str] = []
    start: int | None = None
    for number, is_known in enumerate([*covered, True]):
        if not is_known and start is None:
            start = number
        elif is_known and start is not None:
            runs.append(sent[words.pieces[start][0] : words.pieces[number - 1][1]].strip(" \t\n；;"))
            start = None
    return [run for run in runs if run]


def _place(bare: Sequence[str], covered: Sequence[bool], wanted: Sequence[str]) -> int | None:
    """Where these pieces stand one after the other and belong to no other measure."""
    width = len(wanted)
    for at in range(len(bare) - width + 1) if width else ():
        if list(bare[at : at + width]) == list(wanted) and not any(covered[at : at + width]):
            return at
    return None


def pieces_of(read: ReadAnswer, known: Known) -> Iterator[Piece]:
    """All that the paper says of this problem, as far as states and records tell; who may write it is asked later."""
    yield from _person(read, known.problem)
    yield from _measures(read, known)
    yield from _completion(read, known)


def _person(read: ReadAnswer, problem: Problem) -> Iterator[Piece]:
    said = "：".join(part for part in (read.responsible, read.duty_text) if part)
    if not read.responsible:
        return
    same = bare_words(said) == bare_words(duty_of(problem)) or (
        not read.duty_text and bare_words(said) == bare_words(problem.responsible_name)
    )
    due = read.due_date or problem.due_date
    if problem.state in MOVES["assign"].sources and not (same and due == problem.due_date and not due):
        if due is None:
            why = _("还没有交办，交办要有整改时限；附件里没有写，请加一列“整改时限”或在问题页交办。")
            yield Piece("assign", said, "left", why)
        else:
            yield Piece("assign", said, day=due)
        return
    if not same:
        why = _("平台上已交办给“%(name)s”，交办以后不能从附件改责任人。") % {"name": duty_of(problem)}
        yield Piece("assign", said, "left", why)
    elif read.due_date and read.due_date != problem.due_date:
        why = _("平台上的整改时限是%(day)s；要改请在问题页申请延期。") % {"day": problem.due_date}
        yield Piece("assign", said, "left", why, read.due_date)
    else:
        yield Piece("assign", said, "same", day=problem.due_date)


def _measures(read: ReadAnswer, known: Known) -> Iterator[Piece]:
    if is_nothing(read.measures):
        return
    fresh = new_measures(read.measures, known.measures)
    if not fresh:
        yield Piece("measure", read.measures, "same")
    for text in fresh:
        yield Piece("measure", text, day=read.rectified_on)


def _completion(read: ReadAnswer, known: Known) -> Iterator[Piece]:
    said, problem = read.completion.strip(), known.problem
    if is_nothing(said):
        return
    last = known.progress[-1] if known.progress else ""
    told = {
        bare_words(one) for one in (*known.progress, problem.completion, completion_of(problem, last)) if one
    }
    if bare_words(said) in told:
        yield Piece("progress", said, "same")
        return
    label, mark, rest = said.replace("：", ":", 1).partition(":")
    state = _LABELS.get(label.strip())
    words = rest.strip() if state and mark else said
    if state and (not rest.strip() or bare_words(words) in told):
        yield _state_alone(said, ProblemState(state), problem)
        return
    why = ""
    if problem.state in MOVES["submit"].sources or bare_words(words) in _DONE or read.rectified_on:
        why = _("登记为进展；要销号，请在问题页传上佐证材料后申请。")
    yield Piece("progress", words, why=why, day=read.rectified_on)


def _state_alone(said: str, state: ProblemState, problem: Problem) -> Piece:
    """A state is not taken from a paper: it follows from what was done, and striking off needs a second person."""
    if state == problem.state:
        return Piece("progress", said, "same")
    why = _("平台上是“%(now)s”。状态不从附件导入：销号要先申请，再由另一人核实。") % {
        "now": ProblemState(problem.state).label
    }
    return Piece("progress", said, "left", why)
