"""One problem from the sheet to the look-back, and what is refused on the way."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from qingfeng.apps.base.orgs import actions as orgs
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.records.verification import verify_streams
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Conflict, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.actions import confirm_sheet
from qingfeng.apps.work.inspections.models import Sheet, SheetState
from qingfeng.apps.work.problems import actions, queries
from qingfeng.apps.work.problems.closers import closers
from qingfeng.apps.work.problems.models import LookBackResult, Origin, Problem
from qingfeng.apps.work.problems.tests.story import (
    DUE,
    PROOF,
    entry_of,
    group_sheet,
    in_rectification,
    self_sheet,
    submitted,
)
from qingfeng.apps.work.problems.visibility import shown_number, visible
from tests.cast import TODAY, Cast


def test_numbers_are_the_same_whatever_language_their_writer_reads(cast: Cast, campaign: Campaign) -> None:
    with translation.override("en"):
        sheet = self_sheet(cast, campaign)
    assert (sheet.full_number, Problem.objects.get(sheet=sheet).number) == (
        "临江街道自检1号",
        "临江街道自检1号-1",
    )


def test_a_problem_goes_from_the_sheet_to_its_close_out(cast: Cast, campaign: Campaign) -> None:
    problem = submitted(cast, campaign)
    actions.sign(problem=problem, by=cast.head)
    actions.close_out(problem=problem, look_back_on=TODAY + timedelta(90), by=cast.secretary)
    problem.refresh_from_db()
    assert (problem.state, problem.closed_out_by, problem.closed_out_on) == (
        "closed_out",
        cast.secretary,
        TODAY,
    )
    kinds = list(Event.objects.filter(subject=problem.subject).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["problem.found", "problem.taken_up", "problem.submitted", "problem.closed_out"]
    assert all(result.broken is None for result in verify_streams())
    assert queries.recount() == []


def test_sheets_are_numbered_per_filing_body_and_kind(cast: Cast, campaign: Campaign) -> None:
    first, second = self_sheet(cast, campaign), self_sheet(cast, campaign)
    other = group_sheet(cast, campaign)
    assert (first.full_number, second.full_number) == ("临江街道自检1号", "临江街道自检2号")
    assert other.full_number == "治理一组督检1号"


def test_a_void_sheet_keeps_its_number_and_voids_its_problems(cast: Cast, campaign: Campaign) -> None:
    sheet = self_sheet(cast, campaign, problems=2)
    actions.void_sheet(sheet=sheet, reason="重复填报", by=cast.office)
    assert Sheet.objects.get(pk=sheet.pk).state == SheetState.VOID
    assert set(Problem.objects.filter(sheet=sheet).values_list("state", flat=True)) == {"void"}
    assert self_sheet(cast, campaign).number == sheet.number + 1
    assert queries.recount() == []


def test_a_sheet_without_problems_is_valid(cast: Cast, campaign: Campaign) -> None:
    sheet = self_sheet(cast, campaign, problems=0)
    assert sheet.number == 1 and not Problem.objects.filter(sheet=sheet).exists()


@pytest.mark.parametrize(
    "who", ["sister_clerk", "secretary", "leader", "auditor", "administrator", "outsider"]
)
def test_only_the_unit_files_its_own_sheet(cast: Cast, campaign: Campaign, who: str) -> None:
    with pytest.raises(Refused):
        self_sheet(cast, campaign, by=cast.everyone()[who])


def test_a_street_files_for_a_community_without_a_clerk_and_the_head_confirms(
    cast: Cast, campaign: Campaign
) -> None:
    sheet = self_sheet(cast, campaign, unit=cast.community)
    assert sheet.on_behalf
    with pytest.raises(Refused):
        confirm_sheet(sheet=sheet, by=cast.clerk)
    confirm_sheet(sheet=sheet, by=cast.head)
    assert Sheet.objects.get(pk=sheet.pk).confirmed_by == cast.head


def test_a_due_date_before_the_inspection_is_named(cast: Cast, campaign: Campaign) -> None:
    with pytest.raises(BadInput, match="早于"):
        self_sheet(cast, campaign, due_date=TODAY - timedelta(30))


def test_nobody_strikes_off_what_they_rectified(cast: Cast, campaign: Campaign) -> None:
    problem = submitted(cast, campaign)
    actions.sign(problem=problem, by=cast.head)
    orgs.appoint(person=cast.clerk.person, role="inspector", title="委员", group=cast.committee, by=None)
    cast.clerk.__dict__.pop("_holdings", None)
    with pytest.raises(Refused, match="参与了"):
        actions.close_out(problem=problem, look_back_on=TODAY + timedelta(90), by=cast.clerk)


def test_who_belongs_to_the_unit_does_not_strike_off(cast: Cast, campaign: Campaign) -> None:
    problem = submitted(cast, campaign)
    actions.sign(problem=problem, by=cast.head)
    orgs.appoint(person=cast.secretary.person, role="unit_clerk", title="委员", unit=cast.street, by=None)
    cast.secretary.__dict__.pop("_holdings", None)
    with pytest.raises(Refused, match="属于问题单位"):
        actions.close_out(problem=problem, look_back_on=TODAY + timedelta(90), by=cast.secretary)


def test_the_right_moves_one_level_up_when_nobody_qualifies(cast: Cast, campaign: Campaign) -> None:
    problem = submitted(cast, campaign)
    assert closers(problem).body == "临江街道纪工委"
    orgs.appoint(person=cast.secretary.person, role="unit_clerk", title="委员", unit=cast.street, by=None)
    assert closers(problem).groups == (cast.office_group,)
    actions.sign(problem=problem, by=cast.head)
    actions.close_out(problem=problem, look_back_on=TODAY + timedelta(90), by=cast.office)
    assert Problem.objects.get(pk=problem.pk).state == "closed_out"


def test_what_a_group_found_the_group_closes(cast: Cast, campaign: Campaign) -> None:
    sheet = group_sheet(cast, campaign)
    problem = submitted(cast, campaign, problem=Problem.objects.get(sheet=sheet))
    actions.sign(problem=problem, by=cast.head)
    with pytest.raises(Refused, match="第一专项治理小组"):
        actions.close_out(problem=problem, look_back_on=TODAY + timedelta(90), by=cast.secretary)
    actions.close_out(problem=problem, look_back_on=TODAY + timedelta(90), by=cast.second_inspector)


def test_close_out_waits_for_the_heads_signature(cast: Cast, campaign: Campaign) -> None:
    problem = submitted(cast, campaign)
    with pytest.raises(Refused, match="尚未签字"):
        actions.close_out(problem=problem, look_back_on=TODAY + timedelta(90), by=cast.secretary)


def test_nothing_is_submitted_without_proof(cast: Cast, campaign: Campaign) -> None:
    problem = in_rectification(cast, campaign)
    with pytest.raises(Refused, match="佐证"):
        actions.submit(problem=problem, statement="已改", no_rule_reason="个别问题", by=cast.clerk)


def test_a_new_rule_or_the_reason_why_none_is_needed(cast: Cast, campaign: Campaign) -> None:
    problem = in_rectification(cast, campaign)
    actions.add_evidence(problem=problem, name="照片.png", content=PROOF, by=cast.clerk)
    with pytest.raises(BadInput, match="新建制度"):
        actions.submit(problem=problem, statement="已改", by=cast.clerk)


def test_a_return_needs_a_new_signature(cast: Cast, campaign: Campaign) -> None:
    problem = submitted(cast, campaign)
    actions.sign(problem=problem, by=cast.head)
    actions.return_problem(problem=problem, reason="材料不全", by=cast.secretary)
    actions.submit(problem=problem, statement="补齐", no_rule_reason="个别问题", by=cast.clerk)
    with pytest.raises(Refused, match="尚未签字"):
        actions.close_out(problem=problem, look_back_on=TODAY + timedelta(90), by=cast.secretary)


def test_an_extension_keeps_the_first_date(cast: Cast, campaign: Campaign) -> None:
    problem = in_rectification(cast, campaign)
    later = DUE + timedelta(20)
    actions.ask_extension(problem=problem, reason="等待批复", new_date=later, by=cast.clerk)
    with pytest.raises(Refused):
        actions.decide_extension(problem=problem, approve=True, by=cast.clerk)
    actions.decide_extension(problem=problem, approve=True, by=cast.secretary)
    problem.refresh_from_db()
    assert (problem.first_due_date, problem.due_date) == (DUE, later)


def test_a_transfer_is_decided_by_the_office_and_assigned_anew(cast: Cast, campaign: Campaign) -> None:
    problem = in_rectification(cast, campaign)
    actions.ask_transfer(problem=problem, to_unit=cast.department, reason="属水务职责", by=cast.clerk)
    with pytest.raises(Refused):
        actions.decide_transfer(problem=problem, approve=True, by=cast.secretary)
    actions.decide_transfer(problem=problem, approve=True, by=cast.office)
    problem.refresh_from_db()
    assert (problem.state, problem.lead_unit) == ("transferred", cast.department)
    actions.assign(problem=problem, responsible_name="宋既白", due_date=DUE, by=cast.department_clerk)
    assert Problem.objects.get(pk=problem.pk).responsible_person == cast.department_clerk.person
    assert queries.recount() == []


def test_a_look_back_may_reopen(cast: Cast, campaign: Campaign) -> None:
    problem = submitted(cast, campaign)
    actions.sign(problem=problem, by=cast.head)
    actions.close_out(problem=problem, look_back_on=TODAY + timedelta(30), by=cast.secretary)
    with clock.on(TODAY + timedelta(31)):
        assert problem in queries.look_backs_due(cast.secretary, clock.today())
        actions.look_back(problem=problem, result=LookBackResult.RECURRED, note="又出现", by=cast.secretary)
    problem.refresh_from_db()
    assert (problem.state, problem.closed_out_at, problem.first_due_date) == ("reopened", None, DUE)


def test_a_long_term_problem_is_reviewed_a_year_later(cast: Cast, campaign: Campaign) -> None:
    problem = in_rectification(cast, campaign)
    actions.make_long_term(problem=problem, reason="需长期坚持", by=cast.secretary)
    assert problem.review_on == date(2027, 6, 10)
    with clock.on(date(2027, 6, 10)):
        assert list(queries.reviews_due(cast.secretary, clock.today())) == [problem]
        actions.review_long_term(problem=problem, note="保持", goes_on=True, by=cast.secretary)
    assert problem.review_on == date(2028, 6, 10)


def test_two_people_closing_the_same_problem_the_second_is_told(cast: Cast, campaign: Campaign) -> None:
    problem = submitted(cast, campaign, problem=Problem.objects.get(sheet=group_sheet(cast, campaign)))
    actions.sign(problem=problem, by=cast.head)
    stale = Problem.objects.get(pk=problem.pk)
    actions.close_out(problem=problem, look_back_on=TODAY + timedelta(90), by=cast.inspector)
    with pytest.raises((Conflict, Refused)):
        actions.close_out(problem=stale, look_back_on=TODAY + timedelta(90), by=cast.second_inspector)


def test_a_sister_unit_sees_nothing_of_it(cast: Cast, campaign: Campaign) -> None:
    problem = Problem.objects.get(sheet=self_sheet(cast, campaign))
    for who in (cast.sister_clerk, cast.outsider, cast.administrator, cast.department_clerk):
        assert problem not in visible(who)
    for who in (cast.clerk, cast.secretary, cast.office, cast.leader, cast.auditor, cast.inspector):
        assert problem in visible(who)


def test_for_a_recused_person_the_problem_does_not_exist(cast: Cast, campaign: Campaign) -> None:
    first, second = Problem.objects.filter(sheet=self_sheet(cast, campaign, problems=2)).order_by("ordinal")
    actions.declare_recusal(problem=first, person=cast.secretary.person, reason="近亲属", by=cast.office)
    assert list(visible(cast.secretary)) == [second]
    assert shown_number(cast.secretary, second) == second.reference
    assert shown_number(cast.clerk, second) == second.number


def test_a_unit_at_zero_owes_a_commitment_once_self_inspection_ends(cast: Cast, campaign: Campaign) -> None:
    self_sheet(cast, campaign)
    with pytest.raises(Refused):
        actions.sign_commitment(campaign=campaign, unit=cast.sister, text="本单位……", by=cast.sister_head)
    with clock.on(date(2026, 7, 1)):
        assert set(queries.units_owing_commitment(campaign)) == {cast.sister, cast.department}
        actions.sign_commitment(
            campaign=campaign, unit=cast.sister, text="经自查，未发现问题。", by=cast.sister_head
        )
        assert set(queries.units_owing_commitment(campaign)) == {cast.department}


def test_a_problem_without_a_sheet_is_numbered_by_who_registers_it(cast: Cast, campaign: Campaign) -> None:
    origin = Origin.objects.get(slug="tour_feedback")
    problem = actions.register_problem(
        campaign=campaign,
        origin=origin,
        entry=entry_of(cast, lead_unit=cast.sister),
        by=cast.office,
        finding_group=cast.office_group,
    )
    assert problem.number == "区专治办问题1号"
    assert shown_number(cast.sister_clerk, problem) == problem.reference
