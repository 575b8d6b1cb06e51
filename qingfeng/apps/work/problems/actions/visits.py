"""Visits planned and called off."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign, CampaignState
from qingfeng.apps.work.problems.actions.core import required
from qingfeng.apps.work.problems.models import PlannedVisit
from qingfeng.apps.work.problems.visit_rules import check_can_cancel, check_can_plan


@action
def plan_visit(*, campaign: Campaign, unit: Unit, day: date, inspector: User, by: User) -> PlannedVisit:
    """This inspector goes to this unit on this day. Planned again it is the same visit."""
    check_can_plan(by, campaign, unit, inspector)
    if campaign.state != CampaignState.RUNNING:
        raise BadInput(_("专项治理已经结束，不再安排检查。"))
    if day < clock.today():
        raise BadInput(_("%(day)s已经过去，请选今天或以后的日期。") % {"day": day})
    entry = {"campaign": campaign, "unit": unit, "day": day, "inspector": inspector}
    same = PlannedVisit.objects.filter(**entry, cancelled_at=None).first()
    if same is not None:
        return same
    row = PlannedVisit(**entry, planned_at=timezone.now(), planned_by=by)
    return create(row, by=by, kind="visit.planned")


@action
def cancel_visit(*, visit: PlannedVisit, reason: str, by: User) -> PlannedVisit:
    """The visit is called off; that it was planned stays on record."""
    check_can_cancel(by, visit)
    to = {
        "cancelled_at": timezone.now(),
        "cancelled_by": by,
        "cancelled_reason": required(reason, _("取消的理由"))[:300],
    }
    return change(visit, by=by, kind="visit.cancelled", to=to, when={"cancelled_at": None})
