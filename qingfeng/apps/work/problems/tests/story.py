"""Brings a problem to a given point of its story by the real actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions import ProblemEntry
from qingfeng.apps.work.problems.models import Problem
from tests.cast import Cast

DUE = date(2026, 7, 20)
PROOF = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def entry_of(cast: Cast, **given: Any) -> ProblemEntry:
    base = ProblemEntry(
        text="发放名册未公示",
        due_date=DUE,
        responsible_name="林晓禾",
        people_affected=12,
        sum_involved=350_000,
    )
    return replace(base, **given)


def self_sheet(
    cast: Cast,
    campaign: Campaign,
    *,
    problems: int = 1,
    by: User | None = None,
    unit: Any = None,
    texts: tuple[str, ...] = (),
    entry: dict[str, Any] | None = None,
    **given: Any,
) -> Sheet:
    """`texts`: the words of its problems; else so many in the same words. `entry`: what else they say."""
    unit = unit or cast.street
    values = {
        "kind": "self_inspection",
        "inspected_unit": unit,
        "filing_unit": unit,
        "inspectors": "林晓禾、陈立群",
        "content": "惠民补贴发放情况",
        "inspected_on": date(2026, 6, 8),
        "suggestions": ("补充公示",),
        **given,
    }
    words = texts or ("发放名册未公示",) * problems
    entries = tuple(entry_of(cast, text=text, **(entry or {})) for text in words)
    return actions.file_sheet(
        campaign=campaign, entry=SheetEntry(**values), problems=entries, by=by or cast.clerk
    )


def group_sheet(cast: Cast, campaign: Campaign, **given: Any) -> Sheet:
    values = {
        "kind": "supervision",
        "inspected_unit": cast.street,
        "filing_group": cast.governance,
        "inspectors": "高沐阳、谢知秋",
        "content": "窗口服务",
        "inspected_on": date(2026, 6, 9),
        **given,
    }
    return actions.file_sheet(
        campaign=campaign, entry=SheetEntry(**values), problems=(entry_of(cast),), by=cast.inspector
    )


def in_rectification(cast: Cast, campaign: Campaign, problem: Problem | None = None) -> Problem:
    problem = problem or Problem.objects.get(sheet=self_sheet(cast, campaign))
    actions.add_measure(problem=problem, text="补充公示名册", by=cast.clerk)
    return problem


def submitted(cast: Cast, campaign: Campaign, problem: Problem | None = None) -> Problem:
    problem = in_rectification(cast, campaign, problem)
    actions.add_evidence(problem=problem, name="照片.png", content=PROOF, by=cast.clerk)
    actions.submit(problem=problem, statement="已完成整改", new_rule="公示管理办法", by=cast.clerk)
    return problem
