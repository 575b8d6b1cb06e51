"""One sentence with its clauses and its times: which dates, rhythms and triggers set a duty."""

import re
from dataclasses import dataclass

from qingfeng.planreader.bodies import is_listed, subject_of
from qingfeng.planreader.dates import Mention, find_dates
from qingfeng.planreader.lines import clauses
from qingfeng.planreader.loose_times import Loose, find_loose
from qingfeng.planreader.outline import Paragraph
from qingfeng.planreader.recurrence import Rhythm, find_rhythms
from qingfeng.planreader.stages import StagePlace
from qingfeng.planreader.triggers import Trigger, find_triggers
from qingfeng.planreader.wording import DUTY, is_arrangement, is_reference, is_told

_TITLES = re.compile(r"《[^》]*》|〔[^〕]*〕")
_STEPS = re.compile(r"(?:分|按照?|共)(?:为|成)?(?:以下)?[一二两三四五六\d]个?(?:阶段|步骤?|环节)|分步")
# …从X至Y，依次开展以下工作： names the span within which the items below lie.
_LISTS_STEPS = re.compile(
    r"(?:以下|下列|如下)[^，。；：]{0,8}(?:工作|步骤|阶段|任务|环节|事项|流程|程序|安排)[^，。；：]{0,6}[：:]?$|(?:安排|步骤|进度|部署|分工)如下[：:。]?$"
)
_CAMPAIGN = re.compile(r"专项|整治|治理|行动|活动|攻坚|清理")
_WHOLE = re.compile(r"为期|历时|(?:时间|期限)(?:为|是|：)")
# 报送半年总结 names the paper, not how often it is written.
_PAPER = re.compile(r"(?:报送|上报|提交|撰写|形成|起草|报)(?:[^，。；]{0,12}[和、及与])?“?$")
# 3月1日前的遗留问题, 5月1日前已立案: what was before a day, not what is due by it.
_FORMER = re.compile(r"的|已|曾|尚未|仍|发生|形成|存在|产生|立案|入职|任职|期间|后")
# 3月1日前收取的费用应当退还: the day tells which fees.
_SUCH_AS = re.compile(
    r"(?![将把对向按就由以])[^，。；]{1,5}的[\u4e00-\u9fff]{1,8}?(?:应当?|须|必须|不再|一律|不得|可以|均|都要)"
)
_LISTED = {"、", "和", "及", "与", "以及", ""}
_IN_TIME = re.compile(
    r"^(?:，|、(?=\d{1,2}月)|）|。|份|组织|开展|召开|完成|对|起|集中|进行|举办|印发|启动|前|形成|制定|由|各|全面|：|$)"
)


Time = Mention | Rhythm | Trigger | Loose


@dataclass(frozen=True)
class Anchor:
    """The place in a sentence where a time stands: a date, a rhythm or a trigger."""

    begin: int
    end: int
    thing: Time


