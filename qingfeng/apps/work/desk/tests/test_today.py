"""The desk: what waits for whom, and nothing that waits for somebody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.desk.matters import Matter, sections
from qingfeng.apps.work.desk.sources import all_for, below
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.tests.story import group_sheet, in_rectification, self_sheet, submitted
from tests.cast import Cast


def verbs(found: list[Matter]) -> list[tuple[str, str]]:
    return [(matter.urgency, matter.verb) for matter in found]


@pytest.fixture
def problem(cast: Cast, campaign: Campaign) -> Problem:
    return Problem.objects.get(sheet=self_sheet(cast, campaign))


def again(problem: Problem) -> Problem:
    return Problem.objects.get(pk=problem.pk)


def test_an_assigned_problem_waits_for_its_unit_and_for_nobody_else(cast: Cast, problem: Problem):
    assert verbs(all_for(cast.clerk)) == [("due", "登记措施")]
    for other in (
        cast.sister_clerk,
        cast.sister_head,
        cast.secretary,
        cast.inspector,
        cast.leader,
        cast.auditor,
        cast.administrator,
        cast.outsider,
    ):
        assert all_for(other) == []


def test_each_step_moves_the_matter_to_the_next_desk(cast: Cast, campaign: Campaign, problem: Problem):
    in_rectification(cast, campaign, problem)
    assert verbs(all_for(cast.clerk)) == [("due", "申请销号")]
    submitted(cast, campaign, again(problem))
    assert (verbs(all_for(cast.clerk)), verbs(all_for(cast.head))) == ([], [("decide", "签字")])
    actions.sign(problem=again(problem), by=cast.head)
    assert (verbs(all_for(cast.head)), verbs(all_for(cast.secretary))) == ([], [("decide", "审核销号")])
    actions.return_problem(problem=again(problem), reason="缺照片", by=cast.secretary)
    assert verbs(all_for(cast.clerk)) == [("returned", "补齐再报")]


def test_overdue_outranks_everything_and_is_seen_from_above(cast: Cast, problem: Problem):
    with clock.on(date(2026, 7, 25)):
        assert verbs(all_for(cast.clerk)) == [("overdue", "登记措施")]
        assert [matter.title for matter in below(cast.leader)] == [problem.text]
        assert below(cast.sister_head) == []


def test_a_look_back_waits_for_the_closing_body_on_its_day(cast: Cast, campaign: Campaign, problem: Problem):
    submitted(cast, campaign, problem)
    actions.sign(problem=again(problem), by=cast.head)
    actions.close_out(problem=again(problem), look_back_on=date(2026, 9, 1), by=cast.secretary)
    assert all_for(cast.secretary) == []
    with clock.on(date(2026, 9, 1)):
        assert ("due", "回头看") in verbs(all_for(cast.secretary))


def test_extensions_wait_for_the_closer_and_transfers_for_the_office(
    cast: Cast, campaign: Campaign, problem: Problem
):
    actions.ask_extension(problem=problem, new_date=date(2026, 8, 20), reason="等待验收", by=cast.clerk)
    assert verbs(all_for(cast.secretary)) == [("decide", "审批延期")]
    actions.ask_transfer(problem=again(problem), to_unit=cast.sister, reason="属地在望山", by=cast.clerk)
    assert ("decide", "审批转办") in verbs(all_for(cast.office))


def test_a_unit_at_zero_owes_its_head_a_signature(cast: Cast, campaign: Campaign):
    with clock.on(date(2026, 7, 1)):
        assert verbs(all_for(cast.sister_head)) == [("overdue", "去签")]
        assert all_for(cast.sister_clerk) == []


def test_the_nearest_date_stands_first(cast: Cast, campaign: Campaign):
    self_sheet(cast, campaign)
    group_sheet(cast, campaign)
    Problem.objects.filter(sheet__kind="supervision").update(due_date=date(2026, 6, 20))
    found = sections(all_for(cast.clerk))
    assert [section.key for section in found] == ["due"]
    assert [matter.day for matter in found[0].matters] == [date(2026, 6, 20), date(2026, 7, 20)]


def test_the_head_of_every_page_counts_what_waits(cast: Cast, problem: Problem, client: Client):
    client.force_login(cast.clerk)
    page = client.get(reverse("web:components"))
    assert 'class="waiting-count">1<' in page.content.decode()
    assert "自查自纠" in page.content.decode()
    client.force_login(cast.leader)
    assert "waiting-count" not in client.get(reverse("web:components")).content.decode()


@pytest.mark.parametrize(
    "who",
    [
        "office",
        "clerk",
        "head",
        "secretary",
        "inspector",
        "leader",
        "auditor",
        "administrator",
        "outsider",
        "department_clerk",
    ],
)
def test_every_role_has_a_first_screen(cast: Cast, campaign: Campaign, client: Client, who: str):
    self_sheet(cast, campaign)
    client.force_login(getattr(cast, who))
    page = client.get(reverse("desk:today"))
    assert page.status_code == 200
    assert ("新建检查台账" in page.content.decode()) == (
        who not in ("leader", "auditor", "administrator", "outsider")
    )


def test_a_leader_sees_figures_that_open(cast: Cast, campaign: Campaign, client: Client):
    self_sheet(cast, campaign, problems=2)
    client.force_login(cast.leader)
    figures = {figure.label: figure for figure in client.get(reverse("desk:today")).context["figures"]}
    assert (figures["发现问题"].value, figures["涉及群众"].value, figures["已销号"].value) == ("2", "24", "0")
    assert all(figure.href and figure.rule for figure in figures.values())
    rows = client.get(figures["发现问题"].href)
    assert rows.status_code == 200


def test_the_sister_street_counts_nothing_of_ours(cast: Cast, campaign: Campaign, client: Client):
    self_sheet(cast, campaign)
    client.force_login(cast.sister_head)
    figures = {figure.label: figure.value for figure in client.get(reverse("desk:today")).context["figures"]}
    assert figures["发现问题"] == "0"


def test_the_desk_takes_get_only(cast: Cast, client: Client):
    client.force_login(cast.clerk)
    assert client.post(reverse("desk:today")).status_code == 405
