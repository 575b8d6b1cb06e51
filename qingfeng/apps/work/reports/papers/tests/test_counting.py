"""Figures of papers equal their rows, counted here a second time from the records, one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from django.test import Client

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions as problems
from qingfeng.apps.work.problems.flow import OPEN
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.reports.figures import FIGURES, RATES
from qingfeng.apps.work.reports.papers.counting import NO_CONTENT, Books, Frame, money
from qingfeng.apps.work.reports.papers.kind import asked_for
from qingfeng.apps.work.reports.papers.model import Counted
from qingfeng.apps.work.reports.papers.periods import months_in
from qingfeng.apps.work.reports.papers.register import KINDS
from qingfeng.apps.work.reports.papers.tests.staged import history, owed
from qingfeng.apps.work.reports.papers.work_done import WORK_DONE
from tests.cast import TODAY, Cast


@pytest.fixture
def ledgers(cast: Cast, campaign: Campaign) -> dict[str, Problem]:
    return history(cast, campaign)


def books(
    cast: Cast, campaign: Campaign, user: str = "office", period: str = "2026-06", **typed: str
) -> Books:
    kind = KINDS["half_year"] if "-H" in period else KINDS["circular"]
    return Books(asked_for(kind, getattr(cast, user), campaign, period=period, **typed))


def is_under(unit: Unit | None, above: Unit) -> bool:
    while unit is not None:
        if unit.pk == above.pk:
            return True
        unit = unit.parent
    return False


TRUE: dict[str, Callable[[Problem], bool]] = {
    "found": lambda one: True,
    "closed_out": lambda one: one.state == "closed_out",
    "rated": lambda one: one.state != "long_term",
    "open": lambda one: one.state in OPEN,
    "overdue": lambda one: one.state in OPEN and one.due_date is not None and one.due_date < TODAY,
    "in_time": lambda one: one.state in OPEN and (one.due_date is None or one.due_date >= TODAY),
    "reopened": lambda one: one.state == "reopened",
    "new_rules": lambda one: one.state == "closed_out" and bool(one.new_rule),
}
IN_JUNE: dict[Frame, Callable[[Problem], bool]] = {
    Frame.NOW: lambda one: True,
    Frame.FOUND: lambda one: date(2026, 6, 1) <= one.found_on <= date(2026, 6, 30),
    Frame.CLOSED: lambda one: bool(one.closed_out_on and one.closed_out_on >= date(2026, 6, 1)),
}


def counted_by_hand(key: str, frame: Frame) -> set[int]:
    rows = Problem.objects.exclude(state="void")
    return {one.pk for one in rows if TRUE[key](one) and IN_JUNE[frame](one)}


def test_a_figure_equals_the_rows_behind_it(cast: Cast, campaign: Campaign, ledgers: object) -> None:
    asked = books(cast, campaign)
    for frame, key in product(Frame, TRUE):
        figure, rows = asked.figure(key, frame), counted_by_hand(key, frame)
        assert figure.value == len(rows) and figure.words == str(len(rows)), (frame, key)
        assert set(figure.rows.values_list("pk", flat=True)) == rows, (frame, key)


def test_contents_and_units_add_up_to_the_whole(cast: Cast, campaign: Campaign, ledgers: object) -> None:
    for frame in Frame:
        asked = books(cast, campaign)
        for key in TRUE:
            whole = asked.figure(key, frame).value
            contents = [asked.figure(key, frame, category=one) for one in (*asked.contents, NO_CONTENT)]
            units = [asked.figure(key, frame, unit=one) for one in (*asked.units, asked.asked.unit)]
            for parts in (contents, units):
                assert sum(part.value for part in parts) == whole, (key, frame)
                assert all(part.value == part.rows.count() for part in parts), (key, frame)


def test_sums_are_those_of_the_rows(cast: Cast, campaign: Campaign, ledgers: object) -> None:
    asked = books(cast, campaign)
    for key, field in (("people", "people_affected"), ("sum_involved", "sum_involved")):
        for frame in Frame:
            figure = asked.figure(key, frame)
            assert figure.value == sum(figure.rows.values_list(field, flat=True))


def test_a_street_has_what_is_below_it_and_what_it_leads_itself(
    cast: Cast, campaign: Campaign, ledgers: object
) -> None:
    asked = books(cast, campaign, user="clerk", period="2026-H1")
    assert asked.asked.unit == cast.street and asked.figure("found").value == 5
    assert [unit.name for unit in asked.units] == ["柳荫社区"]
    own, below = asked.figure("found", unit=cast.street), asked.figure("found", unit=cast.community)
    assert (own.value, own.part, below.value) == (1, "本级", 4)
    assert all(is_under(one.lead_unit, cast.street) for one in asked.figure("found").rows)


def test_the_first_period_takes_what_was_found_before_the_campaign(cast: Cast, campaign: Campaign) -> None:
    history(cast, campaign)
    early = books(cast, campaign, period="2026-05").figure("found", Frame.FOUND)
    assert "专项治理开始前发现的计入首期" in early.limits and early.value == 3
    assert "from=" not in early.href and "to=2026-05-31" in early.href
    assert "from=2026-06-01" in books(cast, campaign).figure("found", Frame.FOUND).href


def test_somebody_recused_counts_without_the_problem_everywhere(
    cast: Cast, campaign: Campaign, ledgers: dict[str, Problem]
) -> None:
    problems.declare_recusal(
        problem=ledgers["back"], person=cast.office_second.person, reason="亲属", by=cast.office
    )
    without, whole = books(cast, campaign, "office_second"), books(cast, campaign)
    for frame in Frame:
        for key in (*TRUE, "people"):
            figure = without.figure(key, frame)
            assert not figure.rows.filter(pk=ledgers["back"].pk).exists()
            assert figure.value <= whole.figure(key, frame).value
    assert without.figure("found").value == whole.figure("found").value - 1
    assert without.done("look_backs").value == without.done("recurred").value == 0
    assert whole.done("recurred").value == 1
    assert without.recurred(cast.street).value == 0 and whole.recurred(cast.street).value == 1


def test_what_was_done_equals_its_rows(cast: Cast, campaign: Campaign, ledgers: object) -> None:
    owed(cast, campaign)
    asked = books(cast, campaign, period="2026-H1")
    for key, work in WORK_DONE.items():
        figure = asked.done(key)
        by_hand = (
            sum(getattr(row, work.amount) for row in figure.rows) if work.amount else len(list(figure.rows))
        )
        assert figure.value == by_hand, key
    assert asked.done("inspections").value == 6
    assert asked.done("self_inspections").value == 6 and asked.done("supervisions").value == 0
    assert (asked.done("duties_due").value, asked.done("duties_missing").value) == (1, 1)
    assert asked.units_at_zero().value == 1


def test_months_are_counted_apart(cast: Cast, campaign: Campaign, ledgers: object) -> None:
    asked = books(cast, campaign, period="2026-H1")
    months = months_in(campaign, asked.asked.span)[-2:]
    rows = asked.by_month(months)
    assert [(str(month), found.value, closed.value) for month, found, closed in rows] == [
        ("2026-05", 3, 1),
        ("2026-06", 3, 0),
    ]
    for _month, found, closed in rows:
        assert found.value == found.rows.count() and closed.value == closed.rows.count()


def test_each_address_opens_as_many_rows_as_the_figure_says(
    cast: Cast, campaign: Campaign, ledgers: object
) -> None:
    owed(cast, campaign)
    asked = books(cast, campaign, period="2026-H1")
    content = asked.contents[0]
    shown: list[Counted] = [
        *(asked.figure("found", frame) for frame in Frame),
        asked.figure("closed_out", Frame.CLOSED),
        asked.figure("overdue", category=content),
        asked.figure("found", Frame.FOUND, category=NO_CONTENT),
        asked.figure("open", unit=cast.street),
        asked.figure("found", unit=cast.district),
        *(asked.done(key) for key in ("inspections", "duties_missing", "recurred", "look_backs")),
        asked.recurred(cast.street),
        asked.units_at_zero(),
    ]
    client = Client()
    client.force_login(cast.office)
    for figure in shown:
        answer = client.get(figure.href)
        assert answer.status_code == 200, figure.href
        assert answer.context["ledger"].filtered.count() == figure.value, figure.href
        assert set(answer.context["ledger"].filtered.values_list("pk", flat=True)) == set(
            figure.rows.values_list("pk", flat=True)
        )


def test_counting_costs_the_same_however_much_there_is(
    cast: Cast, campaign: Campaign, ledgers: object, django_assert_max_num_queries: object
) -> None:
    asked = books(cast, campaign)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        for frame in Frame:
            for key in (*FIGURES, *RATES):
                asked.figure(key, frame)
                for one in asked.contents:
                    asked.figure(key, Frame.FOUND, category=one)
                for unit in asked.units:
                    if key != "new_rules":
                        asked.figure(key, unit=unit)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, ("0", "元")),
        (240_050, ("2400.5", "元")),
        (1_000_000, ("1", "万元")),
        (12_345_600, ("12.35", "万元")),
    ],
)
def test_money_is_printed_as_offices_do(fen: int, words: tuple[str, str]) -> None:
    assert money(fen) == words
