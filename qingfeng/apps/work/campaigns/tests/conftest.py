"""The made-up plan, accepted as a whole and started."""

from __future__ import annotations

import pytest

from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.actions import plans, start
from qingfeng.apps.work.campaigns.models import Campaign, CampaignGroup, DraftItem, Plan
from qingfeng.apps.work.campaigns.tests.drafts import keep_plan
from tests.cast import Cast
from tests.environment.kept import kept


@pytest.fixture
@kept
def plan(cast: Cast) -> Plan:
    return keep_plan(cast)


@pytest.fixture
@kept
def running(cast: Cast, plan: Plan) -> Campaign:
    """Started on 10 May 2026, the first governance group standing for one of the eight."""
    with clock.on(plan.period_start):
        plans.accept_all(plan=plan, by=cast.office)
        item = DraftItem.objects.get(plan=plan, kind="group", data__count=8)
        return start.start(plan=plan, by=cast.office, groups={item.pk: [cast.governance]})


@pytest.fixture
def governance_groups(running: Campaign) -> CampaignGroup:
    return CampaignGroup.objects.get(campaign=running, kind="governance_group")
