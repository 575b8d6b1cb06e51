"""The ledgers in the columns of their papers: attachment 2 (检查台账) a line a sheet, attachment 3 (整改台账) a line a
problem. What belongs to the records is fetched a few hundred at a time, never record by record.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.base.documents.attachments import title
from qingfeng.apps.base.documents.numbered_lists import numbered, stated_once
from qingfeng.apps.base.documents.papers import paper_date
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.ledgers import Column, Official
from qingfeng.apps.work.campaigns.models import Campaign, ColumnTarget
from qingfeng.apps.work.inspections.models import Sheet, Suggestion
from qingfeng.apps.work.problems.extra_columns import give_values
from qingfeng.apps.work.problems.extra_ledgers import paper_columns, state_values, stated_columns
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.papers import asked_on, completion_of, duty_of, measures_of
from qingfeng.apps.work.problems.visibility import visible

_OF_A_PROBLEM = ("number", "lead_unit__name", "responsible_name", "duty_text", "text", "completion", "state")
_OF_A_SHEET = (
    *("number", "kind", "filled_on", "inspected_on", "inspectors", "content", "due_date"),
    *("filing_unit__name", "filing_unit__short_name", "filing_group__name", "filing_group__short_name"),
    "inspected_unit__name",
)
_OF_A_PROBLEM_ON_IT = ("sheet_id", "text", "first_due_date", "responsible_name")


def official_problems(campaign: Campaign) -> Official:
    """整改台账 over the problems of the ledger."""
    columns = [
        Column("number", _("编号"), "shown_number"),
        Column("rectified", _("整改时间"), "asked_on", "date"),
        Column("unit", _("问题单位"), "lead_unit__name"),
        Column("responsible", _("整改责任人及责任"), duty_of, "long"),
        Column("text", _("存在问题"), kind="long"),
        Column("measures", _("整改措施"), "measures_in_words", "long"),
        Column("completion", _("完成情况"), "completion_in_words", "long"),
        *paper_columns(campaign, ColumnTarget.PROBLEM),
    ]
    return Official(title(campaign.short_title, _("整改台账")), columns, _with_measures, _OF_A_PROBLEM)


def _with_measures(problems: list[Any]) -> None:
    measures, last_word = measures_of(problems)
    asked = asked_on(problems)
    give_values(problems, ColumnTarget.PROBLEM)
    for problem in problems:
        problem.asked_on = asked.get(problem.pk)
        problem.measures_in_words = "；".join(measures.get(problem.pk, []))
        problem.completion_in_words = completion_of(problem, last_word.get(problem.pk, ""))


def official_sheets(user: User, campaign: Campaign) -> Official:
    """检查台账 over the sheets of the ledger, each with the problems that exist for this user."""
    columns = [
        Column("number", _("编号"), "full_number"),
        Column("body", _("填报单位"), lambda sheet: sheet.filing_body.name),
        Column("filled", _("填报时间"), "filled_on", "date"),
        Column("inspected", _("时间"), "inspected_on", "date"),
        Column("unit", _("被检查单位"), "inspected_unit__name"),
        Column("inspectors", _("检查人员")),
        Column("content", _("检查内容"), kind="long"),
        Column("problems", _("发现的问题"), "problems_in_words", "long"),
        Column("suggestions", _("整改建议"), "suggestions_in_words", "long"),
        Column("due", _("整改时限"), "due_in_words"),
        Column("responsible", _("整改责任人"), "responsible_in_words"),
        *stated_columns(campaign, ColumnTarget.PROBLEM),
        *paper_columns(campaign, ColumnTarget.SHEET),
    ]
    prepare = partial(_with_problems, user=user, campaign=campaign)
    return Official(title(campaign.short_title, _("检查台账")), columns, prepare, _OF_A_SHEET)


def _with_problems(sheets: list[Any], *, user: User, campaign: Campaign) -> None:
    problems: dict[int, list[Problem]] = {}
    rows = visible(user).filter(sheet__in=sheets).exclude(state=ProblemState.VOID)
    for problem in rows.order_by("sheet", "ordinal").only(*_OF_A_PROBLEM_ON_IT):
        problems.setdefault(problem.sheet_id or 0, []).append(problem)
    suggestions: dict[int, list[str]] = {}
    for key, text in Suggestion.objects.filter(sheet__in=sheets).values_list("sheet", "text"):
        suggestions.setdefault(key, []).append(text)
    give_values(sheets, ColumnTarget.SHEET)
    state_values(campaign, [(sheet, problems.get(sheet.pk, [])) for sheet in sheets], ColumnTarget.PROBLEM)
    for sheet in sheets:
        _say(sheet, problems.get(sheet.pk, []), suggestions.get(sheet.pk, []))


def _say(sheet: Any, problems: list[Problem], suggestions: list[str]) -> None:
    """What stands in the boxes of one sheet, as on its paper."""
    assert isinstance(sheet, Sheet)
    days = [problem.first_due_date for problem in problems] or [sheet.due_date]
    words = {
        "problems_in_words": numbered([problem.text for problem in problems]),
        "suggestions_in_words": numbered(suggestions),
        "due_in_words": stated_once([paper_date(day) for day in days]),
        "responsible_in_words": stated_once([problem.responsible_name for problem in problems]),
    }
    vars(sheet).update(words)
