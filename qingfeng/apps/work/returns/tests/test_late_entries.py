"""Late entries counted for all units at once are those that each form counts by itself, whatever has happened before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions as problems
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.returns import actions
from qingfeng.apps.work.returns.contents import Value, contents_of
from qingfeng.apps.work.returns.district import blank_form
from qingfeng.apps.work.returns.models import MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.periods import month_named
from qingfeng.apps.work.returns.queries import in_force
from qingfeng.apps.work.returns.tallying import Tally
from qingfeng.apps.work.returns.tests.story import JULY, JUNE, MAY, close_out, file_sheet
from tests.cast import Cast

MONTHS = (MAY, JUNE, JULY)
BEGUN, DUE = date(2026, 5, 3), date(2026, 12, 1)


class Life:
    """What happens in three units that report, one of them below another, drawn day by day."""

    def __init__(self, cast: Cast, campaign: Campaign, seed: int) -> None:
        self.cast, self.campaign, self.chance = cast, campaign, Random(seed)
        self.today = BEGUN
        self.reporting: dict[Unit, tuple[User, User]] = {
            cast.street: (cast.clerk, cast.head),
            cast.community: (cast.clerk, cast.head),
            cast.sister: (cast.sister_clerk, cast.sister_head),
        }

    def goes_on(self, turns: int, days: int) -> None:
        happenings: list[Callable[[], object]] = [
            *[self.found] * 5,
            *[self.handed_in] * 4,
            *[self.struck_off] * 2,
            self.corrected,
            self.moved,
            self.struck_off_no_more,
            self.void,
        ]
        for _turn in range(turns):
            self.today += timedelta(days=self.chance.randrange(days))
            with clock.on(self.today):
                self.chance.choice(happenings)()

    def found(self) -> list[Problem]:
        """Found on a day that may lie in a month that is closed."""
        found_on = max(BEGUN, self.today - timedelta(days=self.chance.choice((0, 1, 15, 40, 70))))
        return file_sheet(
            self.cast,
            self.campaign,
            found_on,
            problems_found=self.chance.randrange(3),
            unit=self.chance.choice((self.cast.community, self.cast.street)),
            nature=self.chance.choice(("ordinary", "risk")),
            due_date=DUE,
        )

    def handed_in(self) -> None:
        unit, month = self.chance.choice(list(self.reporting)), self.chance.choice(MONTHS)
        if month_named(self.campaign, month).start > self.today:
            return
        form = in_force(self.campaign, unit, month)
        self.send(form or self.prepared(unit, month))

    def send(self, form: MonthlyReturn) -> None:
        clerk, head = self.reporting[form.unit]
        if form.state == ReturnState.DRAFT:
            actions.hand_in(monthly_return=actions.sign(monthly_return=form, by=head), by=clerk)

    def corrected(self) -> None:
        """A form that was handed in is replaced; its new version may stay a draft for some time."""
        form = self._one_of(MonthlyReturn.objects.filter(state=ReturnState.HANDED_IN))
        if form:
            actions.correct(monthly_return=form, reason="漏计", by=self.reporting[form.unit][0])

    def struck_off(self) -> None:
        problem = self._one_of(Problem.objects.filter(state="assigned", lead_unit__code__startswith="990101"))
        if problem:
            close_out(self.cast, problem, new_rule="公示办法")

    def struck_off_no_more(self) -> None:
        problem = self._one_of(Problem.objects.filter(state="closed_out"))
        if problem:
            problems.reopen(problem=problem, reason="反弹", by=self.cast.office)

    def void(self) -> None:
        problem = self._one_of(Problem.objects.filter(state="assigned"))
        if problem:
            problems.void_problem(problem=problem, reason="重复", by=self.cast.office)

    def moved(self) -> None:
        """To the sister street: on its forms the problem is late, on those of the street it stays as handed in."""
        problem = self._one_of(Problem.objects.filter(state="assigned", lead_unit__code__startswith="990101"))
        if problem:
            problems.ask_transfer(
                problem=problem, to_unit=self.cast.sister, reason="不属", by=self.cast.clerk
            )
            problems.decide_transfer(problem=problem, approve=True, by=self.cast.office)

    def prepared(self, unit: Unit, month: date) -> MonthlyReturn:
        clerk, _head = self.reporting[unit]
        return actions.prepare(campaign=self.campaign, unit=unit, month=month, by=clerk)

    def _one_of(self, rows: object) -> object:
        found = list(rows.order_by("pk"))  # type: ignore[attr-defined]
        return self.chance.choice(found) if found else None


def late_entries_alike(cast: Cast, campaign: Campaign) -> int:
    """Every month of every unit counted both ways; how many late entries stood on the forms."""
    late = 0
    for name in MONTHS:
        month = month_named(campaign, name)
        tally = Tally(campaign, month)
        for unit in Unit.objects.order_by("code"):
            forms = [blank_form(campaign, unit, month), in_force(campaign, unit, name)]
            for form in filter(None, forms):
                alone = contents_of(form)
                assert tally.contents(form) == alone, (unit, month)
                late += sum(value.late for column in alone.columns for value in column.values.values())
    return late


def test_the_queries_do_not_grow_with_the_units(cast: Cast, campaign: Campaign) -> None:
    life = Life(cast, campaign, seed=1)
    with clock.on(date(2026, 6, 2)):
        for unit in life.reporting:
            life.send(life.prepared(unit, MAY))
        file_sheet(cast, campaign, date(2026, 5, 20), due_date=DUE)
        tally = Tally(campaign, month_named(campaign, JUNE))
        forms = [blank_form(campaign, unit, tally.month) for unit in life.reporting]
        first = tally.contents(forms[0]).column(cast.community.code)
        assert first is not None and first.value("found") == Value(1, 1, 1)
        with CaptureQueriesContext(connection) as asked:
            for form in forms[1:]:
                tally.contents(form)
        assert len(asked) == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_drawn_lives_are_counted_alike_form_by_form_and_all_at_once(
    cast: Cast, campaign: Campaign, seed: int
) -> None:
    life = Life(cast, campaign, seed)
    life.goes_on(turns=25, days=4)
    with clock.on(life.today):
        late = late_entries_alike(cast, campaign)
    life.goes_on(turns=25, days=4)
    with clock.on(life.today):
        problem = life.found() or life.found() or Problem.objects.all()
        problems.declare_recusal(
            problem=problem[0], person=cast.office_second.person, reason="亲属", by=cast.office
        )
        Unit.objects.filter(pk=cast.community.pk).update(valid_to=life.today)
        late += late_entries_alike(cast, campaign)
    assert late
