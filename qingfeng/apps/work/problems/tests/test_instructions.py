"""批示: given by a leader, answered by the addressee, settled by the giver or the office; seen by nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.instruction_visibility import visible_instructions
from qingfeng.apps.work.problems.models import Instruction, Origin, Problem
from qingfeng.apps.work.problems.tests.story import self_sheet
from tests.cast import Cast


def given(cast: Cast, campaign: Campaign, **said: Any) -> Instruction:
    words: dict[str, Any] = {"text": "请逐户核对后报我。", "addressee": cast.street, "by": cast.leader}
    return actions.give_instruction(campaign=campaign, **{**words, **said})


def seen_by(cast: Cast) -> set[str]:
    return {name for name, user in cast.everyone().items() if visible_instructions(user).exists()}


def test_giver_addressee_and_office_see_it_and_nobody_else(cast: Cast, campaign: Campaign):
    given(cast, campaign)
    assert seen_by(cast) == {"leader", "office", "office_second", "clerk", "head"}


def test_a_parent_sees_what_is_addressed_to_its_unit_without_a_clerk(cast: Cast, campaign: Campaign):
    given(cast, campaign, addressee=cast.community)
    assert seen_by(cast) >= {"clerk", "head"}


def test_for_the_recused_it_does_not_exist(cast: Cast, campaign: Campaign):
    problem = Problem.objects.get(sheet=self_sheet(cast, campaign))
    actions.declare_recusal(problem=problem, person=cast.head.person, reason="近亲属", by=cast.office)
    given(cast, campaign, problem=problem)
    assert seen_by(cast) == {"leader", "office", "office_second", "clerk"}
    actions.declare_recusal(problem=problem, person=cast.leader.person, reason="同乡", by=cast.office)
    assert seen_by(cast) == {"office", "office_second", "clerk"}
    with pytest.raises(NotThere):
        given(cast, campaign, problem=problem, text="再报一次。")


@pytest.mark.parametrize(
    "who", ["office", "head", "clerk", "inspector", "auditor", "administrator", "outsider"]
)
def test_only_a_leader_gives_one(cast: Cast, campaign: Campaign, who: str):
    with pytest.raises(Refused, match="批示由领导作出"):
        given(cast, campaign, by=getattr(cast, who))


def test_it_goes_to_a_unit_in_reach_or_to_the_office(cast: Cast, campaign: Campaign):
    assert given(cast, campaign, addressee=cast.office_group).to_group == cast.office_group
    with pytest.raises(Refused, match="不能交第一专项治理小组"):
        given(cast, campaign, addressee=cast.governance)


def test_a_date_gone_by_and_empty_words_are_bad_input(cast: Cast, campaign: Campaign):
    with pytest.raises(BadInput, match="2026-06-01已经过去"):
        given(cast, campaign, due_date=date(2026, 6, 1))
    with pytest.raises(BadInput, match="“批示内容”没有填写"):
        given(cast, campaign, text="  ")
    with pytest.raises(BadInput, match="最多3000个字"):
        given(cast, campaign, text="核" * 200_000)


def test_given_twice_on_the_same_day_it_is_one(cast: Cast, campaign: Campaign):
    assert given(cast, campaign) == given(cast, campaign)


def test_it_is_answered_sent_back_answered_and_closed(cast: Cast, campaign: Campaign):
    row = given(cast, campaign, due_date=date(2026, 6, 20))
    with pytest.raises(Refused, match="还没有报办理情况"):
        actions.close_instruction(instruction=row, by=cast.leader)
    with pytest.raises(Refused):
        actions.answer_instruction(instruction=row, text="与我无关", by=cast.sister_clerk)
    actions.answer_instruction(instruction=row, text="已核对20户。", by=cast.clerk)
    actions.send_back_instruction(instruction=row, reason="还差5户。", by=cast.office)
    assert (row.state, row.sent_back_reason) == ("given", "还差5户。")
    actions.answer_instruction(instruction=row, text="25户全部核对。", by=cast.head)
    actions.close_instruction(instruction=row, note="同意。", by=cast.leader)
    assert Instruction.objects.get().state == "closed"
    kinds = list(Event.objects.filter(subject=row.subject).order_by("seq").values_list("kind", flat=True))
    assert kinds == [
        "instruction.given",
        "instruction.answered",
        "instruction.sent_back",
        "instruction.answered",
        "instruction.closed",
    ]
    with pytest.raises(Refused, match="批示已办结"):
        actions.void_instruction(instruction=row, reason="误发", by=cast.leader)


def test_the_office_does_not_close_what_it_answered_itself(cast: Cast, campaign: Campaign):
    row = given(cast, campaign, addressee=cast.office_group)
    actions.answer_instruction(instruction=row, text="已办。", by=cast.office)
    with pytest.raises(Refused, match="由批示人办结"):
        actions.close_instruction(instruction=row, by=cast.office_second)
    actions.close_instruction(instruction=row, by=cast.leader)


def test_it_is_voided_with_a_reason_by_giver_or_office(cast: Cast, campaign: Campaign):
    row = given(cast, campaign)
    with pytest.raises(BadInput, match="作废理由"):
        actions.void_instruction(instruction=row, reason="", by=cast.leader)
    with pytest.raises(Refused):
        actions.void_instruction(instruction=row, reason="不办", by=cast.clerk)
    actions.void_instruction(instruction=row, reason="已并入另一份批示", by=cast.office)
    assert Instruction.objects.get().voided_by == cast.office


# Pages


def page(client: Client, user: User, name: str, *args: object, **data: str) -> Any:
    client.force_login(user)
    address = reverse(f"problems:{name}", args=args)
    return client.post(address, data) if data else client.get(address)


def test_the_pages_lead_from_writing_to_closing(cast: Cast, campaign: Campaign, client: Client):
    body = f"unit:{cast.street.pk}"
    problem = Problem.objects.get(sheet=self_sheet(cast, campaign))
    client.force_login(cast.leader)
    new = f"{reverse('problems:instruction_new')}?problem={problem.reference}"
    assert problem.text in client.get(new).content.decode()
    refused = client.post(new, {"text": "", "addressee": body})
    assert refused.status_code == 422
    assert client.post(new, {"text": "限期办结。", "addressee": body}).status_code == 302
    row = Instruction.objects.get()
    assert (row.problem, row.to_unit) == (problem, cast.street)
    shown = page(client, cast.clerk, "instruction", row.reference).content.decode()
    assert "限期办结。" in shown and "报办理情况" in shown and problem.reference in shown
    assert page(client, cast.clerk, "instruction_answer", row.reference, text="已办。").status_code == 302
    assert page(client, cast.leader, "instruction_close", row.reference, note="好").status_code == 302
    listed = page(client, cast.leader, "instructions")
    assert "限期办结。" not in listed.content.decode()
    assert "限期办结。" in client.get(f"{reverse('problems:instructions')}?view=closed").content.decode()


def test_out_of_sight_it_looks_as_if_it_were_not_there(cast: Cast, campaign: Campaign, client: Client):
    row = given(cast, campaign)
    for name in ("instruction", "instruction_answer", "instruction_close", "instruction_void"):
        data = {} if name == "instruction" else {"text": "x", "reason": "x"}
        for who in (cast.sister_clerk, cast.inspector, cast.auditor):
            assert page(client, who, name, row.reference, **data).status_code == 404


def test_the_office_makes_a_problem_of_it_with_its_origin(cast: Cast, campaign: Campaign, client: Client):
    row = given(cast, campaign, due_date=date(2026, 6, 30))
    client.force_login(cast.office)
    form = client.get(f"{reverse('problems:register')}?instruction={row.reference}").context["form"]
    assert form.initial["text"] == row.text
    assert form.initial["origin"] == Origin.objects.get(campaign=campaign, slug="instruction")
    assert (form.initial["lead_unit"], form.initial["due_date"]) == (cast.street.pk, date(2026, 6, 30))
    boxes = {"body": f"group:{cast.office_group.pk}", "origin": form.initial["origin"].pk, "text": row.text}
    boxes |= {"found_on": "2026-06-10", "lead_unit": cast.street.name, "token": form.initial["token"]}
    made = client.post(reverse("problems:register"), {**boxes, "instruction": row.reference})
    problem = Problem.objects.get()
    assert made.status_code == 302 and list(row.became.all()) == [problem]
    shown = page(client, cast.leader, "instruction", row.reference).content.decode()
    assert problem.reference in shown and "据此登记了问题" in shown
    links = client.get(reverse("problems:problem", args=[problem.reference]), {"tab": "links"})
    assert row.reference in links.content.decode()
