"""Which instructions exist for a user: `(giver OR addressee OR campaign office) AND NOT recused from its problem`."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from qingfeng.apps.base.orgs.models import Appointment, Role, User
from qingfeng.apps.base.orgs.visibility import own_groups, own_units, reach, roles
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.problems.models import Instruction, Recusal
from qingfeng.apps.work.problems.models.instructions import InstructionQuerySet

UNIT_ROLES = (Role.CLERK, Role.HEAD)


def visible_instructions(user: User) -> InstructionQuerySet:
    """For their giver, their addressee (its parent where it has no clerk) and the campaign office."""
    recused = Recusal.objects.filter(problem=OuterRef("problem"), person=user.person_id)
    within = addressed_to(user) | Q(campaign__root_unit_id__in=reach(user, {Role.OFFICE}))
    if Role.LEADER in roles(user):
        within |= Q(given_by=user)
    return Instruction.objects.filter(within).exclude(Exists(recused))


def addressed_to(user: User) -> Q:
    """Those that this user's unit or group has to answer."""
    clerks = Appointment.objects.on(clock.today()).filter(
        post__unit=OuterRef("to_unit"), post__role=Role.CLERK
    )
    own = Q(to_unit_id__in=own_units(user, UNIT_ROLES))
    own |= Q(to_group_id__in=own_groups(user, {Role.OFFICE, Role.INSPECTOR}))
    return own | Q(~Exists(clerks), to_unit_id__in=reach(user, UNIT_ROLES))


def settled_by(user: User) -> Q:
    """Those that this user closes or sends back: the giver's own, and for the office those not given to itself."""
    settled = Q(campaign__root_unit_id__in=reach(user, {Role.OFFICE})) & (
        Q(to_group=None) | ~Q(to_group_id__in=own_groups(user))
    )
    return settled | Q(given_by=user) if Role.LEADER in roles(user) else settled
