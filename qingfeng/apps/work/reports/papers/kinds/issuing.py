"""Who issues a paper that goes down to a unit: the campaign office, a group that oversees it, or a unit above it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, GroupKind, Role, Unit, UnitClosure, UnitKind, User
from qingfeng.apps.base.orgs.queries import overseeing_groups
from qingfeng.apps.base.orgs.visibility import (
    LEDGER_ROLES,
    WRITING_ROLES,
    own_groups,
    own_units,
    reaches,
    roles,
    units_of_today,
)
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.work.campaigns.models import Campaign

COMMITTEES = (GroupKind.STREET_COMMITTEE, GroupKind.DISPATCHED_GROUP)
_OURSELVES = {GroupKind.CAMPAIGN_OFFICE: "我办", GroupKind.STREET_COMMITTEE: "我委"}
_YOU = {UnitKind.STREET: "你街道", UnitKind.COMMUNITY: "你社区"}


def check_issues(user: User, campaign: Campaign, unit: Unit) -> None:
    """Leaders and auditors read; what goes out is drafted by those who work. To which unit is asked later."""
    if not roles(user) & WRITING_ROLES:
        raise Refused(_("由%(office)s、检查组或上级单位起草。") % {"office": campaign.office})


def check_reads_ledgers(user: User, campaign: Campaign, unit: Unit) -> None:
    """Whoever reads a ledger: the paper shows one record that this user sees anyway."""
    if not roles(user) & LEDGER_ROLES:
        raise Refused(_("您没有可以查看的台账。"))


def check_speaks_for(user: User, campaign: Campaign, unit: Unit) -> None:
    """What a unit tells those below it: by its own people, those of a unit above it, or the office."""
    if not reaches(user, unit, {Role.OFFICE, Role.CLERK, Role.HEAD}):
        raise Refused(_("由%(unit)s或专治办起草。") % {"unit": unit})


def issuing_body(user: User, campaign: Campaign, unit: Unit, found_by: Group | None = None) -> Group | Unit:
    """In whose name this user writes to the unit. Refused to whoever does not stand above it.

    A member of the group that found it writes for that group; then come the office, the nearest group that oversees
    the unit, and the nearest unit above.
    """
    own = set(own_groups(user, {Role.INSPECTOR}))
    if found_by is not None and found_by.pk in own:
        return found_by
    if reaches(user, unit, {Role.OFFICE}):
        return campaign.office
    overseeing = overseeing_groups(unit, GroupKind.values, clock.today()) if own else []
    group = next((group for group, _depth in overseeing if group.pk in own), None)
    body = group or _unit_above(user, unit)
    if body is None:
        raise Refused(_("发给%(unit)s的文稿由专治办、负责检查它的组或其上级单位起草。") % {"unit": unit.name})
    return body


def check_issues_to(user: User, campaign: Campaign, unit: Unit, found_by: Group | None = None) -> None:
    """Whether there is a body in whose name this user writes to the unit."""
    issuing_body(user, campaign, unit, found_by)


def _unit_above(user: User, unit: Unit) -> Unit | None:
    held = own_units(user, {Role.CLERK, Role.HEAD})
    rows = UnitClosure.objects.filter(descendant=unit, ancestor_id__in=held, depth__gt=0)
    nearest = rows.select_related("ancestor").order_by("depth").first() if held else None
    return nearest.ancestor if nearest else None


def units_below(user: User, campaign: Campaign) -> QuerySet[Unit]:
    """Units to which one may write: in reach today, without the campaign's own."""
    return units_of_today(user).exclude(pk=campaign.root_unit_id)


def ourselves(body: Group | Unit) -> str:
    """How the issuer speaks of itself."""
    if isinstance(body, Unit):
        return "我街道" if body.kind == UnitKind.STREET else "我单位"
    return _OURSELVES.get(GroupKind(body.kind), "我组")


def you(*units: Unit) -> str:
    """How it speaks to whom it writes."""
    if len(units) != 1:
        return "你们单位"
    return _YOU.get(UnitKind(units[0].kind), "你单位")


def committee_of(unit: Unit) -> list[str]:
    """The discipline committee or dispatched group next to the unit: it is told of what is urged."""
    return [group.name for group, _depth in overseeing_groups(unit, COMMITTEES, clock.today())[:1]]
