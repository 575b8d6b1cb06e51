"""Planned visits: which exist for whom, and who plans and calls off."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Appointment, Role, Unit, User
from qingfeng.apps.base.orgs.visibility import own_groups, reach, reaches
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.models import PlannedVisit

GROUP_ROLES = frozenset({Role.INSPECTOR, Role.OFFICE})


def visible_visits(user: User) -> QuerySet[PlannedVisit]:
    """Those to units that the user's groups oversee. Units themselves see none."""
    rows = PlannedVisit.objects.filter(unit_id__in=reach(user, GROUP_ROLES))
    return rows.select_related("unit", "campaign", "inspector__person", "planned_by__person")


def inspectors_for(user: User) -> QuerySet[User]:
    """Whom this user may send: members of the user's own groups with an account; for the office all who inspect."""
    held = Appointment.objects.on(clock.today()).filter(post__role__in=GROUP_ROLES, post__group__isnull=False)
    if not reach(user, {Role.OFFICE}).exists():
        held = held.filter(post__group_id__in=own_groups(user, GROUP_ROLES))
    people = held.values("person_id")
    return User.objects.filter(is_active=True, person_id__in=people).select_related("person").order_by("pk")


def check_can_plan(by: User, campaign: Campaign, unit: Unit, inspector: User) -> None:
    """Both of them oversee the unit, and they belong together."""
    if not reaches(by, unit, GROUP_ROLES):
        raise Refused(_("%(unit)s不在您所在组的监督范围内。") % {"unit": unit})
    if not reaches(inspector, unit, GROUP_ROLES):
        raise Refused(
            _("%(unit)s不在%(who)s所在组的监督范围内，请换一个人。") % {"unit": unit, "who": inspector}
        )
    if not inspectors_for(by).filter(pk=inspector.pk).exists():
        raise Refused(_("只能安排本组的人；别的组由专治办安排。"))


def check_can_cancel(by: User, visit: PlannedVisit) -> None:
    """Who goes, who planned it, or the office."""
    if visit.cancelled_at is not None:
        raise Refused(_("这次安排已经取消。"))
    if by.pk in (visit.inspector_id, visit.planned_by_id):
        return
    if not reaches(by, visit.campaign.root_unit_id, {Role.OFFICE}):
        raise Refused(_("由检查人、安排人或专治办取消。"))
