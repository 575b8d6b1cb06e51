"""The monthly forms: May handed in by most, one corrected, some still missing; June begun by a few."""

from __future__ import annotations

from datetime import date

from qingfeng.apps.base.orgs.models import Unit, UnitKind
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.actions import receipts
from qingfeng.apps.work.campaigns.models import ContentCategory, Duty, Medium
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.inspections.models import SheetKind
from qingfeng.apps.work.problems.actions import ProblemEntry, file_sheet
from qingfeng.apps.work.returns import actions
from qingfeng.apps.work.returns.contents import live, recount
from qingfeng.apps.work.returns.figures import Box
from qingfeng.apps.work.returns.models import MonthlyReturn, ReturnState
from qingfeng.demo.story import Story, days

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
MAY_DUE = date(2026, 5, 25)
JUNE_BEGUN = date(2026, 6, 24)
MISSING_IN_MAY = ("990712", "990737")
LATE_IN_MAY = ("990706", "990713")
JUNE_DRAFTS = ("990701", "990705", "990708", "990733")
"""One of them shows last month's late entry."""
JUNE_SIGNED = "990702"
CORRECTED = "990703"
LATE_ENTRY = "990708"


class Monthly:
    """Sets who prepares, signs and hands in which month's form."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.seats = story.seats

    def set(self) -> None:
        for unit in [*self.seats.streets(), *self.seats.departments()]:
            if self.story.clerk(unit) and unit.code not in MISSING_IN_MAY:
                day = MAY_DUE + days(3) if unit.code in LATE_IN_MAY else MAY_DUE
                self.story.at(day, self._hand_in, unit, MAY)
        self.story.at(date(2026, 5, 28), self._find_late, LATE_ENTRY)
        self.story.at(date(2026, 6, 2), self._correct, CORRECTED)
        for code in (*JUNE_DRAFTS, JUNE_SIGNED):
            self.story.at(JUNE_BEGUN, self._prepare, self.seats.unit(code), JUNE)

    def _hand_in(self, unit: Unit, month: date) -> None:
        form = self._prepare(unit, month)
        self._sign_and_hand_in(form)
        if form.duty_id and unit.code[-1] not in "49":
            wait = 2 if unit.code[-1] == "5" else 0
            self.story.at(clock.today() + days(wait), self._register_paper, form.duty_id)

    def _prepare(self, unit: Unit, month: date) -> MonthlyReturn:
        clerk = self.story.clerk(unit)
        assert clerk is not None  # only units with a clerk are set
        form = actions.prepare(campaign=self.story.campaign, unit=unit, month=month, by=clerk)
        if unit.code == "990701":
            self._word(form)
        if month == JUNE and unit.code == JUNE_SIGNED:
            self._sign(form)
        return form

    def _word(self, form: MonthlyReturn) -> None:
        """One box in the unit's own words; the marked figures keep counting."""
        contents = live(form, recount(form))
        if not contents.columns:
            return
        column = contents.columns[0]
        clerk = self.story.clerk(form.unit)
        assert clerk is not None  # only units with a clerk are set
        text = column.words[Box.INSPECTIONS] + "其中入户走访由网格员陪同。"
        actions.edit_words(
            monthly_return=form,
            column_unit=self.seats.unit(column.code),
            box=Box.INSPECTIONS,
            text=text,
            by=clerk,
        )

    def _sign_and_hand_in(self, form: MonthlyReturn) -> None:
        clerk = self.story.clerk(form.unit)
        assert clerk is not None  # only units with a clerk are set
        self._sign(form)
        actions.hand_in(monthly_return=form, by=clerk)

    def _sign(self, form: MonthlyReturn) -> None:
        head = self.story.head(form.unit)
        assert head is not None  # in May nobody had left yet
        actions.sign(monthly_return=form, by=head)

    def _register_paper(self, duty_id: int) -> None:
        duty = Duty.objects.select_related("obligation__campaign", "campaign", "unit").get(pk=duty_id)
        receipts.receive(
            duty=duty, medium=Medium.PAPER, by=self.seats.account("office2"), note="签字盖章月报表"
        )

    def _find_late(self, code: str) -> None:
        """An inspection of last month is entered after that month's form was handed in."""
        unit = self.seats.unit(code)
        clerk = self.story.clerk(unit)
        assert clerk is not None  # streets have one
        window = self.seats.below(unit, UnitKind.WINDOW)[0]
        day = date(2026, 5, 22)
        entry = SheetEntry(
            kind=SheetKind.SELF_INSPECTION,
            inspected_unit=window,
            inspected_on=day,
            filing_unit=unit,
            inspectors=clerk.person.name,
            content="窗口晚间预约服务",
            suggestions=("重新公布预约电话。",),
        )
        category = ContentCategory.objects.get(campaign=self.story.campaign, number=4)
        problem = ProblemEntry(
            text="预约电话无人接听，公示号码已经停用。",
            category=category,
            due_date=date(2026, 7, 3),
            people_affected=30,
            responsible_name=self.seats.responsible(window),
            duty_text="直接责任",
        )
        file_sheet(campaign=self.story.campaign, entry=entry, problems=(problem,), by=clerk)

    def _correct(self, code: str) -> None:
        handed_in = MonthlyReturn.objects.select_related("campaign", "unit").get(
            campaign=self.story.campaign, unit__code=code, month=MAY, state=ReturnState.HANDED_IN
        )
        clerk = self.story.clerk(handed_in.unit)
        assert clerk is not None  # streets have one
        form = actions.correct(monthly_return=handed_in, reason="受检社区一栏漏写整改情况说明。", by=clerk)
        self._word(form)
        self._sign_and_hand_in(form)
