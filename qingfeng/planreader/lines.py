"""Numbered lines of a document, and their folded form for parsing.

Folding drops blanks and writes half-width punctuation, full-width digits and every kind of dash
in one way, while each folded character remembers where it stood: what is found in the folded text
can be quoted verbatim from the line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

_SAME = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！", "．": ".", "｡": "。"}
_SAME |= {"〈": "《", "〉": "》", "[": "〔", "]": "〕", "［": "〔", "］": "〕", "【": "〔", "】": "〕"}
_SAME |= dict.fromkeys("—–－─―‐‑−~～∼〜﹣", "-")
_SAME |= dict.fromkeys("‘「『", "“") | dict.fromkeys("’」』", "”")
_SAME |= {"／": "/", "∶": "：", "﹕": "：", "•": "·", "・": "·"}
_INVISIBLE = "\u200b\u200c\u200d\ufeff\u00ad"
SENTENCE_END = re.compile(r"[。！？；]")


@dataclass(frozen=True)
class Folded:
    """A text folded for parsing, with the way back to the original."""

    text: str
    raw: str
    origin: tuple[int, ...] = field(repr=False)

    def quote(self, start: int, end: int) -> str:
        """The original characters behind a span of the folded text."""
        return self.raw[self.origin[start] : self.origin[end - 1] + 1] if end > start else ""

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Spans of the sentences, cut after 。！？； outside of brackets."""
        start = depth = 0
        for index, char in enumerate(self.text):
            depth += (char in "（《") - (char in "）》")
            if SENTENCE_END.match(char) and depth <= 0:
                yield start, index + 1
                start, depth = index + 1, 0
        if start < len(self.text):
            yield start, len(self.text)


@lru_cache(maxsize=4096)
def fold(raw: str) -> Folded:
    """Fold one text; spans of the result can be quoted back from it."""
    chars, origin = [], []
    opened = False
    for index, char in enumerate(raw):
        if char.isspace() or char in _INVISIBLE:
            continue
        code = ord(char)
        if 0xFF10 <= code <= 0xFF5A and char.isalnum():
            char = chr(code - 0xFEE0)
        if char in "\"'＂＇":
            char, opened = ("”" if opened else "“"), not opened
        chars.append(_SAME.get(char, char))
        origin.append(index)
    return Folded("".join(chars), raw, tuple(origin))


def balanced(text: str) -> str:
    """The text without quotation marks whose partner was cut off."""
    return text if text.count("“") == text.count("”") else re.sub(r"[“”]", "", text)


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the comma-separated clauses between two places, brackets kept whole."""
    spans, depth, begin = [], 0, start
    for index in range(start, end):
        char = text[index]
        depth += (char in "（《") - (char in "）》")
        if char in "，；。" and depth <= 0:
            spans.append((begin, index))
            begin = index + 1
    if begin < end:
        spans.append((begin, end))
    return [span for span in spans if span[1] > span[0]]


@dataclass(frozen=True)
class Line:
    """One paragraph or one table row of the document, by the number that the draft refers to."""

    number: int
    text: str
    cells: tuple[str, ...] = ()
    table: int | None = None
    grid: tuple[str, ...] = ()

    @cached_property
    def folded(self) -> Folded:
        """The line as the grammar reads it."""
        return fold(self.text)

    @property
    def plain(self) -> str:
        """The folded text."""
        return self.folded.text

    @property
    def columns(self) -> tuple[str, ...]:
        """The cells by column: one merged across several stands in each of them."""
        return self.grid or self.cells

    @property
    def is_row(self) -> bool:
        """Does the line stand in a table?"""
        return bool(self.cells)
