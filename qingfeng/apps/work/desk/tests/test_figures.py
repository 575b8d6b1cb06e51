"""Each figure of the first screen opens exactly the rows that it counts, and nothing that its reader may not see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign, CampaignUnit
from qingfeng.apps.work.desk.figures import FIGURES, HEADLINE, Counting, in_words, rows_of
from qingfeng.apps.work.desk.late import late_tasks
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.tests.story import group_sheet, self_sheet, submitted
from qingfeng.apps.work.problems.visibility import visible
from tests.cast import Cast
from tests.environment.kept import kept


@pytest.fixture
@kept
def ledger(cast: Cast, campaign: Campaign) -> list[Problem]:
    """Three of one sheet and one found by a group; one closed out, one returned twice."""
    self_sheet(cast, campaign, problems=3)
    group_sheet(cast, campaign)
    closed, often, *_rest = Problem.objects.filter(lead_unit=cast.street, sheet__kind="self_inspection")
    submitted(cast, campaign, closed)
    actions.sign(problem=again(closed), by=cast.head)
    actions.close_out(problem=again(closed), look_back_on=date(2026, 9, 1), by=cast.secretary)
    submitted(cast, campaign, often)
    for _time in range(2):
        actions.sign(problem=again(often), by=cast.head)
        actions.return_problem(problem=again(often), reason="缺照片", by=cast.secretary)
        actions.submit(
            problem=again(often), statement="补齐", new_rule="", no_rule_reason="个案", by=cast.clerk
        )
    return list(Problem.objects.order_by("pk"))


def again(problem: Problem) -> Problem:
    return Problem.objects.get(pk=problem.pk)


def opened(client: Client, href: str) -> Any:
    page = client.get(href)
    assert page.status_code == 200
    return page.context["ledger"].filtered


def test_every_figure_equals_the_rows_that_it_opens(
    cast: Cast, campaign: Campaign, ledger: list[Problem], client: Client
):
    client.force_login(cast.leader)
    with clock.on(date(2026, 7, 22)):
        page = client.get(reverse("desk:today"))
        counting = next(block.data for block in page.context["desk"].blocks if block.key == "figures")
        for key in [*HEADLINE, *(f"{key}_new" for key in HEADLINE if f"{key}_new" in FIGURES)]:
            figure = FIGURES[key]
            shown = client.get(reverse("desk:figure", args=[key])).context
            rows = shown["ledger"].filtered
            assert shown["value"] == in_words(figure, counting.totals[key]), key
            amount = rows.aggregate(total=Sum(figure.amount, default=0))["total"] if figure.amount else None
            assert counting.totals[key] == (rows.count() if amount is None else amount), key
        assert (counting.totals["found"], counting.totals["closed"]) == (len(ledger), 1)
        assert counting.totals["stuck"] == 1
        assert counting.totals["overdue"] == 2 + (again(ledger[-1]).due_date < date(2026, 7, 22))


def test_each_cell_of_the_units_opens_its_rows(
    cast: Cast, campaign: Campaign, ledger: list[Problem], client: Client
):
    client.force_login(cast.leader)
    streets = Counting(cast.leader, campaign).streets
    assert {street.code for street in streets} == set(
        CampaignUnit.objects.filter(campaign=campaign).values_list("unit__code", flat=True)
    )
    for street in streets:
        for key, number in (("found", street.found), ("closed", street.closed), ("overdue", street.late)):
            shown = client.get(reverse("desk:figure", args=[key]), {"unit": street.code}).context
            assert shown["ledger"].filtered.count() == number, (street.name, key)
            assert shown["value"] == str(number), (street.name, key)


def test_what_somebody_is_recused_from_is_in_no_figure(
    cast: Cast, campaign: Campaign, ledger: list[Problem], client: Client
):
    hidden = ledger[2]
    whole = Counting(cast.leader, campaign).totals["found"]
    actions.declare_recusal(problem=hidden, person=cast.leader.person, reason="同乡", by=cast.office)
    client.force_login(cast.leader)
    counting = Counting(cast.leader, campaign)
    assert client.get(counting.boxes()[0].href).context["value"] == str(whole - 1)
    assert counting.totals["found"] == whole - 1 == opened(client, counting.boxes()[0].href).count()
    assert sum(street.found for street in counting.streets) == whole - 1
    with clock.on(date(2026, 7, 25)):
        assert hidden.reference not in client.get(reverse("desk:today")).content.decode()


def test_other_units_problems_are_counted_for_nobody_else(
    cast: Cast, campaign: Campaign, ledger: list[Problem], client: Client
):
    for who in (cast.sister_head, cast.sister_clerk, cast.auditor, cast.administrator):
        for key in FIGURES:
            rows = rows_of(key, who, campaign)
            assert set(rows) <= set(visible(who))
    assert not rows_of("found", cast.sister_head, campaign).exists()
    client.force_login(cast.administrator)
    assert client.get(reverse("desk:figure", args=["found"])).status_code == 404
    client.force_login(cast.leader)
    assert client.get(reverse("desk:figure", args=["nothing"])).status_code == 404


def test_what_is_late_is_one_line_a_task_and_opens_as_many(cast: Cast, running: Campaign, client: Client):
    client.force_login(cast.office)
    with clock.on(date(2026, 8, 20)):
        tasks = late_tasks(cast.office, running)
        assert tasks and len({task.what for task in tasks}) == len(tasks)
        for task in tasks:
            assert opened(client, task.href).count() == task.number
            assert 0 < len(task.names) <= task.bearers <= task.number
