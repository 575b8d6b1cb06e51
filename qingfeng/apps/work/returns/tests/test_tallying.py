"""A month counted for all units at once says what each form says by itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.actions.meetings import record_meeting
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions as problems
from qingfeng.apps.work.returns.contents import contents_of
from qingfeng.apps.work.returns.district import UnitMonth, blank_form, units_of_month
from qingfeng.apps.work.returns.periods import month_named
from qingfeng.apps.work.returns.tallying import Tally
from qingfeng.apps.work.returns.tests.story import JULY, JUNE, MAY, close_out, file_sheet, handed_in
from tests.cast import Cast
from tests.environment.kept import kept


@pytest.fixture
@kept
def ledgers(cast: Cast, campaign: Campaign) -> None:
    """A community, its street and another street with problems of every kind, before, in and after the months."""
    old = file_sheet(cast, campaign, date(2026, 4, 20), problems_found=2, due_date=date(2026, 6, 1))
    file_sheet(cast, campaign, date(2026, 5, 28), unit=cast.street, nature="risk")
    new = file_sheet(cast, campaign, date(2026, 6, 9), unit=cast.street, problems_found=3)
    file_sheet(cast, campaign, date(2026, 6, 10), problems_found=0)
    close_out(cast, old[0])
    problems.void_problem(problem=new[0], reason="重复", by=cast.office)
    record_meeting(
        campaign=campaign,
        body=cast.street,
        kind="weekly",
        title="周例会",
        held_on=date(2026, 6, 8),
        by=cast.clerk,
        minutes="研究下一步安排",
    )


def months_of_all(cast: Cast, campaign: Campaign, month: date) -> list[UnitMonth]:
    units = units_of_month(cast.office, campaign, month_named(campaign, month))
    assert len(units) == 3
    return units


def check_alike(cast: Cast, campaign: Campaign, name: date) -> int:
    """How many columns were compared; each unit's form by itself and from the tally."""
    month = month_named(campaign, name)
    tally, columns = Tally(campaign, month), 0
    for one in months_of_all(cast, campaign, name):
        form = one.form or blank_form(campaign, one.unit, month)
        alone = contents_of(form)
        assert tally.contents(form) == alone
        columns += len(alone.columns)
    return columns


@pytest.mark.parametrize("month", [MAY, JUNE])
@pytest.mark.usefixtures("ledgers")
def test_every_column_has_the_figures_of_the_form(cast: Cast, campaign: Campaign, month: date) -> None:
    assert check_alike(cast, campaign, month) == 4


@pytest.mark.usefixtures("ledgers")
def test_late_entries_are_told_where_another_month_was_handed_in(cast: Cast, campaign: Campaign) -> None:
    handed_in(cast, campaign, MAY)
    file_sheet(cast, campaign, date(2026, 5, 30))
    check_alike(cast, campaign, JUNE)
    handed_in(cast, campaign, JUNE)
    with clock.on(date(2026, 7, 5)):
        check_alike(cast, campaign, JUNE)
        check_alike(cast, campaign, JULY)


@pytest.mark.usefixtures("ledgers")
def test_the_queries_do_not_grow_with_the_units(cast: Cast, campaign: Campaign) -> None:
    month = month_named(campaign, JUNE)
    tally, (first, *others) = Tally(campaign, month), months_of_all(cast, campaign, JUNE)
    tally.contents(blank_form(campaign, first.unit, month))
    with CaptureQueriesContext(connection) as asked:
        for one in others:
            tally.contents(blank_form(campaign, one.unit, month))
    assert len(asked) == 0
