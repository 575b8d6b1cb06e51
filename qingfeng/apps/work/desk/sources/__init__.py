"""The ledgers that a desk asks, one function each, and all that waits for a person."""

from __future__ import annotations

from collections.abc import Iterator

from qingfeng.apps.base.orgs.models import Appointment, Role, User
from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, own_units, roles
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.visibility import current
from qingfeng.apps.work.desk.matters import Matter, without_doubles
from qingfeng.apps.work.desk.slots import further_matters
from qingfeng.apps.work.desk.sources import deciding, own
from qingfeng.apps.work.desk.sources.problem_lines import OfProblem, read

DOING = (
    own.planned_visits,
    own.duties,
    own.tasks,
    own.instructions,
    own.sheets_to_see_to,
    own.problems_in_hand,
    own.sub_tasks,
)
DECIDING = (
    deciding.to_sign,
    deciding.decisions,
    deciding.transfers,
    deciding.forms_to_sign,
    deciding.re_checks,
    deciding.plans_to_review,
)


def gathered(user: User) -> list[Matter]:
    """Everything of every ledger that concerns this user, also what a head leaves to the unit's clerk."""
    return without_doubles(read(_lines(user), user))


def all_for(user: User) -> list[Matter]:
    """Everything that waits for this user."""
    found = gathered(user)
    return [matter for matter in found if not matter.by_clerk] if watches(user) else found


def watches(user: User) -> bool:
    """Whether this user is a head whose units all have a clerk of their own: the clerk does the work. One query."""
    heads = set(own_units(user, {Role.HEAD}))
    if not heads or own_units(user, {Role.CLERK}):
        return False
    clerks = Appointment.objects.on(clock.today()).filter(post__unit__in=heads, post__role=Role.CLERK)
    return heads <= set(clerks.values_list("post__unit_id", flat=True))


def _lines(user: User) -> Iterator[Matter | OfProblem]:
    """Readers may still be named as responsible, and a leader reads what came of an instruction."""
    held = roles(user)
    if not held & WRITING_ROLES:
        yield from own.problems_in_hand(user)
        yield from own.instructions(user)
        yield from _of_others(user)
        return
    for source in (*DOING, *DECIDING):
        yield from source(user)
    yield from _of_others(user)
    campaign = current(user)
    if campaign:
        yield from own.drafts(user, campaign)
        yield from deciding.commitments_owed(user, campaign)


def _of_others(user: User) -> Iterator[Matter]:
    """What waits in apps beside the desk."""
    for filler in further_matters:
        yield from filler(user)
