"""What exists for whom: the whole for the district, one's own for a unit and a group, nothing for outsiders."""

from __future__ import annotations

import pytest

from qingfeng.apps.work.campaigns import visibility
from qingfeng.apps.work.campaigns.actions import start
from qingfeng.apps.work.campaigns.models import Campaign, Duty, Plan
from tests.cast import Cast

WHOLE = ["office", "leader", "auditor"]
UNITS = ["clerk", "head", "secretary", "sister_clerk", "inspector", "department_clerk"]
NOBODY = ["administrator", "outsider"]


@pytest.mark.parametrize("who", WHOLE + UNITS)
def test_whoever_stands_in_the_district_sees_its_campaign(cast: Cast, running: Campaign, who: str) -> None:
    assert visibility.current(getattr(cast, who)) == running


@pytest.mark.parametrize("who", NOBODY)
def test_for_others_there_is_no_campaign(cast: Cast, running: Campaign, who: str) -> None:
    person = getattr(cast, who)
    assert visibility.current(person) is None
    assert not visibility.visible_duties(person).exists() and not visibility.visible_plans(person).exists()


@pytest.mark.parametrize("who", WHOLE)
def test_the_district_sees_every_duty_and_the_plans(cast: Cast, running: Campaign, who: str) -> None:
    person = getattr(cast, who)
    assert visibility.visible_duties(person).count() == Duty.objects.count()
    assert visibility.visible_plans(person).count() == Plan.objects.count()


@pytest.mark.parametrize("who", UNITS)
def test_a_draft_under_review_is_not_shown_to_units(cast: Cast, running: Campaign, who: str) -> None:
    assert not visibility.visible_plans(getattr(cast, who)).exists()


def test_a_street_sees_its_own_duties_and_no_sisters(cast: Cast, running: Campaign) -> None:
    assert {duty.bearer for duty in visibility.visible_duties(cast.clerk)} == {cast.street}


def test_a_group_sees_its_own_and_those_of_the_units_it_oversees(cast: Cast, running: Campaign) -> None:
    bearers = {duty.bearer for duty in visibility.visible_duties(cast.inspector)}
    assert bearers == {cast.governance, cast.street, cast.sister}


def test_what_waits_for_me_is_borne_by_my_own(cast: Cast, running: Campaign) -> None:
    assert {duty.bearer for duty in visibility.own_duties(cast.inspector)} == {cast.governance}
    assert {duty.bearer for duty in visibility.own_duties(cast.head)} == {cast.street}
    assert {duty.bearer for duty in visibility.own_duties(cast.office)} == {cast.office_group}
    assert not visibility.own_duties(cast.leader).exists()


def test_the_running_campaign_comes_before_an_ended_one(
    cast: Cast, campaign: Campaign, running: Campaign
) -> None:
    start.end(campaign=running, by=cast.office)
    assert visibility.current(cast.clerk) == campaign
