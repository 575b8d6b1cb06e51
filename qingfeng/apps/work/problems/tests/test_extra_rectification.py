"""Added columns in rectification ledgers: known by their names, new beside what is there, put back when taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from qingfeng.apps.base.documents.excel import to_xlsx
from qingfeng.apps.base.documents.word import to_docx
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.work.campaigns.actions.columns import end_column
from qingfeng.apps.work.campaigns.models import Campaign, ExtraColumn
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions import importing
from qingfeng.apps.work.problems.extra_columns import values_of
from qingfeng.apps.work.problems.imports.rectification.model import answer_from_plain
from qingfeng.apps.work.problems.models import ImportBatch, ImportLine, Problem
from qingfeng.apps.work.problems.papers import rectification_papers
from qingfeng.apps.work.problems.tests import story
from qingfeng.apps.work.problems.tests.columns import add, one_of_each, written
from qingfeng.apps.work.problems.tests.conftest import Browser
from qingfeng.apps.work.problems.tests.files import table
from qingfeng.apps.work.problems.tests.test_rectification_imports import exported, fates, read_in, taken
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("bare_frame")
Columns = dict[str, ExtraColumn]
HEADER = ("编号", "存在问题", "整改措施")


@pytest.fixture
def columns(cast: Cast, campaign: Campaign) -> Columns:
    return one_of_each(cast, campaign)


@pytest.fixture
def problems(cast: Cast, campaign: Campaign, columns: Columns) -> list[Problem]:
    """Of one sheet; under the columns of the first something stands."""
    sheet = story.self_sheet(cast, campaign, texts=("发放名册未公示", "代领签字不全"))
    first, second = Problem.objects.filter(sheet=sheet).order_by("ordinal")
    actions.fill_problem(problem=first, given=written(columns), by=cast.clerk)
    return [first, second]


def ledger_of(columns: Columns, *rows: tuple[Problem, dict[str, Any]]) -> bytes:
    """Rows with what is said under the columns of these kinds."""
    kinds = list(columns)
    lines = [(p.number, p.text, "", *(said.get(kind, "") for kind in kinds)) for p, said in rows]
    return table(*lines, header=(*HEADER, *(columns[kind].name for kind in kinds)))


def values(problem: Problem, columns: Columns) -> dict[str, str]:
    shown = values_of(problem, list(columns.values()))
    return {kind: str(shown[column.code]) for kind, column in columns.items() if shown[column.code]}


def column_pieces(batch: ImportBatch) -> list[tuple[str, str, str, str]]:
    """(name, fate, words, why) of what stands under added columns."""
    lines = ImportLine.objects.filter(batch=batch).order_by("order")
    pieces = [piece for line in lines for piece in answer_from_plain(line.content).pieces if piece.code]
    return [(piece.name, piece.fate, piece.words, piece.why) for piece in pieces]


def test_what_is_new_arrives_in_one_change_and_goes_again_with_the_import(
    cast: Cast, campaign: Campaign, columns: Columns, problems: list[Problem]
) -> None:
    before = [values(problem, columns) for problem in problems]
    said = {
        "text": "柳荫社区五组",
        "number": 7.25,
        "date": "2026年6月2日",
        "choice": "低保",
        "unit": "望山街道",
    }
    batch = taken(
        cast, campaign, ledger_of(columns, (problems[0], said), (problems[1], {"person": "林晓禾"}))
    )
    first, second = (values(problem, columns) for problem in problems)
    assert first == before[0] | {
        "text": "柳荫社区五组",
        "number": "7.25",
        "date": "2026-06-02",
        "unit": "望山街道",
    }
    assert second == {"person": "林晓禾"}
    changed = Event.objects.filter(subject=problems[0].subject, kind="problem.columns_changed")
    assert changed.count() == 2  # once by hand, once by the file
    importing.undo(batch=batch, by=cast.clerk)
    assert [values(problem, columns) for problem in problems] == before
    assert changed.count() == 3


def test_each_value_is_told_as_new_there_already_or_why_it_is_not_taken(
    cast: Cast, campaign: Campaign, columns: Columns, problems: list[Problem]
) -> None:
    said = {"text": "柳荫社区三组", "number": "许多", "choice": "特困", "date": ""}
    batch = read_in(cast, campaign, ledger_of(columns, (problems[0], said)))
    told = column_pieces(batch)
    assert [(name, fate) for name, fate, *_rest in told] == [
        (columns["text"].name, "same"),
        (columns["number"].name, "left"),
        (columns["choice"].name, "new"),
    ]
    assert "不是数字" in told[1][3] and told[2][2:] == ("特困", "平台上原为“低保”，将改成附件写的。")


def test_in_one_row_for_two_problems_each_gets_its_own_part(
    cast: Cast, campaign: Campaign, columns: Columns, problems: list[Problem]
) -> None:
    texts = "\n".join(f"{number}. {problem.text}" for number, problem in enumerate(problems, 1))
    row = ("自检1号", texts, "", "1. 六组\n2. 七组", "特困")
    header = (*HEADER, columns["text"].name, columns["choice"].name)
    taken(cast, campaign, table(row, header=header))
    assert [values(problem, columns)["text"] for problem in problems] == ["六组", "七组"]
    assert values(problems[1], columns)["choice"] == "特困"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_ledger_that_was_written_out_holds_nothing_new(
    cast: Cast, campaign: Campaign, columns: Columns, problems: list[Problem], kind: str
) -> None:
    batch = read_in(cast, campaign, exported(cast, campaign, kind), name=f"整改台账.{kind}")
    assert [state for state, _pieces in fates(batch)] == ["same", "same"]
    assert [fate for _name, fate, *_rest in column_pieces(batch)] == ["same"] * len(columns)


@pytest.mark.parametrize("write", [to_xlsx, to_docx])
def test_the_paper_that_was_written_out_holds_nothing_new(
    cast: Cast, campaign: Campaign, columns: Columns, problems: list[Problem], write: Any
) -> None:
    add(cast, campaign, "choice", "sheet")
    paper = write(rectification_papers(cast.clerk, problems[0].sheet))  # type: ignore[arg-type]
    name = "整改台账.xlsx" if write is to_xlsx else "整改台账.docx"
    batch = read_in(cast, campaign, paper, name=name)
    assert {state for state, _pieces in fates(batch)} <= {"same"}
    assert {fate for _name, fate, *_rest in column_pieces(batch)} == {"same"}


def test_who_may_not_fill_them_in_and_a_column_that_was_ended_change_nothing(
    cast: Cast, campaign: Campaign, columns: Columns, problems: list[Problem]
) -> None:
    content = ledger_of(columns, (problems[1], {"text": "五组", "choice": "特困"}))
    batch = read_in(cast, campaign, content)
    end_column(column=columns["choice"], by=cast.office)
    importing.take(batch=batch, orders={1}, by=cast.clerk)
    importing.file_all(batch=batch, by=cast.clerk)
    assert values(problems[1], columns) == {"text": "五组"}
    actions.void_problem(problem=Problem.objects.get(pk=problems[1].pk), reason="重复", by=cast.office)
    lines = ImportLine.objects.filter(batch=read_in(cast, campaign, content, name="再来.xlsx"))
    assert "已作废" in lines[0].content["faults"][0]["message"]


def test_the_page_names_the_columns_and_offers_them_as_boxes(
    cast: Cast, campaign: Campaign, columns: Columns, problems: list[Problem], browser: Browser
) -> None:
    of_sheet = add(cast, campaign, "text", "sheet")
    batch = read_in(cast, campaign, ledger_of(columns, (problems[1], {"choice": "特困"})))
    page = browser(cast.clerk).get(reverse("problems:rectification_batch", args=[batch.reference]))
    text = page.content.decode()
    assert f'<span class="piece-kind">{columns["choice"].name}</span> 特困' in text
    assert f">{columns['person'].name}</option>" in text and f">{of_sheet.name}</option>" not in text
