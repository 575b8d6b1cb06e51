"""Dates with a part missing, dates that do not exist, an unknown year, due dates on days off."""

import re
from collections.abc import Iterator

from qingfeng.calendars import YearUnknown
from qingfeng.planreader.dates import find_dates, find_incomplete
from qingfeng.planreader.faults.facts import Facts, places
from qingfeng.planreader.lines import Line
from qingfeng.planreader.model import Fault
from qingfeng.planreader.recurrence import find_rhythms
from qingfeng.planreader.years import Years

_LEAP = 2024
_RHYTHM_WITHOUT_DAY = re.compile(r"每(?:月|季度末月|季度)日(?:之?前|以前)")


def check_incomplete(facts: Facts) -> Iterator[Fault]:
    """A date of which a part is missing."""
    for line in _lines(facts):
        hidden = find_rhythms(line.plain)
        text = line.plain
        for rhythm in hidden:
            text = text[: rhythm.begin] + "□" * (rhythm.end - rhythm.begin) + text[rhythm.end :]
        found = find_incomplete(text) + [(m[0], "缺日子") for m in _RHYTHM_WITHOUT_DAY.finditer(line.plain)]
        for written, missing in found:
            message = f"第{line.number}行的日期“{written}”不完整（{missing}）；请向起草单位核实后补全。"
            yield Fault("date_incomplete", message, (line.number,))


def check_impossible(facts: Facts) -> Iterator[Fault]:
    """A date that no calendar has, such as 6月31日."""
    years = Years(facts.years.base or _LEAP, facts.years.signed, facts.years.windows)
    for line in _lines(facts):
        hidden = tuple((r.begin, r.end) for r in find_rhythms(line.plain))
        for mention in find_dates(line.plain, hidden):
            backwards = mention.start.month is None
            if not backwards and years.resolve(mention).impossible:
                message = f"第{line.number}行的“{mention.text}”没有这一天；请核实后改正，改正前不计算期限。"
                yield Fault("date_impossible", message, (line.number,))


def check_year(facts: Facts) -> Iterator[Fault]:
    """No year can be known, so that no date can be reckoned."""
    if facts.years.base is not None:
        return
    lines = [
        p.line.number for p in facts.outline.paragraphs if any(m.start.month for m in find_dates(p.text))
    ]
    if lines:
        message = f"全文没有写明年份，{places(lines)}的日期推算不出是哪一年；请补写年份或在导入时指定。"
        yield Fault("year_unknown", message, tuple(lines))


def check_day_off(facts: Facts) -> Iterator[Fault]:
    """A day named as the limit on which the office is closed; a year without data is passed over."""
    seen = set()
    for item in facts.draft.obligations:
        if item.due is None or item.recurrence or not re.search(r"[日号]|\d\.\d|-\d", item.due_text or ""):
            continue
        try:
            worked = facts.calendar.is_working_day(item.due)
        except YearUnknown:
            continue
        if not worked and (item.due, item.line) not in seen:
            seen.add((item.due, item.line))
            message = f"第{item.line}行的期限{item.due.month}月{item.due.day}日是休息日；请定明提前还是顺延，启动时也可以统一选择。"
            yield Fault("due_on_day_off", message, (item.line,))


def _lines(facts: Facts) -> list[Line]:
    return [p.line for p in facts.outline.paragraphs]
