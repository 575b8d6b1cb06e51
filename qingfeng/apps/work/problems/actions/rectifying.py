"""The work of the unit that has the problem: take it on, act, prove, ask for close-out."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.records import files
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.inspections.permissions import check_can_act_for
from qingfeng.apps.work.problems.actions.core import alter, person_in_charge, required
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import (
    CoUnit,
    Evidence,
    Extension,
    Measure,
    MeasureKind,
    Problem,
    RectificationTerm,
    Submission,
    Transfer,
)
from qingfeng.apps.work.problems.permissions import EVIDENCE_STATES, check_can, check_helps, open_submission


@action
def assign(
    *,
    problem: Problem,
    responsible_name: str,
    due_date: date,
    by: User,
    duty_text: str = "",
    leader_in_charge: str = "",
    term: str = RectificationTerm.BY_DATE,
) -> Problem:
    """A named person takes it on by a date. The first date given stays the one that the on-time rate uses."""
    check_can("assign", by, problem)
    name = required(responsible_name, _("整改责任人"))
    if due_date < max(problem.found_on, clock.today()):
        raise BadInput(_("整改时限不能早于今天，也不能早于发现日期。"))
    to = {
        "responsible_name": name,
        "responsible_person": person_in_charge(problem.lead_unit, name),
        "duty_text": duty_text.strip(),
        "leader_in_charge": leader_in_charge.strip(),
        "term": term,
        "due_date": due_date,
        "first_due_date": problem.first_due_date or due_date,
        "state": ProblemState.ASSIGNED,
    }
    return alter(problem, by=by, kind="problem.assigned", to=to)


@action
def add_measure(
    *,
    problem: Problem,
    text: str,
    by: User,
    taken_on: date | None = None,
    kind: str = MeasureKind.MEASURE,
    sum_returned: int | None = None,
) -> Measure:
    """A measure taken or a step forward; the first one puts the problem in rectification.

    `sum_returned` (fen) is the money given back so far, in all.
    """
    check_can("measure", by, problem)
    day = taken_on or clock.today()
    if day > clock.today() or day < problem.found_on:
        raise BadInput(_("措施日期应在发现日期%(found)s和今天之间。") % {"found": problem.found_on})
    row = Measure(
        campaign=problem.campaign,
        problem=problem,
        kind=kind,
        text=required(text, _("整改措施")),
        taken_on=day,
        entered_at=timezone.now(),
        entered_by=by,
    )
    to: dict[str, object] = {}
    if problem.state in (ProblemState.ASSIGNED, ProblemState.REOPENED):
        to["state"] = ProblemState.IN_RECTIFICATION
    if sum_returned is not None:
        if sum_returned < 0:
            raise BadInput(_("清退金额不能为负数。"))
        to["sum_returned"] = sum_returned
    if to:
        alter(problem, by=by, kind="problem.taken_up" if "state" in to else "problem.money_returned", to=to)
    return create(row, by=by, kind="measure.taken")


@action
def add_evidence(*, problem: Problem, name: str, content: bytes, by: User, description: str = "") -> Evidence:
    """A proof: kept as it came, known by type, size and hash."""
    check_helps(by, problem)
    _check_takes_evidence(problem)
    stored = files.store(name=name, content=content, by=by)
    row = Evidence(
        campaign=problem.campaign,
        problem=problem,
        file=stored,
        description=description.strip(),
        added_on=clock.today(),
        added_at=timezone.now(),
        added_by=by,
    )
    payload = {
        "file": stored.pk,
        "name": stored.name,
        "kind": stored.kind,
        "size": stored.size,
        "sha256": stored.sha256,
    }
    return create(row, by=by, kind="evidence.added", payload=payload)


@action
def withdraw_evidence(*, evidence: Evidence, by: User) -> Evidence:
    """A proof added by mistake is struck through, not removed; only by who added it, before close-out."""
    _check_takes_evidence(evidence.problem)
    if evidence.added_by_id != by.pk:
        raise Refused(_("佐证材料只能由上传人撤回。"))
    return change(
        evidence,
        by=by,
        kind="evidence.withdrawn",
        to={"withdrawn_at": timezone.now(), "withdrawn_by": by},
        when={"withdrawn_at": None},
    )


@action
def name_co_unit(*, problem: Problem, unit: Unit, sub_task: str, by: User) -> CoUnit:
    """A unit that helps, with its share of the work."""
    check_can("ask_transfer", by, problem)  # the same people, in the same states, arrange the work
    if unit.pk == problem.lead_unit_id or CoUnit.objects.filter(problem=problem, unit=unit).exists():
        raise BadInput(_("“%(unit)s”已是牵头或协办单位。") % {"unit": unit})
    row = CoUnit(
        campaign=problem.campaign, problem=problem, unit=unit, sub_task=required(sub_task, _("分工"))
    )
    return create(row, by=by, kind="co_unit.named")


@action
def finish_sub_task(*, co_unit: CoUnit, by: User) -> CoUnit:
    """The co-unit's share is done."""
    check_can_act_for(by, co_unit.unit)
    return change(
        co_unit,
        by=by,
        kind="co_unit.done",
        to={"done_at": timezone.now(), "done_by": by},
        when={"done_at": None},
    )


