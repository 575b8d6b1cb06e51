"""Breaks a title into lines by meaning, in the shape of a trapezoid or a diamond (GB/T 9704-2012, 7.3.1).

A word is never torn apart: breaks are weighed by what stands on both sides of them. The shape is asked for second,
even lines never: a rectangle or an hourglass counts as a fault.
"""

from __future__ import annotations

import itertools
import re

from qingfeng.gongwen.widths import MAY_NOT_BEGIN, MAY_NOT_END, widest, width
from qingfeng.gongwen.words import WORD

ROOM = 20.0
"""Cells of title size (22 points) in the width of the type area, rounded down; figures are reckoned wide."""

_Way = tuple[int, int, bool]
"""Begin and end of a line, and whether lines have begun to shrink."""
MOST_SHAPED = 3
"""Lines up to which every shape is tried."""
UNKNOWN = (4.0, 2.6, 1.4)
"""What a break costs beside no known word, beside one, between two."""
_AFTER = (
    "关于",
    "开展",
    "印发",
    "转发",
    "做好",
    "加强",
    "进一步",
    "推进",
    "召开",
    "组织",
    "报送",
    "落实",
    "深化",
    "贯彻",
)
_JOINING = ("和", "与", "及", "暨")
_KEPT = (
    re.compile(r"《[^》]*》|“[^”]*”|（[^）]*）|〔[^〕]*〕"),
    re.compile(
        r"[0-9A-Za-z.\-—％%]+(?:年度?|月份?|日|号|件|个|项|次)?|[一二三四五六七八九十]+[季月年次届轮批]度?"
    ),
)


def break_title(title: str, room: float = ROOM) -> list[str]:
    """The lines of a title. Line breaks that the author wrote are kept when every line fits."""
    written = [line.strip() for line in title.split("\n") if line.strip()]
    if len(written) > 1 and all(widest(line) <= room for line in written):
        return written
    text = "".join(written)
    if widest(text) <= room:
        return [text]
    fewest = -(-int(widest(text) * 2) // int(room * 2))
    found: list[str] | None = None
    for count in range(fewest, fewest + 3):
        best = _best(text, count, room)
        found = found or best
        if best and not _is_block(best):
            return best
    return found or _cut(text, room)


def _is_block(lines: list[str]) -> bool:
    """Lines of one length, which the standard does not want."""
    return len(lines) > 2 and len({width(line) for line in lines}) == 1


def _best(text: str, count: int, room: float) -> list[str] | None:
    costs = _break_costs(text)
    if count > MOST_SHAPED:
        return _even(text, count, room, costs)
    places = sorted(costs, key=lambda at: costs[at])[:26]
    found: tuple[float, list[str]] | None = None
    for breaks in itertools.combinations(sorted(places), count - 1):
        lines = [text[start:end] for start, end in itertools.pairwise((0, *breaks, len(text)))]
        widths = [width(line) for line in lines]
        if max(map(widest, lines)) > room:
            continue
        cost = sum(costs[at] for at in breaks) + _shape_cost(widths, room)
        if found is None or cost < found[0]:
            found = (cost, lines)
    return found[1] if found else None


def _even(text: str, count: int, room: float, costs: dict[int, float]) -> list[str] | None:
    """Many lines, each longer than the one above up to the longest, each shorter after it: the cheapest breaks.

    A state is the last line (from, to) and whether lines have begun to shrink; the best way to each is kept.
    """
    usual, ends = widest(text) / count, (*costs, len(text))
    reach = {
        start: [(end, wide) for end in ends if end > start and (wide := widest(text[start:end])) <= room]
        for start in (0, *costs)
    }
    ways: dict[_Way, tuple[float, list[int]]] = {
        (0, end, False): (costs.get(end, 0.0) + _apart(wide, usual), [end]) for end, wide in reach[0]
    }
    for _ in range(count - 1):
        further: dict[_Way, tuple[float, list[int]]] = {}
        for (start, end, shrinking), (cost, breaks) in ways.items():
            above = widest(text[start:end])
            for stop, wide in reach.get(end, ()):
                if wide == above or (shrinking and wide > above):
                    continue
                way = (end, stop, wide < above)
                total = cost + costs.get(stop, 0.0) + _apart(wide, usual)
                if way not in further or total < further[way][0]:
                    further[way] = (total, [*breaks, stop])
        ways = further
    whole = [found for (_, end, _), found in ways.items() if end == len(text)]
    if not whole:
        return None
    return [text[start:end] for start, end in itertools.pairwise((0, *min(whole)[1]))]


def _apart(wide: float, usual: float) -> float:
    return ((wide - usual) / 4) ** 2


def _shape_cost(widths: list[float], room: float) -> float:
    """Nought for a trapezoid or diamond; more for equal lines, an hourglass, a lonely short line."""
    rising = all(one < two for one, two in itertools.pairwise(widths))
    falling = all(one > two for one, two in itertools.pairwise(widths))
    peak = widths.index(max(widths))
    diamond = (
        len(widths) > 2
        and all(one < two for one, two in itertools.pairwise(widths[: peak + 1]))
        and all(one > two for one, two in itertools.pairwise(widths[peak:]))
    )
    shape = 0.0 if rising or falling or diamond else 3.0
    return shape + (max(widths) - min(widths)) / room * 2 + (4.0 if min(widths) < room / 4 else 0.0)


def _break_costs(text: str) -> dict[int, float]:
    """What a break before each letter costs; places inside a kept word are left out."""
    whole = [found for kept in _KEPT for found in kept.finditer(text) if width(found.group()) <= ROOM * 0.75]
    words = [found.span() for found in WORD.finditer(text)]
    kept = {at for found in whole for at in range(found.start() + 1, found.end())}
    kept |= {at for start, end in words for at in range(start + 1, end)}
    begins, ends = {start for start, _ in words}, {end for _, end in words}
    costs = {}
    for at in range(2, len(text) - 1):
        if at in kept or text[at] in MAY_NOT_BEGIN or text[at - 1] in MAY_NOT_END or text[at] == "的":
            continue
        beside = (at in begins) + (at in ends)
        costs[at] = min(_cost(text[:at], text[at:]), UNKNOWN[beside])
    return costs


def _cost(before: str, after: str) -> float:
    if after.startswith("关于") or before[-1] in "、，；：》”）":
        return 0.0
    if before.endswith("关于") or after.startswith(_JOINING):
        return 2.2
    if before.endswith(_AFTER) or after.startswith(("《", "“")):
        return 0.6
    if before[-1] == "的":
        return 1.0
    if re.match(r"(?:工作|活动|专项|情况|有关|全区|全市|全县|治理|问题|实施|行动|方案|办法|制度)", after):
        return 1.2
    if re.search(r"(?:工作|活动|治理|情况|问题|行动|领域|单位|街道|社区|办公室|委员会|年度?|季度)$", before):
        return 1.2
    return 4.0


def _cut(text: str, room: float) -> list[str]:
    lines, line = [], ""
    for letter in text:
        if widest(line + letter) > room and letter not in MAY_NOT_BEGIN:
            lines.append(line)
            line = ""
        line += letter
    return [*lines, line]
