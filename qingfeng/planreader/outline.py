"""The outline of a plan: title block, numbered sections, the list of attachments and their bodies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qingfeng.planreader.lines import Line
from qingfeng.planreader.ordinals import CHINESE, Ordinal, chinese_number, read_ordinal
from qingfeng.planreader.runon import apart

_LISTING = re.compile(r"^附(?:件|表)?：(?P<rest>.+)$|^附件(?P<more>1[.、].+)$")
_ITEM = re.compile(rf"^(?:附件)?(?P<n>\d{{1,2}}|{CHINESE})[.、：](?P<title>.+)$")
_BODY = re.compile(
    rf"^〔?附(?:件|表)(?P<n>\d{{1,2}}|{CHINESE})?(?:-\d)?〕?(?:[：:.、]?(?P<title>[^，。；：]{{2,40}}))?[：:]?$"
)
_FOOT = re.compile(
    r"^(?:上一[篇条]|下一[篇条]|网站地图|版权所有|主办单位|相关链接|相关阅读|扫一扫|分享到|打印本页|责任编辑|关闭窗口|返回顶部|联系我们|"
    r"友情链接|Copyright|ICP|〔?(?:打印|关闭)|抄送：|此页无正文|（此页无正文|（此件)"
)
SIGNED = re.compile(
    r"^(?P<date>(?:20\d{2}|二[〇○零O0][〇○零O0一二三四五六七八九]{2})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日)(?:印发)?$"
)
STEPS = re.compile(
    r"步骤|阶段|进度|时间安排|工作安排|实施安排|方法和步骤|安排步骤|日程|时间表|时间节点|推进安排|分[一二两三四五六\d]步|实施时间|时限安排|程序安排|治理安排|整治安排|行动安排|怎么推进|工作流程"
)
_RUN_IN = 42
# Numbers of the first rank; where they stand, short lines without a number are no headings.
_TOP = {"part", "chapter", "article", "one"}


@dataclass(frozen=True)
class Paragraph:
    """A line of the body with its ordinal and heading; `path` names the headings above it."""

    line: Line
    ordinal: Ordinal | None
    depth: int
    heading: str
    path: tuple[str, ...]

    @property
    def text(self) -> str:
        """The folded text."""
        return self.line.plain

    @property
    def content_from(self) -> int:
        """Where the text begins behind the ordinal."""
        return self.ordinal.length if self.ordinal else 0


@dataclass(frozen=True)
class Attachment:
    """An attachment bound into the document."""

    number: int | None
    title: str
    line: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Listed:
    """An attachment named in the note under the text (附件：1.…)."""

    number: int | None
    title: str
    line: int


@dataclass(frozen=True)
class Outline:
    """A document in its parts; `head` are the lines before the first paragraph of the plan."""

    lines: tuple[Line, ...]
    head: tuple[Line, ...]
    paragraphs: tuple[Paragraph, ...]
    tail: tuple[Line, ...]
    listed: tuple[Listed, ...]
    attachments: tuple[Attachment, ...]
    titles: tuple[Line, ...] = field(default=())

    def below(self, pattern: re.Pattern[str]) -> list[Paragraph]:
        """The paragraphs under headings that match."""
        return [p for p in self.paragraphs if any(pattern.search(heading) for heading in p.path)]


def build(lines: Sequence[Line], titles: Sequence[Line]) -> Outline:
    """The outline of a document whose title stands on the given lines."""
    visible = [line for line in lines if line.text.strip()]
    start = visible.index(titles[-1]) + 1 if titles else 0
    head, rest = visible[:start], _without_foot(visible[start:])
    body, listed, attachments = _split_attachments(rest)
    body, tail = _split_signature(body)
    return Outline(
        tuple(lines),
        tuple(head),
        tuple(_paragraphs(body)),
        tuple(tail),
        tuple(listed),
        tuple(attachments),
        tuple(titles),
    )


def of_attachment(attachment: Attachment) -> Outline:
    """An attachment that is itself a text (rules of a group, a plan in part), as an outline of its own."""
    return Outline(attachment.lines, (), tuple(_paragraphs(attachment.lines)), (), (), ())


def _without_foot(lines: list[Line]) -> list[Line]:
    for index, line in enumerate(lines):
        if index > 3 and _FOOT.match(line.plain) and len(line.plain) < 60:
            return (
                lines[:index]
                + [kept for kept in lines[index:] if _BODY.match(kept.plain)][:0]
                + _after_foot(lines[index:])
            )
    return lines


def _after_foot(lines: list[Line]) -> list[Line]:
    """An imprint (抄送, 此件公开发布) may stand before the attachments; a web foot does not."""
    for index, line in enumerate(lines):
        if _BODY.match(line.plain):
            return (
                _without_foot(lines[index : index + 4])
                if len(lines) - index < 4
                else _cut_web_foot(lines[index:])
            )
    return []


def _cut_web_foot(lines: list[Line]) -> list[Line]:
    for index, line in enumerate(lines):
        if _FOOT.match(line.plain) and len(line.plain) < 60:
            return lines[:index]
    return lines


def _split_attachments(lines: list[Line]) -> tuple[list[Line], list[Listed], list[Attachment]]:
    """Body, note of attachments and the attachments themselves."""
    listed: list[Listed] = []
    first_body = len(lines)
    place = next((i for i, line in enumerate(lines) if _is_listing(line)), None)
    body_end = len(lines)
    if place is not None:
        body_end = place
        used, listed = _read_listing(lines[place:])
        after = lines[place + used :]
        first_body = place + used + _first_attachment(after)
        body_rest = lines[place + used : first_body]
    else:
        first_body = _first_attachment(lines)
        body_end, body_rest = first_body, []
    return lines[:body_end] + body_rest, listed, _bodies(lines[first_body:], listed)


def _is_listing(line: Line) -> bool:
    match = _LISTING.match(line.plain)
    return bool(match) and not line.is_row and "。" not in line.plain[:-1]


def _read_listing(lines: list[Line]) -> tuple[int, list[Listed]]:
    """How many lines the note takes, and what it names."""
    match = _LISTING.match(lines[0].plain)
    assert match is not None
    rest = match["rest"] or match["more"]
    items: list[Listed] = []
    used = 1
    for title in _inline_items(rest):
        items.append(_listed(title, lines[0].number))
    for line in lines[1:]:
        text = line.plain
        if line.is_row or _BODY.match(text) and not _ITEM.match(text) or SIGNED.match(text):
            break
        if _ITEM.match(text):
            items += [_listed(title, line.number) for title in _inline_items(text)]
        elif items and _is_continuation(lines, used, items[-1]):
            items[-1] = Listed(items[-1].number, items[-1].title + text, items[-1].line)
        else:
            break
        used += 1
    return used, items


def _inline_items(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[^\d])(?=\d{1,2}[.、][^\d])", text) if part.strip("；。")]


def _is_continuation(lines: list[Line], used: int, last: Listed) -> bool:
    """A wrapped title goes on when a further numbered item follows and this line closes no signature."""
    following = lines[used + 1].plain if used + 1 < len(lines) else ""
    return bool(_ITEM.match(following)) and last.number is not None


def _listed(text: str, line: int) -> Listed:
    match = _ITEM.match(text.strip("；。"))
    if match:
        return Listed(chinese_number(match["n"]), _clean_title(match["title"]), line)
    return Listed(None, _clean_title(text), line)


def _clean_title(text: str) -> str:
    return re.sub(r"（略）$", "", text.strip("；。、《》 "))


def _first_attachment(lines: list[Line]) -> int:
    for index, line in enumerate(lines):
        if not line.is_row and _BODY.match(line.plain) and not _LISTING.match(line.plain):
            return index
    return len(lines)


def _bodies(lines: list[Line], listed: list[Listed]) -> list[Attachment]:
    starts = [i for i, line in enumerate(lines) if not line.is_row and _BODY.match(line.plain)]
    found = []
    for order, start in enumerate(starts):
        end = starts[order + 1] if order + 1 < len(starts) else len(lines)
        match = _BODY.match(lines[start].plain)
        assert match is not None
        number = chinese_number(match["n"]) if match["n"] else (1 if len(listed) == 1 else None)
        own = lines[start + 1 : end]
        title, used = _attachment_title(own, match["title"], number, listed)
        found.append(Attachment(number, title, lines[start], tuple(own[used:])))
    return found


def _attachment_title(
    own: list[Line], inline: str | None, number: int | None, listed: list[Listed]
) -> tuple[str, int]:
    """The title under 附件1, rejoined when it is broken over two lines, and the lines it takes."""
    if inline:
        return _clean_title(inline), 0
    known = next((item.title for item in listed if item.number == number), None)
    if not own or own[0].is_row:
        return known or "", 0
    first = own[0].plain
    if len(own) > 1 and not own[1].is_row and known and _squeeze(first + own[1].plain) == _squeeze(known):
        return first + own[1].plain, 2
    if "：" in first or len(first) > 45:
        return known or "", 0
    if known is None and len(own) > 1 and _goes_on(first, own[1]):
        return first + own[1].plain, 2
    return _clean_title(first), 1


def _goes_on(first: str, line: Line) -> bool:
    return (
        not line.is_row
        and 2 < len(line.plain) < 30
        and not re.search(r"[：。，]|^[（\d一二三]", line.plain)
        and not re.search(r"(?:表|台账|清单|方案|名单|书)$", first)
    )


def _squeeze(text: str) -> str:
    return re.sub(r"[“”《》（）]", "", text)


def _split_signature(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the body and the signature below it (issuer and date)."""
    for index in range(len(lines) - 1, max(-1, len(lines) - 12), -1):
        if SIGNED.match(lines[index].plain):
            start = index
            while start > 0 and index - start < 3 and _is_signer(lines[start - 1]):
                start -= 1
            return lines[:start], lines[start:]
    return lines, []