@action
def submit(
    *, problem: Problem, statement: str, by: User, new_rule: str = "", no_rule_reason: str = ""
) -> Submission:
    """Asks for close-out: what was achieved, and the new rule or why none is needed."""
    check_can("submit", by, problem)
    statement = required(statement, _("完成情况"))
    if not new_rule.strip() and not no_rule_reason.strip():
        raise BadInput(_("请填写新建制度；不需要建章立制的，请写明理由。"))
    to = {
        "state": ProblemState.SUBMITTED,
        "completion": statement,
        "new_rule": new_rule.strip(),
        "no_rule_reason": no_rule_reason.strip(),
    }
    alter(problem, by=by, kind="problem.submitted", to=to)
    row = Submission(
        campaign=problem.campaign,
        problem=problem,
        round=Submission.objects.filter(problem=problem).count() + 1,
        statement=statement,
        submitted_on=clock.today(),
        submitted_at=timezone.now(),
        submitted_by=by,
    )
    return create(row, by=by, kind="submission.made")


@action
def sign(*, problem: Problem, by: User) -> Submission:
    """The head of the unit answers for the submission with a signature."""
    check_can("sign", by, problem)
    submission = open_submission(problem)
    assert submission is not None  # a submitted problem has one
    return change(
        submission,
        by=by,
        kind="submission.signed",
        to={"signed_on": clock.today(), "signed_at": timezone.now(), "signed_by": by},
        when={"signed_at": None},
    )


@action
def ask_extension(*, problem: Problem, reason: str, new_date: date, by: User) -> Extension:
    """More time, with a reason and a new date; whoever will close out decides."""
    check_can("ask_extension", by, problem)
    if problem.due_date is None or new_date <= problem.due_date:
        raise BadInput(_("新时限应晚于现时限%(due)s。") % {"due": problem.due_date})
    if new_date <= clock.today():
        raise BadInput(_("新时限应晚于今天。"))
    row = Extension(
        campaign=problem.campaign,
        problem=problem,
        reason=required(reason, _("延期理由")),
        old_date=problem.due_date,
        new_date=new_date,
        asked_on=clock.today(),
        asked_at=timezone.now(),
        asked_by=by,
    )
    return create(row, by=by, kind="extension.asked")


@action
def ask_transfer(*, problem: Problem, to_unit: Unit, reason: str, by: User) -> Transfer:
    """The problem is really another unit's; the office decides."""
    check_can("ask_transfer", by, problem)
    if to_unit.pk == problem.lead_unit_id:
        raise BadInput(_("转办单位与现牵头单位相同。"))
    row = Transfer(
        campaign=problem.campaign,
        problem=problem,
        reason=required(reason, _("转办理由")),
        from_unit=problem.lead_unit,
        to_unit=to_unit,
        state_before=problem.state,
        asked_on=clock.today(),
        asked_at=timezone.now(),
        asked_by=by,
    )
    return create(row, by=by, kind="transfer.asked")


def _check_takes_evidence(problem: Problem) -> None:
    if problem.state not in EVIDENCE_STATES:
        raise Refused(
            _("问题当前状态为“%(state)s”，不能增减佐证材料。") % {"state": ProblemState(problem.state).label}
        )
