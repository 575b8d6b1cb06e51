"""Typing saved: boxes filled for one problem on the three paper forms, against boxes that a person fills here.

The boxes of the paper are counted in the forms themselves (attachments 2, 3 and 4: head lines and labels). For each it
is said where the platform has it from: typed in a box of a page, or known. Whether a box is typed is asked of the page's
form as it opens for a street's clerk who has filed before: a box that opens filled in is not typed. Each box of ours is counted once, also
where two papers show it; a choice from a list counts as typing.
"""

from __future__ import annotations

from datetime import date

from django import forms

from qingfeng.apps.base.documents.attachments import (
    InspectionSheetData,
    MonthlyColumn,
    MonthlyFormData,
    RectificationSheetData,
    attachment_2,
    attachment_3,
    attachment_4,
)
from qingfeng.apps.base.documents.papers import Form, text_cell
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import offers
from qingfeng.apps.work.problems.forms import moves, sheets
from qingfeng.apps.work.problems.models import Problem

from .report import Report

LEAST = 0.6
DAY = date(2026, 6, 1)
KNOWN = ""
SHEET, PROBLEM, SUGGESTION = "sheet", "problem", "suggestion"
MEASURE, SUBMIT = "measure", "submit"
SOURCES = {
    ("检查台账", "填报单位（盖章）"): f"{SHEET}.body",
    ("检查台账", "编号"): KNOWN,  # given by the platform, without a gap
    ("检查台账", "填报时间"): f"{SHEET}.filled_on",
    ("检查台账", "时间"): f"{SHEET}.inspected_on",
    ("检查台账", "被检查单位"): f"{SHEET}.inspected_unit",
    ("检查台账", "检查人员"): f"{SHEET}.inspectors",
    ("检查台账", "检查内容"): f"{SHEET}.content",
    ("检查台账", "发现的问题"): f"{PROBLEM}.text",
    ("检查台账", "整改建议"): f"{SUGGESTION}.text",
    ("检查台账", "整改时限"): f"{SHEET}.due_date",
    ("检查台账", "整改责任人"): f"{SHEET}.responsible_name",
    ("整改台账", "填报单位（盖章）"): KNOWN,
    ("整改台账", "编号"): KNOWN,
    ("整改台账", "填报时间"): KNOWN,
    ("整改台账", "整改时间"): KNOWN,  # the day on which it was handed in as done
    ("整改台账", "问题单位"): KNOWN,
    ("整改台账", "整改责任人及责任"): f"{PROBLEM}.duty_text",
    ("整改台账", "存在问题"): KNOWN,
    ("整改台账", "整改措施"): f"{MEASURE}.text",
    ("整改台账", "完成情况"): f"{SUBMIT}.statement",
    ("月报表", "填报单位（盖章）"): KNOWN,
    ("月报表", "填报时间"): KNOWN,
    ("月报表", "受检基层单位"): KNOWN,
    ("月报表", "检查工作情况"): KNOWN,  # counted
    ("月报表", "发现问题情况"): f"{PROBLEM}.category",  # counted by content, which is chosen once
    ("月报表", "整改情况"): KNOWN,  # counted
    ("月报表", "制度机制建设情况"): f"{SUBMIT}.new_rule",
}


def measure(report: Report) -> None:
    paper = [(form.name, box) for form in _papers() for box in _boxes(form)]
    report.check("boxes of the paper forms", sorted(paper), sorted(SOURCES))
    clerk = _clerk()
    open_boxes = _empty_boxes(clerk, offers.last_values(clerk, Campaign.objects.get()))
    wanted = {source for source in SOURCES.values() if source}
    unknown = wanted - {name for name, _empty in open_boxes.items()}
    report.check("boxes named here that no page has", sorted(unknown), [])
    typed = _typed(wanted, open_boxes)
    first = _typed(wanted, _empty_boxes(clerk, offers.LastValues()))
    share = 1 - len(typed) / len(paper)
    report.facts["boxes on the three papers"] = len(paper)
    report.facts["boxes typed here"] = f"{len(typed)}: {', '.join(sorted(typed))}"
    report.facts["typing saved"] = f"{share:.0%}"
    report.facts["typing saved on a clerk's very first sheet"] = f"{1 - len(first) / len(paper):.0%}"
    if share < LEAST:
        report.failures.append(f"typing saved: {share:.0%}, at least {LEAST:.0%}")


def _typed(wanted: set[str], boxes: dict[str, tuple[bool, bool]]) -> set[str]:
    """What stands on a paper and opens empty, and whatever else must be filled."""
    asked = {name for name, (empty, required) in boxes.items() if empty and required}
    return {name for name in wanted if boxes.get(name, (True, False))[0]} | asked


def _papers() -> list[Form]:
    """The three forms, each with one of everything."""
    inspection = InspectionSheetData(
        "测验", "甲", "自检1号", DAY, DAY, "甲", "陈一", "内容", ["问题"], ["建议"], [DAY], ["陈一"]
    )
    rectification = RectificationSheetData(
        "测验", "甲", "自检1号", DAY, [DAY], "甲", ["陈一"], ["问题"], ["措施"], ["完成"]
    )
    cell = text_cell("一")
    monthly = MonthlyFormData("测验", "甲", DAY, [MonthlyColumn("甲", cell, cell, cell, cell)])
    return [attachment_2(inspection), attachment_3(rectification), attachment_4(monthly)]


def _boxes(form: Form) -> list[str]:
    """What is asked: the head line's words before their colon, and the labels of the rows."""
    page = form.pages[0]
    heads = [cell.text.partition("：")[0] for cell in page.head_line]
    rows = []
    for row in page.rows:
        labels = [cell.text for cell in row.cells if cell.label]
        rows += labels[:1] if len(labels) == len(row.cells) else labels
    return heads + rows


def _clerk() -> User:
    """Of a street, who has filed a sheet before."""
    filed = Sheet.objects.filter(filed_by__username__startswith="clerk9971").values("filed_by")
    return User.objects.select_related("person").filter(pk__in=filed).order_by("pk")[0]


def _empty_boxes(clerk: User, last: offers.LastValues) -> dict[str, tuple[bool, bool]]:
    """Every box of the pages in question: whether it opens empty, whether it must be filled."""
    campaign, problem = Campaign.objects.get(), Problem.objects.filter(state="rectifying").first()
    problem = problem or Problem.objects.first()
    assert problem is not None
    pages: dict[str, forms.Form] = {
        SHEET: sheets.SheetForm(user=clerk, last=last),
        PROBLEM: sheets.problem_rows(campaign, user=clerk).forms[0],
        SUGGESTION: sheets.suggestion_rows().forms[0],
        MEASURE: moves.MeasureForm(problem=_fresh(problem), user=clerk),
        SUBMIT: moves.SubmitForm(problem=_fresh(problem), user=clerk),
        "close_out": moves.CloseOutForm(problem=_fresh(problem), user=clerk),
    }
    return {
        f"{name}.{box}": (field.initial in (None, "", 0), field.required)
        for name, form in pages.items()
        for box, field in form.fields.items()
        if not field.widget.is_hidden
    }


def _fresh(problem: Problem) -> Problem:
    """As it stands before anything was done about it."""
    problem.completion = problem.new_rule = problem.no_rule_reason = ""
    problem.sum_returned = 0
    return problem
