"""Problems listed on a paper: what was found, what is asked, by when and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import F, QuerySet
from django.urls import reverse

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.problems.models import Problem, RectificationTerm
from qingfeng.apps.work.problems.visibility import with_shown_number
from qingfeng.apps.work.reports.papers.kinds.ledger_words import clause, on_paper
from qingfeng.apps.work.reports.papers.model import Gap, Grid, Quoted, Run, Runs
from qingfeng.apps.work.reports.papers.wording import day

MOST = 200
"""So many problems one paper lists; more are no paper but a ledger."""
_TERMS = {
    RectificationTerm.AT_ONCE: "立行立改",
    RectificationTerm.BY_DATE: "限期整改",
    RectificationTerm.CONTINUING: "长期坚持",
}


def on_the_list(user: User, rows: QuerySet[Problem]) -> list[Problem]:
    """These problems with all that a list says of them, the nearest date first. Two queries. BadInput if too many."""
    ordered = with_shown_number(rows, user).order_by(F("due_date").asc(nulls_last=True), "pk")
    found = list(ordered.select_related("lead_unit").prefetch_related("suggestions")[: MOST + 1])
    if len(found) > MOST:
        raise BadInput(f"列入清单的问题超过{MOST}个，请改选下级单位分别起草。")
    return found


def asked_of(problem: Problem) -> str:
    """What is to be done: the suggestions made at the inspection, else the way of rectification."""
    suggested = [clause(one.text) for one in problem.suggestions.all()]
    return "；".join(suggested) or _TERMS[RectificationTerm(problem.term)]


def by_when(problem: Problem) -> Run:
    return day(problem.due_date) if problem.due_date else Gap("整改时限")


def short_day(due: date | None, today: date) -> Run:
    """6月30日, as tables write it: narrow enough for one line; the year where it is another one."""
    if due is None:
        return Gap("整改时限")
    return f"{due.month}月{due.day}日" if due.year == today.year else day(due)


def by_whom(problem: Problem) -> Run:
    return problem.responsible_name or Gap("整改责任人")


def told(problem: Problem, *, with_unit: bool = False) -> Runs:
    """One problem as an item of the text."""
    unit = f"责任单位：{problem.lead_unit.name}；" if with_unit else ""
    return [
        Quoted(on_paper(problem.text), reverse("problems:problem", args=[problem.reference])),
        f"整改要求：{asked_of(problem)}。{unit}整改时限：",
        by_when(problem),
        "；整改责任人：",
        by_whom(problem),
        f"。（编号：{problem.shown_number}）",
    ]


def table(problems: Sequence[Problem], today: date) -> Grid:
    """All of them on a turned page; the unit stands there only where there are several."""
    several = len({problem.lead_unit_id for problem in problems}) > 1
    rows: list[list[Run]] = []
    for at, problem in enumerate(problems, 1):
        rows.append(
            [
                str(at),
                problem.shown_number,
                *([problem.lead_unit.short_name] if several else []),
                Quoted(clause(problem.text), reverse("problems:problem", args=[problem.reference])),
                asked_of(problem),
                short_day(problem.due_date, today),
                by_whom(problem),
            ]
        )
    unit = ("责任单位",) if several else ()
    return Grid(
        ("序号", "编号", *unit, "存在问题", "整改要求", "整改时限", "责任人"),
        rows,
        landscape=True,
    )


def last_day(problems: Sequence[Problem], today: date) -> date | None:
    """The day on which the last of them is due; None where one has no date, or all are past."""
    days = [problem.due_date for problem in problems]
    if not days or None in days:
        return None
    last = max(one for one in days if one is not None)
    return last if last >= today else None
