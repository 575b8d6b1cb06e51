"""Figures of the reports: each counts what its rule says, over what the user may see, and opens onto the same rows."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.actions import create, recording
from qingfeng.apps.base.records.models import NumberSeries
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.templatetags.marks import percent
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.queries import number_of_sheets, sheet_differences
from qingfeng.apps.work.problems import actions as problems
from qingfeng.apps.work.problems.models import Origin, Problem, Recusal, UnitSummary
from qingfeng.apps.work.reports.figures import FIGURES, LISTINGS, RATES, rows_of
from qingfeng.apps.work.reports.figures import problems as counted_problems
from qingfeng.apps.work.reports.queries import SUMMED, Values, by_lead, by_unit, stuck, totals, whole
from qingfeng.apps.work.reports.shown import in_words, shown
from qingfeng.apps.work.reports.verification import verify_figures
from qingfeng.apps.work.reports.views import OUTCOMES, _surely
from qingfeng.apps.work.returns.tests.story import close_out, file_sheet
from tests.cast import TODAY, Cast
from tests.environment.kept import kept


@pytest.fixture
@kept
def ledgers(cast: Cast, campaign: Campaign) -> dict[str, Problem]:
    """临江街道: one struck off in time, one late, one long-term, one overdue, one open, one void. 望山街道: one."""
    made = {}
    with clock.on(date(2026, 5, 20)):
        for name in ("in_time", "late", "long_term", "void"):
            made[name] = file_sheet(cast, campaign, date(2026, 5, 20), text=name, due_date=date(2026, 5, 28))[
                0
            ]
        close_out(cast, made["in_time"])
        problems.void_problem(problem=made["void"], reason="重复登记", by=cast.office)
    close_out(cast, made["late"])
    with clock.on(date(2026, 5, 20)):
        problems.make_long_term(problem=made["long_term"], reason="需要持续推进", by=cast.secretary)
    made["overdue"] = file_sheet(
        cast, campaign, date(2026, 5, 25), text="overdue", due_date=date(2026, 6, 5)
    )[0]
    made["open"] = file_sheet(cast, campaign, date(2026, 6, 8), unit=cast.street, text="open")[0]
    entry = problems.ProblemEntry(text="sister", lead_unit=cast.sister, people_affected=5)
    made["sister"] = problems.register_problem(
        campaign=campaign,
        origin=Origin.objects.get(campaign=campaign, slug="tour_feedback"),
        entry=entry,
        by=cast.inspector,
        finding_group=cast.governance,
    )
    return made


def names(key: str, user: User, campaign: Campaign) -> set[str]:
    return set(rows_of(key, user, campaign, TODAY).values_list("text", flat=True))


@pytest.mark.parametrize(
    ("key", "behind"),
    [
        ("found", {"in_time", "late", "long_term", "overdue", "open", "sister"}),
        ("closed_out", {"in_time", "late"}),
        ("rated", {"in_time", "late", "overdue", "open", "sister"}),
        ("open", {"overdue", "open", "sister"}),
        ("in_time", {"open", "sister"}),
        ("overdue", {"overdue"}),
        ("long_term", {"long_term"}),
        ("ended_term", {"in_time", "late", "overdue"}),
        ("on_time", {"in_time"}),
        ("new_rules", {"in_time", "late"}),
        ("submitted", set()),
        ("reopened", set()),
        ("close_out_rate", {"in_time", "late", "overdue", "open", "sister"}),
        ("on_time_rate", {"in_time", "late", "overdue"}),
    ],
)
def test_a_figure_counts_what_its_rule_says(
    cast: Cast, campaign: Campaign, ledgers: dict[str, Problem], key: str, behind: set[str]
) -> None:
    assert names(key, cast.leader, campaign) == behind
    if key in SUMMED:
        assert totals(cast.leader, campaign, TODAY).number(key) == len(behind)


def test_rates_leave_out_what_their_rule_leaves_out(cast: Cast, campaign: Campaign, ledgers: object) -> None:
    values = totals(cast.leader, campaign, TODAY)
    assert values.share("close_out_rate") == 2 / 5
    assert values.share("on_time_rate") == 1 / 3


def test_an_extension_does_not_better_the_on_time_rate(
    cast: Cast, campaign: Campaign, ledgers: dict[str, Problem]
) -> None:
    problem = ledgers["overdue"]
    with clock.on(date(2026, 6, 3)):
        problems.ask_extension(
            problem=problem, reason="等待上级批复", new_date=date(2026, 6, 30), by=cast.clerk
        )
        problems.decide_extension(problem=Problem.objects.get(pk=problem.pk), approve=True, by=cast.secretary)
    values = totals(cast.leader, campaign, TODAY)
    assert values.number("overdue") == 0
    assert values.share("on_time_rate") == 1 / 3


def test_sums_are_added_over_what_is_found(cast: Cast, campaign: Campaign, ledgers: object) -> None:
    values = totals(cast.leader, campaign, TODAY)
    assert values.number("people") == 5 * 12 + 5
    assert values.number("sum_returned") == 240_000
    assert shown("sum_returned", values).value == "2,400.00"


def test_listings_count_sheets_and_units_at_zero(cast: Cast, campaign: Campaign, ledgers: object) -> None:
    values = totals(cast.leader, campaign, TODAY)
    assert values.number("sheets") == 6
    assert [unit.name for unit in rows_of("units_at_zero", cast.leader, campaign, TODAY)] == ["区水务局"]


def test_a_unit_sees_its_own_figures_only(cast: Cast, campaign: Campaign, ledgers: object) -> None:
    assert totals(cast.sister_clerk, campaign, TODAY).number("found") == 1
    assert totals(cast.clerk, campaign, TODAY).number("found") == 5
    assert totals(cast.outsider, campaign, TODAY).number("found") == 0
    assert totals(cast.administrator, campaign, TODAY).number("sheets") == 0


def test_a_recused_person_counts_without_the_problem(
    cast: Cast, campaign: Campaign, ledgers: dict[str, Problem]
) -> None:
    recuse(cast, ledgers["open"])
    assert totals(cast.leader, campaign, TODAY).number("found") == 5


def test_whatever_is_withheld_the_kept_sums_agree_with_the_rows(
    cast: Cast, campaign: Campaign, ledgers: dict[str, Problem]
) -> None:
    for problem in ledgers.values():
        recuse(cast, problem)
        values, rows = totals(cast.leader, campaign, TODAY), counted_problems(cast.leader, campaign)
        for key in FIGURES.keys() & set(SUMMED):
            number = rows.aggregate(number=FIGURES[key].aggregate(TODAY))["number"]
            assert values.number(key) == number, (problem.text, key)


def test_the_sums_of_all_units_are_those_of_each_together(
    cast: Cast, campaign: Campaign, ledgers: dict[str, Problem]
) -> None:
    recuse(cast, ledgers["late"])
    recuse(cast, ledgers["overdue"])
    for user in (cast.leader, cast.office, cast.clerk, cast.sister_clerk, cast.outsider, cast.auditor):
        apart, together = totals(user, campaign, TODAY), whole(user, campaign, TODAY)
        assert {key: apart.number(key) for key in SUMMED} == dict(together.numbers)


def test_what_a_figure_is_known_to_hold_is_what_it_opens(
    cast: Cast, campaign: Campaign, ledgers: dict[str, Problem], client: Client
) -> None:
    recuse(cast, ledgers["in_time"])
    client.force_login(cast.leader)
    rows = counted_problems(cast.leader, campaign)
    for key in [*(FIGURES.keys() & set(SUMMED)), *RATES]:
        for view in ("whole", "part", "rest") if key in RATES else ("",):
            page = client.get(reverse("reports:figure", args=[key]), {"view": view})
            ledger = page.context["ledger"]
            assert _surely(cast.leader, campaign, key)(ledger) == ledger.filtered.count(), (key, view)
        if key in FIGURES:
            counted = rows.aggregate(**{key: FIGURES[key].aggregate(TODAY)})
            assert page.context["figure"].value == in_words(key, Values(counted)), key


def test_the_number_of_sheets_is_told_by_their_series(
    cast: Cast, campaign: Campaign, ledgers: dict[str, Problem]
) -> None:
    assert number_of_sheets(campaign) == rows_of("sheets", cast.leader, campaign, TODAY).count() > 0
    NumberSeries.objects.filter(key__startswith=f"sheet:{campaign.pk}:").update(last=9)
    assert len(list(sheet_differences())) == len(verify_figures(campaign)) == 1


def recuse(cast: Cast, problem: Problem) -> None:
    """The leader, from this one."""
    with recording():
        create(
            Recusal(
                campaign=problem.campaign,
                problem=problem,
                person=cast.leader.person,
                reason="亲属",
                declared_at=timezone.now(),
                declared_by=cast.office,
            ),
            by=cast.office,
            kind="recusal.declared",
        )


def test_units_stand_with_all_below_them_and_the_idle_ones_too(
    cast: Cast, campaign: Campaign, ledgers: object
) -> None:
    rows = {row.unit.name: row for row in by_unit(cast.leader, campaign, TODAY)}
    assert {name: row.number("found") for name, row in rows.items()} == {
        "临江街道": 5,
        "望山街道": 1,
        "区水务局": 0,
    }
    assert sum(row.number("overdue") for row in rows.values()) == 1


def test_a_unit_that_is_alone_sees_the_units_below_it(
    cast: Cast, campaign: Campaign, ledgers: object
) -> None:
    rows = {row.unit.name: row.number("found") for row in by_unit(cast.clerk, campaign, TODAY)}
    assert rows == {"临江街道": 1, "柳荫社区": 4}


def test_what_is_stuck_is_named_with_its_reason(cast: Cast, campaign: Campaign, ledgers: object) -> None:
    assert [(one.problem.text, one.why) for one in stuck(cast.leader, campaign, TODAY)] == [
        ("overdue", "逾期5天")
    ]
    with clock.on(date(2026, 6, 20)):
        said = {one.problem.text: one.why for one in stuck(cast.leader, campaign, date(2026, 6, 20))}
    assert said == {"overdue": "逾期15天", "sister": "登记后10天未交办"}


def test_every_problem_is_in_exactly_one_outcome(cast: Cast, campaign: Campaign, ledgers: object) -> None:
    values = totals(cast.leader, campaign, TODAY)
    assert sum(values.number(key) for key in OUTCOMES) == values.number("found")


@pytest.mark.parametrize(
    ("share", "words"),
    [(None, "—"), (0.0, "0%"), (2 / 3, "66.7%"), (0.9999, "99.9%"), (1.0, "100%"), (0.5, "50%")],
)
def test_a_share_is_printed_with_one_digit_and_never_rounded_up_to_all(
    share: float | None, words: str
) -> None:
    assert percent(share) == words


def test_every_figure_has_a_rule_and_every_rate_its_parts() -> None:
    for one in (*FIGURES.values(), *RATES.values(), *LISTINGS.values()):
        assert str(one.counting_rule).endswith("。")
        assert shown(one.key, Values({})).href.endswith(f"/{one.key}/")
    assert all({rate.part, rate.whole} <= FIGURES.keys() for rate in RATES.values())


def test_counting_costs_the_same_for_many_units(
    cast: Cast, campaign: Campaign, ledgers: object, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        leads = by_lead(cast.leader, campaign, TODAY)
        totals(cast.leader, campaign, TODAY, leads)
        by_unit(cast.leader, campaign, TODAY, leads)


def test_verification_names_a_running_figure_that_differs(
    cast: Cast, campaign: Campaign, ledgers: object
) -> None:
    assert verify_figures() == [] and verify_figures(campaign) == []
    UnitSummary.objects.filter(unit=cast.sister).update(problems=7)
    assert len(verify_figures(campaign)) == 1
