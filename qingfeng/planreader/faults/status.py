"""A document that still calls itself a draft."""

from collections.abc import Iterator

from qingfeng.planreader.cover import draft_lines
from qingfeng.planreader.faults.facts import Facts, places
from qingfeng.planreader.model import Fault


def check_draft(facts: Facts) -> Iterator[Fault]:
    """审议稿, 征求意见稿 and the like in the head."""
    lines = tuple(line.number for line in draft_lines(facts.outline))
    if lines:
        message = f"{places(lines)}标明还是未定稿；请换正式印发的文本，或确认按此稿启动。"
        yield Fault("still_draft", message, lines)
