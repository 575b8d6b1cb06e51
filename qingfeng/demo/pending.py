"""What lies half done on the day of the demo: a plan under review, a ledger that was read and not taken, visits to make."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO

import xlsxwriter

from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.actions import plans
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.actions import importing, plan_visit
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import ImportKind, Problem
from qingfeng.demo.district import ROOT_CODE
from qingfeng.demo.seats import Seats

NEXT_PLAN = """云汀区窗口办事专项检查实施方案

为改进窗口办事，经研究，制定本方案。

一、检查内容
（一）窗口开门和在岗情况。
（二）一次性告知和办结时限情况。
（三）收费公示和减免落实情况。

二、时间安排
（一）准备阶段（2026年9月1日至9月10日）。各街道、各部门于9月8日前将联络员名单报区专治办。
（二）检查阶段（2026年9月11日至10月31日）。各街道每月25日前报送检查情况。
（三）总结阶段（2026年11月1日至11月20日）。各街道、各部门于11月15日前报送总结。

三、工作要求
各街道、各部门主要负责人要亲自安排，发现问题立行立改。
"""
HEADER = ("时间", "被检查单位", "检查人员", "检查内容", "发现的问题", "整改时限", "整改责任人")
PEOPLE = "林知夏、陆望舒"
LINES = (
    (
        "2026-06-22",
        "汀兰街道",
        PEOPLE,
        "便民服务中心排队叫号",
        "1.中午值班窗口只有一人。2.叫号机坏了三天没有报修。",
        "2026-07-10",
        "林知夏",
    ),
    ("2026年6月23日", "汀兰街道", PEOPLE, "小额采购票据", "两张收据没有经手人签字。", "2026-07-15", "林知夏"),
    ("2026-06-24", "汀兰街道", PEOPLE, "公车加油记录", "", "", ""),
    ("2026-02-30", "汀兰街道", PEOPLE, "临时救助公示", "公示期少了两天。", "2026-07-15", "林知夏"),
)
"""As an office keeps it: two problems in one box, a sheet without problems, a day that no calendar has."""
ANSWERED = ("编号", "问题单位", "存在问题", "整改措施", "完成情况", "整改时间")
DONE = (("缺的资料补齐归档，由负责人逐笔签字确认", "已补齐一半"), ("办事流程写成一页纸，发到每个岗位", ""))
"""What a street writes of two of its problems in the ledger that it sends."""
STILL_PUT_RIGHT = (ProblemState.ASSIGNED, ProblemState.IN_RECTIFICATION)
VISITS = (("990701", 0), ("990702", 2))
"""Units by code, and in how many days the inspector goes there."""


def leave_pending(campaign: Campaign, day: date) -> None:
    seats = Seats()
    with clock.on(day):
        plans.hand_in(
            file_name="窗口办事专项检查方案.txt",
            content=NEXT_PLAN.encode(),
            root_unit=seats.unit(ROOT_CODE),
            by=seats.account("office"),
        )
        clerk = seats.account("clerk")
        importing.read_in(
            campaign=campaign,
            body=seats.unit("990701"),
            name="汀兰街道六月自查.xlsx",
            content=_workbook("六月", (("汀兰街道六月自查情况",), HEADER, *LINES)),
            by=clerk,
        )
        _leave_answers(campaign, seats, day)
        inspector = seats.account("inspector")
        for code, days in VISITS:
            unit, on = seats.unit(code), day + timedelta(days=days)
            plan_visit(campaign=campaign, unit=unit, day=on, inspector=inspector, by=inspector)


def _leave_answers(campaign: Campaign, seats: Seats, day: date) -> None:
    """Nothing where the street has no such problem yet."""
    rows = _answers(campaign, day)
    if rows:
        importing.read_in(
            campaign=campaign,
            body=seats.unit("990701"),
            name="汀兰街道整改台账.xlsx",
            content=_workbook("整改", (("汀兰街道整改台账",), ANSWERED, *rows)),
            by=seats.account("clerk"),
            kind=ImportKind.RECTIFICATION,
        )


def _answers(campaign: Campaign, day: date) -> list[tuple[str, ...]]:
    """Rows of the rectification ledger: what was done about two problems of the street that are being put right."""
    rows = Problem.objects.filter(campaign=campaign, lead_unit__code="990701", state__in=STILL_PUT_RIGHT)
    return [
        (problem.number, problem.lead_unit.name, problem.text, measures, completion, day.isoformat())
        for problem, (measures, completion) in zip(
            rows.select_related("lead_unit").order_by("pk"), DONE, strict=False
        )
    ]


def _workbook(name: str, rows: Sequence[Sequence[str]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()
