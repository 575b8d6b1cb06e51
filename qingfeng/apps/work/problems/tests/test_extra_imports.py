"""Added columns in imported files: known by their names, checked with their cell, equal to what was exported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingfeng.apps.base.documents.excel import to_xlsx
from qingfeng.apps.base.documents.ledger_files import content_of
from qingfeng.apps.base.documents.word import to_docx
from qingfeng.apps.work.campaigns.actions.columns import end_column
from qingfeng.apps.work.campaigns.models import Campaign, ExtraColumn
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import actions, ledgers, papers
from qingfeng.apps.work.problems.actions import importing
from qingfeng.apps.work.problems.extra_columns import stated, told_apart
from qingfeng.apps.work.problems.imports import (
    Place,
    extra_of,
    import_sheets,
    look_through,
    read_file,
    read_sheets,
)
from qingfeng.apps.work.problems.imports.columns import heading
from qingfeng.apps.work.problems.imports.extra_columns import box_choices, recognised
from qingfeng.apps.work.problems.imports.grids import grids
from qingfeng.apps.work.problems.imports.model import ReadExtra, from_plain, to_plain
from qingfeng.apps.work.problems.models import ExtraValue, ImportLine, Problem
from qingfeng.apps.work.problems.tests.columns import add, one_of_each, written
from qingfeng.apps.work.problems.tests.files import HEADER, ROW, paper, row, table
from qingfeng.apps.work.problems.tests.story import self_sheet
from tests.cast import Cast

LINES = st.text("甲乙12.；; 、-=", max_size=8).map(lambda text: " ".join(text.split()))
Columns = dict[str, ExtraColumn]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, min_size=1, max_size=4))
def test_what_several_problems_say_in_one_box_is_told_apart_again(values: list[str]) -> None:
    assert told_apart(stated(values), len(values)) == values


@pytest.fixture
def columns(cast: Cast, campaign: Campaign) -> Columns:
    return one_of_each(cast, campaign)


def kept(**narrowed: Any) -> list[tuple[Any, ...]]:
    rows = ExtraValue.objects.filter(**narrowed).order_by("column", "problem__ordinal")
    names = ("column", "problem__ordinal", "text", "number", "day", "person", "unit")
    return list(rows.values_list(*names))


@pytest.mark.django_db
def test_a_table_says_them_problem_by_problem(cast: Cast, campaign: Campaign, columns: Columns) -> None:
    of_sheet = add(cast, campaign, "choice", "sheet")
    names = [*(column.name for column in columns.values()), of_sheet.name]
    both = [
        "1. 三组\n2. 五组",
        "1. 2.5\n2.",
        "",
        "低保",
        "1. 林晓禾\n2. 陈立群",
        "临江街道",
        "其他",
    ]
    content = table(
        (*row(发现的问题="1. 名册未公示\n2. 代领签字不全"), *both),
        (
            *row(编号="自检2号", 检查内容="作风"),
            "六组",
            7.25,
            date(2026, 6, 1),
            "特困",
            "T001",
            "JD001",
            None,
        ),
        header=(*HEADER, *names),
    )
    first, second = read_sheets(content, "台账.xlsx", extra_of(campaign))
    assert (first.faults, second.faults) == ((), ())
    assert first.extra == (ReadExtra(of_sheet.code, "其他", "Q2"),)
    assert [[one.words for one in problem.extra] for problem in first.problems] == [
        ["三组", "2.5", "低保", "林晓禾", "临江街道"],
        ["五组", "低保", "陈立群", "临江街道"],
    ]
    assert [one.words for one in second.problems[0].extra][:4] == ["六组", "7.25", "2026-06-01", "特困"]
    assert from_plain(to_plain(first)) == first


@pytest.mark.django_db
def test_a_column_that_says_several_rows_is_merged_over_them(cast: Cast, campaign: Campaign) -> None:
    column = add(cast, campaign, "text")
    later = row(编号="自检1号", 发现的问题="代领签字不全")
    content = table((*ROW, "三组"), (*later, "五组"), header=(*HEADER, column.name))
    (read,) = read_sheets(content, "台账.xlsx", extra_of(campaign))
    assert [problem.extra[0].words for problem in read.problems] == ["三组", "五组"]


@pytest.mark.django_db
def test_a_name_that_is_like_a_box_is_still_the_added_column(cast: Cast, campaign: Campaign) -> None:
    column = add(cast, campaign, "number", name="涉及群众户数")
    content = table((*ROW, 8, 30), header=(*HEADER, "涉及群众 户数：", "涉及群众"))
    (read,) = read_sheets(content, "台账.xlsx", extra_of(campaign))
    assert (read.problems[0].people, read.problems[0].extra[0].words) == (30, "8")
    (grid,) = grids(content, "台账.xlsx")
    told = {"row": 0, "columns": {"10": ""}}
    head = heading(grid, told)
    assert head is not None
    assert recognised(head, [column], told).columns[-2].box == ""
    other = {"row": 0, "columns": {"0": box_choices([column])[0][0]}}
    head = heading(grid, other)
    assert head is not None
    assert recognised(head, [column], other).boxes[0] == "extra:x1"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("约十亩", "台账!K2：“涉及耕地（亩）”的“约十亩”不是数字，请只写数字，如12.5。"),
        (None, "台账!G2：“涉及耕地（亩）”没有填写，本专项要求必填。"),
    ],
)
def test_what_does_not_fit_is_said_with_its_cell(
    cast: Cast, campaign: Campaign, words: object, said: str
) -> None:
    column = add(cast, campaign, "number", required=True)
    content = table((*ROW, words), header=(*HEADER, column.name))
    (read,) = look_through(
        Place(campaign, unit=cast.street),
        read_sheets(content, "台账.xlsx", extra_of(campaign)),
        by=cast.clerk,
    )
    assert [str(fault) for fault in read.faults] == [said]


@pytest.mark.django_db
def test_what_is_said_of_no_problem_is_not_lost_without_a_word(cast: Cast, campaign: Campaign) -> None:
    column = add(cast, campaign, "text")
    content = table((*row(发现的问题="无", 整改建议=None), "三组"), header=(*HEADER, column.name))
    (read,) = read_sheets(content, "台账.xlsx", extra_of(campaign))
    assert (read.faults, read.problems) == ((), ())
    assert [str(one) for one in read.warnings] == ["台账!K2：没有问题，“户籍地”的“三组”没有导入。"]


@pytest.mark.django_db
def test_of_several_problems_the_one_is_named(cast: Cast, campaign: Campaign) -> None:
    column = add(cast, campaign, "choice", required=True)
    content = table((*row(发现的问题="1. 迟到\n2. 早退"), "1. 低保\n2."), header=(*HEADER, column.name))
    read = read_sheets(content, "台账.xlsx", extra_of(campaign))
    (seen,) = look_through(Place(campaign, unit=cast.street), read, by=cast.clerk)
    assert [fault.message for fault in seen.faults] == ["第2个问题，“困难类型”没有填写，本专项要求必填。"]


@pytest.mark.django_db
def test_boxes_of_a_form_are_taken_off_before_it_is_read(cast: Cast, campaign: Campaign) -> None:
    of_problem, of_sheet = add(cast, campaign, "text"), add(cast, campaign, "number", "sheet")
    content = paper(A8=of_problem.name, B8="1. 三组\n2. 五组", A9=f"{of_sheet.name}：", B9="12.5", C9="")
    (read,) = read_sheets(content, "台账.xlsx", extra_of(campaign))
    assert (read.faults, read.due_date) == ((), None)
    assert [problem.due_date for problem in read.problems] == [date(2026, 7, 20), date(2026, 7, 31)]
    assert [problem.extra[0].words for problem in read.problems] == ["三组", "五组"]
    assert read.extra == (ReadExtra(of_sheet.code, "12.5", "B9"),)


def official_ledger(cast: Cast, campaign: Campaign, _sheet: Sheet, ending: str) -> bytes:
    ledger = ledgers.sheet_ledger(RequestFactory().get("/"), cast.office, campaign)
    return content_of(ledger.extract(official=True), ending, "韩予安")


def on_paper(cast: Cast, _campaign: Campaign, sheet: Sheet, ending: str) -> bytes:
    form = papers.inspection_paper(cast.clerk, sheet)
    return to_xlsx(form) if ending == "xlsx" else to_docx(form)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("made", "ending"),
    [(official_ledger, "xlsx"), (official_ledger, "csv"), (on_paper, "xlsx"), (on_paper, "docx")],
)
def test_what_is_exported_and_imported_again_is_equal(
    cast: Cast,
    campaign: Campaign,
    columns: Columns,
    made: Callable[[Cast, Campaign, Sheet, str], bytes],
    ending: str,
) -> None:
    of_sheet = one_of_each(cast, campaign, "sheet")
    sheet = self_sheet(cast, campaign, problems=3)
    first, second, _third = Problem.objects.order_by("ordinal")
    others = {
        "text": "1. 一；2. 二",
        "number": "-0.0001",
        "choice": "其他",
        "unit": "望山街道",
        "person": "陈立群",
    }
    actions.fill_problem(problem=first, given=written(columns), by=cast.clerk)
    actions.fill_problem(problem=second, given=written(columns, **others), by=cast.clerk)
    actions.fill_sheet(sheet=sheet, given=written(of_sheet, text="=1+1"), by=cast.clerk)
    content = made(cast, campaign, sheet, ending)
    before = kept()
    actions.void_sheet(sheet=sheet, reason="为了再导入", by=cast.office)
    read = read_sheets(content, f"导出.{ending}", extra_of(campaign))
    result = import_sheets(campaign, read=read, by=cast.clerk, unit=cast.street)
    assert result.faults == []
    again = result.filed[0]
    assert kept(sheet=again) + kept(problem__sheet=again) == [
        *(one for one in before if one[1] is None),
        *(one for one in before if one[1] is not None),
    ]


@pytest.mark.django_db
def test_a_column_ended_between_preview_and_filing_is_left_out(cast: Cast, campaign: Campaign) -> None:
    column = add(cast, campaign, "text")
    content = table((*ROW, "三组"), header=(*HEADER, column.name))
    batch = importing.read_in(
        campaign=campaign, body=cast.street, name="台账.xlsx", content=content, by=cast.clerk
    )
    end_column(column=column, by=cast.office)
    importing.take(batch=batch, orders={1}, by=cast.clerk)
    importing.file_all(batch=batch, by=cast.clerk)
    assert ImportLine.objects.get(batch=batch).sheet is not None
    assert not ExtraValue.objects.exists()


@pytest.mark.django_db
def test_a_file_read_before_there_were_columns_is_still_filed(cast: Cast, campaign: Campaign) -> None:
    plain = to_plain(read_file(table(row()), "台账.xlsx").sheets[0])
    del plain["extra"], plain["problems"][0]["extra"]
    assert from_plain(plain).problems[0].extra == ()
