"""Who may make which move. What state it must be in is in `flow`; both are asked by `check_can`."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.permissions import can as can
from qingfeng.apps.base.orgs.visibility import own_groups, own_units, reaches
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.work.campaigns.permissions import check_running
from qingfeng.apps.work.inspections.models import Sheet, SheetState
from qingfeng.apps.work.inspections.permissions import check_can_act_for, check_can_file
from qingfeng.apps.work.problems.closers import check_is_closer, hindrance, levels
from qingfeng.apps.work.problems.flow import MOVES, WORKING, ProblemState
from qingfeng.apps.work.problems.models import Problem, Submission
from qingfeng.apps.work.problems.surroundings import around

Check = Callable[[User, Problem], None]


def check_state(verb: str, problem: Problem) -> None:
    """The move is possible in the state that the problem is in."""
    move = MOVES[verb]
    if problem.state not in move.sources:
        raise Refused(
            _("问题当前状态为“%(state)s”，不能%(move)s。")
            % {"state": ProblemState(problem.state).label, "move": move.label}
        )


def check_can(verb: str, user: User, problem: Problem) -> None:
    """This user may make this move on this problem now; else Refused with the reason."""
    check_state(verb, problem)
    OWNERS[verb](user, problem)
    for check in GATES.get(verb, ()):
        check(user, problem)


def reason_against(verb: str, user: User, problem: Problem) -> str:
    """Why the move is not open to this user, or empty: what pages list under “what may be done next”."""
    try:
        check_can(verb, user, problem)
    except Refused as refusal:
        return str(refusal)
    return ""


# Who they are


def check_works_on(user: User, problem: Problem) -> None:
    """The lead unit's clerk or head (or its parent's, where it has no clerk), or the responsible person."""
    if _is_responsible(user, problem):
        return
    check_can_act_for(user, problem.lead_unit)


def check_helps(user: User, problem: Problem) -> None:
    """Whoever works on it, and clerks and heads of the co-units."""
    for row in around(problem).co_units:
        if can(check_can_act_for, user, row.unit):
            return
    check_works_on(user, problem)


def check_assigns(user: User, problem: Problem) -> None:
    """The finding body, the lead unit's own people, or the campaign office."""
    if problem.finding_group_id and problem.finding_group_id in own_groups(
        user, {Role.INSPECTOR, Role.OFFICE}
    ):
        return
    if _is_office(user, problem):
        return
    if problem.finding_unit and can(check_can_act_for, user, problem.finding_unit):
        return
    check_can_act_for(user, problem.lead_unit)


def check_signs(user: User, problem: Problem) -> None:
    """The head of the lead unit; of the unit above where it has none."""
    if not reaches(user, problem.lead_unit, {Role.HEAD}):
        raise Refused(_("应由%(unit)s负责人签字。") % {"unit": problem.lead_unit})
    if problem.lead_unit_id not in own_units(user, {Role.HEAD}):
        check_can_act_for(user, problem.lead_unit)


def check_office(user: User, problem: Problem) -> None:
    """The campaign office."""
    if not _is_office(user, problem):
        raise Refused(_("由专治办办理。"))


def check_looks_back(user: User, problem: Problem) -> None:
    """Anyone of the bodies that may close who neither rectified it nor belongs to the unit."""
    reason = hindrance(user, problem)
    if reason:
        raise Refused(reason)
    bodies = {group.pk for groups in levels(problem) for group in groups}
    if not bodies & set(own_groups(user, {Role.INSPECTOR, Role.OFFICE})):
        raise Refused(_("回头看由销号的机构或专治办开展。"))


def _is_responsible(user: User, problem: Problem) -> bool:
    return problem.responsible_person_id is not None and problem.responsible_person_id == user.person_id


def _is_office(user: User, problem: Problem) -> bool:
    return reaches(user, problem.lead_unit, {Role.OFFICE})


def check_fills_columns(user: User, problem: Problem) -> None:
    """Added columns are filled in by whoever may assign the problem or works on it; once struck off, by the office."""
    if problem.state == ProblemState.VOID:
        raise Refused(_("问题已作废，不再补填。"))
    if problem.state == ProblemState.CLOSED_OUT:
        check_office(user, problem)
    elif not _is_responsible(user, problem):
        check_assigns(user, problem)
    check_running(problem.campaign)


