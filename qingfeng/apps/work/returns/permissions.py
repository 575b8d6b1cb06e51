"""Who may prepare, word, sign, hand in and correct a monthly form."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import Role, Unit, UnitClosure, User
from qingfeng.apps.base.orgs.permissions import can
from qingfeng.apps.base.orgs.queries import unit_heads
from qingfeng.apps.base.orgs.visibility import own_units
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.campaigns.permissions import check_can_act_for_unit, check_is_office, check_running
from qingfeng.apps.work.returns.flow import MOVES
from qingfeng.apps.work.returns.models import MonthlyReturn, ReturnState

__all__ = ["can"]

_TOO_EARLY_OR_LATE = {
    "edit_words": gettext_lazy("月报表已签字或已报送，文字不能再改；签字后要改的请先撤回签字。"),
    "sign": gettext_lazy("只有编制中的月报表可以签字。"),
    "take_back": gettext_lazy("只有已签字、尚未报送的月报表可以撤回签字；已报送的请办理更正。"),
    "hand_in": gettext_lazy("月报表须先由单位负责人签字，才能报送。"),
    "correct": gettext_lazy("只有已报送的月报表可以更正；尚未报送的直接修改即可。"),
}


def check_can_prepare(user: User, campaign: Campaign, unit: Unit) -> None:
    """The unit's clerk or head; a clerk or head above it where the unit has no clerk of its own."""
    check_running(campaign)
    if not UnitClosure.objects.filter(ancestor=campaign.root_unit_id, descendant=unit).exists():
        raise Refused(_("%(unit)s不在本次专项治理的范围内。") % {"unit": unit})
    check_can_act_for_unit(user, unit)


def check_can_edit(user: User, monthly_return: MonthlyReturn) -> None:
    """Whoever may prepare it words it, until it is signed."""
    _check_state(monthly_return, "edit_words")
    check_can_prepare(user, monthly_return.campaign, monthly_return.unit)


def check_can_sign(user: User, monthly_return: MonthlyReturn) -> None:
    """The unit's head signs, nobody for them; where the unit has no head, the next one above."""
    _check_state(monthly_return, "sign")
    _check_signs_for(user, monthly_return)


def check_can_take_back(user: User, monthly_return: MonthlyReturn) -> None:
    """The signature is taken back by whoever may give it."""
    _check_state(monthly_return, "take_back")
    _check_signs_for(user, monthly_return)


def check_can_hand_in(user: User, monthly_return: MonthlyReturn) -> None:
    """The clerk or the head hands in what the head has signed."""
    if monthly_return.state in (ReturnState.HANDED_IN, ReturnState.REPLACED):
        raise Refused(_("本月报表已于%(day)s报送。") % {"day": monthly_return.handed_in_on})
    _check_state(monthly_return, "hand_in")
    check_can_prepare(user, monthly_return.campaign, monthly_return.unit)


def check_can_correct(user: User, monthly_return: MonthlyReturn) -> None:
    """Whoever may prepare it corrects what was handed in, by a new version."""
    _check_state(monthly_return, "correct")
    check_can_prepare(user, monthly_return.campaign, monthly_return.unit)


def check_can_collect(user: User, campaign: Campaign) -> None:
    """The office collects the forms of all units, also after the campaign's end."""
    check_is_office(user, campaign.root_unit)


def signing_unit(unit: Unit) -> Unit | None:
    """The unit whose head signs: its own, or the nearest above that has one. One query a level."""
    above = UnitClosure.objects.filter(descendant=unit).select_related("ancestor").order_by("depth")
    return next((row.ancestor for row in above if unit_heads(row.ancestor).exists()), None)


def _check_signs_for(user: User, monthly_return: MonthlyReturn) -> None:
    check_running(monthly_return.campaign)
    heads = own_units(user, {Role.HEAD})
    if monthly_return.unit_id in heads:
        return
    signer = signing_unit(monthly_return.unit)
    if signer is None:
        raise Refused(
            _("%(unit)s及其上级都没有登记负责人，请先在“组织”中任命。") % {"unit": monthly_return.unit}
        )
    if signer.pk not in heads:
        raise Refused(_("由%(unit)s的负责人签字。") % {"unit": signer})


def _check_state(monthly_return: MonthlyReturn, verb: str) -> None:
    sources, _target = MOVES[verb]
    if monthly_return.state not in sources:
        raise Refused(str(_TOO_EARLY_OR_LATE[verb]))
