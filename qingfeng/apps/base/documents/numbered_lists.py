"""“1. … 2. …” in one box: how a form writes several items, and how they are told apart again.

People number in many ways and also within a line (“1、…；2、…”), so a text that holds a number of its own could be
taken for two. Where that would happen, an invisible sign (U+2060) stands before the number; it is taken away in reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qingfeng.apps.base.documents.papers import printable

JOINER = "\u2060"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_DIGITS = "一二三四五六七八九"
_CHINESE = [*_DIGITS, "十", *(f"十{digit}" for digit in _DIGITS), "二十"]
_NUMBER = re.compile(
    r"(?:(?<=^)|(?<=[\s;；。,，:：]))(?:[(（]\s*(\d{1,2})\s*[)）][.、]?|(\d{1,2})\s*(?:[、)）]|[.．](?!\d)))\s*"
    rf"|(?<!{JOINER})([{_CIRCLED}])\s*"
    r"|(?:(?<=^)|(?<=\n))[ \t\u3000]*[(（]?([一二三四五六七八九十]{1,3})(?:、|[)）]、?)\s*"
)


def items(text: str) -> list[str]:
    """The items of a numbered list, empty ones too; the text itself when it is not numbered.

    Only numbers that count up from 1 divide it, so that “1.5万元” or “2、3月” in the middle of a sentence do not.
    Chinese numbers (一、二、) do where they begin a line.
    """
    text = text.strip()
    cuts = _cuts(text)
    if not cuts or text[: cuts[0].start()].strip() or _is_no_list(text, cuts):
        return [text.replace(JOINER, "")]
    ends = [cut.start() for cut in cuts[1:]] + [len(text)]
    return [_item(text[cut.end() : end]) for cut, end in zip(cuts, ends, strict=True)]


def _cuts(text: str) -> list[re.Match[str]]:
    """The numbers 1, 2, 3, … in their order, Chinese ones apart from the others."""
    cuts: list[re.Match[str]] = []
    for found in _NUMBER.finditer(text):
        if _value(found) == len(cuts) + 1 and (not cuts or bool(found[4]) == bool(cuts[0][4])):
            cuts.append(found)
    return cuts


def _is_no_list(text: str, cuts: list[re.Match[str]]) -> bool:
    """Whether a lone first number begins a sentence: “1、2季度未公示”, “一、二季度未公示”."""
    first = cuts[0]
    if len(cuts) > 1:
        return False
    follows = text[first.end() : first.end() + 1]
    return bool(first[4]) or (first[0].endswith("、") and follows.isdigit())


def _value(found: re.Match[str]) -> int:
    if found[3]:
        return _CIRCLED.index(found[3]) + 1
    if found[4]:
        return _CHINESE.index(found[4]) + 1 if found[4] in _CHINESE else 0
    return int(found[1] or found[2])


def _item(text: str) -> str:
    text = text.strip()
    if not text.endswith(JOINER):
        text = text.rstrip(";；").strip()
    return text.replace(JOINER, "")


def numbered(texts: Sequence[str]) -> str:
    """1. …, 2. … on lines of their own. A single one keeps its number too: the number is how it is cited."""
    return _listed(texts, "\n")


def stated_once(texts: Sequence[str]) -> str:
    """What stands once on the paper; where the problems of a sheet differ, “1. …；2. …”."""
    if len(set(texts)) <= 1:
        return texts[0] if texts else ""
    return _listed(texts, "；", blanks=True)


def _listed(texts: Sequence[str], between: str, *, blanks: bool = False) -> str:
    kept = [(number, printable(text)) for number, text in enumerate(texts, 1) if text or blanks]
    plain = between.join(f"{number}. {text}" for number, text in kept)
    if items(plain) == [text.strip() for _number, text in kept]:
        return plain
    return between.join(f"{number}. {_guarded(text)}" for number, text in kept)


def _guarded(text: str) -> str:
    """The text with the invisible sign wherever it could be divided, and where its end could be taken for a mark."""
    text = _NUMBER.sub(lambda found: f"{JOINER}{found[0]}", text.rstrip())
    return f"{text}{JOINER}" if text.endswith((";", "；")) else text
