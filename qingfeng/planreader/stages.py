"""Stages: the dated steps of a plan, as headings, as rows of a table, or in one running sentence."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from qingfeng.planreader.dates import Mention, find_dates
from qingfeng.planreader.model import Stage
from qingfeng.planreader.ordinals import chinese_number
from qingfeng.planreader.outline import STEPS, Outline, Paragraph
from qingfeng.planreader.stage_tables import stage_rows
from qingfeng.planreader.years import Window, Years

# The kind is that of the word that stands first in the name; slugs as in GLOSSARY `stage_kind`.
_KINDS = (
    ("mobilization", r"动员|部署|启动|宣传发动|宣传|准备|发动|学习|培训"),
    ("self_inspection", r"自查|自纠|清查|核实|查找|查摆|排查|摸排|摸底|清理|对照检查|自评|申报|核查|梳理"),
    ("rectification", r"整改|整治|纠治|治理|攻坚|查处|追缴|整顿|纠正"),
    ("institution_building", r"建章立制|长效|建制|制度|巩固|规范提升|规范|深化"),
    ("summary", r"总结|验收|评估|考核|评价|收官|提升"),
    ("inspection", r"督查|督导|检查|抽查|巡查|监督"),
)
_WORD = re.compile(r"阶段|步骤|环节|第[一二三四五六]步")
_TIME_LABEL = re.compile(
    r"^（?(?:时间|时间安排|实施时间|起止时间|工作时间|时间节点|完成时间|时限|时间进度|进度安排|阶段时间)(?:为)?[：:]?"
)
_SEGMENT = re.compile(r"第[一二三四五六](?:个?阶段|步|环节)|[①②③④⑤⑥](?=[^，。；]{2,14}阶段)")
_SPACED = re.compile(r"(?P<name>[\u4e00-\u9fff、“]{2,14}?阶段)(?:（|：|为|，时间为?|从|自)?$")
# The heading over all stages is none of them.
_SECTION = re.compile(
    r"步骤(?:和方法|与方法|安排|及.{2,6})?$|(?:时间|阶段|进度|工作|实施|步骤)安排$|阶段划分$|工作要求$|实施阶段$"
)
# 专项整治时间为…，分四个阶段进行 announces the stages and is none.
_ANNOUNCES = re.compile(
    r"(?:分|共|按照?)(?:为|成|作)?(?:以下|下列)?[一二两三四五六七八\d]个?(?:阶段|步骤?|环节)|(?<![第\d])[一二两三四五六七八\d]个(?:阶段|步骤|环节)"
    r"|(?:以下|下列)[一二两三四五六七八\d]?个?(?:阶段|步骤?|环节)|分(?:阶段|步|期)(?:推进|实施|进行|开展)"
)
_VERBS = re.compile(r"要|应当|须|于$|召开|印发|报送|上报|提交|制定|完成对|形成|组织召开|报$")


@dataclass(frozen=True)
class StagePlace:
    """A stage, and the part of the document that describes it: from line and place to line and place."""

    stage: Stage
    begin: tuple[int, int]
    end: tuple[int, int]
    heading_end: int

    @property
    def window(self) -> Window:
        """Its days."""
        return self.stage.start, self.stage.end


@dataclass(frozen=True)
class _Found:
    name: str
    mention: Mention
    index: int
    line: int
    begin: int
    heading_end: int
    group: tuple[object, ...]
    number: int | None = None


def find_stages(outline: Outline, years: Years) -> list[StagePlace]:
    """The stages of the plan in order, with their days."""
    headed = _best_group(_headed(outline))
    if len(headed) < 2:
        headed = _tabled(outline) or _inline(outline) or _ranged(outline) or headed
    return _dated(outline, headed, years)


def kind_of(name: str) -> str:
    """The kind of a stage by the first telling word of its name."""
    hits = [(match.start(), slug) for slug, words in _KINDS for match in [re.search(words, name)] if match]
    return min(hits)[1] if hits else "other"


def _headed(outline: Outline) -> list[_Found]:
    found = []
    for index, paragraph in enumerate(outline.paragraphs):
        if paragraph.line.is_row or not (paragraph.ordinal or _WORD.search(paragraph.text[:20])):
            continue
        explicit = bool(_WORD.search(paragraph.heading[:24])) or (
            paragraph.ordinal is not None and paragraph.ordinal.style == "stage"
        )
        parent = paragraph.path[-2] if len(paragraph.path) > 1 else ""
        if not explicit and not (paragraph.ordinal and STEPS.search(parent)):
            continue
        candidate = _from_heading(outline, index, paragraph, explicit)
        if candidate:
            found.append(candidate)
    return found


def _ranged(outline: Outline) -> list[_Found]:
    """Numbered headings of one rank, each with its span (1.动员部署（4.1-4.20）), under a heading of any words."""
    found = []
    for index, paragraph in enumerate(outline.paragraphs):
        if paragraph.ordinal is None or paragraph.line.is_row or not paragraph.heading:
            continue
        candidate = _from_heading(outline, index, paragraph, False)
        if candidate and candidate.mention.is_range:
            found.append(candidate)
    best = _best_group(found)
    months = [(c.mention.start.year or 0, c.mention.start.month or 0) for c in best]
    told = sum(1 for candidate in best if kind_of(candidate.name) != "other")
    return best if len(best) > 2 and told > len(best) // 2 and months[1:] == sorted(months[1:]) else []


def _from_heading(outline: Outline, index: int, paragraph: Paragraph, explicit: bool) -> _Found | None:
    heading, offset = paragraph.heading, paragraph.content_from
    if _ANNOUNCES.search(heading):
        return None
    if not heading and explicit:
        heading = re.split(r"[，。；]", paragraph.text[offset:])[0][:40]
    lead = len(paragraph.text[offset:]) - len(paragraph.text[offset:].lstrip("：，、-"))
    offset += lead if paragraph.ordinal and paragraph.ordinal.style == "stage" else 0
    style = (paragraph.ordinal.style if paragraph.ordinal else "", paragraph.path[:-1])
    number = paragraph.ordinal.number if paragraph.ordinal else None
    mentions = [m for m in find_dates(heading) if m.bound in {"on", "by", "from"}]
    if mentions and _belongs(heading, mentions[0], explicit):
        name = _name_of(heading, mentions[0])
        end = offset + len(heading)
        if name:
            return _Found(name, mentions[0], index, paragraph.line.number, 0, end, style, number)
    name = _name_of(heading, None)
    if not name or mentions:
        return None
    rest_from = offset + len(heading)
    mention = _opening_date(paragraph.text[rest_from:])
    if mention:
        end = (
            rest_from
            + len(paragraph.text[rest_from:])
            - len(paragraph.text[rest_from:].lstrip("。："))
            + mention.end
        )
        return _Found(name, mention, index, paragraph.line.number, 0, end, style, number)
    if rest_from >= len(paragraph.text) - 1 and index + 1 < len(outline.paragraphs):
        following = outline.paragraphs[index + 1]
        mention = _opening_date(following.text) if following.ordinal is None else None
        if mention and (
            _TIME_LABEL.match(following.text) or following.text.startswith("（") or mention.is_range
        ):
            return _Found(name, mention, index, paragraph.line.number, 0, rest_from, style, number)
    return None


def _belongs(heading: str, mention: Mention, explicit: bool) -> bool:
    """A date dates a heading when it stands in brackets, after a colon, or at either end of a short heading."""
    before = heading[: mention.begin]
    if before.endswith(("（", "：", "（时间", "时间：", "（从", "（自")) or re.search(
        r"（(?:时间[：:]?|从|自|于|截至|计划)?$", before
    ):
        return True
    rest = re.sub(r"[（）：，、]", "", before + heading[mention.end :])
    return (
        len(rest) <= 16 and not _VERBS.search(rest) and (explicit or mention.is_range or mention.begin <= 1)
    )


def _opening_date(text: str) -> Mention | None:
    """The span with which a text opens: 2026年3月1日至3月31日，…, （时间：3月上旬）, 从3月开始…."""
    stripped = text.lstrip("。：")
    label = _TIME_LABEL.match(stripped)
    lead = label.end() if label else 0
    mentions = find_dates(stripped[:60])
    if not mentions:
        return None
    first = mentions[0]
    before = re.sub(r"[（：，]|自|从|于|用时|时间|计划|拟", "", stripped[lead : first.begin])
    if before or first.bound in {"since"}:
        return None
    if label or first.is_range or (stripped.startswith("（") and first.bound != "from"):
        return first
    point = first.start
    return (
        first
        if first.bound == "on"
        and point.day is None
        and stripped[first.end : first.end + 1] in {"，", "）", "：", "。"}
        else None
    )


def _name_of(heading: str, mention: Mention | None) -> str:
    text = heading
    if mention is not None:
        text = heading[: mention.begin] + "※" + heading[mention.end :]
    text = re.sub(r"（[^（）]*※[^（）]*）|（[^（）]*※.*$", "", text)
    pieces = re.split(r"[：※]", text)
    parts = [re.sub(r"^(?:为|是)", "", part.strip("，、：-。（） ")) for part in pieces]
    parts = [
        re.sub(r"(?:时间|从|自|于|时间为|时间安排)$", "", part).strip("，、：-（）") for part in parts if part
    ]
    parts = [
        part for part in parts if len(part) >= 2 and not re.fullmatch(r"第.{1,2}(?:个?阶段|步骤?|环节)", part)
    ]
    name = (
        re.sub(r"^(?:阶段|第[一二三四五六](?:个?阶段|步骤?|环节)(?=[：、，].))[：、，]?", "", parts[0])
        if parts
        else ""
    )
    named = 2 <= len(name) <= 24 and not _VERBS.search(name) and not _SECTION.search(name)
    return name if named else ""


def _best_group(found: list[_Found]) -> list[_Found]:
    """Of the groups of like headings the largest; one alone counts only if its heading says 阶段."""
    groups: dict[tuple[object, ...], list[_Found]] = {}
    for candidate in found:
        groups.setdefault(candidate.group, []).append(candidate)
    best = max(groups.values(), key=len, default=[])
    if len(best) == 1 and not _WORD.search(best[0].name):
        return []
    return best


def _tabled(outline: Outline) -> list[_Found]:
    rows = {p.line.number: (index, p.line) for index, p in enumerate(outline.paragraphs) if p.line.is_row}
    if not stage_rows([line for _, line in rows.values()]):
        behind = len(outline.paragraphs)
        attached = [line for attachment in outline.attachments for line in attachment.lines if line.is_row]
        rows = {line.number: (behind + order, line) for order, line in enumerate(attached)}
    return [
        _Found(name, mention, rows[row.number][0], row.number, 0, len(row.plain), ("table",))
        for name, mention, row in stage_rows([line for _, line in rows.values()])
    ]


def _inline(outline: Outline) -> list[_Found]:
    """分三个阶段：第一阶段（3月1日至3月15日）为动员部署阶段；第二阶段…"""
    for index, paragraph in enumerate(outline.paragraphs):
        if paragraph.line.is_row:
            continue
        text = paragraph.text
        marks = [match.start() for match in _SEGMENT.finditer(text)]
        found = (
            _segments(paragraph, index, [*marks, len(text)])
            if len(marks) > 1
            else _named_spans(paragraph, index)
        )
        if len(found) > 1:
            return found
    return []


def _segments(paragraph: Paragraph, index: int, marks: list[int]) -> list[_Found]:
    found = []
    for begin, end in pairwise(marks):
        segment = paragraph.text[begin:end]
        head = re.split(r"[。；]", segment)[0]
        mentions = [m for m in find_dates(head) if m.bound in {"on", "by"}]
        if not mentions:
            continue
        bare = re.sub(_SEGMENT, "", head[: mentions[0].begin] + "※" + head[mentions[0].end :], count=1)
        words = [
            word for word in re.split(r"[（）：，、※]|为|是|时间|从|自|主要", bare) if 2 <= len(word) <= 14
        ]
        if words:
            found.append(
                _Found(
                    words[0],
                    mentions[0],
                    index,
                    paragraph.line.number,
                    begin,
                    begin + mentions[0].end,
                    ("inline",),
                )
            )
    return found


def _named_spans(paragraph: Paragraph, index: int) -> list[_Found]:
    """3月至4月为自查自纠阶段，5月至8月为集中整治阶段; 动员部署阶段（3月）、自查阶段（4月）."""
    text = paragraph.text
    found = []
    for mention in find_dates(text):
        before = _SPACED.search(text[: mention.begin])
        after = re.match(
            r"(?:）)?(?:，)?(?:为|是|，)(?P<name>[\u4e00-\u9fff]{2,12}?阶段)", text[mention.end :]
        )
        name = after["name"] if after else before["name"] if before else ""
        if name:
            place = mention.begin if after else before.start() if before else 0
            found.append(
                _Found(
                    name.split("、")[-1],
                    mention,
                    index,
                    paragraph.line.number,
                    place,
                    mention.end,
                    ("inline",),
                )
            )
    return found


def _dated(outline: Outline, found: list[_Found], years: Years) -> list[StagePlace]:
    places = []
    previous: date | None = None
    base = years
    for order, item in enumerate(found):
        start, end = _days_of(item.mention, base)
        if (
            previous
            and start
            and start < previous
            and item.mention.start.year is None
            and (previous - start).days > 60
        ):
            base = Years((base.base or previous.year) + 1, base.signed)
            start, end = _days_of(item.mention, base)
        previous = start or end or previous
        if item.mention.final.year and base.base != item.mention.final.year:
            base = Years(item.mention.final.year, base.signed)
        stage = Stage(order + 1, item.name, kind_of(item.name), start, end, item.line)
        places.append(
            StagePlace(stage, (item.index, item.begin), _end_of(outline, found, order), item.heading_end)
        )
    return places


def _days_of(mention: Mention, years: Years) -> tuple[date | None, date | None]:
    span = years.resolve(mention)
    if mention.bound == "by" and not mention.is_range:
        return None, span.last
    if mention.bound == "from" and not mention.is_range:
        return span.first, None
    return span.first, span.last


def _end_of(outline: Outline, found: list[_Found], order: int) -> tuple[int, int]:
    """A stage runs to the next one, or to the first heading of its own rank or higher."""
    item = found[order]
    if order + 1 < len(found):
        return found[order + 1].index, found[order + 1].begin
    if item.group == ("table",):
        return item.index + 1, 0
    own = outline.paragraphs[item.index]
    if item.group == ("inline",):
        return item.index, len(own.text)
    for index in range(item.index + 1, len(outline.paragraphs)):
        other = outline.paragraphs[index]
        if other.ordinal is not None and other.depth <= own.depth:
            return index, 0
    return len(outline.paragraphs), 0


def stated_count(text: str) -> int | None:
    """The number in 分四个阶段, 分三步."""
    match = re.search(r"分(?:为|成)?(?:以下)?(?P<n>[一二两三四五六七八\d])(?:个)?(?:阶段|步骤?|环节)", text)
    return chinese_number(match["n"].replace("两", "二")) if match else None


def stage_at(stages: list[StagePlace], index: int, place: int) -> StagePlace | None:
    """The stage whose part of the document holds a place."""
    return next((stage for stage in stages if stage.begin <= (index, place) < stage.end), None)