class Sentence:
    """A sentence of a paragraph; its anchors are the times at which something is due."""

    def __init__(
        self, paragraph: Paragraph, index: int, span: tuple[int, int], stages: list[StagePlace]
    ) -> None:
        self.paragraph, self.index, self.stages = paragraph, index, stages
        self.begin, self.end = begin, end = span
        self.text = paragraph.text
        self.parts = clauses(self.text, begin, end)
        self.anchors = self._anchors()

    def orders(self) -> bool:
        """Does a sentence in a section of aims or contents still set a duty?"""
        return bool(self.anchors) and bool(
            re.search(r"报送|上报|提交|召开|完成|报", self.text[self.begin : self.end])
        )

    def _anchors(self) -> list[Anchor]:
        part = self.text[self.begin : self.end]
        pad = "　" * self.begin
        rhythms = [r for r in find_rhythms(pad + part) if self._is_rhythm(r)]
        hidden = [(r.begin, r.end) for r in find_rhythms(pad + part)]
        triggers = [
            t for t in find_triggers(pad + part, self.begin, self.end) if not _meets(t.begin, t.end, hidden)
        ]
        hidden += [(t.begin, t.end) for t in triggers] + [
            (m.start() + self.begin, m.end() + self.begin) for m in _TITLES.finditer(part)
        ]
        dates = [m for m in find_dates(pad + part, tuple(hidden)) if self._is_due(m)]
        loose = [t for t in find_loose(self.text, self.begin, self.end) if not _meets(t.begin, t.end, hidden)]
        things: list[Time] = [*rhythms, *triggers, *dates, *loose]
        anchors = [Anchor(thing.begin, thing.end, thing) for thing in things]
        return self._merged(sorted(anchors, key=lambda anchor: anchor.begin))

    def _is_rhythm(self, rhythm: Rhythm) -> bool:
        if is_reference(self.text, rhythm.begin, rhythm.end):
            return False
        inside = self.text[self.begin : self.end]
        if _TITLES.search(inside) and any(
            m.start() + self.begin <= rhythm.begin < m.end() + self.begin for m in _TITLES.finditer(inside)
        ):
            return False
        if rhythm.named is None:
            before = self.text[self.begin : rhythm.begin]
            attributive = re.search(
                r"(?:制定|汇总|编制|填报|分析|研究|总结|通报|报送|公布|掌握|上报)$", before
            )
            return not (attributive and rhythm.recurrence.day is None and rhythm.recurrence.weekday is None)
        return self._is_set(rhythm)

    def _is_set(self, rhythm: Rhythm) -> bool:
        """A bare name such as 月通报 sets a rhythm when a bearer owes it or when it is itself defined."""
        part = self._clause_at(rhythm.begin)
        clause = self.text[part[0] : part[1]]
        ahead = self.text[part[0] : rhythm.begin]
        if len(ahead) <= 2 and re.match(r"(?:要|应|应当|须|由|于|：|必须|每)", self.text[rhythm.end :]):
            return True
        who, _ = subject_of(clause)
        if not who and self.parts.index(part) > 0 and is_arrangement(self.text, rhythm.begin, rhythm.end):
            who = next((w for w in (self._own_subject(p) for p in self.parts) if w), ())
        if _PAPER.search(ahead):
            return False
        if not who and re.match(r"[半一两二1]", rhythm.text):
            who = next((w for w in (self._own_subject(p) for p in self.parts) if w), ())
        if not who:
            return False
        return (
            bool(re.match(r"[半一两二1]", rhythm.text))
            or is_arrangement(self.text, rhythm.begin, rhythm.end)
            or bool(re.search(r"实行|开展|进行|召开|坚持|做到|编发|执行", ahead))
        )

    def _own_subject(self, part: tuple[int, int]) -> tuple[str, ...]:
        return subject_of(self.text[part[0] : part[1]])[0]

    def _is_due(self, mention: Mention) -> bool:
        if mention.bound == "since" or is_told(self.text, mention.begin, mention.end):
            return False
        if any(s.begin[0] == self.index and s.begin[1] <= mention.begin < s.heading_end for s in self.stages):
            return False
        sentence = self.text[self.begin : self.end]
        if self._is_campaign(mention, sentence):
            return False
        after, before = self.text[mention.end : self.end], self.text[self.begin : mention.begin]
        if mention.bound == "from" and not mention.is_range:
            return bool(re.search(r"每|按月|按季", after))
        point = mention.start
        if not mention.is_range and mention.bound == "on" and point.day is None:
            vague = point.months > 1 or point.is_whole_month
            if vague and not _IN_TIME.match(after):
                return False
            if vague and point.months > 1 and not re.match(r"，|组织|开展|召开|完成", after):
                return False
        clause = self._clause_at(mention.begin)
        if re.search(r"(?:仍|能够|可以|未|不|没有|无法|已)[^，]{0,14}的$", self.text[clause[0] : clause[1]]):
            return False
        if _is_attribute(mention, after):
            return False
        return bool(DUTY.search(after) or DUTY.search(before) or self._is_owed(mention, clause))

    def _is_owed(self, mention: Mention, clause: tuple[int, int]) -> bool:
        """由责任村在8月11日前一次性付清: a day as limit, with its bearer, orders whatever verb stands behind it."""
        if mention.final.day is None or not (mention.bound == "by" or mention.is_range):
            return False
        behind = re.match(r"，?(?P<task>[\u4e00-\u9fff]{2,})", self.text[mention.end : self.end])
        if behind is None or _FORMER.match(behind["task"]):
            return False
        return bool(self._own_subject(clause))

    def _is_campaign(self, mention: Mention, sentence: str) -> bool:
        """The sentence that gives the span of the whole campaign or names its stages."""
        if not mention.is_range and mention.bound not in {"from", "on", "by"}:
            return False
        if mention.is_range and _LISTS_STEPS.search(sentence) and _CAMPAIGN.search(sentence):
            return True
        if _STEPS.search(sentence) or (mention.is_range and _WHOLE.search(sentence)):
            return True
        if re.match(r"[，]?(?:全面|基本)?结束", self.text[mention.end : self.end]) and re.search(
            r"专项|整治|治理|行动", sentence
        ):
            return True
        return (
            bool(re.search(r"(?:专项|整治|治理|行动|活动|工作|方案)", sentence))
            and bool(
                mention.is_range
                and re.match(
                    r"[，]?(?:基本)?(?:结束|止|为止|完成(?=。|，分|$))|。?$",
                    self.text[mention.end : self.end],
                )
            )
            or bool(
                re.search(r"启动|开始", sentence)
                and re.search(r"(?:至|到|，)[^，]{4,12}(?:底)?(?:基本)?结束", sentence)
            )
        )

    def _merged(self, anchors: list[Anchor]) -> list[Anchor]:
        """One anchor where a span only bounds a rhythm, or where a rhythm is said twice."""
        kept: list[Anchor] = []
        for anchor in anchors:
            same = [a for a in kept if _same_rhythm(a.thing, anchor.thing)]
            if same and isinstance(anchor.thing, Rhythm):
                earlier = same[0].thing
                assert isinstance(earlier, Rhythm)
                if anchor.thing.recurrence.day is None and anchor.thing.recurrence.weekday is None:
                    if earlier.named and not anchor.thing.named:
                        kept[kept.index(same[0])] = anchor
                    continue
                if (
                    earlier.named
                    or self._is_only_the_day(earlier, anchor)
                    or (
                        earlier.recurrence.day is None
                        and earlier.recurrence.weekday is None
                        and self._clause_at(earlier.begin) == self._clause_at(anchor.begin)
                    )
                ):
                    kept[kept.index(same[0])] = anchor
                    continue
            kept.append(anchor)
        return sorted(kept, key=lambda anchor: anchor.begin)

    def _is_only_the_day(self, earlier: Rhythm, anchor: Anchor) -> bool:
        """按季度报送，每季末月20日截止: the second clause only says on which day."""
        begin, end = self._clause_at(anchor.begin)
        rest = self.text[begin : anchor.begin] + self.text[anchor.end : end]
        plain = earlier.recurrence.day is None and earlier.recurrence.weekday is None
        return plain and bool(re.fullmatch(r"(?:于|在|须|应)?(?:截止|为限|前|前?报送|前?上报|报)?", rest))

    def _clause_at(self, place: int) -> tuple[int, int]:
        return next((part for part in self.parts if part[0] <= place < part[1]), (self.begin, self.end))

    def _only_bounds(self, order: int) -> bool:
        """A span or 从4月起 directly before a rhythm bounds the rhythm: 5月至10月，每月25日前."""
        thing = self.anchors[order].thing
        if not isinstance(thing, Mention) or not (thing.is_range or thing.bound == "from"):
            return False
        if order + 1 >= len(self.anchors) or not isinstance(self.anchors[order + 1].thing, Rhythm):
            return False
        between = self.text[self.anchors[order].end : self.anchors[order + 1].begin]
        return thing.bound == "from" or len(between) <= 12 or not DUTY.search(between)

    def _territory(self, order: int) -> tuple[int, int]:
        """The clauses that belong to an anchor."""
        first, last = self._listed_with(order)
        begin = self.begin if first == 0 else self._start_of(first)
        end = self.end if last + 1 == len(self.anchors) else self._start_of(last + 1)
        return begin, max(end, self.anchors[last].end)

    def _listed_with(self, order: int) -> tuple[int, int]:
        """The anchors that share one task: 6月25日、9月25日前."""
        first = last = order
        while first > 0 and self.text[self.anchors[first - 1].end : self.anchors[first].begin] in _LISTED:
            first -= 1
        while (
            last + 1 < len(self.anchors)
            and self.text[self.anchors[last].end : self.anchors[last + 1].begin] in _LISTED
        ):
            last += 1
        return first, last

    def _names_next(self, order: int) -> bool:
        """Is the next time that of another bearer, named right behind this one (甲科每季度、乙科每月)?"""
        between = self.text[self.anchors[order].end : self.anchors[order + 1].begin]
        return between[:1] == "、" and is_listed(between[1:])

    def _start_of(self, order: int) -> int:
        before, anchor = self.anchors[order - 1], self.anchors[order]
        own, previous = self._clause_at(anchor.begin), self._clause_at(before.begin)
        if own == previous:
            return before.end + 1 if self._names_next(order - 1) else anchor.begin
        between = [p for p in self.parts if previous[1] <= p[0] < own[0]]
        alone = previous[1] - previous[0] - (before.end - before.begin) <= 2
        for part in between[1:] if alone else between:
            if self._own_subject(part):
                return part[0]
        if self.text[before.end : anchor.begin] in {"，", "、", "，于", "，和"}:
            return self._start_of(order - 1) if order > 1 else self.begin
        return own[0]


def _is_attribute(mention: Mention, after: str) -> bool:
    """Does the day only tell which thing is meant?"""
    if mention.bound == "by":
        return bool(_SUCH_AS.match(after))
    return mention.bound == "on" and bool(re.match(r"的|(?:工作)?(?:情况|任务)", after))


def _same_rhythm(one: object, other: object) -> bool:
    return (
        isinstance(one, Rhythm)
        and isinstance(other, Rhythm)
        and one.recurrence.every == other.recurrence.every
    )


def _meets(begin: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(begin < other_end and other_begin < end for other_begin, other_end in spans)
