"""From a real plan document to a running campaign with the right duties."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.actions import plans, start
from qingfeng.apps.work.campaigns.models import (
    Campaign,
    CampaignGroup,
    ContentCategory,
    DraftItem,
    Duty,
    Mechanism,
    Obligation,
    Plan,
    Stage,
)
from tests.cast import Cast

BEGIN = date(2026, 5, 11)


def handed_in(documents: Path, cast: Cast, number: str) -> Plan:
    path = next(documents.glob(f"{number}_*.txt"))
    return plans.hand_in(
        file_name=path.name, content=path.read_bytes(), root_unit=cast.district, by=cast.office
    )


@pytest.fixture
def campaign(documents: Path, cast: Cast) -> Campaign:
    """The plan of 2017, run again from 11 May 2026, its groups set up."""
    with clock.on(BEGIN):
        plan = handed_in(documents, cast, "002")
        plans.accept_all(plan=plan, by=cast.office)
        return start.start(plan=plan, by=cast.office, shift_to=BEGIN, create_groups=True)


@pytest.mark.slow
def test_it_runs_from_hand_in_to_its_duties(cast: Cast, campaign: Campaign) -> None:
    assert (campaign.starts_on, campaign.ends_on, campaign.cut_off_day) == (BEGIN, date(2026, 12, 31), 20)
    assert [(stage.starts_on, stage.ends_on) for stage in Stage.objects.filter(campaign=campaign)] == [
        (date(2026, 5, 11), date(2026, 5, 20)),
        (date(2026, 5, 21), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 9, 21), date(2026, 12, 10)),
    ]
    assert ContentCategory.objects.filter(campaign=campaign).count() == 8
    assert Mechanism.objects.filter(campaign=campaign).exists()
    named = CampaignGroup.objects.filter(campaign=campaign, kind="work_group")
    unnamed = CampaignGroup.objects.get(campaign=campaign, kind="governance_group")
    assert (named.count(), unnamed.count, unnamed.groups.count()) == (5, 8, 8)
    monthly = Obligation.objects.get(campaign=campaign, is_monthly_form=True)
    assert (monthly.recurrence["day"], monthly.wants_electronic, monthly.wants_paper) == (20, True, True)
    forms = Duty.objects.filter(obligation=monthly, unit=cast.street)
    assert [duty.due for duty in forms] == [date(2026, month, 20) for month in range(5, 13)]
    single = Duty.objects.filter(campaign=campaign, unit=cast.street, obligation__recurrence__isnull=True)
    assert {duty.due for duty in single} == {
        date(2026, 5, 25),
        date(2026, 6, 25),
        date(2026, 7, 10),
        date(2026, 9, 25),
    }
    one_group = Duty.objects.filter(
        campaign=campaign, group=unnamed.groups.first(), obligation__recurrence__isnull=True
    )
    assert {duty.due for duty in one_group} == {date(2026, 5, 25), date(2026, 10, 31)}
    office = Duty.objects.filter(campaign=campaign, group=campaign.office)
    assert office.values("obligation").distinct().count() == 2


@pytest.mark.slow
def test_no_name_of_a_person_is_kept(campaign: Campaign) -> None:
    kept = str(campaign.plan.lines) + str(campaign.plan.draft)
    kept += str(list(DraftItem.objects.values_list("quote", "data")))
    assert "书记傅某同志" in kept
    assert not [name for name in ("傅捷", "张蓓", "何敏", "何峻洁") if name in kept]


@pytest.mark.slow
@pytest.mark.parametrize("number", ["000", "001", "003", "004"])
def test_what_is_no_plan_is_refused_with_reasons(documents: Path, cast: Cast, number: str) -> None:
    with pytest.raises(BadInput, match="不是专项治理的实施方案") as refused:
        handed_in(documents, cast, number)
    assert refused.value.places and not Plan.objects.exists()


def test_the_web_process_never_loads_what_opens_documents() -> None:
    code = (
        "import django, sys; django.setup(); import qingfeng.site.urls; "
        "print([name for name in ('docx', 'pypdf', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
