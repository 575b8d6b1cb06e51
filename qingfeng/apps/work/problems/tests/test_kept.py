"""Running figures: they follow every change, a migration fills them, and a difference is named."""

from __future__ import annotations

import importlib
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions.summing import adjust, figures_of
from qingfeng.apps.work.problems.kept import (
    extended_often,
    fallen_due,
    overdue_by_lead,
    returned_often,
)
from qingfeng.apps.work.problems.models import DueSummary, Extension, Problem, Submission, UnitSummary
from qingfeng.apps.work.problems.queries import recount
from qingfeng.apps.work.problems.tests.story import DUE, group_sheet, self_sheet, submitted
from tests.cast import Cast
from tests.environment.kept import kept

LATER = date(2026, 8, 31)


def again(problem: Problem) -> Problem:
    return Problem.objects.get(pk=problem.pk)


@pytest.fixture
@kept
def lived(cast: Cast, campaign: Campaign) -> list[Problem]:
    """One struck off and opened again, one returned three times and put off twice, one void, one of another unit."""
    self_sheet(cast, campaign, problems=4)
    group_sheet(cast, campaign)
    closed, often, void, moved, _rest = rows = list(Problem.objects.order_by("pk"))
    _put_off(cast, often)
    submitted(cast, campaign, closed)
    actions.sign(problem=again(closed), by=cast.head)
    with clock.on(date(2026, 7, 25)):
        actions.close_out(problem=again(closed), look_back_on=date(2026, 9, 1), by=cast.secretary)
    _sent_back(cast, campaign, often)
    actions.void_problem(problem=again(void), reason="重复登记", by=cast.office)
    actions.ask_transfer(problem=again(moved), reason="不属本街道", to_unit=cast.sister, by=cast.clerk)
    actions.decide_transfer(problem=again(moved), approve=True, by=cast.office)
    return rows


def _put_off(cast: Cast, problem: Problem) -> None:
    actions.add_measure(problem=again(problem), text="补充公示", by=cast.clerk)
    for day in (date(2026, 7, 31), date(2026, 8, 3)):
        actions.ask_extension(problem=again(problem), reason="等批复", new_date=day, by=cast.clerk)
        actions.decide_extension(problem=again(problem), approve=True, by=cast.secretary)


def _sent_back(cast: Cast, campaign: Campaign, problem: Problem) -> None:
    submitted(cast, campaign, again(problem))
    for _time in range(3):
        actions.sign(problem=again(problem), by=cast.head)
        actions.return_problem(problem=again(problem), reason="缺照片", by=cast.secretary)
        actions.submit(
            problem=again(problem), statement="补齐", new_rule="", no_rule_reason="个案", by=cast.clerk
        )


def counted(campaign: Campaign, day: date) -> tuple[int, int]:
    """Overdue, and past the first date."""
    rows = [numbers for _unit, *numbers in overdue_by_lead(campaign, day)]
    return sum(late for late, _ended in rows), sum(ended for _late, ended in rows)


def test_kept_numbers_follow_every_change(cast: Cast, campaign: Campaign, lived: list[Problem]) -> None:
    assert recount() == [] and recount(campaign) == []
    late = UnitSummary.objects.get(unit=cast.street, state="closed_out")
    assert (late.problems, late.closed_late) == (1, 1)
    actions.reopen(problem=again(lived[0]), reason="反弹", due_date=LATER, by=cast.secretary)
    late.refresh_from_db()
    assert (late.problems, late.closed_late) == (0, 0)
    assert recount() == []


@pytest.mark.parametrize(
    "day", [DUE, date(2026, 7, 21), date(2026, 7, 31), date(2026, 8, 1), date(2026, 8, 4), date(2027, 1, 1)]
)
def test_what_is_overdue_is_told_for_any_day(campaign: Campaign, lived: list[Problem], day: date) -> None:
    rows = Problem.objects.open()
    first = rows.filter(first_due_date__lt=day).count()
    assert counted(campaign, day) == (rows.overdue(day).count(), first)
    since = date(2026, 7, 21)
    assert fallen_due(campaign, since, day) == rows.overdue(day).filter(due_date__gte=since).count()


def test_only_units_asked_for_are_counted(cast: Cast, campaign: Campaign, lived: list[Problem]) -> None:
    units = Problem.objects.filter(lead_unit=cast.sister).values("lead_unit_id")
    found = list(overdue_by_lead(campaign, LATER, units))
    assert {unit for unit, *_numbers in found} == {cast.sister.pk}
    assert fallen_due(campaign, DUE, LATER, units) == 1


def test_what_comes_back_again_and_again_says_so_itself(lived: list[Problem]) -> None:
    often = lived[1].pk
    assert set(returned_often().values_list("problem_id", flat=True)) == {often}
    assert set(extended_often().values_list("problem_id", flat=True)) == {often}
    assert list(Submission.objects.filter(problem=often).values_list("nth_return", flat=True)) == [
        None,
        2,
        3,
        None,
    ]


def plant_due(campaign: Campaign) -> None:
    DueSummary.objects.filter(span="day", due=1).update(due=2)


def plant_late(campaign: Campaign) -> None:
    UnitSummary.objects.filter(closed_late=1).update(closed_late=0)


def plant_return(campaign: Campaign) -> None:
    Submission.objects.filter(nth_return=2).update(nth_return=None)


def plant_extension(campaign: Campaign) -> None:
    first = Extension.objects.filter(nth_extension=None).first()
    assert first is not None
    Extension.objects.filter(pk=first.pk).update(nth_extension=2)


def plant_a_round_that_was_none(campaign: Campaign) -> None:
    Submission.objects.filter(verdict="closed_out").update(nth_return=2)


@pytest.mark.parametrize(
    "plant", [plant_due, plant_late, plant_return, plant_extension, plant_a_round_that_was_none]
)
def test_a_number_that_differs_is_named(campaign: Campaign, lived: list[Problem], plant: Any) -> None:
    plant(campaign)
    assert recount(campaign)


def test_the_migration_fills_what_is_kept(campaign: Campaign, lived: list[Problem]) -> None:
    before = sorted(
        DueSummary.objects.exclude(due=0, first_due=0).values_list("span", "starts_on", "unit", "due")
    )
    DueSummary.objects.all().delete()
    UnitSummary.objects.update(closed_late=0)
    Submission.objects.update(nth_return=None)
    Extension.objects.update(nth_extension=None)
    assert recount()
    migration = importlib.import_module("qingfeng.apps.work.problems.migrations.0019_due_numbers_kept")
    migration.fill(apps, None)
    assert recount() == []
    assert sorted(DueSummary.objects.values_list("span", "starts_on", "unit", "due")) == before


def test_many_problems_are_summed_in_two_statements(campaign: Campaign, lived: list[Problem]) -> None:
    rows = [figures_of(problem) for problem in Problem.objects.all()]
    with CaptureQueriesContext(connection) as told:
        adjust(taken=rows, added=[*rows, *rows])
    assert len(told) == 2
    adjust(taken=rows, added=[])
    assert recount() == []