def _is_signer(line: Line) -> bool:
    return (
        not line.is_row
        and 2 < len(line.plain) <= 40
        and not re.search(r"[。；：，]", line.plain)
        and read_ordinal(line.plain) is None
    )


def _paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    stack: list[tuple[str, str]] = []
    found = []
    for line in apart(lines):
        ordinal = None if line.is_row else read_ordinal(line.plain)
        heading = "" if line.is_row else heading_of(line.plain, ordinal)
        if ordinal is not None:
            if stack and stack[0][0] == "plain" and ordinal.style in _TOP:
                stack.clear()
            styles = [style for style, _ in stack]
            if ordinal.style in styles:
                del stack[styles.index(ordinal.style) :]
            stack.append((ordinal.style, heading))
        elif heading and _is_plain_heading(line, stack):
            stack[:] = [("plain", heading)]
        found.append(Paragraph(line, ordinal, len(stack), heading, tuple(name for _, name in stack)))
    return found


def heading_of(text: str, ordinal: Ordinal | None) -> str:
    """The heading that a paragraph opens with, without its ordinal; empty if it has none."""
    rest = text[ordinal.length :] if ordinal else text
    if ordinal and ordinal.style == "stage":
        rest = rest.lstrip("：，、-")
    cut = _first_stop(rest)
    if cut < 0:
        return rest.rstrip("：") if len(rest) <= 70 and (ordinal or len(rest) <= 20) else ""
    if ordinal and cut <= _RUN_IN + 28:
        return rest[:cut]
    return ""


def _first_stop(text: str) -> int:
    depth = 0
    for index, char in enumerate(text):
        depth += (char in "（《") - (char in "）》")
        if char in "。；！" and depth <= 0:
            return index
        if char == "：" and depth <= 0 and index > 1 and len(text) - index > 30:
            return index
    return -1


def _is_plain_heading(line: Line, stack: list[tuple[str, str]]) -> bool:
    """A short line without number or mark stands as a heading in plans that number nothing."""
    below_plain = not stack or stack[0][0] == "plain"
    return below_plain and len(line.plain) <= 14 and not re.search(r"[，。；：（]|\d", line.plain)
