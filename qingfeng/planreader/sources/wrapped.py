"""Rejoining paragraphs that were cut at the page width (text files and PDF)."""

import re
import unicodedata
from collections.abc import Sequence

from qingfeng.planreader.lines import fold
from qingfeng.planreader.ordinals import read_ordinal

_CLOSED = re.compile(r"[。！？；：:;!?]\s*$")
_GAPS = re.compile(r"\S(?: {2,}|\u3000+)\S.*\S(?: {2,}|\u3000+)\S")
_BLOCK = re.compile(
    r"^(?:附件|附表|附：|附\d|抄送|主送|联系人|（此件|印发|上一篇|下一篇|目录|第.{1,3}[章条步])"
)
_DATED = re.compile(r"^(?:\d{4}|二.{3})年\d{1,2}月\d{1,2}日$")


def width(text: str) -> int:
    """The width of a text on paper, in half-width columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text.rstrip())


def rejoin(lines: Sequence[str]) -> list[tuple[int, str]]:
    """(number of the first physical line, paragraph) for each paragraph; blank lines stay apart."""
    full = _full_width(lines)
    written = [line for line in lines if line.strip()]
    indented = sum(1 for line in written if line[:1] == "\u3000" or line[:2] == "  ") * 3 >= len(written)
    joined: list[tuple[int, str]] = []
    last = ""
    for number, text in enumerate(lines, start=1):
        if joined and full and _continues(last, text, full, indented):
            first, before = joined[-1]
            gap = "\u3000" if _ends_cell(before, text) else ""
            joined[-1] = (first, before.rstrip() + gap + text.strip())
        else:
            joined.append((number, text))
        last = text
    return joined


def _ends_cell(before: str, text: str) -> bool:
    """In a row of labels set apart by blanks a break between two long labels parts two cells."""
    labels = (before.split()[-1:] + text.split()[:1]) if _GAPS.search(before.strip()) else []
    return len(labels) == 2 and min(map(len, labels)) > 2


def _full_width(lines: Sequence[str]) -> int | None:
    """The width at which the text was cut, or None when its lines are whole paragraphs."""
    long = sorted(width(line) for line in lines if width(line) > 40)
    if len(long) < 6:
        return None
    widest = long[-1]
    near = sum(1 for length in long if length >= widest - 8)
    return widest if widest <= 130 and near * 2 >= len(long) else None


def _continues(last: str, text: str, full: int, indented: bool) -> bool:
    if not last.strip() or not text.strip() or "\t" in text or "|" in text:
        return False
    folded = fold(text).text
    if text[0].isspace():
        return False
    open_end = indented and not _CLOSED.search(last) and width(last) >= full * 0.72
    if width(last) < full - 8 and not open_end:
        return False
    if _CLOSED.search(last) and (read_ordinal(folded) or width(last) < full - 3):
        return False
    return not _BLOCK.match(folded) and not _DATED.match(folded) and not _starts_heading(folded)


def _starts_heading(folded: str) -> bool:
    ordinal = read_ordinal(folded)
    return ordinal is not None and ordinal.style in {"one", "bracketed_one", "chapter", "article", "stage"}
