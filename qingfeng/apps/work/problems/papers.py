"""Attachments 2 and 3 filled from the ledger: two papers over the same problems (RULES §9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qingfeng.apps.base.documents.attachments import (
    InspectionSheetData,
    RectificationSheetData,
    attachment_2,
    attachment_3,
)
from qingfeng.apps.base.documents.papers import Form, together
from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.work.campaigns.models import ColumnTarget
from qingfeng.apps.work.inspections.models import Sheet, Suggestion
from qingfeng.apps.work.problems import queries
from qingfeng.apps.work.problems.extra_columns import in_words, lines_of, stated
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import Measure, MeasureKind, Problem, Submission, Verdict

VOID_TEXT = "（已作废）"


def inspection_paper(user: User, sheet: Sheet) -> Form:
    """Attachment 2 with the problems that exist for this user; a void one keeps its number and loses its words."""
    problems = list(queries.problems_on(user, sheet))
    counted = [problem for problem in problems if problem.state != ProblemState.VOID]
    suggestions = Suggestion.objects.filter(sheet=sheet).values_list("text", flat=True)
    days: list[date | None] = [problem.first_due_date for problem in counted]
    return attachment_2(
        InspectionSheetData(
            subject=sheet.campaign.short_title,
            filing_body=sheet.filing_body.name,
            sheet_no=sheet.sheet_no,
            filled_on=sheet.filled_on,
            inspected_on=sheet.inspected_on,
            inspected_unit=sheet.inspected_unit.name,
            inspectors=sheet.inspectors,
            content=sheet.content,
            problems=[_text(problem) for problem in problems],
            suggestions=list(suggestions),
            due_dates=days or [sheet.due_date],
            responsible=[problem.responsible_name for problem in counted],
            added=[
                *_lines(sheet, ColumnTarget.PROBLEM, problems),
                *_lines(sheet, ColumnTarget.SHEET, [sheet]),
            ],
        )
    )


def rectification_papers(user: User, sheet: Sheet) -> Form:
    """Attachment 3, one for each unit that has problems of this sheet; a problem may have been transferred."""
    by_unit: dict[Unit, list[Problem]] = {}
    for problem in queries.problems_on(user, sheet).exclude(state=ProblemState.VOID):
        by_unit.setdefault(problem.lead_unit, []).append(problem)
    if not by_unit:
        by_unit[sheet.inspected_unit] = []
    forms = [
        _rectification(sheet, unit, problems, whole=len(by_unit) == 1) for unit, problems in by_unit.items()
    ]
    return together(forms[0].name, forms)


def _rectification(sheet: Sheet, unit: Unit, problems: list[Problem], *, whole: bool) -> Form:
    measures, last_word = measures_of(problems)
    asked = asked_on(problems)
    days = [
        asked.get(problem.pk) for problem in problems
    ]  # stated once all are put right; until then left open
    number = sheet.full_number
    if not whole:
        number += "第" + "、".join(str(problem.ordinal) for problem in problems) + "项"
    return attachment_3(
        RectificationSheetData(
            subject=sheet.campaign.short_title,
            filing_body=unit.name,
            sheet_no=number,
            filled_on=max(asked.values(), default=None),
            rectified_on=days if all(days) else [None],
            problem_unit=unit.name,
            responsible=[duty_of(problem) for problem in problems],
            problems=[problem.text for problem in problems],
            measures=["；".join(measures.get(problem.pk, [])) for problem in problems],
            completions=[completion_of(problem, last_word.get(problem.pk, "")) for problem in problems],
            added=_lines(sheet, ColumnTarget.PROBLEM, problems),
        )
    )


def _lines(sheet: Sheet, target: str, records: Sequence[Problem | Sheet]) -> list[tuple[str, str]]:
    """The columns that the campaign adds, each with what stands in its box; of a void problem nothing does."""
    void = [record.state == ProblemState.VOID for record in records]
    return [
        (
            line.name,
            stated(["" if gone else in_words(value) for value, gone in zip(line.values, void, strict=False)]),
        )
        for line in lines_of(sheet.campaign, target, records)
    ]


def _text(problem: Problem) -> str:
    return VOID_TEXT if problem.state == ProblemState.VOID else problem.text


def duty_of(problem: Problem) -> str:
    return "：".join(part for part in (problem.responsible_name, problem.duty_text) if part)


def completion_of(problem: Problem, last_word: str) -> str:
    """What was achieved once it has been handed in, until then how far it has come."""
    if problem.completion and problem.state in (ProblemState.SUBMITTED, ProblemState.CLOSED_OUT):
        return problem.completion
    label = str(ProblemState(problem.state).label)
    return f"{label}：{last_word}" if last_word else label


def measures_of(problems: list[Problem]) -> tuple[dict[int, list[str]], dict[int, str]]:
    """(measures of each problem, the last progress of each)"""
    measures: dict[int, list[str]] = {}
    progress: dict[int, str] = {}
    rows = Measure.objects.filter(problem__in=problems).order_by("pk")
    for problem, kind, text in rows.values_list("problem_id", "kind", "text"):
        if kind == MeasureKind.MEASURE:
            measures.setdefault(problem, []).append(text.rstrip("。；;"))
        else:
            progress[problem] = text
    return measures, progress


def asked_on(problems: list[Problem]) -> dict[int, date]:
    """The day on which each was handed in as put right, unless it came back."""
    done = (ProblemState.SUBMITTED, ProblemState.CLOSED_OUT)
    rows = Submission.objects.filter(problem__in=problems, problem__state__in=done).exclude(
        verdict=Verdict.RETURNED
    )
    return dict(rows.order_by("round").values_list("problem_id", "submitted_on"))