def check_fills_sheet_columns(user: User, sheet: Sheet) -> None:
    """Those of a sheet by whoever may file it, and by the office."""
    if sheet.state == SheetState.VOID:
        raise Refused(_("台账已作废，不再补填。"))
    if not reaches(user, sheet.inspected_unit, {Role.OFFICE}):
        check_can_file(user, unit=sheet.filing_unit, group=sheet.filing_group, inspected=sheet.inspected_unit)
    check_running(sheet.campaign)


# What must be there first


def open_submission(problem: Problem) -> Submission | None:
    """The round of close-out that waits for an answer."""
    return around(problem).open_submission


def check_signed(user: User, problem: Problem) -> None:
    submission = open_submission(problem)
    if submission is None or submission.signed_at is None:
        raise Refused(_("%(unit)s负责人尚未签字。") % {"unit": problem.lead_unit})


def check_unsigned(user: User, problem: Problem) -> None:
    submission = open_submission(problem)
    if submission is not None and submission.signed_at is not None:
        raise Refused(_("负责人已签字。"))


def check_has_proof(user: User, problem: Problem) -> None:
    if not around(problem).has_proof:
        raise Refused(_("还没有上传整改佐证材料。"))


def check_co_units_done(user: User, problem: Problem) -> None:
    names = "、".join(row.unit.short_name for row in around(problem).co_units if row.done_at is None)
    if names:
        raise Refused(_("协办单位%(units)s的分工尚未完成。") % {"units": names})


def check_extension_asked(user: User, problem: Problem) -> None:
    asked = around(problem).open_extension
    if asked is None:
        raise Refused(_("没有待审批的延期申请。"))
    if asked.asked_by_id == user.pk:
        raise Refused(_("延期不能由申请人自己审批。"))


def check_no_extension_asked(user: User, problem: Problem) -> None:
    if around(problem).open_extension is not None:
        raise Refused(_("已有一份延期申请在等待审批。"))


def check_transfer_asked(user: User, problem: Problem) -> None:
    if around(problem).open_transfer is None:
        raise Refused(_("没有待审批的转办申请。"))


def check_no_transfer_asked(user: User, problem: Problem) -> None:
    if around(problem).open_transfer is not None:
        raise Refused(_("已有一份转办申请在等待审批。"))


OWNERS: dict[str, Check] = {
    "assign": check_assigns,
    "measure": check_helps,
    "submit": check_works_on,
    "sign": check_signs,
    "return": check_is_closer,
    "close_out": check_is_closer,
    "ask_extension": check_works_on,
    "decide_extension": check_is_closer,
    "ask_transfer": check_works_on,
    "decide_transfer": check_office,
    "make_long_term": check_is_closer,
    "review_long_term": check_is_closer,
    "look_back": check_looks_back,
    "reopen": check_looks_back,
    "void": check_office,
}

GATES: dict[str, tuple[Check, ...]] = {
    "submit": (check_has_proof, check_co_units_done),
    "sign": (check_unsigned,),
    "close_out": (check_signed, check_has_proof),
    "ask_extension": (check_no_extension_asked,),
    "decide_extension": (check_extension_asked,),
    "ask_transfer": (check_no_transfer_asked,),
    "decide_transfer": (check_transfer_asked,),
}

OWNER_OF_STATE = {
    ProblemState.FOUND: "assign",
    ProblemState.ASSIGNED: "measure",
    ProblemState.IN_RECTIFICATION: "submit",
    ProblemState.SUBMITTED: "close_out",
    ProblemState.RETURNED: "submit",
    ProblemState.TRANSFERRED: "assign",
    ProblemState.LONG_TERM: "review_long_term",
    ProblemState.CLOSED_OUT: "look_back",
    ProblemState.REOPENED: "measure",
    ProblemState.VOID: None,
}
"""Whose turn it is in each state, named by the move that is expected next."""

EVIDENCE_STATES = (*WORKING, ProblemState.LONG_TERM)
