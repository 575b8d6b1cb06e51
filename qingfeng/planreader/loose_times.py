"""Times that are kept in words: 每日17时前, 每两个月, 春节前, 开学前. No day or rhythm of the model fits them."""

import re
from dataclasses import dataclass

_FEAST = r"(?:元旦|春节|清明|五一|“五一”|端午|中秋|国庆|劳动|教师|重阳|双)"
_PATTERNS = (
    re.compile(
        r"(?:每个?工作日|每[天日]|逐日|按日)(?:下班前|上午|下午)?(?:\d{1,2}(?:[:：]\d{2}|[时点])(?:之?前)?)?"
    ),
    re.compile(
        r"每(?:隔)?(?:[两二2四4]个月|双月)(?:\d{1,2}日前)?|逢双月|双月(?=[底末初]|\d{1,2}日)(?:[底末初]|\d{1,2}日)?前?"
    ),
    re.compile(rf"{_FEAST}(?:节)?(?:(?:、|和){_FEAST})*(?:节|假期)*(?:之?前|前夕)"),
    re.compile(
        r"(?:重大节日|重要节点|节假日|节日|节|(?:春季|秋季|新)?(?:学期)?开学|放寒假|放暑假|放假|寒假|暑假|学期结束|学期末|汛期|主汛期|换届|秋收|春耕|采暖期|供暖期|供暖季|采暖季|休渔期|开园|开工)"
        r"(?:到来|来临|开始|结束)?(?:之?前|前夕)"
    ),
)
_HANDED = re.compile(
    r"(?<=月)(?:至少)?(?:开展|召开|组织|督查|检查|抽查)|报送|上报|报告|通报|提交|报备|汇报|更新|调度|报(?!名|警|废|销|刊|纸|酬)"
)


@dataclass(frozen=True)
class Loose:
    """A place in a folded text with a time that is only kept as written."""

    begin: int
    end: int
    text: str


def find_loose(text: str, start: int, end: int) -> list[Loose]:
    """The times in words of one sentence in which something is handed in."""
    return times_in_words(text, start, end) if _HANDED.search(text[start:end]) else []


def times_in_words(text: str, start: int, end: int) -> list[Loose]:
    """The times in words between two places, whatever is said of them."""
    found: list[Loose] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text, start, end):
            if not any(match.start() < other.end and other.begin < match.end() for other in found):
                found.append(Loose(match.start(), match.end(), match[0]))
    return sorted(found, key=lambda loose: loose.begin)
