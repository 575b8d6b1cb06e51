"""A number in words (以下四个方面, 三项机制) that is not the number of what is listed behind or below it."""

import re
from collections.abc import Iterator, Sequence

from qingfeng.planreader.ordinals import SPOKEN, chinese_number
from qingfeng.planreader.outline import Paragraph

_N = r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})"
_THING = r"(?:工作专班|专班|工作组|小组|工作队|组|方面|机制|制度|措施|任务|环节|重点|问题|内容|步骤|行动|举措|要求|情形|行为|领域|工作)"
_COUNTED = re.compile(
    rf"(?P<following>以下|下列|如下)?(?<![第\d一二三四五六七八九十]){_N}(?:个|项|类|大|条|种|支)(?:方面)?(?:的)?[\u4e00-\u9fff]{{0,6}}?(?P<thing>{_THING})(?P<after>如下|内容|问题)?"
)
_COUNTABLE = {"机制", "制度", "措施", "环节"}
_BEHIND = re.compile(r"^[：，（]?(?:即|分别[是为]|包括)?：?(?P<list>[^，。；：（）]{4,90})")
_AHEAD = re.compile(
    r"(?:建立|健全|完善|落实|实行|执行|推行|坚持)(?P<list>[\u4e00-\u9fff“”]{2,12}(?:、[\u4e00-\u9fff“”]{2,12})+)$"
)
_BEFORE_LIST = re.compile(r"^(?:工作|问题|内容)?(?:[：:]|。?$|。(?=[（\d一①]))")


def stated_and_given(paragraphs: Sequence[Paragraph], index: int) -> Iterator[tuple[str, int, int]]:
    """(words, number stated, number listed) for each count of a paragraph that a list follows."""
    text = paragraphs[index].text
    for match in _COUNTED.finditer(text):
        stated = chinese_number(match["n"].replace("两", "二"))
        rest = text[match.end() :]
        beside = _beside(text[: match.start()], rest, match["thing"]) if stated and stated > 1 else 0
        if beside and beside != stated:
            yield match[0], stated or 0, beside
            continue
        if not stated or stated < 2 or not (match["following"] or match["after"] or _BEFORE_LIST.match(rest)):
            continue
        spoken = _spoken(rest)
        given = spoken or (_below(paragraphs, index) if len(rest) <= 12 else 0)
        if given and given != stated:
            yield match[0], stated, given


def _beside(before: str, after: str, thing: str) -> int:
    """How many a list names right behind the number (三项机制：例会机制、通报机制) or right before it."""
    behind = _BEHIND.match(after)
    parts = re.split(r"、|以及|和|及", behind["list"]) if behind else []
    if len(parts) > 1 and all(part.endswith(thing) for part in parts):
        return len(parts)
    ahead = _AHEAD.search(before) if thing in _COUNTABLE else None
    if ahead is None or re.search(r"等$|[和及与]", ahead["list"]):
        return 0
    return ahead["list"].count("、") + 1


def _spoken(text: str) -> int:
    """How many of 一是…二是… stand there, counted from one."""
    numbers = [chinese_number(match["n"]) for match in SPOKEN.finditer(text)]
    return len(numbers) if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)) else 0


def _below(paragraphs: Sequence[Paragraph], index: int) -> int:
    """How many items follow directly, counted from one."""
    own = paragraphs[index]
    following = next((p for p in paragraphs[index + 1 :][:1] if p.ordinal is not None), None)
    if following is None or following.ordinal is None or following.ordinal.number != 1:
        return 0
    if own.ordinal is not None and following.depth <= own.depth:
        return 0
    series = [
        p.ordinal.number
        for p in paragraphs[index + 1 :]
        if p.ordinal is not None
        and p.ordinal.style == following.ordinal.style
        and p.path[:-1] == following.path[:-1]
    ]
    count = next((i for i, number in enumerate(series) if number != i + 1), len(series))
    return count if count > 1 else 0
