"""Items that run on in one paragraph (第三条 整治重点：1.…；2.…；3.…), told apart under the number of their line."""

import re
from collections.abc import Iterable, Iterator

from qingfeng.planreader.lines import Line
from qingfeng.planreader.ordinals import CHINESE, CIRCLED, chinese_number, read_ordinal

_BEHIND = r"(?<=[：；。，])"
_MARKS = (
    re.compile(rf"{_BEHIND}（(?P<n>{CHINESE})）(?!项|款|条)"),
    re.compile(rf"{_BEHIND}(?P<n>\d{{1,2}})(?:、|\.(?!\d)|\.(?=20\d{{2}}[年./-]))"),
    re.compile(rf"{_BEHIND}（(?P<n>\d{{1,2}})）"),
    re.compile(rf"{_BEHIND}(?P<n>[{CIRCLED}])"),
)
_LONGEST_HEAD = 64


def apart(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, those with a short heading and a series of items behind it cut into heading and items."""
    for line in lines:
        cuts = [] if line.is_row else _cuts(line.plain)
        if not cuts:
            yield line
            continue
        for begin, end in zip([0, *cuts], [*cuts, len(line.plain)], strict=True):
            yield Line(line.number, line.folded.quote(begin, end))


def _cuts(text: str) -> list[int]:
    """Where the items begin; empty unless they count from one and follow a short numbered heading."""
    if read_ordinal(text) is None:
        return []
    series = [found for found in (_series(pattern, text) for pattern in _MARKS) if found]
    if not series:
        return []
    cuts = min(series)
    head = text[: cuts[0]]
    return cuts if len(head) <= _LONGEST_HEAD and not re.search(r"[。；](?=.)", head) else []


def _series(pattern: re.Pattern[str], text: str) -> list[int]:
    places: list[int] = []
    for match in pattern.finditer(text):
        if chinese_number(match["n"]) == len(places) + 1:
            places.append(match.start())
    return places if len(places) > 1 else []
