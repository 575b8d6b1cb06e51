"""What is governed (治理内容) and whose conduct is covered (治理重点、治理对象)."""

import re

from qingfeng.planreader.model import Content
from qingfeng.planreader.ordinals import RANK, SPOKEN
from qingfeng.planreader.outline import Outline, Paragraph

_CONTENT = re.compile(
    r"(?:治理|整治|专项治理|专项整治|清理|检查|纠治|排查|行动|监督|工作)(?:的)?(?:重点)?(?:和|及)?(?:的)?(?:主要|重点)?(?:内容|重点|任务|问题|领域)|重点内容|主要内容|重点问题|重点整治|整治哪些|[治整查纠](?:什么|哪些)|解决什么|突出问题$|(?:整治|治理|纠治|解决|查处|清理)(?:以下|下列|如下)[^，。；：]{0,10}(?:内容|问题|方面|情形|行为)"
)
_TASKS = re.compile(r"主要任务|重点任务|工作任务|工作内容|重点工作|工作重点")
_TARGET = re.compile(
    r"(?:治理|整治|检查|适用|覆盖|监督|工作|清理)?(?:对象|范围)|治理重点$|整治重点对象|重点对象|重点人员"
)
# 重点纠治以下问题： at the end of a sentence of any length is a heading too.
_FOLLOWING = re.compile(
    r"(?:整治|治理|纠治|解决|查处|清理|检查|包括|聚焦|紧盯|盯住|盯紧|瞄准|针对|纠正|整顿|突出|围绕)(?:好)?(?:以下|下列|如下|下面|这)[^，。；：]{0,10}(?:内容|问题|方面|情形|行为|领域|重点|现象|乱象)[：:]?$"
)
_INLINE = re.compile(r"（[一二三四五六七八九十]{1,2}）|[①-⑩]")
_STOP = re.compile(r"步骤|阶段|要求|机制|保障|分工|组织|措施")


def find_contents(outline: Outline) -> tuple[Content, ...]:
    """The numbered categories of what is governed."""
    for pattern in (_CONTENT, _TASKS):
        best: list[Content] = []
        for index, paragraph in enumerate(outline.paragraphs):
            if _is_head(paragraph, pattern):
                items = _items_below(outline, index)
                if len(items) > len(best) and (len(items) > 1 or not best):
                    best = items
        if len(best) > 1:
            return tuple(best)
    return _spoken(outline)


def _is_head(paragraph: Paragraph, pattern: re.Pattern[str]) -> bool:
    """A short heading that names contents, or a sentence of any length that announces them (聚焦以下四类问题：)."""
    if paragraph.line.is_row:
        return False
    heading = paragraph.heading or _announcement(paragraph.text)
    if pattern is _CONTENT and _FOLLOWING.search(heading):
        return not _STOP.search(heading.split("，")[-1])
    return len(heading) in range(1, 25) and bool(pattern.search(heading)) and not _STOP.search(heading)


def _announcement(text: str) -> str:
    """The last sentence of a paragraph that ends in a colon and so announces what stands below it."""
    return re.split(r"[。；]", text)[-1] if text.endswith("：") else ""


def _items_below(outline: Outline, index: int) -> list[Content]:
    """The items one rank below a heading, or the 一是 … 二是 items where nothing else is numbered."""
    head = outline.paragraphs[index]
    inside: list[Paragraph] = []
    for paragraph in outline.paragraphs[index + 1 :]:
        if paragraph.ordinal is not None and paragraph.depth <= head.depth:
            break
        inside.append(paragraph)
    numbered = [p for p in inside if p.ordinal is not None and not p.line.is_row]
    if not numbered:
        return _spoken_items([head, *inside])
    if all(p.ordinal and p.ordinal.style == "spoken" for p in numbered):
        return _spoken_items([head, *inside])
    rank = min(RANK[p.ordinal.style] for p in numbered if p.ordinal)
    top = [p for p in numbered if p.ordinal and RANK[p.ordinal.style] == rank]
    nested = next((i for i, p in enumerate(top) if _CONTENT.search(p.heading) and "内容" in p.heading), None)
    if nested is not None:
        return _items_below(outline, outline.paragraphs.index(top[nested]))
    return [_content(p, inside, top, order) for order, p in enumerate(top)]


