"""Added columns in the ledgers, their files and on the papers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from qingfeng.apps.base.documents.excel import to_xlsx
from qingfeng.apps.base.documents.ledger_files import content_of
from qingfeng.apps.base.web.ledgers import Ledger
from qingfeng.apps.work.campaigns.actions.columns import end_column
from qingfeng.apps.work.campaigns.models import Campaign, ExtraColumn
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import actions, ledgers, lists, papers
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.tests.columns import NAMES, add, one_of_each, written
from qingfeng.apps.work.problems.tests.story import self_sheet
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Columns = dict[str, ExtraColumn]


@pytest.fixture
def columns(cast: Cast, campaign: Campaign) -> Columns:
    return one_of_each(cast, campaign)


@pytest.fixture
def sheet(cast: Cast, campaign: Campaign, columns: Columns) -> Sheet:
    """Three problems: one with a value of each kind, one with others, one with none."""
    made = self_sheet(cast, campaign, problems=3)
    first, second, _third = Problem.objects.order_by("ordinal")
    actions.fill_problem(problem=first, given=written(columns), by=cast.clerk)
    others = {
        "text": "望山街道一组",
        "number": "7.25",
        "date": date(2026, 5, 1),
        "choice": "特困",
        "person": "陈立群",
        "unit": "望山街道",
    }
    actions.fill_problem(problem=second, given=written(columns, **others), by=cast.clerk)
    return made


def problem_ledger(cast: Cast, campaign: Campaign, **asked: Any) -> Ledger:
    return ledgers.problem_ledger(RequestFactory().get("/", asked), cast.office, campaign)


def ordinals(ledger: Ledger) -> list[int]:
    return [row.record.ordinal for row in ledger.rows]


FILTERS: tuple[tuple[str, dict[str, str], list[int]], ...] = (
    ("text", {"": "三组"}, [1]),
    ("number", {"_from": "7.3"}, [1]),
    ("number", {"_from": "7.25", "_to": "12.49"}, [2]),
    ("date", {"_to": "2026-05-31"}, [2]),
    ("choice", {"": "特困"}, [2]),
    ("person", {"": "陈"}, [2]),
)


def test_the_ledger_is_filtered_by_each_kind(
    cast: Cast, campaign: Campaign, columns: Columns, sheet: Sheet
) -> None:
    units = ("unit", {"": cast.sister.code}, [2])
    for kind, asked, found in (*FILTERS, units):
        given = {f"{columns[kind].code}{end}": value for end, value in asked.items()}
        ledger = problem_ledger(cast, campaign, **given)
        assert ordinals(ledger) == found, (kind, asked)
        assert ledger.total == len(found)


def test_the_ledger_is_sorted_by_an_added_column_with_empty_ones_last(
    cast: Cast, campaign: Campaign, columns: Columns, sheet: Sheet
) -> None:
    for kind, expected in (("number", [2, 1]), ("date", [2, 1]), ("choice", [1, 2])):
        code = columns[kind].code
        up = ordinals(problem_ledger(cast, campaign, sort=code, col=code))
        down = ordinals(problem_ledger(cast, campaign, sort=f"-{code}", col=code))
        assert (up, down) == ([*expected, 3], [*reversed(expected), 3]), kind


def test_pages_of_a_sorted_ledger_follow_each_other(
    cast: Cast, campaign: Campaign, columns: Columns, sheet: Sheet
) -> None:
    code = columns["date"].code
    ledger = problem_ledger(cast, campaign, sort=code)
    seen = []
    while True:
        ledger.size = 1
        seen += ordinals(ledger)
        if not ledger.later:
            break
        place = ledger.later.partition("after=")[2]
        ledger = problem_ledger(cast, campaign, sort=code, after=place)
    assert seen == [2, 1, 3]


def test_values_of_all_rows_are_fetched_in_one_query(
    cast: Cast, campaign: Campaign, columns: Columns, sheet: Sheet
) -> None:
    def asked(**given: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            rows = problem_ledger(cast, campaign, **given).rows
        assert len(rows) == 3
        return len(queries)

    plain = asked()
    chosen = [column.code for column in columns.values()]
    assert asked(col=chosen) == plain + 1


def test_files_hold_the_values_as_what_they_are(
    cast: Cast, campaign: Campaign, columns: Columns, sheet: Sheet
) -> None:
    chosen = [column.code for column in columns.values()]
    ledger = problem_ledger(cast, campaign, col=chosen, sort="number")
    line = cells(content_of(ledger.extract(), "xlsx", "韩予安"))[2]
    assert line[1:] == ["柳荫社区三组", 12.5, date(2026, 6, 1), "低保", "林晓禾", "临江街道"]
    ledger = problem_ledger(cast, campaign, col=chosen, sort="number")
    text = content_of(ledger.extract(), "csv", "韩予安").decode("utf-8-sig")
    assert ",柳荫社区三组,12.5,2026-06-01,低保,林晓禾,临江街道" in text.splitlines()[1]


def test_the_four_lists_offer_them_too(
    cast: Cast, campaign: Campaign, columns: Columns, sheet: Sheet
) -> None:
    code = columns["number"].code
    asked = RequestFactory().get("/", {"col": code, f"{code}_from": "8"})
    ledger = lists.four_list(asked, "problem", cast.office, campaign)
    assert [row.cells[-1].value for row in ledger.rows] == [Decimal("12.5")]


def test_an_ended_column_can_still_be_looked_at_but_not_filtered_by(
    cast: Cast, campaign: Campaign, columns: Columns, sheet: Sheet
) -> None:
    column = columns["choice"]
    end_column(column=column, by=cast.office)
    ledger = problem_ledger(cast, campaign, col=column.code, sort="number", **{column.code: "特困"})
    assert [head["column"].title for head in ledger.heads][1:] == ["困难类型（已停用）"]
    assert [row.cells[1].value for row in ledger.rows] == ["低保", "特困", None]


def test_the_sheet_ledger_has_those_of_sheets(cast: Cast, campaign: Campaign) -> None:
    column = add(cast, campaign, "number", "sheet")
    sheet = self_sheet(cast, campaign)
    actions.fill_sheet(sheet=sheet, given={column.code: "3"}, by=cast.clerk)
    self_sheet(cast, campaign, content="另一次检查")
    asked = RequestFactory().get("/", {"col": column.code, f"{column.code}_from": "2"})
    ledger = ledgers.sheet_ledger(asked, cast.office, campaign)
    assert [row.cells[-1].value for row in ledger.rows] == [Decimal(3)]


def test_the_official_ledgers_have_a_column_for_each(
    cast: Cast, campaign: Campaign, columns: Columns, sheet: Sheet
) -> None:
    of_sheet = add(cast, campaign, "choice", "sheet")
    actions.fill_sheet(sheet=sheet, given={of_sheet.code: "其他"}, by=cast.clerk)
    problems = cells(content_of(problem_ledger(cast, campaign).extract(official=True), "xlsx", "韩予安"))
    head, lines = problems[1], problems[2:5]
    assert head[-6:] == list(NAMES.values())
    assert {line[-5] for line in lines} == {12.5, 7.25, ""}
    found = ledgers.sheet_ledger(RequestFactory().get("/"), cast.office, campaign)
    head, line = cells(content_of(found.extract(official=True), "xlsx", "韩予安"))[1:3]
    row = dict(zip(head, line, strict=True))
    assert row["困难类型"] == "1. 低保\n2. 特困\n3."
    assert row["首次反映日期"] == "1. 2026年6月1日\n2. 2026年5月1日\n3."
    assert row["整表困难类型"] == "其他"


def test_the_papers_have_a_box_for_each_and_stay_on_their_page(
    cast: Cast, campaign: Campaign, columns: Columns, sheet: Sheet
) -> None:
    add(cast, campaign, "text", "sheet")
    inspection = papers.inspection_paper(cast.office, sheet)
    rectification = papers.rectification_papers(cast.office, sheet)
    for form, names in (
        (inspection, [*NAMES.values(), "整表户籍地"]),
        (rectification, list(NAMES.values())),
    ):
        [page] = form.pages
        assert [row.cells[0].text for row in page.rows[-len(names) :]] == names
        assert sum(row.height for row in page.rows) < 225
        assert page.rows[-len(names) + 1].cells[1].text == "1. 12.5\n2. 7.25\n3."
    assert "12.5" in str(cells(to_xlsx(inspection)))


def cells(content: bytes) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_index(0).to_python()
