"""The problem ledger, the record of a problem, its moves and its evidence, page by page."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.flow import MOVES, ProblemState
from qingfeng.apps.work.problems.models import CoUnit, Evidence, Extension, LookBack, Measure, Origin, Problem
from qingfeng.apps.work.problems.permissions import reason_against
from qingfeng.apps.work.problems.record import TABS, MovesOf
from qingfeng.apps.work.problems.tests.conftest import SAVING_THE_SESSION, Browser
from qingfeng.apps.work.problems.tests.story import (
    DUE,
    PROOF,
    entry_of,
    in_rectification,
    self_sheet,
    submitted,
)
from qingfeng.apps.work.problems.views.moves import PAGES
from tests.cast import TODAY, Cast

RECORD = 14
"""Queries of a tab at most, whoever looks: three for session and user, what it shows, who may do what next."""


def move(client: Client, problem: Problem, verb: str, **data: Any) -> Any:
    """Sends the form of a verb, with a token of its own for each call."""
    token = data.pop("token", f"{verb}-{len(data)}-{problem.pk}")
    return client.post(
        reverse("problems:move", args=[problem.reference, verb]), {"token": token, **data}, follow=True
    )


def found(cast: Cast, campaign: Campaign) -> Problem:
    return Problem.objects.get(sheet=self_sheet(cast, campaign))


def record(client: Client, problem: Problem, tab: str = "facts") -> str:
    return client.get(reverse("problems:problem", args=[problem.reference]), {"tab": tab}).content.decode()


def test_a_problem_goes_through_its_pages_to_its_look_back(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem = found(cast, campaign)
    clerk, head, closer = browser(cast.clerk), browser(cast.head), browser(cast.secretary)
    proof = SimpleUploadedFile("照片.png", PROOF)
    answer = move(
        clerk,
        problem,
        "measure",
        kind="measure",
        text="补充公示名册",
        taken_on="2026-06-10",
        sum_returned="1,200",
        files=proof,
        description="公示栏",
    )
    assert "上传佐证材料1件" in answer.content.decode()
    assert Evidence.objects.get().description == "公示栏"
    answer = move(clerk, problem, "submit", statement="已公示", no_rule_reason="个别疏漏")
    assert "接下来由临江街道负责人签字" in answer.content.decode()
    assert "已公示" in head.get(reverse("problems:move", args=[problem.reference, "sign"])).content.decode()
    assert "接下来由临江街道纪工委审核销号" in move(head, problem, "sign").content.decode()
    page = closer.get(reverse("problems:move", args=[problem.reference, "close_out"]))
    assert page.context["form"]["look_back_on"].value() == date(2026, 9, 10)
    assert "照片.png" in page.content.decode() and "个别疏漏" in page.content.decode()
    assert (
        "2026-09-10回头看" in move(closer, problem, "close_out", look_back_on="2026-09-10").content.decode()
    )
    with clock.on(date(2026, 9, 10)):
        answer = move(closer, problem, "look_back", result="recurred", note="又出现")
    assert "重新整改" in answer.content.decode()
    problem.refresh_from_db()
    assert (problem.state, problem.sum_returned) == (ProblemState.REOPENED, 120_000)
    assert LookBack.objects.get().carried_out_by == cast.secretary


def test_every_move_of_the_flow_has_a_page(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    assert set(MOVES) <= set(PAGES)
    address = reverse("problems:move", args=[found(cast, campaign).reference, "dance"])
    assert browser(cast.clerk).get(address).status_code == 404


@pytest.mark.parametrize("verb", sorted(PAGES))
def test_a_move_is_out_of_reach_for_strangers_and_refused_to_readers(
    cast: Cast, campaign: Campaign, browser: Browser, verb: str
) -> None:
    problem = in_rectification(cast, campaign)
    before = Event.objects.count()
    address = reverse("problems:move", args=[problem.reference, verb])
    for who in (cast.sister_clerk, cast.outsider, cast.administrator):
        assert browser(who).get(address).status_code == 404
        assert browser(who).post(address, {"token": "x", "reason": "x"}).status_code == 404
    assert browser(cast.leader).get(address).status_code == 403
    assert browser(cast.leader).post(address, {"token": "x", "reason": "x"}).status_code == 403
    assert browser(cast.leader).put(address).status_code == 405
    assert Event.objects.count() == before


def test_a_measure_sent_twice_is_one_measure(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    problem, client = found(cast, campaign), browser(cast.clerk)
    for _time in range(2):
        answer = move(
            client, problem, "measure", token="once", kind="measure", text="补充公示", taken_on="2026-06-10"
        )
    assert Measure.objects.count() == 1 and "没有重复登记" in answer.content.decode()


def test_the_same_measure_after_going_back_is_one_measure_and_its_paper_is_taken(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem, client = found(cast, campaign), browser(cast.clerk)
    given = {"kind": "measure", "text": "补充公示", "taken_on": "2026-06-10"}
    move(client, problem, "measure", token="first", **given)
    again = move(client, problem, "measure", token="second", **given)
    assert again.status_code == 422 and "没有重复登记" in again.content.decode()
    paper = SimpleUploadedFile("公示.txt", "已公示".encode())
    move(client, problem, "measure", token="third", files=paper, **given)
    assert Measure.objects.count() == 1 and Evidence.objects.count() == 1


def test_a_long_paste_is_not_cut_short_by_the_browser(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem, client = found(cast, campaign), browser(cast.clerk)
    page = client.get(reverse("problems:move", args=[problem.reference, "measure"])).content.decode()
    assert "maxlength" not in page.partition("<textarea")[2].partition(">")[0]


def test_a_bad_file_keeps_the_words_and_takes_nothing(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem = found(cast, campaign)
    files = [SimpleUploadedFile("好.png", PROOF), SimpleUploadedFile("坏.exe", b"MZ\x00\x01")]
    answer = move(
        browser(cast.clerk),
        problem,
        "measure",
        kind="measure",
        text="补充公示",
        taken_on="2026-06-10",
        files=files,
    )
    text = answer.content.decode()
    assert answer.status_code == 422 and "坏.exe" in text and "补充公示" in text
    assert not Measure.objects.exists() and not Evidence.objects.exists()
    answer = move(browser(cast.clerk), problem, "measure", kind="measure", text=" ", taken_on="2026-06-10")
    assert "请写明整改措施或进展" in answer.content.decode()


def test_a_return_says_why_and_asks_anew(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    problem = submitted(cast, campaign)
    closer = browser(cast.secretary)
    assert move(closer, problem, "return", reason="").status_code == 422
    assert "须重新申请并由负责人签字" in move(closer, problem, "return", reason="照片看不清").content.decode()
    assert "照片看不清" in record(browser(cast.clerk), problem)
    assert move(closer, problem, "return", token="other", reason="再退一次").status_code == 403


def test_an_extension_is_asked_and_decided(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    problem = in_rectification(cast, campaign)
    clerk = browser(cast.clerk)
    early = move(clerk, problem, "ask_extension", new_date="2026-07-01", reason="等批复")
    assert early.status_code == 422 and "新时限应晚于现时限" in early.content.decode()
    move(clerk, problem, "ask_extension", token="2", new_date="2026-08-20", reason="等批复")
    page = browser(cast.secretary).get(reverse("problems:move", args=[problem.reference, "decide_extension"]))
    assert "等批复" in page.content.decode() and "2026-07-20 → 2026-08-20" in page.content.decode()
    refused = move(browser(cast.secretary), problem, "decide_extension", approve="0")
    assert refused.status_code == 422 and "不同意的理由" in refused.content.decode()
    move(browser(cast.secretary), problem, "decide_extension", approve="1", token="3")
    problem.refresh_from_db()
    assert (problem.due_date, problem.first_due_date) == (date(2026, 8, 20), DUE)
    assert Extension.objects.get().answer == "approved"
    assert "原定" in record(clerk, problem)


def test_a_transfer_goes_to_a_unit_that_takes_part(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    problem = in_rectification(cast, campaign)
    move(browser(cast.clerk), problem, "ask_transfer", to_unit=cast.department.name, reason="属水务职责")
    move(browser(cast.office), problem, "decide_transfer", approve="1")
    answer = move(
        browser(cast.department_clerk),
        problem,
        "assign",
        responsible_name="宋既白",
        due_date="2026-07-30",
        term="by_date",
    )
    assert "已交办给宋既白" in answer.content.decode()
    problem.refresh_from_db()
    assert problem.responsible_person == cast.department_clerk.person


def test_long_term_review_void_and_reopen(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    first, second = in_rectification(cast, campaign), submitted(cast, campaign)
    assert (
        "2027-06-10年度复核"
        in move(browser(cast.secretary), first, "make_long_term", reason="常态").content.decode()
    )
    move(browser(cast.secretary), first, "review_long_term", goes_on="0", note="已固化")
    move(browser(cast.office), first, "void", reason="重复")
    actions.sign(problem=second, by=cast.head)
    actions.close_out(problem=second, look_back_on=TODAY + timedelta(90), by=cast.secretary)
    move(browser(cast.secretary), second, "reopen", reason="又出现", due_date="2026-08-01")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.due_date) == ("void", "reopened", date(2026, 8, 1))


def test_a_co_unit_does_its_share(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    problem = in_rectification(cast, campaign)
    move(browser(cast.clerk), problem, "name_co_unit", unit=cast.department.code, sub_task="核对名册")
    helper = browser(cast.department_clerk)
    assert "分工已完成" in record(helper, problem, "links")
    row = CoUnit.objects.get()
    address = reverse("problems:sub_task_done", args=[row.pk])
    assert browser(cast.sister_clerk).post(address).status_code == 404
    assert browser(cast.clerk).post(address).status_code == 403
    assert helper.get(address).status_code == 405
    assert helper.post(address).status_code == 302
    assert CoUnit.objects.get().done_by == cast.department_clerk


def test_evidence_is_for_those_who_see_the_problem(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    problem = in_rectification(cast, campaign)
    row = actions.add_evidence(problem=problem, name="公示 栏.png", content=PROOF, by=cast.clerk)
    address = reverse("problems:evidence", args=[row.pk])
    answer = browser(cast.secretary).get(address)
    assert answer.content == PROOF and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''%E5%85%AC%E7%A4%BA%20%E6%A0%8F.png"
    for who in (cast.sister_clerk, cast.outsider, cast.administrator):
        assert browser(who).get(address).status_code == 404
    withdraw = reverse("problems:evidence_withdraw", args=[row.pk])
    assert browser(cast.head).post(withdraw).status_code == 403
    assert browser(cast.clerk).post(withdraw).status_code == 302
    text = record(browser(cast.clerk), problem, "evidence")
    assert "林晓禾撤回于" in text and "picture=1" not in text


def test_persons_involved_are_shown_to_the_finder_and_the_office_only(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem = actions.register_problem(
        campaign=campaign,
        origin=Origin.objects.get(slug="instruction"),
        finding_group=cast.office_group,
        by=cast.office,
        entry=entry_of(cast, lead_unit=cast.street, persons_involved=(("甲某人", "窗口人员"),)),
    )
    assert "甲某人" in record(browser(cast.office), problem)
    assert "甲某人" not in record(browser(cast.clerk), problem)
    timeline = browser(cast.clerk).get(
        reverse("problems:problem", args=[problem.reference]), {"tab": "timeline"}
    )
    assert "甲某人" not in timeline.content.decode()


def test_the_number_is_shown_as_the_user_may_read_it(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem = actions.register_problem(
        campaign=campaign,
        origin=Origin.objects.get(slug="instruction"),
        finding_group=cast.office_group,
        by=cast.office,
        entry=entry_of(cast, lead_unit=cast.street),
    )
    assert problem.number in record(browser(cast.office), problem)
    text = record(browser(cast.clerk), problem)
    assert problem.number not in text and problem.reference in text
    page = browser(cast.clerk).get(reverse("problems:list"), {"q": problem.number})
    assert page.context["ledger"].total == 0  # nor can the number be found out by searching


def test_recusal_makes_the_problem_disappear(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    problem = submitted(cast, campaign)
    move(browser(cast.office), problem, "recuse", person=cast.secretary.person.name, reason="近亲属")
    for address in (
        reverse("problems:problem", args=[problem.reference]),
        reverse("problems:evidence", args=[Evidence.objects.get().pk]),
        reverse("problems:move", args=[problem.reference, "close_out"]),
    ):
        assert browser(cast.secretary).get(address).status_code == 404
    assert (
        browser(cast.clerk).get(reverse("problems:move", args=[problem.reference, "recuse"])).status_code
        == 403
    )


def test_the_record_is_there_for_those_in_reach_only(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem = submitted(cast, campaign)
    address = reverse("problems:problem", args=[problem.reference])
    for who in ("clerk", "head", "secretary", "office", "leader", "auditor", "inspector"):
        assert browser(cast.everyone()[who]).get(address).status_code == 200, who
    for who in ("sister_clerk", "outsider", "administrator", "department_clerk"):
        assert browser(cast.everyone()[who]).get(address).status_code == 404, who
    assert browser(cast.clerk).post(address).status_code == 405
    assert Client().get(address).status_code == 302


def test_the_record_offers_moves_and_says_why_not(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    problem = submitted(cast, campaign)
    text = record(browser(cast.head), problem)
    assert reverse("problems:move", args=[problem.reference, "sign"]) in text and "您属于问题单位" in text
    text = record(browser(cast.secretary), problem)
    assert "临江街道负责人尚未签字" in text
    assert "暂不能办" not in record(browser(cast.leader), problem)


@pytest.mark.parametrize(
    "who", ["clerk", "head", "secretary", "office", "inspector", "leader", "sister_clerk"]
)
def test_the_page_asks_the_same_checks_as_the_permissions(cast: Cast, campaign: Campaign, who: str) -> None:
    user = cast.everyone()[who]
    for problem in (found(cast, campaign), in_rectification(cast, campaign), submitted(cast, campaign)):
        moves = MovesOf(user, problem)
        for verb in MOVES:
            assert moves.reason_against(verb) == reason_against(verb, user, problem), verb


def test_the_history_is_told_in_sentences(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    problem = submitted(cast, campaign)
    page = browser(cast.clerk).get(reverse("problems:problem", args=[problem.reference]), {"tab": "timeline"})
    days = page.context["record"].days
    assert len(days) == 1 and len(days[0][1]) >= 4 and "林晓禾" in page.content.decode()


def test_the_ledger_filters_views_and_exports(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    problem = in_rectification(cast, campaign)
    submitted(cast, campaign)
    client = browser(cast.office)
    for query, count in (
        ({}, 2),
        ({"view": "submitted"}, 1),
        ({"state": "in_rectification"}, 1),
        ({"unit": "990101"}, 2),
        ({"unit": "990102"}, 0),
        ({"colour": "green"}, 0),
        ({"origin": "self_inspection"}, 2),
        ({"nature": "risk"}, 0),
        ({"overdue": "1"}, 0),
        ({"q": "名册"}, 2),
        ({"view": "void"}, 0),
    ):
        page = client.get(reverse("problems:list"), query)
        assert page.context["ledger"].total == count, query
    assert problem.number in page.content.decode() or count == 0
    answer = client.get(reverse("problems:list"), {"export": "xlsx", "view": "submitted"})
    assert answer.content.startswith(b"PK") and "attachment" in answer["Content-Disposition"]
    assert client.post(reverse("problems:list")).status_code == 405


@pytest.mark.parametrize("who", ["clerk", "head", "secretary", "office", "inspector"])
def test_ledger_and_record_cost_few_queries(
    cast: Cast,
    campaign: Campaign,
    browser: Browser,
    bare_frame: None,
    who: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    problems = [in_rectification(cast, campaign), submitted(cast, campaign)]
    client = browser(cast.everyone()[who])
    with django_assert_max_num_queries(12 + SAVING_THE_SESSION):
        client.get(reverse("problems:list"))
    for problem, tab in product(problems, TABS):
        with django_assert_max_num_queries(RECORD + SAVING_THE_SESSION):
            client.get(reverse("problems:problem", args=[problem.reference]), {"tab": tab})


def test_a_problem_without_a_sheet_is_registered_once(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    client = browser(cast.office)
    data = {
        "token": "r1",
        "body": f"group:{cast.office_group.pk}",
        "found_on": "2026-06-01",
        "lead_unit": cast.street.name,
        "origin": Origin.objects.get(slug="tour_feedback").pk,
        "text": "台账不全",
        "nature": "risk",
        "term": "by_date",
        "due_date": "2026-07-01",
        "responsible_name": "陈立群",
        "sum_involved": "100",
        "further_origins": [Origin.objects.get(slug="instruction").pk],
    }
    assert client.get(reverse("problems:register")).status_code == 200
    assert (
        "已登记为区专治办问题1号"
        in client.post(reverse("problems:register"), data, follow=True).content.decode()
    )
    client.post(reverse("problems:register"), data)
    problem = Problem.objects.get()
    assert (problem.state, problem.sum_involved, problem.further_origins.get().slug) == (
        "assigned",
        10_000,
        "instruction",
    )
    assert "领导批示" in record(client, problem)
    wrong = client.post(reverse("problems:register"), {**data, "token": "r2", "lead_unit": ""})
    assert wrong.status_code == 422 and "台账不全" in wrong.content.decode()


def test_the_office_keeps_the_origins(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    client, address = browser(cast.office), reverse("problems:origins")
    client.post(address, {"label": "信访反映"})
    client.post(address, {"label": "信访反映"})
    row = Origin.objects.get(label="信访反映")
    assert "信访反映" in client.get(reverse("problems:register")).content.decode()
    client.post(f"{address}?bulk=retire", {"row": row.pk, "token": "t1"})
    assert row not in client.get(reverse("problems:register")).context["form"].fields["origin"].queryset
    assert "已经停用" in client.get(f"{address}?bulk=retire&row={row.pk}").content.decode()
    assert browser(cast.clerk).get(address).status_code == 403
    assert browser(cast.clerk).post(address, {"label": "x"}).status_code == 403
