"""Nobody leaves an empty chair: what is open on a person's desk goes to a successor when the post ends."""

import pytest

from qingfeng.apps.base.orgs import actions as orgs
from qingfeng.apps.base.orgs.models import Appointment
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.tests.story import self_sheet
from tests.cast import TODAY, Cast


def test_an_appointment_does_not_end_while_problems_are_open(cast: Cast, campaign: Campaign) -> None:
    self_sheet(cast, campaign, problems=2)
    post = Appointment.objects.get(person=cast.clerk.person)
    with pytest.raises(BadInput, match="2项未办结"):
        orgs.end_appointment(appointment=post, last_day=TODAY, by=cast.office)
    assert Appointment.objects.get(pk=post.pk).valid_to is None


def test_a_successor_takes_the_open_problems_over(cast: Cast, campaign: Campaign) -> None:
    self_sheet(cast, campaign, problems=2)
    post = Appointment.objects.get(person=cast.clerk.person)
    orgs.end_appointment(appointment=post, last_day=TODAY, by=cast.office, successor=cast.head.person)
    assert set(Problem.objects.values_list("responsible_person", "responsible_name")) == {
        (cast.head.person_id, "陈立群")
    }
