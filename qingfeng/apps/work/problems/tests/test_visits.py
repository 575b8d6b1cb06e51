"""Inspections planned: who plans them, who sees them, and when one is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.desk.sources import all_for
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.models import PlannedVisit
from qingfeng.apps.work.problems.tests.conftest import Browser
from qingfeng.apps.work.problems.tests.story import group_sheet
from qingfeng.apps.work.problems.visit_rules import visible_visits
from tests.cast import Cast


def planned(cast: Cast, campaign: Campaign, **given: object) -> PlannedVisit:
    entry = {"unit": cast.street, "day": clock.today(), "inspector": cast.inspector, "by": cast.inspector}
    return actions.plan_visit(campaign=campaign, **{**entry, **given})


def waiting() -> list[PlannedVisit]:
    return list(PlannedVisit.objects.all().waiting())  # type: ignore[attr-defined]


def test_a_visit_stands_on_the_phone_and_the_desk_until_its_sheet_is_filed(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    client, address = browser(cast.inspector), reverse("problems:visits")
    boxes = {"unit": cast.street.name, "day": str(clock.today()), "inspector": cast.inspector.person.name}
    answer = client.post(address, boxes, follow=True).content.decode()
    assert "已安排" in answer and "待检查" in answer
    assert f"?unit={cast.street.code}" in client.get(reverse("problems:field")).content.decode()
    assert ("due", "开始检查") in [(matter.kind, matter.verb) for matter in all_for(cast.inspector)]
    group_sheet(cast, campaign, inspected_unit=cast.street, inspected_on=clock.today())
    assert waiting() == []
    assert "已完成" in client.get(address, {"view": "done"}).content.decode()
    assert "开始检查" not in [matter.verb for matter in all_for(cast.inspector)]


def test_units_never_see_that_an_inspection_is_planned(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    planned(cast, campaign)
    for user in (cast.clerk, cast.head, cast.leader, cast.auditor, cast.administrator, cast.outsider):
        assert list(visible_visits(user)) == []
    assert browser(cast.clerk).get(reverse("problems:visits")).status_code == 403
    assert visible_visits(cast.office).count() == 1


def test_a_visit_is_planned_once_for_a_day_to_come_and_within_what_one_oversees(
    cast: Cast, campaign: Campaign
) -> None:
    assert planned(cast, campaign) == planned(cast, campaign)
    with pytest.raises(BadInput, match="已经过去"):
        planned(cast, campaign, day=clock.today() - timedelta(days=1))
    with pytest.raises(Refused, match="监督范围"):
        planned(cast, campaign, unit=cast.sister, inspector=cast.secretary, by=cast.secretary)
    with pytest.raises(Refused, match="请换一个人"):
        planned(cast, campaign, unit=cast.sister, inspector=cast.secretary)
    with pytest.raises(Refused, match="只能安排本组的人"):
        planned(cast, campaign, inspector=cast.secretary)
    assert planned(cast, campaign, inspector=cast.secretary, by=cast.office).planned_by == cast.office


def test_a_visit_is_called_off_with_a_reason_and_stays_on_record(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    row, client, address = planned(cast, campaign), browser(cast.inspector), reverse("problems:visits")
    with pytest.raises(Refused):
        actions.cancel_visit(visit=row, reason="不去", by=cast.secretary)
    client.post(f"{address}?bulk=cancel", {"row": row.pk, "reason": "路断了", "token": "t"})
    row.refresh_from_db()
    assert (row.cancelled_by, row.cancelled_reason) == (cast.inspector, "路断了") and waiting() == []
    assert "路断了" in client.get(address, {"view": "cancelled"}).content.decode()
    with pytest.raises(Refused, match="已经取消"):
        actions.cancel_visit(visit=row, reason="再取消", by=cast.inspector)
