"""Stages that overlap or leave days uncovered, and due dates outside of their stage."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from qingfeng.calendars import YearUnknown
from qingfeng.planreader.faults.facts import Facts
from qingfeng.planreader.model import Fault

_DAY = timedelta(days=1)


def check_overlap(facts: Facts) -> Iterator[Fault]:
    """A stage that begins before the one before it has ended."""
    stages = facts.draft.stages
    for one, other in pairwise(stages):
        if one.end and other.start and other.start <= one.end:
            days = f"{_said(other.start)}至{_said(min(one.end, other.end or one.end))}"
            message = f"第{one.line}行的“{one.name}”与第{other.line}行的“{other.name}”在{days}重叠；请定明这几天按哪个阶段要求办。"
            yield Fault("stages_overlap", message, (one.line, other.line))


def check_uncovered(facts: Facts) -> Iterator[Fault]:
    """Days of the campaign that belong to no stage; a bare weekend between two stages is none."""
    stages = facts.draft.stages
    if not stages:
        return
    for one, other in pairwise(stages):
        if one.end and other.start:
            yield from _gap(facts, one.end + _DAY, other.start - _DAY, (one.line, other.line))
    period, first, last = facts.draft.period, stages[0], stages[-1]
    if period.start and first.start:
        yield from _gap(facts, period.start, first.start - _DAY, (first.line,))
    ends = [stage.end for stage in stages if stage.end]
    if period.end and last.end:
        yield from _gap(facts, max(ends) + _DAY, period.end, (last.line,))


def _gap(facts: Facts, start: date, end: date, lines: tuple[int, ...]) -> Iterator[Fault]:
    days = [start + _DAY * n for n in range((end - start).days + 1)]
    if any(_is_missed(facts, day) for day in days):
        message = f"{_said(start)}至{_said(end)}不属于任何阶段；请定明这几天归哪个阶段，或改正起止日期。"
        yield Fault("days_uncovered", message, lines)


def _is_missed(facts: Facts, day: date) -> bool:
    """Any day but one of a plain weekend; a stage that leaves out a holiday has not been dated to its end."""
    try:
        return day.weekday() < 5 or facts.calendar.is_working_day(day)
    except YearUnknown:
        return day.weekday() < 5


def check_due_in_stage(facts: Facts) -> Iterator[Fault]:
    """A duty set in a stage but due outside of it."""
    by_number = {stage.number: stage for stage in facts.draft.stages}
    for item in facts.draft.obligations:
        stage = by_number.get(item.stage or 0)
        if stage is None or item.due is None or item.recurrence:
            continue
        if (stage.end and item.due > stage.end) or (stage.start and item.due < stage.start):
            message = f"第{item.line}行的期限{_said(item.due)}不在“{stage.name}”阶段（{_said(stage.start)}至{_said(stage.end)}）内；请核对期限或阶段起止。"
            yield Fault("due_outside_stage", message, (item.line, stage.line))


def _said(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "未写明"
