"""The figures of the monthly form: what each counts, by which day, and in which box it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.records.hints import Unindexed
from qingfeng.apps.work.campaigns.models import Activity, Campaign, Meeting
from qingfeng.apps.work.inspections.models import Sheet, SheetKind, SheetState
from qingfeng.apps.work.problems.flow import OPEN, ProblemState
from qingfeng.apps.work.problems.models import Commitment, Problem, ProblemNature

Words = str | Promise
Rows = Callable[[Campaign, date], QuerySet]
"""The records of a campaign as on a day (the day matters to a stock only)."""


class Box(models.TextChoices):
    """The four rows of attachment 4."""

    INSPECTIONS = "inspections", _("检查工作情况")
    PROBLEMS = "problems", _("发现问题情况")
    RECTIFICATION = "rectification", _("整改情况")
    INSTITUTIONS = "institutions", _("制度机制建设情况")


@dataclass(frozen=True)
class Figure:
    """One figure. `rows` are the records that may stand behind it; `dated` decides to which month each belongs.

    Without `dated` it is a stock: as it stands on the last day of the month.
    """

    key: str
    name: Words
    measure: Words
    box: Box
    counting_rule: Words
    rows: Rows
    unit: str
    """Path to the id of the unit in whose column it counts."""
    dated: str = ""
    amount: str = ""
    """The field that is added up; empty: the records are counted."""
    is_money: bool = False
    part_of: str = ""
    """The figure of which this one is a part: late entries are mentioned once, with the whole."""


def _in_campaign(rows: QuerySet, campaign: Campaign) -> QuerySet:
    """A form counts one unit after the other: the unit names fewer rows than the campaign with a state or a month."""
    return rows.alias(of_campaign=Unindexed("campaign_id")).filter(of_campaign=campaign.pk)


def sheets(campaign: Campaign, day: date) -> QuerySet[Sheet]:
    """Inspections that count: all but void sheets."""
    return _in_campaign(Sheet.objects.exclude(state=SheetState.VOID), campaign)


def problems(campaign: Campaign, day: date) -> QuerySet[Problem]:
    """Problems that count: all but void ones."""
    return _in_campaign(Problem.objects.exclude(state=ProblemState.VOID), campaign)


def closed_out(campaign: Campaign, day: date) -> QuerySet[Problem]:
    """Problems struck off."""
    return _in_campaign(Problem.objects.filter(state=ProblemState.CLOSED_OUT), campaign)


def in_rectification(campaign: Campaign, day: date) -> QuerySet[Problem]:
    """Found by that day and not struck off by it. What became long-term later was still in rectification then."""
    still_open = (
        Q(state__in=OPEN)
        | Q(state=ProblemState.CLOSED_OUT, closed_out_on__gt=day)
        | Q(state=ProblemState.LONG_TERM, state_since__gt=day)
    )
    return _in_campaign(Problem.objects.filter(still_open, found_on__lte=day), campaign)


def overdue(campaign: Campaign, day: date) -> QuerySet[Problem]:
    """In rectification that day, after the date that holds."""
    return in_rectification(campaign, day).filter(due_date__lt=day)


def long_term(campaign: Campaign, day: date) -> QuerySet[Problem]:
    """Long-term by that day: outside the rate."""
    return _in_campaign(Problem.objects.filter(state=ProblemState.LONG_TERM, state_since__lte=day), campaign)


def meetings(campaign: Campaign, day: date) -> QuerySet[Meeting]:
    """Meetings that units held; void entries do not count."""
    return Meeting.objects.filter(campaign=campaign, unit__isnull=False, voided_at__isnull=True)


def activities(campaign: Campaign, day: date) -> QuerySet[Activity]:
    """Entries of the activity register; void ones do not count."""
    return Activity.objects.filter(campaign=campaign, voided_at__isnull=True)


def commitments(campaign: Campaign, day: date) -> QuerySet[Commitment]:
    """Signed commitments of units at zero."""
    return Commitment.objects.filter(campaign=campaign)


def _sheets_of(kind: SheetKind) -> Rows:
    return lambda campaign, day: sheets(campaign, day).filter(kind=kind)


def _problems_of(nature: ProblemNature) -> Rows:
    return lambda campaign, day: problems(campaign, day).filter(nature=nature)


def _with_new_rule(campaign: Campaign, day: date) -> QuerySet[Problem]:
    return closed_out(campaign, day).exclude(new_rule="")


PIECES = _("个")


def _by_inspection(key: str, name: Words, rows: Rows, rule: Words, part_of: str = "") -> Figure:
    return Figure(
        key, name, _("次"), Box.INSPECTIONS, rule, rows, "inspected_unit_id", "inspected_on", part_of=part_of
    )


def _by_finding(
    key: str,
    name: Words,
    rows: Rows,
    rule: Words,
    part_of: str = "found",
    measure: Words = PIECES,
    amount: str = "",
) -> Figure:
    return Figure(
        key,
        name,
        measure,
        Box.PROBLEMS,
        rule,
        rows,
        "lead_unit_id",
        "found_on",
        amount=amount,
        is_money=not measure,
        part_of=part_of,
    )


def _stock(key: str, name: Words, rows: Rows, rule: Words, part_of: str = "") -> Figure:
    return Figure(key, name, PIECES, Box.RECTIFICATION, rule, rows, "lead_unit_id", part_of=part_of)


ALL = (
    _by_inspection(
        "sheets",
        _("检查次数"),
        sheets,
        _("本期检查该单位的台账张数，按检查时间计，不论由谁检查；作废的不计，零问题的也计。"),
    ),
    _by_inspection(
        "sheets_self",
        _("自检次数"),
        _sheets_of(SheetKind.SELF_INSPECTION),
        _("检查次数中类别为自检的。"),
        "sheets",
    ),
    _by_inspection(
        "sheets_supervision",
        _("督检次数"),
        _sheets_of(SheetKind.SUPERVISION),
        _("检查次数中类别为督检的。"),
        "sheets",
    ),
    _by_inspection(
        "sheets_random", _("抽检次数"), _sheets_of(SheetKind.RANDOM), _("检查次数中类别为抽检的。"), "sheets"
    ),
    Figure(
        "meetings",
        _("会议次数"),
        _("次"),
        Box.INSPECTIONS,
        _("该单位本期召开并登记的会议，按召开日期计；作废的不计。"),
        meetings,
        "unit_id",
        "held_on",
    ),
    Figure(
        "activities",
        _("活动次数"),
        _("次"),
        Box.INSPECTIONS,
        _("活动登记簿中该单位本期的各类事项，按日期计；作废的不计。"),
        activities,
        "unit_id",
        "held_on",
    ),
    _by_finding(
        "found",
        _("发现问题"),
        problems,
        _("本期发现、由该单位牵头整改的问题，按发现日期计；协办不重复计，作废的不计。"),
        "",
    ),
    _by_finding(
        "found_ordinary",
        _("一般问题"),
        _problems_of(ProblemNature.ORDINARY),
        _("发现问题中性质为一般问题的。"),
    ),
    _by_finding(
        "found_risk", _("隐患风险"), _problems_of(ProblemNature.RISK), _("发现问题中性质为隐患风险的。")
    ),
    _by_finding(
        "people",
        _("涉及群众"),
        problems,
        _("本期发现的问题所涉及的群众人数之和。"),
        measure=_("人"),
        amount="people_affected",
    ),
    _by_finding(
        "sum_involved",
        _("涉及金额"),
        problems,
        _("本期发现的问题所涉及的金额之和。"),
        measure="",
        amount="sum_involved",
    ),
    Figure(
        "closed_out",
        _("销号"),
        PIECES,
        Box.RECTIFICATION,
        _("本期销号的问题，按销号日期计，不论何时发现；后来重新整改的不计。"),
        closed_out,
        "lead_unit_id",
        "closed_out_on",
    ),
    _stock(
        "in_rectification",
        _("正在整改"),
        in_rectification,
        _("截至期末已发现、尚未销号的问题；长期坚持和作废的不计。"),
    ),
    _stock(
        "overdue",
        _("逾期"),
        overdue,
        _("正在整改的问题中，截至期末已超过现行整改时限的。"),
        "in_rectification",
    ),
    _stock("long_term", _("长期坚持"), long_term, _("截至期末转为长期坚持的问题，不计入销号率。")),
    Figure(
        "sum_returned",
        _("清退金额"),
        "",
        Box.RECTIFICATION,
        _("本期销号的问题所清退、追缴的金额之和。"),
        closed_out,
        "lead_unit_id",
        "closed_out_on",
        "sum_returned",
        is_money=True,
        part_of="closed_out",
    ),
    Figure(
        "new_rules",
        _("新建制度"),
        _("项"),
        Box.INSTITUTIONS,
        _("本期销号的问题中，写明新建或修订了制度的，一个问题计一项。"),
        _with_new_rule,
        "lead_unit_id",
        "closed_out_on",
    ),
    Figure(
        "commitments",
        _("承诺书"),
        _("份"),
        Box.INSTITUTIONS,
        _("该单位负责人本期签署的零问题书面承诺，按签署日期计。"),
        commitments,
        "unit_id",
        "signed_on",
    ),
)
FIGURES = {figure.key: figure for figure in ALL}