def _content(paragraph: Paragraph, inside: list[Paragraph], top: list[Paragraph], order: int) -> Content:
    begin = inside.index(paragraph)
    end = inside.index(top[order + 1]) if order + 1 < len(top) else len(inside)
    folded = paragraph.line.folded
    start = paragraph.content_from
    stop = folded.text.find("。", start)
    colon = folded.text.find("：", start)
    if 0 < colon - start <= 30 and (stop < 0 or colon < stop):
        stop = colon
    stop = len(folded.text) if stop < 0 else stop
    own = folded.quote(stop + 1, len(folded.text)) if stop + 1 < len(folded.text) else ""
    more = [p.line.text.strip() for p in inside[begin + 1 : end]]
    text = "\n".join(part for part in (own, *more) if part)
    number = paragraph.ordinal.number if paragraph.ordinal else order + 1
    return Content(
        number,
        folded.quote(start, stop).strip("；;，, "),
        text or folded.quote(start, stop),
        paragraph.line.number,
    )


def _spoken_items(paragraphs: list[Paragraph]) -> list[Content]:
    """一是…二是… within paragraphs."""
    items: list[Content] = []
    for paragraph in paragraphs:
        folded = paragraph.line.folded
        marks = list(SPOKEN.finditer(folded.text))
        for order, mark in enumerate(marks):
            end = marks[order + 1].start() if order + 1 < len(marks) else len(folded.text)
            text = folded.quote(mark.end(), end).strip("；。, ，;")
            title = re.split(r"[。，；,;：:]", text)[0]
            items.append(Content(len(items) + 1, title, text, paragraph.line.number))
    return items


def _bracketed_items(paragraph: Paragraph) -> list[Content]:
    """下列三类问题：（一）…；（二）…；（三）… in one paragraph."""
    folded = paragraph.line.folded
    marks = list(_INLINE.finditer(folded.text, paragraph.content_from))
    items = []
    for order, mark in enumerate(marks):
        end = marks[order + 1].start() if order + 1 < len(marks) else len(folded.text)
        text = folded.quote(mark.end(), end).strip("；。, ，;")
        items.append(Content(order + 1, re.split(r"[。，；,;：:]", text)[0], text, paragraph.line.number))
    return items


def _spoken(outline: Outline) -> tuple[Content, ...]:
    for paragraph in outline.paragraphs:
        if re.search(
            r"重点(?:整治|治理|纠治)(?:以下|下列)?[一二三四五六七八九十\d]*(?:类|个|项|方面)", paragraph.text
        ):
            items = _spoken_items([paragraph]) or _bracketed_items(paragraph)
            if len(items) > 1:
                return tuple(items)
    return ()


def find_targets(outline: Outline) -> tuple[str, ...]:
    """Whose conduct is covered, as the plan lists it."""
    for index, paragraph in enumerate(outline.paragraphs):
        if not paragraph.heading or not _TARGET.search(paragraph.heading) or len(paragraph.heading) > 16:
            continue
        folded = paragraph.line.folded
        rest = folded.text[paragraph.content_from + len(paragraph.heading) :].strip("。：")
        text = rest or (outline.paragraphs[index + 1].text if index + 1 < len(outline.paragraphs) else "")
        following = outline.paragraphs[index + 1] if index + 1 < len(outline.paragraphs) else None
        if not rest and (following is None or following.ordinal is not None):
            continue
        parts = [part.strip("。；，") for part in re.split(r"、|；|，|以及(?!其)", re.split(r"。", text)[0])]
        listed = [part for part in parts if 1 < len(part) <= 40]
        if listed:
            return tuple(listed)
    return ()
