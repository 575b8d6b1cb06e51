"""Brings a unit's ledgers and its monthly form to a given point by the real actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.records.actions import create, recording
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import BearerKind, Campaign, Duty, Obligation
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.problems import actions as problems
from qingfeng.apps.work.problems.actions import ProblemEntry
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.returns import actions
from qingfeng.apps.work.returns.models import MonthlyReturn
from tests.cast import Cast

JUNE, MAY, JULY = date(2026, 6, 1), date(2026, 5, 1), date(2026, 7, 1)
PROOF = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def file_sheet(
    cast: Cast,
    campaign: Campaign,
    day: date,
    *,
    problems_found: int = 1,
    unit: Unit | None = None,
    **given: Any,
) -> list[Problem]:
    """A self-inspection of that day in the community (or another unit), filed by the street; its problems."""
    entry = SheetEntry(
        kind="self_inspection",
        inspected_unit=unit or cast.community,
        filing_unit=cast.street,
        inspectors="林晓禾",
        content="窗口服务",
        inspected_on=day,
    )
    values = {
        "text": "名册未公示",
        "due_date": date(2026, 7, 20),
        "responsible_name": "林晓禾",
        "people_affected": 12,
        "sum_involved": 350_000,
        **given,
    }
    sheet = problems.file_sheet(
        campaign=campaign,
        entry=entry,
        by=cast.clerk,
        problems=tuple(ProblemEntry(**values) for _ in range(problems_found)),
    )
    return list(Problem.objects.filter(sheet=sheet).order_by("ordinal"))


def close_out(cast: Cast, problem: Problem, new_rule: str = "公示办法") -> Problem:
    """From assigned to struck off, today."""
    problems.add_measure(problem=problem, text="补充公示", sum_returned=120_000, by=cast.clerk)
    problems.add_evidence(problem=problem, name="照片.png", content=PROOF, by=cast.clerk)
    problems.submit(problem=problem, statement="已公示", new_rule=new_rule, by=cast.clerk)
    problems.sign(problem=problem, by=cast.head)
    return problems.close_out(problem=problem, look_back_on=date(2026, 9, 1), by=cast.secretary)


def owe_monthly_form(cast: Cast, campaign: Campaign, month: date = JUNE) -> Duty:
    """The street's duty to hand in the monthly form, due on the 20th."""
    with recording():
        obligation = create(
            Obligation(
                campaign=campaign,
                what="报送月报表",
                bearer_kind=BearerKind.UNITS,
                is_monthly_form=True,
                recurrence={"every": "month", "day": 20},
            ),
            by=cast.office,
            kind="obligation.laid",
        )
        return create(
            Duty(
                campaign=campaign,
                obligation=obligation,
                unit=cast.street,
                period_start=month,
                period_end=month.replace(day=30),
                first_due=month.replace(day=20),
                due=month.replace(day=20),
            ),
            by=cast.office,
            kind="duty.laid",
        )


def prepared(cast: Cast, campaign: Campaign, month: date = JUNE) -> MonthlyReturn:
    return actions.prepare(campaign=campaign, unit=cast.street, month=month, by=cast.clerk)


def signed(cast: Cast, campaign: Campaign, month: date = JUNE) -> MonthlyReturn:
    return actions.sign(monthly_return=prepared(cast, campaign, month), by=cast.head)


def handed_in(cast: Cast, campaign: Campaign, month: date = JUNE, on: date | None = None) -> MonthlyReturn:
    with clock.on(on or clock.today()):
        return actions.hand_in(monthly_return=signed(cast, campaign, month), by=cast.clerk)
