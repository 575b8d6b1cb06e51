"""How papers say things: dates, lists, sums; clauses that leave out what is zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from qingfeng.apps.work.reports.papers.model import Counted, Run


def day(value: date) -> str:
    """2026年6月10日"""
    return f"{value.year}年{value.month}月{value.day}日"


def days(first: date, last: date) -> str:
    """2026年6月1日至30日: what both have in common is said once."""
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)}至{day(last)}"
    if first.month != last.month:
        return f"{day(first)}至{last.month}月{last.day}日"
    return f"{day(first)}至{last.day}日"


def listed(words: Sequence[str]) -> str:
    """甲、乙和丙"""
    if len(words) < 2:
        return "".join(words)
    return "、".join(words[:-1]) + "和" + words[-1]


def with_measure(figure: Counted) -> list[Run]:
    """12个"""
    return [figure, figure.measure]


def clauses(parts: Iterable[tuple[str, Counted]], end: str = "。") -> list[Run]:
    """发现问题12个，涉及群众30人。What is zero is left out; nothing at all if everything is."""
    found: list[Run] = []
    for words, figure in parts:
        if figure:
            found += ["，"] if found else []
            found += [words, figure, figure.measure]
    return [*found, end] if found else []


def stopped(text: str) -> str:
    """A ledger's text as a sentence of its own: one line, one full stop."""
    return " ".join(text.split()).rstrip("。；;，,、 ") + "。"
