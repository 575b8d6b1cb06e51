"""Who gives an instruction, answers it, and settles it. Giving and settling are never in the answering hands."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, Role, Unit, User
from qingfeng.apps.base.orgs.visibility import own_groups, reaches, roles
from qingfeng.apps.base.web.errors import NotThere, Refused
from qingfeng.apps.work.campaigns.models import Campaign, CampaignState
from qingfeng.apps.work.inspections.permissions import check_can_act_for
from qingfeng.apps.work.problems.models import Instruction, InstructionReply, InstructionState, Problem
from qingfeng.apps.work.problems.models.instructions import RUNNING
from qingfeng.apps.work.problems.visibility import visible

S = InstructionState


def check_can_instruct(user: User, campaign: Campaign) -> None:
    """A leader, while the campaign runs."""
    if Role.LEADER not in roles(user):
        raise Refused(_("批示由领导作出。"))
    if campaign.state != CampaignState.RUNNING:
        raise Refused(_("专项治理已经结束，不能再作批示。"))


def check_can_instruct_about(
    user: User, campaign: Campaign, *, problem: Problem | None, unit: Unit | None
) -> None:
    """Within the leader's reach; a problem from which the leader is recused is not there."""
    check_can_instruct(user, campaign)
    if problem is not None and not visible(user).filter(pk=problem.pk, campaign=campaign).exists():
        raise NotThere()
    whom = problem.lead_unit_id if problem else unit.pk if unit else campaign.root_unit_id
    if problem is None and unit is None:
        return
    if not reaches(user, whom, {Role.LEADER}):
        raise Refused(_("该单位不在您分管的范围内，不能就此批示。"))


def check_can_address(user: User, campaign: Campaign, addressee: Unit | Group) -> None:
    """A unit in the leader's reach, or the campaign's office."""
    if isinstance(addressee, Group):
        if addressee.pk != campaign.office_id:
            raise Refused(_("批示交单位或者专治办办理，不能交%(group)s。") % {"group": addressee})
    elif not reaches(user, addressee, {Role.LEADER}):
        raise Refused(_("%(unit)s不在您分管的范围内，不能交其办理。") % {"unit": addressee})


def check_can_answer(user: User, instruction: Instruction) -> None:
    """The addressee unit's clerk or head (its parent's where it has no clerk), or the office it was given to."""
    _check_running(instruction)
    if instruction.to_unit is not None:
        check_can_act_for(user, instruction.to_unit)
    elif instruction.to_group_id not in own_groups(user, {Role.OFFICE, Role.INSPECTOR}):
        raise Refused(_("办理情况由%(group)s填报。") % {"group": instruction.to_group})


def check_can_settle(user: User, instruction: Instruction) -> None:
    """The giver, or the campaign office unless the instruction was given to it."""
    _check_running(instruction)
    if instruction.given_by_id == user.pk and Role.LEADER in roles(user):
        return
    if not reaches(user, instruction.campaign.root_unit_id, {Role.OFFICE}):
        raise Refused(_("由批示人或者专治办办理。"))
    if instruction.to_group_id in own_groups(user):
        raise Refused(_("交专治办办理的批示，由批示人办结。"))


def check_can_close(user: User, instruction: Instruction) -> None:
    """After an answer, and not by whoever wrote it."""
    check_can_settle(user, instruction)
    if instruction.state != S.ANSWERED:
        raise Refused(_("%(body)s还没有报办理情况。") % {"body": instruction.addressee})
    if InstructionReply.objects.filter(instruction=instruction, replied_by=user).exists():
        raise Refused(_("办理情况是您填报的，不能由您办结。"))


def check_can_send_back(user: User, instruction: Instruction) -> None:
    """The answer does not do: the same person who may close asks for more."""
    check_can_close(user, instruction)


def _check_running(instruction: Instruction) -> None:
    if instruction.state not in RUNNING:
        raise Refused(_("批示%(state)s，不能再办理。") % {"state": S(instruction.state).label})
