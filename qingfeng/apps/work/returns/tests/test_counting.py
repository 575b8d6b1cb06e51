"""What the monthly form counts, in which column, and what becomes of late entries."""

from __future__ import annotations

from datetime import date, timedelta

from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.actions.meetings import record_meeting, void_meeting
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions as problems
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.returns import actions
from qingfeng.apps.work.returns.contents import Value, contents_of
from qingfeng.apps.work.returns.models import CountedRow, MonthlyReturn
from qingfeng.apps.work.returns.tests.story import JULY, JUNE, MAY, close_out, file_sheet, handed_in, prepared
from tests.cast import Cast


def value(form: MonthlyReturn, unit: str, figure: str) -> Value:
    column = contents_of(form).column(unit)
    assert column is not None
    return column.value(figure)


def test_each_inspected_unit_has_a_column_with_its_own_figures(cast: Cast, campaign: Campaign) -> None:
    file_sheet(cast, campaign, date(2026, 6, 8), problems_found=2)
    file_sheet(cast, campaign, date(2026, 6, 9), unit=cast.street, nature="risk")
    form = prepared(cast, campaign)
    assert [column.name for column in contents_of(form).columns] == ["临江街道", "柳荫社区"]
    assert value(form, cast.community.code, "found") == Value(2, 2, 0)
    assert value(form, cast.community.code, "people").number == 24
    assert value(form, cast.community.code, "sum_involved").number == 700_000
    assert value(form, cast.street.code, "found_risk").number == 1
    assert value(form, cast.street.code, "found_ordinary").number == 0


def test_another_street_has_no_column(cast: Cast, campaign: Campaign) -> None:
    file_sheet(cast, campaign, date(2026, 6, 8))
    form = actions.prepare(campaign=campaign, unit=cast.sister, month=JUNE, by=cast.sister_clerk)
    assert [column.name for column in contents_of(form).columns] == ["望山街道"]
    assert value(form, cast.sister.code, "sheets") == Value()


def test_a_month_without_anything_is_a_column_of_zeros(cast: Cast, campaign: Campaign) -> None:
    column = contents_of(prepared(cast, campaign)).columns[0]
    assert column.name == "临江街道"
    assert column.text("problems") == "发现问题0个，其中一般问题0个、隐患风险0个；涉及群众0人，涉及金额0元。"


def test_an_inspection_without_problems_counts_as_one(cast: Cast, campaign: Campaign) -> None:
    file_sheet(cast, campaign, date(2026, 6, 8), problems_found=0)
    assert value(prepared(cast, campaign), cast.community.code, "sheets_self") == Value(1, 1, 0)


def test_void_problems_and_sheets_do_not_count(cast: Cast, campaign: Campaign) -> None:
    problem = file_sheet(cast, campaign, date(2026, 6, 8))[0]
    assert problem.sheet is not None
    problems.void_sheet(sheet=problem.sheet, reason="重复填报", by=cast.office)
    assert contents_of(prepared(cast, campaign)).column(cast.community.code) is None


def test_what_is_struck_off_counts_by_the_day_of_close_out(cast: Cast, campaign: Campaign) -> None:
    problem = file_sheet(cast, campaign, date(2026, 5, 28))[0]
    close_out(cast, problem)
    may, june = prepared(cast, campaign, MAY), prepared(cast, campaign, JUNE)
    assert value(may, cast.community.code, "found").number == 1
    assert value(may, cast.community.code, "closed_out").number == 0
    assert value(june, cast.community.code, "closed_out").number == 1
    assert value(june, cast.community.code, "new_rules").number == 1
    assert value(june, cast.community.code, "sum_returned").number == 120_000


def test_the_stock_is_that_of_the_last_day_of_the_month(cast: Cast, campaign: Campaign) -> None:
    problem = file_sheet(cast, campaign, date(2026, 5, 28))[0]
    close_out(cast, problem)
    assert value(prepared(cast, campaign, MAY), cast.community.code, "in_rectification").number == 1
    assert value(prepared(cast, campaign, JUNE), cast.community.code, "in_rectification").number == 0


def test_overdue_is_counted_at_the_end_of_the_month(cast: Cast, campaign: Campaign) -> None:
    file_sheet(cast, campaign, date(2026, 6, 8), due_date=date(2026, 6, 30))
    with clock.on(date(2026, 7, 5)):
        assert value(prepared(cast, campaign, JUNE), cast.community.code, "overdue").number == 0
        assert value(prepared(cast, campaign, JULY), cast.community.code, "overdue").number == 1


