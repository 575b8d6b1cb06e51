"""The desk: what waits for whom, and nothing that waits for somebody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.desk import overseers
from qingfeng.apps.work.desk.matters import Matter, sections, without_doubles
from qingfeng.apps.work.desk.screens import Desk, desk_of
from qingfeng.apps.work.desk.sources import all_for, gathered
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.tests.story import group_sheet, in_rectification, self_sheet, submitted
from tests.cast import Cast


def verbs(found: list[Matter]) -> list[tuple[str, str]]:
    return [(matter.kind, matter.verb) for matter in found]


def desk(user: User) -> Desk:
    return desk_of(user, gathered(user))


def keys(user: User) -> list[str]:
    return [block.key for block in desk(user).blocks]


@pytest.fixture
def problem(cast: Cast, campaign: Campaign) -> Problem:
    return Problem.objects.get(sheet=self_sheet(cast, campaign))


def again(problem: Problem) -> Problem:
    return Problem.objects.get(pk=problem.pk)


def test_an_assigned_problem_waits_for_its_unit_and_for_nobody_else(cast: Cast, problem: Problem):
    assert verbs(all_for(cast.clerk)) == [("due", "登记措施")]
    for other in (
        cast.head,
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
    assert (verbs(all_for(cast.clerk)), verbs(all_for(cast.head))) == ([], [("sign", "签字")])
    assert all_for(cast.secretary) == []
    actions.sign(problem=again(problem), by=cast.head)
    assert (verbs(all_for(cast.head)), verbs(all_for(cast.secretary))) == ([], [("close_out", "审核销号")])
    assert all_for(cast.sister_secretary) == [] == all_for(cast.office)
    actions.return_problem(problem=again(problem), reason="缺照片", by=cast.secretary)
    assert verbs(all_for(cast.clerk)) == [("returned", "补齐再报")]


def test_what_is_overdue_is_the_clerks_to_do_and_the_heads_to_see(cast: Cast, problem: Problem):
    with clock.on(date(2026, 7, 25)):
        assert verbs(all_for(cast.clerk)) == [("overdue", "登记措施")]
        assert all_for(cast.head) == []
        late = next(block for block in desk(cast.head).blocks if block.key == "in_unit")
        assert [matter.title for matter in late.data] == [problem.text]
        assert "stuck" in keys(cast.leader)
        assert "below" not in keys(cast.sister_head)


def test_a_look_back_waits_for_the_closing_body_on_its_day(cast: Cast, campaign: Campaign, problem: Problem):
    submitted(cast, campaign, problem)
    actions.sign(problem=again(problem), by=cast.head)
    actions.close_out(problem=again(problem), look_back_on=date(2026, 9, 1), by=cast.secretary)
    assert all_for(cast.secretary) == []
    with clock.on(date(2026, 9, 1)):
        assert ("recheck", "回头看") in verbs(all_for(cast.secretary))


def test_extensions_wait_for_the_closer_and_transfers_for_the_office(
    cast: Cast, campaign: Campaign, problem: Problem
):
    actions.ask_extension(problem=problem, new_date=date(2026, 8, 20), reason="等待验收", by=cast.clerk)
    assert verbs(all_for(cast.secretary)) == [("extension", "审批延期")]
    actions.ask_transfer(problem=again(problem), to_unit=cast.sister, reason="属地在望山", by=cast.clerk)
    assert ("transfer", "审批转办") in verbs(all_for(cast.office))


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


def test_a_person_of_several_posts_meets_a_matter_once():
    one = Matter("due", "甲", "乙", "/p/1/", "登记措施", "/p/1/measure/")
    other = Matter("close_out", "甲", "乙", "/p/1/", "审核销号", "/p/1/close_out/")
    assert without_doubles([one, one, other]) == [one, other]


def test_an_instruction_waits_for_its_addressee_then_for_its_giver(cast: Cast, campaign: Campaign):
    row = actions.give_instruction(
        campaign=campaign, text="核对后报我。", addressee=cast.street, by=cast.leader
    )
    assert verbs(all_for(cast.clerk)) == [("instruction", "报办理情况")]
    assert all_for(cast.sister_clerk) == [] == all_for(cast.office)
    actions.answer_instruction(instruction=row, text="已核对。", by=cast.clerk)
    assert all_for(cast.clerk) == []
    assert verbs(all_for(cast.leader)) == [("instruction", "看办理情况")]
    assert verbs(all_for(cast.office)) == [("instruction", "看办理情况")]


def test_the_head_of_every_page_counts_what_waits(cast: Cast, problem: Problem, client: Client):
    client.force_login(cast.clerk)
    page, anew = reverse("web:components"), reverse("desk:waiting")
    first = client.get(page).content.decode()
    assert f'hx-get="{anew}"' in first and "waiting-count" not in first and "自查自纠" in first
    assert 'class="waiting-count">1<' in client.get(anew).content.decode()
    second = client.get(page).content.decode()
    assert 'class="waiting-count">1<' in second and anew not in second
    client.force_login(cast.leader)
    assert client.get(anew).content == b""
    assert "waiting-count" not in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("who", "blocks", "absent"),
    [
        ("office", [], {"figures", "instruct", "latest"}),
        ("clerk", ["due"], {"figures", "instruct", "in_unit"}),
        ("head", ["in_unit"], {"figures", "due"}),
        ("secretary", ["visits"], {"figures", "due"}),
        ("inspector", ["visits"], {"figures", "due"}),
        ("leader", ["figures", "instruct", "streets"], {"due", "visits"}),
        ("auditor", ["chains", "latest"], {"figures", "due", "instruct"}),
        ("administrator", ["accounts"], {"figures", "due", "latest"}),
        ("outsider", [], {"figures", "due", "latest", "accounts"}),
    ],
)
def test_every_role_has_a_first_screen_of_its_own(
    cast: Cast, campaign: Campaign, client: Client, who: str, blocks: list[str], absent: set[str]
):
    self_sheet(cast, campaign)
    client.force_login(getattr(cast, who))
    page = client.get(reverse("desk:today"))
    found = [block.key for block in page.context["desk"].blocks]
    assert [key for key in found if key in blocks] == blocks
    assert not absent & set(found)
    files = ("leader", "auditor", "administrator", "outsider")
    assert ("填报台账" in page.content.decode()) == (who not in files)


def test_a_field_inspection_is_one_tap_away(cast: Cast, campaign: Campaign, client: Client):
    client.force_login(cast.inspector)
    assert reverse("problems:field") in client.get(reverse("desk:today")).content.decode()
    client.force_login(cast.clerk)
    assert reverse("problems:field") not in client.get(reverse("desk:today")).content.decode()


def test_an_empty_desk_says_why_and_what_to_do_first(cast: Cast, campaign: Campaign, client: Client):
    for who, words in (("sister_clerk", "先填一张检查台账"), ("outsider", "您现在没有任职")):
        client.force_login(getattr(cast, who))
        assert words in client.get(reverse("desk:today")).content.decode()


def test_a_desk_costs_the_same_however_much_waits(
    cast: Cast, campaign: Campaign, client: Client, django_assert_max_num_queries
):  # type: ignore[no-untyped-def]
    self_sheet(cast, campaign, problems=3)
    group_sheet(cast, campaign)
    limits = (("clerk", 22), ("head", 24), ("inspector", 24), ("office", 28), ("leader", 24))
    for who, limit in limits:
        client.force_login(getattr(cast, who))
        client.get(reverse("desk:today"))
        with django_assert_max_num_queries(limit):
            client.get(reverse("desk:today"))


def test_the_desk_takes_get_only(cast: Cast, client: Client):
    client.force_login(cast.clerk)
    assert client.post(reverse("desk:today")).status_code == 405


def test_large_type_comes_with_the_page(cast: Cast, client: Client):
    client.force_login(cast.clerk)
    assert 'class="large-type"' not in client.get(reverse("desk:today")).content.decode()
    client.cookies["large_type"] = "1"
    assert 'class="large-type"' in client.get(reverse("desk:today")).content.decode()


def test_each_number_of_accounts_opens_just_those_accounts(cast: Cast, client: Client):
    """A first password that nobody handed out is another matter than one that its holder has not changed."""
    for user in (cast.head, cast.sister_clerk):
        user.set_password("Chu-shi-7781")
        user.save()
    everybody = User.objects.filter(is_active=True).count()
    client.force_login(cast.administrator)
    numbers = {line.title: line.number for line in overseers.accounts_to_see_to()}
    assert (numbers["还没有发初始密码的账号"], numbers["还没有改初始密码的账号"]) == (everybody - 2, 2)
    for line in overseers.accounts_to_see_to():
        if "view=" in line.href:
            assert client.get(line.href).context["ledger"].total == line.number, line.title
