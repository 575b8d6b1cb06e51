"""Duties that are named once and never defined (周报告 in a list of arrangements)."""

import re
from collections.abc import Iterator

from qingfeng.planreader.faults.facts import Facts
from qingfeng.planreader.model import Fault
from qingfeng.planreader.outline import Paragraph
from qingfeng.planreader.recurrence import Rhythm, find_rhythms
from qingfeng.planreader.wording import is_arrangement, is_reference

_DAILY = re.compile(r"日(?:报告|调度|报|例会|汇总)(?=、|制度|机制|等)")


def check_undefined(facts: Facts) -> Iterator[Fault]:
    """An arrangement named in a list, for which no sentence says who does what and when."""
    told: set[str] = set()
    for index, paragraph in enumerate(facts.outline.paragraphs):
        for rhythm in find_rhythms(paragraph.text):
            name = rhythm.named
            if name is None or name in told or not _is_listed(paragraph.text, rhythm):
                continue
            if not _is_defined(facts, index, paragraph, rhythm):
                told.add(name)
                message = f"第{paragraph.line.number}行提到“{name}”，但全文没有写明由谁做、做什么、何时做；请补充规定，或删去这一提法。"
                yield Fault("duty_undefined", message, (paragraph.line.number,))


def _is_listed(text: str, rhythm: Rhythm) -> bool:
    return is_reference(text, rhythm.begin, rhythm.end) or is_arrangement(text, rhythm.begin, rhythm.end)


def _is_defined(facts: Facts, index: int, paragraph: Paragraph, rhythm: Rhythm) -> bool:
    """Another sentence spells it out: by its word, or by its rhythm close by."""
    stem = re.sub(r"^(?:双周|半月|半年|周|旬|月|季度?)度?|会议$|会$", "", rhythm.named or "")
    for item in facts.draft.obligations:
        same = item.recurrence is not None and item.recurrence.every == rhythm.recurrence.every
        if same and ((stem and stem in item.quote) or item.line == paragraph.line.number):
            return True
    for other_index, other in enumerate(facts.outline.paragraphs):
        for found in find_rhythms(other.text):
            same_place = other_index == index and found.begin == rhythm.begin
            if same_place or found.recurrence.every != rhythm.recurrence.every:
                continue
            if found.named == rhythm.named and not _is_listed(other.text, found):
                return True
            arranged = is_arrangement(paragraph.text, rhythm.begin, rhythm.end)
            if (
                arranged
                and found.named is None
                and 0 <= other_index - index <= 2
                and other.path[:1] == paragraph.path[:1]
            ):
                return True
    return False
