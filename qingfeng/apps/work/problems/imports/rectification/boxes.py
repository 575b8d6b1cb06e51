"""The boxes of the rectification sheet by the names that people give them, and what each says of each problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from qingfeng.apps.base.documents.numbered_lists import JOINER, items
from qingfeng.apps.work.problems.imports.boxes import NAMES, Boxes, name_and_post, no_day
from qingfeng.apps.work.problems.imports.paper_form import PaperForm
from qingfeng.apps.work.problems.imports.rectification.model import ReadAnswer
from qingfeng.apps.work.problems.imports.terms import without_verb
from qingfeng.apps.work.problems.imports.vocabulary import Vocabulary
from qingfeng.apps.work.problems.spellings import plain, read_day, several

ANSWERING = frozenset({"measures", "completion"})
"""What only a rectification ledger says."""
WORDS = Vocabulary(
    {
        "filing_body": NAMES["filing_body"],
        "number": (*NAMES["number"], "问题编号", "整改编号"),
        "filled_on": NAMES["filled_on"],
        "unit": ("问题单位", *NAMES["lead_unit"], *NAMES["inspected_unit"]),
        "problems": NAMES["problems"],
        "measures": ("整改措施", "措施", "整改举措", "采取的措施", "采取措施", "具体措施", "整改具体措施"),
        "completion": (
            "完成情况",
            "整改情况",
            "整改完成情况",
            "整改进展",
            "整改进展情况",
            "进展情况",
            "整改结果",
            "整改落实情况",
            "整改成效",
        ),
        "responsible": ("整改责任人及责任", "责任人及责任", *NAMES["responsible"]),
        "duty_text": NAMES["duty_text"],
        "leader": NAMES["leader"],
        "due_date": NAMES["due_date"],
        "rectified_on": (
            "整改时间",
            "整改日期",
            "整改完成时间",
            "整改完成日期",
            "完成时间",
            "完成日期",
            "实际完成时间",
        ),
    },
    paper=frozenset(
        {
            "filing_body",
            "number",
            "filled_on",
            "rectified_on",
            "unit",
            "responsible",
            "problems",
            "measures",
            "completion",
            "due_date",
        }
    ),
    telling=(frozenset({"problems", "number"}), ANSWERING),
    in_rows=frozenset({"problems"}),
    left_out=frozenset(
        [
            *("序号", "编码", "备注", "说明", "状态", "整改状态", "是否完成", "是否整改", "是否销号"),
            *("销号时间", "销号日期", "联系人", "联系电话", "电话", "附件", "佐证材料", "时间", "日期"),
            *("检查时间", "检查日期", "检查人员", "检查内容", "检查事项", "检查类别", "检查方式", "类别"),
            *("整改建议", "建议", "治理内容", "问题类别", "性质", "问题来源", "涉及群众", "涉及金额", "金额"),
        ]
    ),
)
OF_ALL = ("filing_body", "unit", "filled_on")
"""What the lines above a table may say of all its rows."""
LONGEST = {"problems": 5000, "measures": 5000, "completion": 5000, "responsible": 360, "leader": 50}
_OF_A_PROBLEM = re.compile(r".*号\s*[-－—–]\s*\d+|[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}")
_LINE = re.compile(rf"(?:^|\n)[ \t\u3000]*(?!{JOINER})(\d{{1,2}})\s*(?:[、)）]|[.．](?!\d))\s*")


def answers_of(boxes: Boxes, place: str) -> Iterator[ReadAnswer]:
    """What the form or row says of each of its problems, with all its faults."""
    number = plain(boxes.text("number")).strip("()（） ")
    whole = bool(_OF_A_PROBLEM.fullmatch(number))
    texts = [boxes.text("problems")] if whole else several(boxes.text("problems")) or [""]
    count = len(texts)
    if not number and texts == [""]:
        return
    boxes.check_lengths(LONGEST)
    measures, completions = (_each(boxes, box, count, whole) for box in ("measures", "completion"))
    people = boxes.one_each("responsible", boxes.each("responsible"), count)
    due, done = (_days(boxes, box, count) for box in ("due_date", "rectified_on"))
    shared = ReadAnswer(
        boxes.worksheet,
        place,
        stated_no=number,
        filing_body=boxes.text("filing_body"),
        unit=boxes.text("unit"),
        duty_text=boxes.text("duty_text"),
        leader=boxes.text("leader"),
        cells=boxes.cells(),
        out_of=count,
        faults=tuple(dict.fromkeys(boxes.faults)),
        warnings=tuple(dict.fromkeys(boxes.warnings)),
    )
    for at, text in enumerate(texts):
        name, duty = person_and_duty(people[at])
        yield replace(
            shared,
            text=text,
            ordinal=at + 1,
            responsible=name,
            duty_text=duty or shared.duty_text,
            measures=measures[at],
            completion=completions[at],
            due_date=due[at],
            rectified_on=done[at],
        )


FORM = PaperForm(WORDS, ("problems", "measures", "completion"), answers_of)
"""Attachment 3."""


def person_and_duty(text: str) -> tuple[str, str]:
    """“林晓禾：督促公示” or “林晓禾（干事）”: who, and what the person has to do."""
    name, mark, duty = text.replace("：", ":", 1).partition(":")
    return (name.strip(), duty.strip()) if mark else name_and_post(text)


def _each(boxes: Boxes, box: str, count: int, whole: bool) -> list[str]:
    """What is said of each problem. Those of which nothing is said are left out of the numbering of the paper."""
    text = boxes.text(box)
    if whole or (count == 1 and len(items(text)) != 1):
        return [text]
    told = items(text)
    if len(told) == count:
        return told
    numbered = _by_number(text)
    if numbered and max(numbered) <= count:
        return [numbered.get(number, "") for number in range(1, count + 1)]
    return [str(one) for one in boxes.one_each(box, told, count)]


def _by_number(text: str) -> dict[int, str]:
    """The items by their numbers, where some are left out: “1. …” and “3. …” on lines of their own."""
    lines = list(_LINE.finditer(text))
    numbers = [int(line[1]) for line in lines]
    if not lines or text[: lines[0].start()].strip() or numbers != sorted({*numbers}):
        return {}
    ends = [line.start() for line in lines[1:]] + [len(text)]
    parts = (text[line.end() : end] for line, end in zip(lines, ends, strict=True))
    return {number: part.replace(JOINER, "").strip() for number, part in zip(numbers, parts, strict=True)}


def _days(boxes: Boxes, box: str, count: int) -> list[date | None]:
    value = boxes.found.get(box, (None, ""))[0]
    if value is None or isinstance(value, date):
        return [value] * count
    return boxes.one_each(box, [_day(boxes, box, text) for text in boxes.each(box)], count)


def _day(boxes: Boxes, box: str, text: str) -> date | None:
    """A day; words of a time limit (“立行立改”) are none, and nothing is said of them."""
    try:
        return read_day(without_verb(text))
    except ValueError:
        if box == "rectified_on":
            boxes.fault(box, no_day(WORDS.name_of(box), text))
        return None