def test_meetings_of_the_unit_count_unless_void(cast: Cast, campaign: Campaign) -> None:
    for title in ("第一次周例会", "第二次周例会"):
        meeting = record_meeting(
            campaign=campaign,
            body=cast.street,
            kind="weekly",
            title=title,
            held_on=date(2026, 6, 8),
            by=cast.clerk,
            minutes="研究下一步安排",
        )
    void_meeting(meeting=meeting, reason="重复登记", by=cast.clerk)
    assert value(prepared(cast, campaign), cast.street.code, "meetings").number == 1


# Late entries


def test_what_comes_after_the_hand_in_counts_next_month_as_a_late_entry(
    cast: Cast, campaign: Campaign
) -> None:
    handed_in(cast, campaign)
    with clock.on(date(2026, 6, 25)):
        file_sheet(cast, campaign, date(2026, 6, 25))
    with clock.on(date(2026, 7, 5)):
        july = prepared(cast, campaign, JULY)
        assert value(july, cast.community.code, "found") == Value(1, 1, 1)
        column = contents_of(july).column(cast.community.code)
        assert column is not None
        assert column.text("problems").endswith("（其中补报：发现问题1个）")


def test_a_late_entry_counts_once(cast: Cast, campaign: Campaign) -> None:
    handed_in(cast, campaign, MAY)
    file_sheet(cast, campaign, date(2026, 5, 30))
    june = handed_in(cast, campaign, JUNE)
    assert value(june, cast.community.code, "found") == Value(1, 1, 1)
    assert CountedRow.objects.get(monthly_return=june, figure="found").late
    with clock.on(date(2026, 7, 5)):
        july = prepared(cast, campaign, JULY)
        assert value(july, cast.community.code, "found") == Value()
        assert value(july, cast.community.code, "in_rectification").number == 1


def test_what_belongs_to_a_month_not_handed_in_yet_waits_for_that_month(
    cast: Cast, campaign: Campaign
) -> None:
    file_sheet(cast, campaign, date(2026, 5, 30))
    june = handed_in(cast, campaign, JUNE)
    assert value(june, cast.community.code, "found") == Value()
    assert value(prepared(cast, campaign, MAY), cast.community.code, "found") == Value(1, 1, 0)


def test_a_correction_takes_up_what_no_later_month_has_counted(cast: Cast, campaign: Campaign) -> None:
    may = handed_in(cast, campaign, MAY)
    file_sheet(cast, campaign, date(2026, 5, 30))
    handed_in(cast, campaign, JUNE)
    file_sheet(cast, campaign, date(2026, 5, 31))
    corrected = actions.correct(monthly_return=may, reason="漏计一次检查", by=cast.clerk)
    assert value(corrected, cast.community.code, "found") == Value(1, 1, 0)


def test_what_was_found_before_the_campaign_counts_in_its_first_month(cast: Cast, campaign: Campaign) -> None:
    file_sheet(cast, campaign, date(2026, 4, 20))
    assert value(prepared(cast, campaign, MAY), cast.community.code, "found") == Value(1, 1, 0)
    assert contents_of(prepared(cast, campaign, JUNE)).column(cast.community.code).value("found") == Value()  # type: ignore[union-attr]


def test_all_months_together_count_every_problem_exactly_once(cast: Cast, campaign: Campaign) -> None:
    day = date(2026, 5, 12)
    for month in (MAY, JUNE, JULY):
        with clock.on(month.replace(day=28)):
            for back in (0, 3, 12, 40):
                found_on = max(day, month.replace(day=28) - timedelta(days=back))
                file_sheet(cast, campaign, found_on, problems_found=2, due_date=date(2026, 9, 1))
            handed_in(cast, campaign, month)
            file_sheet(cast, campaign, month.replace(day=27), due_date=date(2026, 9, 1))
    with clock.on(date(2026, 8, 5)):
        handed_in(cast, campaign, date(2026, 8, 1))
    found = CountedRow.objects.filter(figure="found").values_list("subject", flat=True)
    assert sorted(found) == sorted(
        f"problems.problem:{pk}" for pk in Problem.objects.values_list("pk", flat=True)
    )
