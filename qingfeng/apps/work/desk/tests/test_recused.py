"""For a recused person a problem does not exist, in the totals of the first screen neither."""

from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.desk.figures import of_campaign
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.tests.story import self_sheet
from tests.cast import Cast


def test_what_somebody_is_recused_from_is_in_no_total(cast: Cast, campaign: Campaign) -> None:
    first = Problem.objects.filter(sheet=self_sheet(cast, campaign, problems=2)).order_by("ordinal")[0]
    actions.declare_recusal(problem=first, person=cast.secretary.person, reason="近亲属", by=cast.office)
    recused = {figure.label: figure.value for figure in of_campaign(cast.secretary, campaign)}
    others = {figure.label: figure.value for figure in of_campaign(cast.office, campaign)}
    assert (recused["发现问题"], recused["涉及群众"]) == ("1", "12")
    assert (others["发现问题"], others["涉及群众"]) == ("2", "24")
