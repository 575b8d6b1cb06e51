"""Bulk moves: shown first, done row by row, said row by row; decisions are ticked one by one; nothing happens twice."""

from __future__ import annotations

from datetime import date

import pytest

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions.planning import plan_look_back
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.tests.conftest import Browser
from qingfeng.apps.work.problems.tests.story import entry_of, submitted
from tests.cast import Cast

ASSIGNED = {"responsible_name": "林晓禾", "due_date": "2026-08-01", "term": "by_date", "token": "t1"}


@pytest.fixture
def found(cast: Cast, campaign: Campaign) -> list[Problem]:
    """Two that wait to be assigned, and one that has been."""
    bare = entry_of(cast, responsible_name="", due_date=None)
    sheet = actions.file_sheet(
        campaign=campaign,
        entry=SheetEntry(
            kind="self_inspection",
            inspected_unit=cast.street,
            filing_unit=cast.street,
            inspectors="林晓禾、陈立群",
            content="惠民补贴发放情况",
            inspected_on=date(2026, 6, 8),
            suggestions=("补充公示",),
        ),
        problems=(bare, bare, entry_of(cast)),
        by=cast.clerk,
    )
    return list(Problem.objects.filter(sheet=sheet).order_by("pk"))


def rows_of(problems: list[Problem]) -> list[str]:
    return [str(problem.pk) for problem in problems]


def closed(cast: Cast, campaign: Campaign) -> Problem:
    problem = submitted(cast, campaign)
    actions.sign(problem=problem, by=cast.head)
    return actions.close_out(problem=problem, look_back_on=date(2026, 9, 1), by=cast.secretary)


def test_several_are_assigned_and_each_row_says_what_came_of_it(
    cast: Cast, campaign: Campaign, found: list[Problem], browser: Browser
) -> None:
    clerk = browser(cast.clerk)
    ledger = clerk.get("/problems/?view=all").content.decode()
    assert ledger.count('form="bulk"') == 3 and "全部筛选结果（共3条）" in ledger
    shown = clerk.get(
        "/problems/?view=all&bulk=assign", {"view": "all", "bulk": "assign", "row": rows_of(found)}
    )
    page = shown.content.decode()
    assert "共3条，其中2条可以办理" in page and "问题当前状态为“已交办”，不能交办。" in page
    assert page.count(" checked") == 2
    answer = clerk.post("/problems/?view=all&bulk=assign", {**ASSIGNED, "row": rows_of(found)}, follow=True)
    page = answer.content.decode()
    assert "已办理2条，1条没有办理" in page and page.count("已交办给林晓禾") == 2
    states = Problem.objects.values_list("state", flat=True)
    assert set(states) == {ProblemState.ASSIGNED}
    assert Event.objects.filter(kind="problem.assigned").count() == 2  # each with an event of its own


def test_sent_twice_it_is_done_once(
    cast: Cast, campaign: Campaign, found: list[Problem], browser: Browser
) -> None:
    clerk = browser(cast.clerk)
    data = {**ASSIGNED, "row": rows_of(found[:2])}
    first = clerk.post("/problems/?bulk=assign", data)
    events = Event.objects.count()
    again = clerk.post("/problems/?bulk=assign", data)
    assert again.url == first.url and Event.objects.count() == events
    other = clerk.post("/problems/?bulk=assign", {**data, "token": "t2"}, follow=True).content.decode()
    assert "2条没有办理" in other and Event.objects.count() == events


def test_what_must_be_said_is_asked_and_nothing_is_done_before(
    cast: Cast, campaign: Campaign, found: list[Problem], browser: Browser
) -> None:
    clerk = browser(cast.clerk)
    bad = {**ASSIGNED, "due_date": "2月30日", "row": rows_of(found[:1])}
    answer = clerk.post("/problems/?bulk=assign", bad)
    page = answer.content.decode()
    assert answer.status_code == 422 and "不是有效日期" in page and page.count(" checked") == 1
    none = clerk.post("/problems/?bulk=assign", ASSIGNED)
    assert none.status_code == 422 and "请至少勾选一条" in none.content.decode()
    assert not Event.objects.filter(kind="problem.assigned").exists()


def test_all_that_is_filtered_may_be_chosen_at_once(
    cast: Cast, campaign: Campaign, found: list[Problem], browser: Browser
) -> None:
    page = browser(cast.clerk).get("/problems/?view=all&state=found&bulk=assign&rows=all").content.decode()
    assert "共2条，其中2条可以办理" in page


def test_who_may_do_nothing_gets_no_boxes_and_rows_out_of_reach_are_not_there(
    cast: Cast, campaign: Campaign, found: list[Problem], browser: Browser
) -> None:
    leader = browser(cast.leader)
    assert 'form="bulk"' not in leader.get("/problems/?view=all").content.decode()
    assert leader.post("/problems/?bulk=assign", {**ASSIGNED, "row": rows_of(found)}).status_code == 404
    sister = browser(cast.sister_clerk).post("/problems/?bulk=assign", {**ASSIGNED, "row": rows_of(found)})
    assert sister.status_code == 422 and "请至少勾选一条" in sister.content.decode()
    assert browser(cast.clerk).post("/problems/", {}).status_code == 405
    assert not Event.objects.filter(kind="problem.assigned").exists()


def test_a_decision_is_ticked_one_by_one_beside_its_grounds(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem = submitted(cast, campaign)
    head = browser(cast.head)
    page = head.get(f"/problems/?bulk=sign&row={problem.pk}").content.decode()
    assert "逐件核阅后逐件勾选" in page and " checked" not in page and "已完成整改" in page
    assert "没有勾选记录" in head.get("/problems/?bulk=sign&rows=all").content.decode()
    signed = head.post("/problems/?bulk=sign", {"token": "s", "row": [problem.pk]}, follow=True)
    assert "已签字" in signed.content.decode()
    closer = browser(cast.secretary)
    page = closer.get(f"/problems/?bulk=close_out&row={problem.pk}").content.decode()
    grounds = page.split('data-label="佐证材料（件）"')[1]
    assert ">1<" in grounds[:60] and " checked" not in page and "公示管理办法" in page
    data = {"token": "c", "row": [problem.pk], "look_back_on": "2026-09-01", "opinion": "属实"}
    assert "已销号" in closer.post("/problems/?bulk=close_out", data, follow=True).content.decode()
    problem.refresh_from_db()
    assert problem.state == ProblemState.CLOSED_OUT and problem.closed_out_by == cast.secretary


def test_who_rectified_it_cannot_close_it_in_bulk_either(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem = submitted(cast, campaign)
    data = {"token": "c", "row": [problem.pk], "look_back_on": "2026-09-01"}
    page = browser(cast.secretary).post("/problems/?bulk=close_out", data, follow=True).content.decode()
    assert "1条没有办理" in page and "负责人尚未签字" in page


def test_a_look_back_is_planned_and_not_twice_on_the_same_day(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem = closed(cast, campaign)
    data = {"token": "p", "row": [problem.pk], "look_back_on": "2026-10-08"}
    page = browser(cast.secretary).post("/problems/?view=closed&bulk=plan_look_back", data, follow=True)
    assert "已安排在2026-10-08回头看" in page.content.decode()
    problem.refresh_from_db()
    assert problem.look_back_on == date(2026, 10, 8)
    with pytest.raises(Refused, match="已安排在"):
        plan_look_back(problem=problem, look_back_on=date(2026, 10, 8), by=cast.secretary)
    with pytest.raises(Refused):
        plan_look_back(problem=problem, look_back_on=date(2026, 11, 8), by=cast.clerk)
