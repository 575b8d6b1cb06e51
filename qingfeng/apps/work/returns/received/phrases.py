"""The figures in the words of a box, as offices write them: “发现问题3个，其中一般问题2个”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qingfeng.apps.work.problems.spellings import chinese_number, read_fen
from qingfeng.apps.work.returns.figures import ALL, FIGURES, Box, Figure

_NUMBER = r"(?P<n>\d[\d,，]*|[一二两三四五六七八九十]{1,3})"
_MONEY = r"(?P<n>\d[\d,，]*(?:\.\d+)?\s*万?元)"
_GAP = r"[^\d，。；,;、]{0,6}?"
_PIECES = r"\s*[个条项件处]"
_PATTERNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sheets_self", (rf"自(?:检|查){_GAP}{_NUMBER}\s*次",)),
    ("sheets_supervision", (rf"督(?:检|查|导){_GAP}{_NUMBER}\s*次",)),
    ("sheets_random", (rf"抽(?:检|查){_GAP}{_NUMBER}\s*次",)),
    ("sheets", (rf"(?:检查|巡查){_GAP}{_NUMBER}\s*次", rf"{_NUMBER}\s*次(?:监督|专项|集中)?检查")),
    ("meetings", (rf"会议?{_GAP}{_NUMBER}\s*次", rf"{_NUMBER}\s*次[^\d，。；,;、]{{0,6}}会")),
    ("activities", (rf"活动{_GAP}{_NUMBER}\s*次", rf"{_NUMBER}\s*次[^\d，。；,;、]{{0,6}}活动")),
    ("found_ordinary", (rf"一般(?:性)?问题{_GAP}{_NUMBER}{_PIECES}", rf"{_NUMBER}{_PIECES}一般(?:性)?问题")),
    ("found_risk", (rf"(?:隐患|风险){_GAP}{_NUMBER}{_PIECES}", rf"{_NUMBER}{_PIECES}(?:隐患|风险)")),
    (
        "found",
        (
            rf"(?:发现|查出|查摆|排查)[^\d，。；,;、]{{0,4}}问题{_GAP}{_NUMBER}{_PIECES}",
            rf"(?:发现|查出|查摆|排查)出?{_NUMBER}{_PIECES}[^\d，。；,;、]{{0,4}}问题",
        ),
    ),
    ("people", (rf"(?:群众|人数){_GAP}{_NUMBER}\s*[人名]",)),
    ("sum_involved", (rf"涉及(?:金额|资金){_GAP}{_MONEY}",)),
    (
        "in_rectification",
        (rf"(?:正在整改|整改中){_GAP}{_NUMBER}{_PIECES}", rf"{_NUMBER}{_PIECES}(?:问题)?正在整改"),
    ),
    (
        "closed_out",
        (
            rf"(?:销号|整改完成|完成整改|已整改){_GAP}{_NUMBER}{_PIECES}",
            rf"{_NUMBER}{_PIECES}(?:问题)?已?销号",
        ),
    ),
    ("overdue", (rf"逾期{_GAP}{_NUMBER}{_PIECES}",)),
    ("long_term", (rf"长期坚持{_GAP}{_NUMBER}{_PIECES}",)),
    ("sum_returned", (rf"(?:清退|追缴|退还)(?:金额|资金)?{_GAP}{_MONEY}",)),
    ("new_rules", (rf"(?:制度|机制|办法){_GAP}{_NUMBER}{_PIECES}", rf"{_NUMBER}{_PIECES}(?:制度|机制|办法)")),
    ("commitments", (rf"承诺书?{_GAP}{_NUMBER}\s*份", rf"{_NUMBER}\s*份[^\d，。；,;、]{{0,6}}承诺")),
)
"""The narrower before the wider: “自检2次” is no “检查2次”."""
_READ = {key: tuple(re.compile(one) for one in patterns) for key, patterns in _PATTERNS}
_LATE = re.compile(r"（其中补报[：:][^）]*）\s*$")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_HEADINGS = {
    "sheets": ("检查次数", "检查"),
    "sheets_self": ("自检次数", "自检", "自查次数"),
    "sheets_supervision": ("督检次数", "督检", "督查次数"),
    "sheets_random": ("抽检次数", "抽检", "抽查次数"),
    "meetings": ("会议次数", "召开会议", "会议"),
    "activities": ("活动次数", "开展活动", "活动"),
    "found": ("发现问题", "发现问题数", "问题数", "发现问题个数", "问题总数"),
    "found_ordinary": ("一般问题", "一般问题数"),
    "found_risk": ("隐患风险", "隐患风险数"),
    "people": ("涉及群众", "涉及人数", "涉及群众人数"),
    "sum_involved": ("涉及金额", "涉及资金"),
    "closed_out": ("销号", "销号数", "已销号", "销号问题数"),
    "in_rectification": ("正在整改", "正在整改数", "整改中"),
    "overdue": ("逾期", "逾期数", "逾期未整改"),
    "long_term": ("长期坚持", "长期坚持数"),
    "sum_returned": ("清退金额", "清退资金", "追缴金额"),
    "new_rules": ("新建制度", "新建制度数", "制度数"),
    "commitments": ("承诺书", "签署承诺书", "承诺书份数"),
}
_BY_HEADING = {name: key for key, names in _HEADINGS.items() for name in names}


@dataclass(frozen=True)
class Said:
    """A figure in the words: which, how much, and where it stands in them."""

    figure: Figure
    value: int
    start: int
    end: int


def figure_headed(text: str) -> str:
    """The key of the figure that is the column of this heading; empty when it is none."""
    return _BY_HEADING.get(re.sub(r"\s|[(（].*?[)）]|[:：]", "", text), "")


def figures_in(box: Box, text: str) -> list[Said]:
    """The figures of this box that its words tell, in their order; each once."""
    text = _LATE.sub("", text).translate(_DIGITS)
    found: list[Said] = []
    for key, _patterns in _PATTERNS:
        figure = FIGURES[key]
        if figure.box == box:
            found += _first(figure, text, found)
    return sorted(found, key=lambda one: one.start)


def _first(figure: Figure, text: str, taken: list[Said]) -> Iterator[Said]:
    for pattern in _READ[figure.key]:
        for match in pattern.finditer(text):
            start, end = match.span("n")
            if any(start < one.end and one.start < end for one in taken):
                continue
            yield Said(figure, value_of(figure, match["n"]), start, end)
            return


def value_of(figure: Figure, words: str) -> int:
    """The number, money in fen. ValueError when it is none."""
    words = words.strip()
    if figure.is_money:
        return read_fen(re.sub(r"\s", "", words))
    digits = re.sub(r"[,，\s]", "", words.translate(_DIGITS))
    return int(digits) if digits.isdecimal() else chinese_number(digits)


def marked(box: Box, text: str) -> str:
    """The words with a mark in the place of each figure that the platform counts: so they keep counting."""
    bare = _LATE.sub("", text.strip()).strip()
    out, at = [], 0
    for one in figures_in(box, bare):
        out += [bare[at : one.start], "{" + one.figure.key + "}"]
        at = one.end
    return "".join(out) + bare[at:]


def figures_of(box: Box) -> list[Figure]:
    """The figures that stand in this box."""
    return [figure for figure in ALL if figure.box == box]
