"""Limits that run from an event: 收到函之日起30日内, 发现问题后3个工作日内, kept as they are written."""

import re
from dataclasses import dataclass

from qingfeng.planreader.bodies import subject_of

_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_UNIT = r"(?:个?工作日|个?自然日|日|天|个?小时|周|个?星期|个?月)"
_WITHIN = re.compile(rf"(?:在|于|应当?在?|须在?|必须在?|要在?)?{_NUMBER}{_UNIT}(?:之内|以内|内)")
_BEFORE = re.compile(
    rf"(?P<event>[\u4e00-\u9fff“]{{1,8}}?(?:召开|举行|开始|实施|公示|会|到期|届满|结束)?)前{_NUMBER}{_UNIT}(?!内)"
)
_NEXT_DAY = re.compile(r"(?:的)?(?:当天|当日|次日|当场|24小时内|同日)(?:内|前|之内)?")
_EVENT = re.compile(
    r"(?:之日起|之日|次日起|当日起|时起|起|后的?|之后|以后|结束|的|时|当天|完毕)[，]?(?:\S{0,10})$"
)
_PURE_DURATION = re.compile(r"(?:近|为期|历时|不少于|不低于|公示期|连续|会期|用|力争用?|利用)$")


@dataclass(frozen=True)
class Trigger:
    """A place in a folded text with a limit that runs from an event."""

    begin: int
    end: int
    text: str


def find_triggers(text: str, start: int, end: int) -> list[Trigger]:
    """The triggers of one sentence, each from its event on."""
    found: list[Trigger] = []
    for match in _WITHIN.finditer(text, start, end):
        if _PURE_DURATION.search(text[start : match.start()]):
            continue
        begin = _event_begin(text, max([start, *(trigger.end for trigger in found)]), match.start())
        found.append(Trigger(begin, match.end(), text[begin : match.end()]))
    for match in _BEFORE.finditer(text, start, end):
        if any(t.begin <= match.start() < t.end for t in found) or not _is_event(match["event"]):
            continue
        found.append(Trigger(match.start(), match.end(), match[0]))
    return sorted(found, key=lambda trigger: trigger.begin)


def _is_event(event: str) -> bool:
    return event.endswith(("召开", "举行", "开始", "实施", "公示", "会", "到期", "届满", "结束", "会议"))


def _event_begin(text: str, start: int, place: int) -> int:
    """Where the event begins: after the last comma, or one clause earlier when this clause holds no event."""
    clause = _clause_start(text, start, place)
    within = text[clause:place]
    if _EVENT.search(within):
        return clause + _subject_skip(within)
    if clause > start and clause - 1 >= start:
        before = _clause_start(text, start, clause - 1)
        previous = text[before : clause - 1]
        event = previous[_subject_skip(previous) :]
        if re.search(r"(?:后|之日起|的|时|以后|完毕)$", previous) or re.match(
            r"发现|收到|接到|遇|出现|发生|受理", event
        ):
            return before + _subject_skip(previous)
    return place


def _clause_start(text: str, start: int, place: int) -> int:
    cut = max(text.rfind(mark, start, place) for mark in "，；。：）")
    return start if cut < 0 else cut + 1


def _subject_skip(clause: str) -> int:
    """Skip a bearer that stands before the event: 各乡镇收到…, 线索处置专班接到…."""
    who, length = subject_of(clause)
    rest = clause[length:]
    modal = re.match(r"(?:应当?|须|要|必须)(?:在|于)?", rest)
    return length + (modal.end() if modal and len(rest) > modal.end() + 2 else 0) if who else 0
