"""Ordinals at the head of a line or a clause: 一、(一)1.(1)① 第一条 第一阶段 一是 一要."""

import re
from dataclasses import dataclass

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {
    "〇": 0,
    "○": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
CHINESE = r"[一二三四五六七八九十]{1,3}"

# Style names from the highest rank down; a plan need not use all of them.
STYLES: tuple[tuple[str, str], ...] = (
    ("part", rf"第(?P<n>{CHINESE}|\d{{1,2}})[编部]分?(?![门])"),
    ("chapter", rf"第(?P<n>{CHINESE}|\d{{1,2}})章"),
    ("article", rf"第(?P<n>{CHINESE}|\d{{1,3}})条"),
    (
        "stage",
        rf"(?:第(?P<n>{CHINESE}|\d)(?:个?阶段|步骤?|环节)|(?:阶段|步骤)(?P<m>{CHINESE}|\d)(?=[：:、.，-]|[^般次些个直定致旦律\d]))",
    ),
    ("one", rf"(?P<n>{CHINESE})[、.]"),
    ("bracketed_one", rf"（(?P<n>{CHINESE})）[、.]?"),
    ("arabic", r"(?P<n>\d{1,2})(?:[、]|\.(?!\d)|\.(?=20\d{2}[年./-]|\d{1,2}月))"),
    ("bracketed_arabic", r"（(?P<n>\d{1,2})）|(?P<m>\d{1,2})）"),
    ("circled", rf"(?P<n>[{CIRCLED}])"),
    ("bullet", r"(?P<n>[●○■□◆◇★▲►➤•·])"),
    ("spoken", rf"(?P<n>{CHINESE})(?:是|要)(?=[^否])"),
    ("spoken_first", r"(?P<n>首先|其次|再次|最后)，"),
)
_PATTERNS = [(name, re.compile(pattern)) for name, pattern in STYLES]
RANK = {name: rank for rank, (name, _) in enumerate(STYLES)}
SPOKEN = re.compile(rf"(?:^|(?<=[，。；：、]))(?P<n>{CHINESE})(?:是|要)")


@dataclass(frozen=True)
class Ordinal:
    """A number in its style, and how many folded characters it takes."""

    style: str
    number: int
    length: int


def chinese_number(text: str) -> int | None:
    """The value of 二十三, 23, ㈢-free digits, 二〇一七; None if it is no number."""
    if text.isdecimal():
        return int(text)
    if text in CIRCLED and len(text) == 1:
        return CIRCLED.index(text) + 1
    if not text or any(char not in _DIGITS and char not in "十百廿" for char in text):
        return None
    if not any(char in "十百廿" for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = current = 0
    for char in text.replace("廿", "二十"):
        if char in _DIGITS:
            current = _DIGITS[char]
        else:
            total += (current or 1) * (10 if char == "十" else 100)
            current = 0
    return total + current


def read_ordinal(text: str) -> Ordinal | None:
    """The ordinal at the head of a folded text, if there is one."""
    for style, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            digits = match["n"] or match.groupdict().get("m") or ""
            fixed = {"首先": 1, "其次": 2, "再次": 3, "最后": 99}.get(
                digits, 0 if style == "bullet" else None
            )
            number = chinese_number(digits) if fixed is None else fixed
            if number is not None:
                return Ordinal(style, number, match.end())
    return None
