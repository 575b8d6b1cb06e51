"""Zero-problem commitments: a unit still at zero when self-inspection ends answers for it in writing."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Role, Unit, User
from qingfeng.apps.base.orgs.visibility import own_units
from qingfeng.apps.base.records import files
from qingfeng.apps.base.records.actions import action, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.actions.core import required
from qingfeng.apps.work.problems.models import Commitment
from qingfeng.apps.work.problems.queries import units_owing_commitment


def check_can_sign_commitment(user: User, unit: Unit) -> None:
    """The first responsible person of the unit itself, nobody for them."""
    if unit.pk not in own_units(user, {Role.HEAD}):
        raise Refused(_("零问题承诺应由%(unit)s负责人本人签署。") % {"unit": unit})


def standard_commitment(unit: Unit) -> str:
    """What the form begins with, and what the paper says before anybody has signed."""
    return _("经逐项自查，%(unit)s在自查自纠阶段未发现问题。以上情况属实，如有隐瞒，由本人承担责任。") % {
        "unit": unit.name
    }


@action
def sign_commitment(
    *, campaign: Campaign, unit: Unit, text: str, by: User, scan: tuple[str, bytes] | None = None
) -> Commitment:
    """The commitment, with a scan of the paper if there is one (file name, content)."""
    check_can_sign_commitment(by, unit)
    if Commitment.objects.filter(campaign=campaign, unit=unit).exists():
        raise BadInput(_("%(unit)s已签署承诺。") % {"unit": unit})
    if not units_owing_commitment(campaign).filter(pk=unit.pk).exists():
        raise Refused(_("%(unit)s目前不需要签署零问题承诺。") % {"unit": unit})
    stored = files.store(name=scan[0], content=scan[1], by=by) if scan else None
    row = Commitment(
        campaign=campaign,
        unit=unit,
        text=required(text, _("承诺内容")),
        signed_on=clock.today(),
        signed_at=timezone.now(),
        signed_by=by,
        file=stored,
    )
    return create(row, by=by, kind="commitment.signed")
