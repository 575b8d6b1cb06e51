"""What was done in a period, beside the problems themselves: inspections, duties, rounds of a problem, meetings.

Each is a named query over what the user may see, one aggregate each, and the page of its rows shows the same query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum

from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.work.campaigns.models import ActivityKind, MeetingKind
from qingfeng.apps.work.campaigns.visibility import visible_activities, visible_duties, visible_meetings
from qingfeng.apps.work.inspections.models import SheetKind
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.instruction_visibility import visible_instructions
from qingfeng.apps.work.problems.models import (
    Answer,
    Commitment,
    Extension,
    InstructionState,
    LookBack,
    LookBackResult,
    Submission,
    Verdict,
)
from qingfeng.apps.work.reports.figures import LISTINGS
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.returns.models import ReturnState
from qingfeng.apps.work.returns.visibility import visible as visible_returns

Rows = Callable[[Asked], QuerySet]


@dataclass(frozen=True)
class WorkDone:
    """A named count of records (or the sum of one of their numbers)."""

    key: str
    name: str
    measure: str
    counting_rule: str
    rows: Rows
    period_of: str = ""
    """What of a record must lie within the period, in words; empty where the period plays no part."""
    amount: str = ""

    def number(self, rows: QuerySet) -> int:
        """One query."""
        if self.amount:
            return int(rows.order_by().aggregate(sum=Sum(self.amount, default=0))["sum"])
        return rows.order_by().count()


def _sheets(asked: Asked, **more: object) -> QuerySet:
    rows = LISTINGS["sheets"].rows(asked.user, asked.campaign)
    return asked.in_period(asked.of_unit(rows, "inspected_unit"), "inspected_on").filter(**more)


def _duties(asked: Asked, condition: Q = Q()) -> QuerySet:  # noqa: B008
    """Owed within the period and due by the day of counting; waived ones are not owed."""
    rows = visible_duties(asked.user).filter(campaign=asked.campaign, waived_at=None, due__lt=asked.day)
    return asked.in_period(asked.of_unit(rows, "unit"), "due").filter(condition)


def _of_problems(asked: Asked, rows: QuerySet, day: str) -> QuerySet:
    """What belongs to problems that count for this user: the same conditions as `asked.problems()`, by a join."""
    rows = rows.filter(campaign=asked.campaign).exclude(problem__state=ProblemState.VOID)
    if not asked.sight.is_whole:
        rows = rows.filter(problem__lead_unit_id__in=reach(asked.user))
    if asked.sight.hidden:
        rows = rows.exclude(problem_id__in=asked.sight.hidden)
    return asked.in_period(asked.of_unit(rows, "problem__lead_unit"), day)


def _look_backs(asked: Asked, **more: object) -> QuerySet:
    return _of_problems(asked, LookBack.objects.filter(**more), "carried_out_on")


def _meetings(asked: Asked, **more: object) -> QuerySet:
    rows = visible_meetings(asked.user).filter(campaign=asked.campaign, voided_at=None, **more)
    return asked.in_period(asked.of_unit(rows, "unit"), "held_on")


def _activities(asked: Asked, kind: ActivityKind) -> QuerySet:
    rows = visible_activities(asked.user).filter(campaign=asked.campaign, voided_at=None, kind=kind)
    return asked.in_period(asked.of_unit(rows, "unit"), "held_on")


def _instructions(asked: Asked, **more: object) -> QuerySet:
    rows = visible_instructions(asked.user).filter(campaign=asked.campaign, **more)
    rows = rows.exclude(state=InstructionState.VOID)
    return asked.in_period(asked.of_unit(rows, "to_unit"), "given_on")


def _commitments(asked: Asked) -> QuerySet:
    rows = Commitment.objects.filter(campaign=asked.campaign)
    return asked.in_period(asked.of_unit(_in_reach(asked, rows), "unit"), "signed_on")


def _in_reach(asked: Asked, rows: QuerySet) -> QuerySet:
    """Commitments of units whose problems the user would see."""
    return rows if asked.sight.is_whole else rows.filter(unit_id__in=reach(asked.user))


def _returns(asked: Asked) -> QuerySet:
    rows = visible_returns(asked.user).filter(campaign=asked.campaign, state=ReturnState.HANDED_IN)
    return asked.in_period(asked.of_unit(rows, "unit"), "period_end")


_ON_TIME = Q(fulfilled_on__lte=F("due"))

WORK_DONE = {
    work.key: work
    for work in (
        WorkDone("inspections", "开展检查", "次", "已填报、未作废的检查台账，一张计一次，零问题的也计。", _sheets, "检查日期"),
        WorkDone("self_inspections", "自查自检", "次", "检查类别为自检的检查台账。", lambda asked: _sheets(asked, kind=SheetKind.SELF_INSPECTION), "检查日期"),
        WorkDone("supervisions", "督查检查", "次", "检查类别为督检、抽检的检查台账。", lambda asked: _sheets(asked, kind__in=(SheetKind.SUPERVISION, SheetKind.RANDOM)), "检查日期"),
        WorkDone("duties_due", "到期应报事项", "项", "期限已到的应报事项，每个承担者每期计一项；免报的不计。", _duties, "期限"),
        WorkDone("duties_on_time", "按期报送", "项", "到期应报事项中，报齐日期不晚于期限的。", lambda asked: _duties(asked, _ON_TIME), "期限"),
        WorkDone("duties_late", "逾期报送", "项", "到期应报事项中，报齐日期晚于期限的。", lambda asked: _duties(asked, Q(fulfilled_on__gt=F("due"))), "期限"),
        WorkDone("duties_missing", "到期未报", "项", "到期应报事项中，到统计截止日尚未报齐的。", lambda asked: _duties(asked, Q(fulfilled_on=None)), "期限"),
        WorkDone("returns", "已报送月报表", "份", "已报送的月报表，更正过的只计最后一份。", _returns, "报表期末"),
        WorkDone("look_backs", "回头看", "次", "对已销号问题开展的回头看，一个问题每看一次计一次。", _look_backs, "回头看日期"),
        WorkDone("recurred", "反弹回潮", "次", "回头看结果为反弹回潮的。", lambda asked: _look_backs(asked, result=LookBackResult.RECURRED), "回头看日期"),
        WorkDone("returned", "退回补正", "次", "销号申请被退回的次数，一个问题每退一次计一次。", lambda asked: _of_problems(asked, Submission.objects.filter(verdict=Verdict.RETURNED), "decided_on"), "退回日期"),
        WorkDone("extensions", "批准延期", "次", "经批准延长整改时限的次数。", lambda asked: _of_problems(asked, Extension.objects.filter(answer=Answer.APPROVED), "asked_on"), "申请日期"),
        WorkDone("meetings", "召开会议", "次", "已登记、未作废的会议。", _meetings, "召开日期"),
        WorkDone("joint_meetings", "召开联席会议", "次", "已登记、未作废的联席会议。", lambda asked: _meetings(asked, kind=MeetingKind.JOINT), "召开日期"),
        WorkDone("trainings", "开展培训教育", "次", "已登记、未作废的培训教育活动。", lambda asked: _activities(asked, ActivityKind.TRAINING), "活动日期"),
        WorkDone("trained", "参加培训教育", "人次", "已登记、未作废的培训教育活动所登记的人次之和。", lambda asked: _activities(asked, ActivityKind.TRAINING), "活动日期", "people"),
        WorkDone("talks", "开展谈话", "次", "已登记、未作废的谈话。", lambda asked: _activities(asked, ActivityKind.TALK), "活动日期"),
        WorkDone("visits", "开展走访", "次", "已登记、未作废的走访。", lambda asked: _activities(asked, ActivityKind.VISIT), "活动日期"),
        WorkDone("publicity", "开展宣传", "次", "已登记、未作废的宣传活动。", lambda asked: _activities(asked, ActivityKind.PUBLICITY), "活动日期"),
        WorkDone("instructions", "领导批示", "件", "已登记、未作废的领导批示，限统计人可以查看的。", _instructions, "批示日期"),
        WorkDone("instructions_closed", "批示办结", "件", "领导批示中已办结的。", lambda asked: _instructions(asked, state=InstructionState.CLOSED), "批示日期"),
        WorkDone("commitments", "签订承诺书", "份", "零问题单位已签订的承诺书。", _commitments, "签订日期"),
    )
}  # fmt: skip
