"""The four lists and the two ledgers as queries and files."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from qingfeng.apps.base.documents.ledger_files import content_of
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import Ledger
from qingfeng.apps.base.web.ledgers import ledger as ledger_module
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions, ledgers, lists, queries
from qingfeng.apps.work.problems.colours import Colour, colour_of
from qingfeng.apps.work.problems.lists import ListKind, list_xlsx
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.tests.story import in_rectification, self_sheet
from tests.cast import Cast
from tests.environment.kept import kept


def cells(content: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


@pytest.fixture
@kept
def problem(cast: Cast, campaign: Campaign) -> Problem:
    found = in_rectification(cast, campaign)
    actions.add_measure(problem=found, text="走访受影响群众", by=cast.clerk)
    actions.add_measure(problem=found, text="已公示一半", kind="progress", by=cast.clerk)
    actions.name_co_unit(problem=found, unit=cast.department, sub_task="核对名册", by=cast.clerk)
    return found


@pytest.mark.parametrize(
    ("kind", "head", "value"),
    [
        ("problem", "涉及金额（元）", 3500.0),
        ("rectification", "整改措施", "补充公示名册；走访受影响群众"),
        ("responsibility", "协办单位及分工", "区水务局：核对名册"),
        ("progress", "最近进展", "已公示一半"),
    ],
)
def test_each_list_shows_its_side_of_the_same_problem(
    cast: Cast, campaign: Campaign, problem: Problem, kind: str, head: str, value: object
) -> None:
    table = cells(list_xlsx(kind, cast.clerk, campaign))
    header = next(row for row in table if "编号" in row)
    line = table[table.index(header) + 1]
    assert line[0] == "临江街道自检1号-1" and line[header.index(head)] == value


def test_a_list_shows_nothing_out_of_reach_and_nothing_void(
    cast: Cast, campaign: Campaign, problem: Problem
) -> None:
    assert list(lists.rows(cast.sister_clerk, campaign)) == []
    assert list(lists.rows(cast.department_clerk, campaign)) == [problem]  # it helps
    actions.void_problem(problem=problem, reason="重复", by=cast.office)
    assert list(lists.rows(cast.clerk, campaign)) == []


def test_the_four_kinds_are_named_as_in_the_plan() -> None:
    assert [str(label) for label in ListKind.labels] == ["问题清单", "整改清单", "责任清单", "进度清单"]


@pytest.mark.parametrize("days", [0, 1, 10, 14, 15, 20, 28, 29, 41, 42, 43])
def test_filtering_by_colour_agrees_with_the_colour_of_each_problem(
    cast: Cast, campaign: Campaign, days: int
) -> None:
    self_sheet(cast, campaign, problems=1)
    today = date(2026, 6, 10) + timedelta(days)
    problem = Problem.objects.get()
    colour = colour_of(
        found_on=problem.found_on, due_date=problem.due_date, today=today, shares=campaign.colours
    )
    for wanted in Colour.values:
        found = ledgers.in_colour(Problem.objects.all(), wanted, campaign=campaign, today=today)
        assert list(found) == ([problem] if wanted == colour else []), wanted


def test_the_export_holds_what_is_filtered(cast: Cast, campaign: Campaign) -> None:
    self_sheet(cast, campaign, problems=2)
    request = RequestFactory().get("/problems/", {"q": "自检1号-2", "view": "open"})
    ledger = ledgers.problem_ledger(request, cast.clerk, campaign)
    table = cells(content_of(ledger.extract(), "xlsx", "林晓禾"))
    assert [row[0] for row in table if str(row[0]).startswith("临江街道自检")] == ["临江街道自检1号-2"]
    assert any("查找：自检1号-2" in str(row[0]) for row in table)


def test_the_views_tell_late_from_open(cast: Cast, campaign: Campaign) -> None:
    self_sheet(cast, campaign)
    with clock.on(date(2026, 8, 1)):
        request = RequestFactory().get("/problems/", {"view": "late"})
        assert ledgers.problem_ledger(request, cast.clerk, campaign).total == 1
        request = RequestFactory().get("/problems/", {"overdue": "0"})
        assert ledgers.problem_ledger(request, cast.clerk, campaign).total == 0


def test_the_inspection_ledger_finds_sheets_with_open_problems(cast: Cast, campaign: Campaign) -> None:
    self_sheet(cast, campaign)
    self_sheet(cast, campaign, problems=0)
    request = RequestFactory().get("/sheets/", {"has_open": "1", "body": "u990101"})
    ledger = ledgers.sheet_ledger(request, cast.clerk, campaign)
    assert [row.record.full_number for row in ledger.rows] == ["临江街道自检1号"]
    assert queries.sheet_ledger(cast.clerk, campaign).count() == 2


def test_the_official_forms_say_what_the_papers_say(cast: Cast, campaign: Campaign, problem: Problem) -> None:
    request = RequestFactory().get("/problems/", {"view": "open"})
    ledger = ledgers.problem_ledger(request, cast.clerk, campaign)
    table = cells(content_of(ledger.extract(official=True), "xlsx", "林晓禾"))
    head = next(row for row in table if "整改措施" in row)
    line = table[table.index(head) + 1]
    assert head[:3] == ["编号", "整改时间", "问题单位"]
    assert line[head.index("整改措施")] == "补充公示名册；走访受影响群众"
    sheets = ledgers.sheet_ledger(RequestFactory().get("/sheets/"), cast.clerk, campaign)
    table = cells(content_of(sheets.extract(official=True), "xlsx", "林晓禾"))
    head = next(row for row in table if "整改建议" in row)
    line = table[table.index(head) + 1]
    assert line[head.index("发现的问题")] == "1. 发放名册未公示"
    assert line[head.index("整改责任人")] == "林晓禾"


def test_an_official_form_asks_as_few_questions_of_many_rows_as_of_one(
    cast: Cast, campaign: Campaign
) -> None:
    def asked() -> list[int]:
        counted = []
        for ledger in (ledgers.problem_ledger, ledgers.sheet_ledger):
            found = ledger(RequestFactory().get("/"), cast.clerk, campaign)
            with CaptureQueriesContext(connection) as queries:
                content_of(found.extract(official=True), "csv", "林晓禾")
            counted.append(len(queries))
        return counted

    self_sheet(cast, campaign)
    of_one = asked()
    self_sheet(cast, campaign, problems=3)
    self_sheet(cast, campaign, problems=2)
    assert asked() == of_one


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"sum_from": "3500", "sum_to": "3500"}, 1),
        ({"sum_from": "3500.01"}, 0),
        ({"due_to": "2026-07-20", "people_from": "12"}, 1),
        ({"due_from": "2026-07-21"}, 0),
        ({"finder": "u990101", "responsible": "林晓"}, 1),
        ({"finder": "gG3"}, 0),
        ({"sort": "-state", "category": ""}, 1),
    ],
)
def test_the_ledger_jumps_by_money_day_finder_and_person(
    cast: Cast, campaign: Campaign, asked: dict[str, str], number: int
) -> None:
    self_sheet(cast, campaign)
    request = RequestFactory().get("/problems/", {"view": "all", **asked})
    ledger = ledgers.problem_ledger(request, cast.clerk, campaign)
    assert not [choice.fault for choice in ledger.choices if choice.fault]
    assert len(ledger.rows) == ledger.total == number


@pytest.mark.parametrize(
    "address", ["", "?view=open", "?unit=990101", "?state=assigned", "?view=open&unit=990101"]
)
def test_a_ledger_known_to_hold_more_than_is_counted_is_not_counted(
    cast: Cast, campaign: Campaign, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    for name in ("COUNT_LIMIT", "NARROWED_LIMIT"):
        monkeypatch.setattr(ledger_module, name, 1)
    first, _second = Problem.objects.filter(sheet=self_sheet(cast, campaign, problems=2)).order_by("pk")
    with CaptureQueriesContext(connection) as asked:
        made = ledger_at(address, cast.office, campaign)
        assert made.total_in_words == "超过1条"
    assert [query for query in asked.captured_queries if "COUNT(*)" in query["sql"]] == []
    actions.declare_recusal(problem=first, person=cast.office.person, reason="同乡", by=cast.office_second)
    assert ledger_at(address, cast.office, campaign).total_in_words == "共1条", (
        "what is hidden is not counted"
    )
    assert ledger_at(address, cast.sister_clerk, campaign).total == 0, "nor what is out of reach"


def ledger_at(address: str, user: User, campaign: Campaign) -> Ledger:
    request = RequestFactory().get(f"/problems/{address}")
    request.user = user
    return ledgers.problem_ledger(request, user, campaign)
