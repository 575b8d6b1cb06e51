"""Decisions of a second person: close-out, return, extension, transfer, long-term, look-back, reopening, voiding."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Person, User
from qingfeng.apps.base.records.actions import action, change, check_unchanged, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.problems.actions.core import alter, required
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import (
    Answer,
    Extension,
    LookBack,
    LookBackResult,
    Problem,
    Recusal,
    Submission,
    Transfer,
    Verdict,
)
from qingfeng.apps.work.problems.permissions import check_can, check_office, open_submission
from qingfeng.calendars import add_months

REVIEW_MONTHS = 12


@action
def close_out(*, problem: Problem, look_back_on: date, by: User, opinion: str = "") -> Problem:
    """Struck off: solved, carried out, and the gap closed by a rule (三个不放过). The look-back is set."""
    _check_answer("close_out", by, problem)
    today = clock.today()
    if look_back_on <= today:
        raise BadInput(_("回头看日期应晚于今天（%(today)s）。") % {"today": today})
    _decide(problem, Verdict.CLOSED_OUT, opinion, by)
    to = {
        "state": ProblemState.CLOSED_OUT,
        "closed_out_on": today,
        "closed_out_at": timezone.now(),
        "closed_out_by": by,
        "look_back_on": look_back_on,
    }
    return alter(problem, by=by, kind="problem.closed_out", to=to)


@action
def return_problem(*, problem: Problem, reason: str, by: User) -> Problem:
    """Not good enough: back to the unit with the reason; the next submission needs a new signature."""
    _check_answer("return", by, problem)
    _decide(problem, Verdict.RETURNED, required(reason, _("退回理由")), by)
    return alter(
        problem,
        by=by,
        kind="problem.returned",
        to={"state": ProblemState.RETURNED},
        payload={"reason": reason},
    )


@action
def decide_extension(*, problem: Problem, approve: bool, by: User, opinion: str = "") -> Extension:
    """The closer grants or refuses the later date; the first one stays for the on-time rate."""
    check_can("decide_extension", by, problem)
    asked = Extension.objects.get(problem=problem, decided_at=None)
    _answer(asked, approve, opinion, by, "extension.decided")
    if approve:
        alter(problem, by=by, kind="problem.extended", to={"due_date": asked.new_date})
    return asked


@action
def decide_transfer(*, problem: Problem, approve: bool, by: User, opinion: str = "") -> Transfer:
    """The office moves the problem to the unit that is really responsible, or leaves it where it is."""
    check_can("decide_transfer", by, problem)
    asked = Transfer.objects.select_related("to_unit").get(problem=problem, decided_at=None)
    _answer(asked, approve, opinion, by, "transfer.decided")
    if approve:
        _drop_open_extension(problem, by)
        to = {
            "lead_unit": asked.to_unit,
            "state": ProblemState.TRANSFERRED,
            "responsible_name": "",
            "responsible_person": None,
            "duty_text": "",
            "leader_in_charge": "",
        }
        alter(problem, by=by, kind="problem.transferred", to=to)
    return asked


@action
def make_long_term(*, problem: Problem, reason: str, by: User) -> Problem:
    """A continuing matter: outside the rate from now on, reviewed every year."""
    check_can("make_long_term", by, problem)
    to = {"state": ProblemState.LONG_TERM, "review_on": add_months(clock.today(), REVIEW_MONTHS)}
    return alter(
        problem, by=by, kind="problem.made_long_term", to=to, payload={"reason": required(reason, _("理由"))}
    )


@action
def review_long_term(*, problem: Problem, note: str, goes_on: bool, by: User) -> Problem:
    """The yearly review: it goes on for another year, or the work on it ends and it can be submitted."""
    check_can("review_long_term", by, problem)
    note = required(note, _("复核情况"))
    if goes_on:
        to: dict[str, object] = {"review_on": add_months(clock.today(), REVIEW_MONTHS)}
    else:
        to = {"state": ProblemState.IN_RECTIFICATION, "review_on": None}
    return alter(problem, by=by, kind="problem.reviewed", to=to, payload={"note": note, "goes_on": goes_on})


@action
def look_back(*, problem: Problem, result: str, note: str, by: User, next_on: date | None = None) -> LookBack:
    """A re-check after close-out. What has recurred is reopened at once."""
    check_can("look_back", by, problem)
    if result not in LookBackResult:
        raise BadInput(_("回头看结果不在可选范围内。"))
    note = required(note, _("情况"))
    today = clock.today()
    if next_on is not None and next_on <= today:
        raise BadInput(_("下次回头看日期应晚于今天。"))
    row = LookBack(
        campaign=problem.campaign,
        problem=problem,
        planned_on=problem.look_back_on or today,
        carried_out_on=today,
        result=result,
        note=note,
        carried_out_at=timezone.now(),
        carried_out_by=by,
    )
    create(row, by=by, kind="look_back.carried_out")
    if result == LookBackResult.RECURRED:
        reopen(problem=problem, reason=note, due_date=None, by=by)
    else:
        alter(problem, by=by, kind="problem.looked_back", to={"look_back_on": next_on})
    return row


@action
def reopen(*, problem: Problem, reason: str, by: User, due_date: date | None = None) -> Problem:
    """Struck off too early: open again, with a new date if one is given; the first date stays."""
    check_can("reopen", by, problem)
    reason = required(reason, _("理由"))
    if due_date is not None and due_date < clock.today():
        raise BadInput(_("新的整改时限不能早于今天。"))
    to = {
        "state": ProblemState.REOPENED,
        "closed_out_on": None,
        "closed_out_at": None,
        "closed_out_by": None,
        "look_back_on": None,
        "due_date": due_date or problem.due_date,
    }
    return alter(problem, by=by, kind="problem.reopened", to=to, payload={"reason": reason})


@action
def void_problem(*, problem: Problem, reason: str, by: User) -> Problem:
    """Entered by mistake: void with a reason; the number stays taken."""
    check_can("void", by, problem)
    reason = required(reason, _("作废理由"))
    return alter(
        problem, by=by, kind="problem.voided", to={"state": ProblemState.VOID, "void_reason": reason}
    )


@action
def declare_recusal(*, problem: Problem, person: Person, reason: str, by: User) -> Recusal:
    """From now on the problem does not exist for this person (监察法 art. 67). Declared by the office."""
    check_office(by, problem)
    if person.pk == problem.responsible_person_id:
        raise BadInput(_("该人是整改责任人，请先变更责任人。"))
    if Recusal.objects.filter(problem=problem, person=person).exists():
        raise BadInput(_("该人已登记回避。"))
    row = Recusal(
        campaign=problem.campaign,
        problem=problem,
        person=person,
        reason=required(reason, _("回避理由")),
        declared_at=timezone.now(),
        declared_by=by,
    )
    return create(row, by=by, kind="recusal.declared")


@action
def hand_over(*, problem: Problem, successor: Person, by: User) -> Problem:
    """The responsible person left the post; the successor takes over the open problem."""
    to = {"responsible_person": successor, "responsible_name": successor.name}
    return alter(problem, by=by, kind="problem.handed_over", to=to)


def _check_answer(verb: str, by: User, problem: Problem) -> None:
    """The second of two who answer one submission reads who was first, not what is missing after that."""
    try:
        check_can(verb, by, problem)
    except Refused:
        check_unchanged(problem)
        raise


def _decide(problem: Problem, verdict: str, opinion: str, by: User) -> Submission:
    submission = open_submission(problem)
    if submission is None:
        raise Refused(_("没有待审批的销号申请。"))
    to: dict[str, object] = {
        "decided_on": clock.today(),
        "decided_at": timezone.now(),
        "decided_by": by,
        "verdict": verdict,
        "opinion": opinion.strip(),
    }
    if verdict == Verdict.RETURNED:
        before = Submission.objects.filter(problem=problem, verdict=verdict)
        to["nth_return"] = _which(before.count())
    return change(submission, by=by, kind="submission.decided", to=to, when={"decided_at": None})


def _answer(asked: Extension | Transfer, approve: bool, opinion: str, by: User, kind: str) -> None:
    if not approve:
        required(opinion, _("不同意的理由"))
    to: dict[str, object] = {
        "answer": Answer.APPROVED if approve else Answer.REFUSED,
        "decided_at": timezone.now(),
        "decided_by": by,
        "opinion": opinion.strip(),
    }
    if approve and isinstance(asked, Extension):
        before = Extension.objects.filter(problem=asked.problem_id, answer=Answer.APPROVED)
        to["nth_extension"] = _which(before.count())
    change(asked, by=by, kind=kind, to=to, when={"decided_at": None})


def _which(before: int) -> int | None:
    """Of a second or later one its number: those of the problems that came back again are found by it."""
    return before + 1 if before else None


def _drop_open_extension(problem: Problem, by: User) -> None:
    asked = Extension.objects.filter(problem=problem, decided_at=None).first()
    if asked:
        _answer(asked, False, _("问题已转办。"), by, "extension.decided")
