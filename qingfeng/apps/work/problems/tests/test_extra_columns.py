"""Values under added columns: read as their kind, written with an event, shown where the problem is shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web.errors import BadInput, Conflict, Refused
from qingfeng.apps.work.campaigns.actions.columns import amend_column, end_column
from qingfeng.apps.work.campaigns.models import Campaign, ColumnKind, ColumnTarget, ExtraColumn
from qingfeng.apps.work.inspections import actions as inspections
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.extra_columns import lines_of, stated, told_apart, values_of
from qingfeng.apps.work.problems.extra_reading import ValueReader
from qingfeng.apps.work.problems.models import ExtraValue, Problem
from qingfeng.apps.work.problems.tests.columns import add, one_of_each, written
from qingfeng.apps.work.problems.tests.story import entry_of, self_sheet
from tests.cast import Cast

COLUMN = ExtraColumn(name="某栏", kind=ColumnKind.NUMBER)


def problem_with(cast: Cast, campaign: Campaign, given: dict[str, Any]) -> Problem:
    problem = Problem.objects.get(sheet=self_sheet(cast, campaign))
    return actions.fill_problem(problem=problem, given=given, by=cast.clerk)


@pytest.mark.parametrize(
    ("written_so", "kept"),
    [
        ("12.5", Decimal("12.5")),
        ("１２，５００．２５", Decimal("12500.25")),
        (0.1 + 0.2, Decimal("0.3")),
        (3.0, Decimal(3)),
        ("-7", Decimal(-7)),
        ("99999999999.9999", Decimal("99999999999.9999")),
        (100, Decimal(100)),
        ("0", Decimal(0)),
    ],
)
def test_a_number_is_kept_exactly(written_so: object, kept: Decimal) -> None:
    value = ValueReader(Campaign()).read(COLUMN, written_so)
    assert value is not None
    assert value.shown == kept
    assert str(value.shown) == str(kept)


@pytest.mark.parametrize("nothing", [None, "", "  ", "无", "—"])
def test_nothing_written_is_no_value(nothing: object) -> None:
    assert ValueReader(Campaign()).read(COLUMN, nothing) is None


@pytest.mark.parametrize(
    ("kind", "wrong", "said"),
    [
        ("number", "约十亩", "“某栏”的“约十亩”不是数字"),
        ("number", "nan", "不是数字"),
        ("number", float("inf"), "太大"),
        ("number", "1.00001", "小数位太多"),
        ("number", "100000000000", "太大"),
        ("date", "2026-02-30", "“某栏”的“2026-02-30”不是有效日期"),
        ("choice", "没有这个", "不在可选范围内（甲、乙）"),
        ("text", "长" * 201, "写了201个字"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence_with_its_column(
    kind: str, wrong: object, said: str
) -> None:
    column = ExtraColumn(name="某栏", kind=kind, choices=["甲", "乙"])
    with pytest.raises(BadInput, match="某栏") as refusal:
        ValueReader(Campaign()).read(column, wrong)
    assert said in str(refusal.value)


@pytest.mark.parametrize("values", [["", "乙"], ["甲", "甲"], ["1. 甲", "2. 乙；3. 丙"], ["甲"], ["1. 甲"]])
def test_values_of_several_problems_in_one_box_are_told_apart_again(values: list[str]) -> None:
    assert told_apart(stated(values), len(values)) == values


@pytest.mark.django_db
def test_every_kind_is_kept_as_what_it_is(cast: Cast, campaign: Campaign) -> None:
    columns = one_of_each(cast, campaign)
    problem = problem_with(cast, campaign, written(columns))
    values = values_of(problem, list(columns.values()))
    assert [values[columns[kind].code] for kind in columns] == [
        "柳荫社区三组",
        Decimal("12.5"),
        date(2026, 6, 1),
        "低保",
        "林晓禾",
        "临江街道",
    ]
    rows = ExtraValue.objects.filter(problem=problem)
    assert rows.get(column=columns["unit"]).unit == cast.street
    assert rows.get(column=columns["person"]).person == cast.clerk.person


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "said"), [("person", "没有在职人员叫“无名氏”"), ("unit", "没有单位叫“无名氏”")]
)
def test_people_and_units_are_those_of_the_organisation(
    cast: Cast, campaign: Campaign, kind: str, said: str
) -> None:
    column = add(cast, campaign, kind)
    with pytest.raises(BadInput, match=said):
        problem_with(cast, campaign, {column.code: "无名氏"})


@pytest.mark.django_db
def test_a_required_column_is_asked_of_every_problem(cast: Cast, campaign: Campaign) -> None:
    column = add(cast, campaign, "choice", required=True)
    with pytest.raises(BadInput, match="“困难类型”没有填写"):
        self_sheet(cast, campaign)
    assert not Problem.objects.exists()
    end_column(column=column, by=cast.office)
    assert Problem.objects.filter(sheet=self_sheet(cast, campaign)).count() == 1


@pytest.mark.django_db
def test_values_come_with_the_sheet_and_with_each_problem(cast: Cast, campaign: Campaign) -> None:
    of_problem, of_sheet = add(cast, campaign, "choice"), add(cast, campaign, "number", "sheet")
    sheet = self_sheet(cast, campaign, problems=0)
    actions.fill_sheet(sheet=sheet, given={of_sheet.code: 3}, by=cast.clerk)
    entry = entry_of(cast, columns={of_problem.code: "特困"})
    problem = actions.register_problem(
        campaign=campaign,
        origin=Problem._meta.get_field("origin").related_model.objects.get(slug="assigned"),
        entry=entry_of(cast, lead_unit=cast.street, columns=entry.columns),
        finding_unit=cast.street,
        by=cast.clerk,
    )
    assert lines_of(campaign, ColumnTarget.SHEET, [sheet])[0].text == "3"
    assert lines_of(campaign, ColumnTarget.PROBLEM, [problem])[0].text == "特困"


@pytest.mark.django_db
def test_a_change_is_told_with_old_and_new(cast: Cast, campaign: Campaign) -> None:
    column = add(cast, campaign, "number")
    problem = problem_with(cast, campaign, {column.code: "2"})
    actions.fill_problem(problem=problem, given={column.code: "2.50"}, by=cast.clerk)
    actions.fill_problem(problem=problem, given={column.code: "2.5"}, by=cast.clerk)
    actions.fill_problem(problem=problem, given={}, by=cast.clerk)
    told = [line.details for line in entries(timeline(problem)) if "增设栏目" in line.sentence]
    assert told == [
        [("涉及耕地（亩）", "2.5 → —")],
        [("涉及耕地（亩）", "2 → 2.5")],
        [("涉及耕地（亩）", "— → 2")],
    ]
    assert not ExtraValue.objects.exists()


@pytest.mark.django_db
def test_nobody_overwrites_what_somebody_else_has_just_filled_in(cast: Cast, campaign: Campaign) -> None:
    column = add(cast, campaign, "text")
    problem = Problem.objects.get(sheet=self_sheet(cast, campaign))
    stale = Problem.objects.get(pk=problem.pk)
    actions.fill_problem(problem=problem, given={column.code: "甲"}, by=cast.clerk)
    with pytest.raises(Conflict):
        actions.fill_problem(problem=stale, given={column.code: "乙"}, by=cast.clerk)
    assert ExtraValue.objects.get().text == "甲"


@pytest.mark.django_db
def test_strangers_and_readers_do_not_fill_in(cast: Cast, campaign: Campaign) -> None:
    column = add(cast, campaign, "text")
    sheet = self_sheet(cast, campaign)
    problem = Problem.objects.get()
    for who in (cast.sister_clerk, cast.leader, cast.auditor):
        with pytest.raises(Refused):
            actions.fill_problem(problem=problem, given={column.code: "甲"}, by=who)
        with pytest.raises(Refused):
            actions.fill_sheet(sheet=sheet, given={}, by=who)
    actions.void_sheet(sheet=sheet, reason="重复", by=cast.office)
    problem.refresh_from_db()
    with pytest.raises(Refused, match="作废"):
        actions.fill_problem(problem=problem, given={column.code: "甲"}, by=cast.office)


@pytest.mark.django_db
def test_what_was_written_outlives_its_column_and_keeps_its_words(cast: Cast, campaign: Campaign) -> None:
    column = add(cast, campaign, "choice")
    problem = problem_with(cast, campaign, {column.code: "特困"})
    amend_column(column=column, name="困难类别", choices=("低保", "其他"), by=cast.office)
    end_column(column=column, by=cast.office)
    lines = lines_of(campaign, ColumnTarget.PROBLEM, [problem])
    assert [(line.name, line.text) for line in lines] == [("困难类别", "特困")]
    with pytest.raises(BadInput, match="刚刚停用"):
        actions.fill_problem(problem=problem, given={column.code: "低保"}, by=cast.clerk)


@pytest.mark.django_db
def test_a_returned_sheet_is_put_right_with_its_columns(cast: Cast, campaign: Campaign) -> None:
    of_problem, of_sheet = add(cast, campaign, "text"), add(cast, campaign, "date", "sheet")
    sheet = self_sheet(cast, campaign)
    from_office = {"by": cast.office, "sheet": sheet}
    inspections.return_sheet(reason="缺栏目", **from_office)
    actions.correct_sheet(
        sheet=sheet,
        by=cast.clerk,
        inspectors=sheet.inspectors,
        content=sheet.content,
        inspected_on=sheet.inspected_on,
        method=sheet.method,
        texts={},
        columns={of_sheet.code: date(2026, 6, 2)},
        problem_columns={1: {of_problem.code: "三组"}},
    )
    assert ExtraValue.objects.get(sheet=sheet).day == date(2026, 6, 2)
    assert ExtraValue.objects.get(problem__sheet=sheet).text == "三组"
    assert Event.objects.filter(kind="sheet.columns_changed").count() == 1
