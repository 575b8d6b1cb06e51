"""The marks before headings and list items: 一、（一）1., the same in the browser, in Word and in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qingfeng.apps.work.reports.papers.model import Block, Heading, Text

_DIGITS = "零一二三四五六七八九"


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with its mark; empty where it has none. A run-in heading counts as one of the second level."""
    counts = [0, 0, 0, 0, 0]
    for block in blocks:
        level = (
            block.level if isinstance(block, Heading) else 2 if isinstance(block, Text) and block.lead else 0
        )
        if level:
            counts[level] += 1
            counts[level + 1 :] = [0] * (4 - level)
        yield (_mark(level, counts[level]) if level else ""), block


def _mark(level: int, number: int) -> str:
    if level == 1:
        return f"{_chinese(number)}、"
    if level == 2:
        return f"（{_chinese(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    words = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return words + (_DIGITS[ones] if ones else "")
