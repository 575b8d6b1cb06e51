"""Who may start a campaign, hand in, register, return, waive and record. Leaders and auditors read only."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, Role, Unit, User
from qingfeng.apps.base.orgs.permissions import can
from qingfeng.apps.base.orgs.queries import has_clerk
from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, own_groups, own_units, reaches
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.work.campaigns.bearers import recipients
from qingfeng.apps.work.campaigns.models import (
    Activity,
    Campaign,
    CampaignState,
    Duty,
    Meeting,
    Plan,
    PlanState,
)
from qingfeng.apps.work.campaigns.visibility import HANDING_IN_ROLES

OFFICE = frozenset({Role.OFFICE})

__all__ = ["can"]


def check_is_office(user: User, root_unit: Unit) -> None:
    """The campaign office of this unit, or of one above it."""
    if not reaches(user, root_unit, OFFICE):
        raise Refused(_("由%(unit)s的专治办办理。") % {"unit": root_unit})


def check_can_review(user: User, plan: Plan) -> None:
    """The office decides the items of a plan until the campaign starts."""
    check_is_office(user, plan.root_unit)
    if plan.state == PlanState.STARTED:
        raise Refused(_("专项治理已按本方案启动，草稿不再更改；需要调整的请在任务中办理。"))
    if plan.state == PlanState.SET_ASIDE:
        raise Refused(_("方案已搁置。"))


def check_can_manage(user: User, campaign: Campaign) -> None:
    """The office changes what is owed while the campaign runs."""
    check_is_office(user, campaign.root_unit)
    check_running(campaign)


def check_running(campaign: Campaign) -> None:
    """An ended campaign is read, not written."""
    if campaign.state != CampaignState.RUNNING:
        raise Refused(_("专项治理“%(title)s”已结束，不再更改。") % {"title": campaign.short_title})


def check_can_act_for_unit(user: User, unit: Unit) -> None:
    """The unit's own clerk or head; a clerk or head above it where it has no clerk of its own."""
    if unit.pk in own_units(user, HANDING_IN_ROLES):
        return
    if not reaches(user, unit, HANDING_IN_ROLES):
        raise Refused(_("您不是%(unit)s的经办人或负责人。") % {"unit": unit})
    if has_clerk(unit, clock.today()):
        raise Refused(_("%(unit)s有自己的经办人，应由其办理。") % {"unit": unit})


def check_can_act_for_group(user: User, group: Group) -> None:
    """The members of a group act for it."""
    if group.pk not in own_groups(user, WRITING_ROLES):
        raise Refused(_("您不是%(group)s的成员。") % {"group": group})


def check_can_act_for(user: User, bearer: Unit | Group) -> None:
    """For a unit or a group, whichever it is."""
    if isinstance(bearer, Group):
        check_can_act_for_group(user, bearer)
    else:
        check_can_act_for_unit(user, bearer)


def check_can_hand_in(user: User, duty: Duty) -> None:
    """The bearer hands in electronically; the office may enter what reached it another way."""
    check_running(duty.campaign)
    if not registers(user, duty):
        check_can_act_for(user, duty.bearer)


def check_can_register(user: User, duty: Duty) -> None:
    """Paper is registered by whoever receives it: the office, or a group to which the plan has it delivered."""
    check_running(duty.campaign)
    if not registers(user, duty):
        raise Refused(_("纸质稿由接收方登记：专治办，或文件规定的接收组。"))


def check_can_return(user: User, duty: Duty) -> None:
    """What came in is returned by whoever receives it."""
    check_running(duty.campaign)
    if not registers(user, duty):
        raise Refused(_("由接收方退回：专治办，或文件规定的接收组。"))


def registers(user: User, duty: Duty) -> bool:
    """Whether this user is on the receiving side of the duty."""
    if reaches(user, duty.campaign.root_unit, OFFICE):
        return True
    return bool(set(own_groups(user, WRITING_ROLES)) & set(recipients(duty.obligation)))


def check_can_waive(user: User, duty: Duty) -> None:
    """Only the office releases a bearer from a duty."""
    check_can_manage(user, duty.campaign)


def check_can_trigger(user: User, campaign: Campaign, bearer: Unit | Group) -> None:
    """That an event has made something due is entered by the office, or by the bearer whom it concerns."""
    check_running(campaign)
    if not reaches(user, campaign.root_unit, OFFICE):
        check_can_act_for(user, bearer)


def check_can_record(user: User, campaign: Campaign, body: Unit | Group) -> None:
    """Meetings and activities are entered by the body that held them, or by the office."""
    check_running(campaign)
    if not reaches(user, campaign.root_unit, OFFICE):
        check_can_act_for(user, body)


def check_can_void(user: User, entry: Meeting | Activity) -> None:
    """The same people void an entry, with a reason."""
    body = getattr(entry, "group", None) or entry.unit
    assert body is not None  # held by the constraint meeting_one_body
    check_can_record(user, entry.campaign, body)
    if entry.voided_at:
        raise Refused(_("该记录已作废。"))


def check_can_finish(user: User, task: Activity) -> None:
    """A task is reported done by the unit it was given to, or by the office."""
    if task.task_for is None:
        raise Refused(_("这条记录不是交办任务。"))
    check_can_record(user, task.campaign, task.task_for)
    if task.voided_at:
        raise Refused(_("该记录已作废。"))
    if task.done_at:
        raise Refused(_("任务已办结。"))
