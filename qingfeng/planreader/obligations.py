"""Obligations in running text: who must do or hand in what, to whom, by when or how often."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qingfeng.planreader.bodies import is_listed, recipients, repeats, split_bodies, subject_of
from qingfeng.planreader.dates import Mention, find_dates
from qingfeng.planreader.lines import clauses
from qingfeng.planreader.model import Obligation, Recurrence
from qingfeng.planreader.outline import Outline, Paragraph
from qingfeng.planreader.recurrence import Rhythm, find_rhythms
from qingfeng.planreader.stages import StagePlace
from qingfeng.planreader.triggers import Trigger, find_triggers
from qingfeng.planreader.wording import (
    DUTY,
    META,
    bearers_in_meta,
    channel_of,
    condition_of,
    form_of,
    is_arrangement,
    is_reference,
    is_told,
    task_of,
)
from qingfeng.planreader.years import Years

_TITLES = re.compile(r"《[^》]*》|〔[^〕]*〕")
_STEPS = re.compile(r"分(?:为|成)?(?:以下)?[一二两三四五六\d]个?(?:阶段|步骤?|环节)|分步")
_WHOLE = re.compile(r"为期|历时|(?:时间|期限)(?:为|是|：)")
_LISTED = {"、", "和", "及", "与", "以及", ""}
_OUTSIDE = re.compile(r"指导思想|总体要求|工作目标|治理目标|整治目标|目标任务$|(?:治理|整治|重点|检查)(?:重点|内容|对象|范围)|适用范围|依据")
_HAND_IN = re.compile(r"报送|上报|提交|移交|移送|报告|汇报|作出书面承诺|书面承诺|报备|备案|抄送|抄报")
_HELPS = re.compile(r"(?:负责)?(?:配合|协助|参与|协同|参加)$")
_PREPOSITION = re.compile(r"(?:应当?|须|要|必须|务必)?(?:于|在|自|从|截至|截止|不迟于|最迟)?$")
_IN_TIME = re.compile(r"^(?:，|）|。|份|组织|开展|召开|完成|对|起|集中|进行|举办|印发|启动|前|形成|制定|由|各|全面|：|$)")


@dataclass(frozen=True)
class Anchor:
    """The place in a sentence where a time stands: a date, a rhythm or a trigger."""

    begin: int
    end: int
    thing: Mention | Rhythm | Trigger


@dataclass
class Bearers:
    """Who was last named, in the paragraph and in the section, to be carried on where nobody is named."""

    paragraph: tuple[str, ...] = ()
    section: tuple[str, ...] = ()


def find_obligations(outline: Outline, years: Years, stages: list[StagePlace]) -> list[Obligation]:
    """The obligations of the running text, in order."""
    bearers = Bearers()
    found: list[Obligation] = []
    usual = _usual_bearers(outline)
    for index, paragraph in enumerate(outline.paragraphs):
        if paragraph.line.is_row:
            continue
        if paragraph.depth <= 1 and paragraph.ordinal is not None:
            bearers.section = ()
        bearers.paragraph = ()
        for item in _in_paragraph(outline, index, paragraph, years, stages, bearers):
            found.append(item if item.who else replace(item, who=usual, repeats_per_unit=repeats(usual)))
        bearers.section = bearers.paragraph or bearers.section
    return _without_repeats(found)


def _usual_bearers(outline: Outline) -> tuple[str, ...]:
    """The units that the plan addresses most often (各街道各部门)."""
    counts: dict[tuple[str, ...], int] = {}
    for paragraph in outline.paragraphs:
        for begin, end in paragraph.line.folded.sentences():
            who, _ = subject_of(paragraph.text[begin:end])
            if who and repeats(who):
                counts[who] = counts.get(who, 0) + 1
    return max(counts, key=lambda who: counts[who], default=())


def _in_paragraph(
    outline: Outline, index: int, paragraph: Paragraph, years: Years, stages: list[StagePlace], bearers: Bearers
) -> Iterator[Obligation]:
    told = [heading for heading in paragraph.path if _OUTSIDE.search(heading)]
    for begin, end in paragraph.line.folded.sentences():
        begin = max(begin, paragraph.content_from)
        if begin >= end:
            continue
        stage = stage_at(stages, index, begin)
        begin = max(begin, _heading_end(stage, index)) if stage else begin
        if begin >= end:
            continue
        sentence = _Sentence(paragraph, begin, end, bearers, outline, index, stages)
        if not (told and not sentence.orders()):
            yield from sentence.obligations(years)
        sentence.remember()


def _heading_end(stage: StagePlace, index: int) -> int:
    return stage.heading_end if stage.begin[0] == index else 0


def stage_at(stages: list[StagePlace], index: int, place: int) -> StagePlace | None:
    """The stage whose part of the document holds a place."""
    return next((stage for stage in stages if stage.begin <= (index, place) < stage.end), None)


class _Sentence:
    """One sentence of a paragraph with its clauses, times and bearers."""

    def __init__(
        self, paragraph: Paragraph, begin: int, end: int, bearers: Bearers, outline: Outline, index: int, stages: list[StagePlace]
    ) -> None:
        self.paragraph, self.begin, self.end, self.stages = paragraph, begin, end, stages
        self.text = paragraph.text
        self.bearers, self.outline, self.index = bearers, outline, index
        self.parts = clauses(self.text, begin, end)
        self.anchors = self._anchors()

    def orders(self) -> bool:
        """Does a sentence in a section of aims or contents still set a duty?"""
        return bool(self.anchors) and bool(re.search(r"报送|上报|提交|召开|完成|报", self.text[self.begin : self.end]))

    def _anchors(self) -> list[Anchor]:
        part = self.text[self.begin : self.end]
        pad = "　" * self.begin
        rhythms = [r for r in find_rhythms(pad + part) if self._is_rhythm(r)]
        hidden = [(r.begin, r.end) for r in find_rhythms(pad + part)]
        triggers = [t for t in find_triggers(pad + part, self.begin, self.end) if not _meets(t.begin, t.end, hidden)]
        hidden += [(t.begin, t.end) for t in triggers] + [(m.start() + self.begin, m.end() + self.begin) for m in _TITLES.finditer(part)]
        dates = [m for m in find_dates(pad + part, tuple(hidden)) if self._is_due(m)]
        anchors = [Anchor(thing.begin, thing.end, thing) for thing in (*rhythms, *triggers, *dates)]
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
            attributive = re.search(r"(?:制定|汇总|编制|填报|分析|研究|总结|通报|报送|公布|掌握|上报)$", before)
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
        if not who and re.match(r"[半一两二1]", rhythm.text):
            who = next((w for w in (self._own_subject(p) for p in self.parts) if w), ())
        if not who:
            return False
        return bool(re.match(r"[半一两二1]", rhythm.text)) or is_arrangement(self.text, rhythm.begin, rhythm.end) or bool(re.search(r"实行|开展|进行|召开|坚持|做到|编发|执行", ahead))

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
        if mention.bound == "on" and re.match(r"的|(?:工作)?(?:情况|任务)", after):
            return False
        return bool(DUTY.search(after) or DUTY.search(before))

    def _is_campaign(self, mention: Mention, sentence: str) -> bool:
        """The sentence that gives the span of the whole campaign or names its stages."""
        if not mention.is_range and mention.bound not in {"from", "on", "by"}:
            return False
        if _STEPS.search(sentence) or (mention.is_range and _WHOLE.search(sentence)):
            return True
        if re.match(r"[，]?(?:全面|基本)?结束", self.text[mention.end : self.end]) and re.search(r"专项|整治|治理|行动", sentence):
            return True
        return bool(re.search(r"(?:专项|整治|治理|行动|活动|工作|方案)", sentence)) and bool(
            mention.is_range and re.match(r"[，]?(?:基本)?(?:结束|止|为止|完成(?=。|，分|$))|。?$", self.text[mention.end : self.end])
        ) or bool(re.search(r"启动|开始", sentence) and re.search(r"(?:至|到|，)[^，]{4,12}(?:底)?(?:基本)?结束", sentence))

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
                if earlier.named or (earlier.recurrence.day is None and self._clause_at(earlier.begin) == self._clause_at(anchor.begin)):
                    kept[kept.index(same[0])] = anchor
                    continue
            kept.append(anchor)
        return sorted(kept, key=lambda anchor: anchor.begin)

    def _clause_at(self, place: int) -> tuple[int, int]:
        return next((part for part in self.parts if part[0] <= place < part[1]), (self.begin, self.end))

    def _stage_at(self, place: int, years: Years) -> tuple[int | None, Years]:
        """The stage in which a place of the sentence lies, and the years as seen from there."""
        stage = stage_at(self.stages, self.index, place)
        return (stage.stage.number, years.within(stage.window)) if stage else (None, years)

    def obligations(self, all_years: Years) -> Iterator[Obligation]:
        """What the sentence obliges to."""
        if not self.anchors:
            yield from self._undated(self._stage_at(self.begin, all_years)[0])
            return
        spans = [a for a in self.anchors if isinstance(a.thing, Mention)]
        for order, anchor in enumerate(self.anchors):
            if isinstance(anchor.thing, Mention) and self._only_bounds(order):
                continue
            stage, years = self._stage_at(anchor.begin, all_years)
            built = self._obligation(order, anchor, years, stage)
            if isinstance(anchor.thing, Rhythm) and spans and self._only_bounds(self.anchors.index(spans[0])):
                bound = years.resolve(spans[0].thing)  # type: ignore[arg-type]
                first = bound.first if spans[0].thing.bound != "by" else None  # type: ignore[union-attr]
                last = bound.last if spans[0].thing.is_range else None  # type: ignore[union-attr]
                built = replace(built, start=first, due=last) if built else None
            if built:
                yield built

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
        while last + 1 < len(self.anchors) and self.text[self.anchors[last].end : self.anchors[last + 1].begin] in _LISTED:
            last += 1
        return first, last

    def _start_of(self, order: int) -> int:
        before, anchor = self.anchors[order - 1], self.anchors[order]
        own, previous = self._clause_at(anchor.begin), self._clause_at(before.begin)
        if own == previous:
            return anchor.begin
        between = [p for p in self.parts if previous[1] <= p[0] < own[0]]
        alone = previous[1] - previous[0] - (before.end - before.begin) <= 2
        for part in between[1:] if alone else between:
            if self._own_subject(part):
                return part[0]
        if self.text[before.end : anchor.begin] in {"，", "、", "，于", "，和"}:
            return self._start_of(order - 1) if order > 1 else self.begin
        return own[0]

    def _obligation(self, order: int, anchor: Anchor, years: Years, stage: int | None) -> Obligation | None:
        begin, end = self._territory(order)
        who, spans = self._bearers(begin, end, anchor)
        meta = _in_brackets(self.text, anchor.begin, self.begin, self.end)
        note = self.text[meta[0] : meta[1]] if meta else ""
        if re.search(META, self.text[self.begin : self.end]) and (note or self.text[self.begin : self.begin + 6].endswith("：") or re.match(META, self.text[self.begin :])):
            return self._noted(anchor, years, stage, meta)
        begin, begin_all = self._task_begin(begin, spans, anchor), begin
        first, last = self._listed_with(order)
        taken = [*spans, (self._with_preposition(self.anchors[first]), self.anchors[last].end)]
        task = task_of(self.text[begin:end], [(b - begin, e - begin) for b, e in taken if b >= begin and e <= end])
        if meta and len(task) < 2:
            task = self.text[self.begin : meta[0]]
        quote = self.paragraph.line.folded.quote(self.begin, self.end).strip()
        if isinstance(anchor.thing, Rhythm) and anchor.thing.named:
            listed = is_arrangement(self.text, anchor.begin, anchor.end) or anchor.thing.named == anchor.thing.text
            task = anchor.thing.named if listed or len(task) < 4 else task
        scope = self.text[begin_all:end]
        built = Obligation(
            who=who, what=task, deliver_to=tuple(to for to in recipients(scope) if to not in who), start=None, due=None,
            due_text=None, recurrence=None, condition=condition_of(self.text[self.begin : end]), trigger=None,
            channel=channel_of(self.text[self.begin : self.end]), form=form_of(scope), stage=stage,
            repeats_per_unit=repeats(who), quote=quote, line=self.paragraph.line.number,
        )  # fmt: skip
        return timed(built, anchor.thing, years, self.paragraph.line.folded.quote(anchor.begin, anchor.end))

    def _task_begin(self, begin: int, spans: list[tuple[int, int]], anchor: Anchor) -> int:
        """The task begins with its bearer; what stands before another bearer is another matter."""
        if not spans or spans[0][0] >= anchor.begin:
            return begin
        return max(begin, self._clause_at(spans[0][0])[0])

    def _with_preposition(self, anchor: Anchor) -> int:
        """Where the adverbial begins: 应于 in 应于5月25日前."""
        match = _PREPOSITION.search(self.text[self.begin : anchor.begin])
        return self.begin + match.start() if match else anchor.begin

    def _noted(self, anchor: Anchor, years: Years, stage: int | None, meta: tuple[int, int] | None) -> Obligation | None:
        """（责任单位：…；完成时限：6月底前）after a task, or on a line of its own below it."""
        note = self.text[meta[0] : meta[1]] if meta else self.text[self.begin : self.end]
        named = bearers_in_meta(note) or bearers_in_meta(self.text)
        who = split_bodies(named) if named else self.bearers.paragraph
        label = META.search(self.text, self.begin, self.end)
        before = meta[0] if meta else label.start() if label else self.begin
        task, line = self.text[self.begin : before], self.paragraph.line
        quote_from, quote_to = self.begin, self.end
        if len(task) < 4:
            earlier = META.split(self.text[self.paragraph.content_from : self.begin])[0].strip("（ ")
            task = earlier or self._task_above()
            quote_from = self.paragraph.content_from if earlier else self.begin
        built = Obligation(
            who=who, what=task.strip("。（，")[:120], deliver_to=recipients(task), start=None, due=None, due_text=None, recurrence=None,
            condition=None, trigger=None, channel=channel_of(task), form=form_of(task), stage=stage, repeats_per_unit=repeats(who),
            quote=line.folded.quote(quote_from, quote_to).strip(), line=line.number,
        )  # fmt: skip
        return timed(built, anchor.thing, years, line.folded.quote(anchor.begin, anchor.end))

    def _task_above(self) -> str:
        for paragraph in reversed(self.outline.paragraphs[max(0, self.index - 4) : self.index]):
            if not META.match(paragraph.text):
                return paragraph.text[paragraph.content_from :]
        return ""

    def _bearers(self, begin: int, end: int, anchor: Anchor) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
        """The bearers of an anchor and where they stand: named before it, right behind it, or carried on."""
        own = self._clause_at(anchor.begin)
        for part in reversed([p for p in self.parts if begin <= p[0] <= own[0]] or [own]):
            head = (max(part[0], begin), part[1])
            if head[0] <= anchor.begin < head[1]:
                who, length = subject_of(self.text[head[0] : head[1]])
                if who and head[0] + length <= anchor.begin:
                    return who, [(head[0], head[0] + length)]
                behind = self._behind(anchor, part[1])
                if behind[0]:
                    return behind
            else:
                who, length = subject_of(self.text[head[0] : head[1]])
                if who and not _HELPS.match(self.text[head[0] + length : head[1]]):
                    return who, [(head[0], head[0] + length)]
        following = [p for p in self.parts if own[1] <= p[0] < end][:1]
        if following and anchor.end >= own[1] - 4:
            who, length = subject_of(self.text[following[0][0] : following[0][1]])
            if who:
                return who, [(following[0][0], following[0][0] + length)]
        handled = re.search(r"由(?P<who>[^，。；]{2,40}?)(?:负责|牵头|组织|会同|统一|进行|验收)", self.text[begin:end])
        if handled and is_listed(handled["who"]):
            return split_bodies(handled["who"]), []
        for part in reversed([p for p in self.parts if p[0] < begin]):
            who = self._own_subject(part)
            if who:
                return who, []
        return self.bearers.paragraph or self.bearers.section, []

    def _behind(self, anchor: Anchor, end: int) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
        """3月14日前各单位将…; the recipient of 报县专项办 is no bearer."""
        rest = self.text[anchor.end : end]
        lead = len(rest) - len(rest.lstrip("，"))
        who, length = subject_of(rest[lead:])
        if not who or is_listed(rest[lead:]):
            return (), []
        start = anchor.end + lead
        return who, [(start, start + length)]

    def _undated(self, stage: int | None) -> Iterator[Obligation]:
        """A duty without a day: a written commitment in a given case, a thing to be handed in."""
        text = self.text[self.begin : self.end]
        if not _HAND_IN.search(text):
            return
        condition = condition_of(text)
        for begin, end in self.parts:
            clause = self.text[begin:end]
            who, length = subject_of(clause)
            to = tuple(body for body in recipients(clause) if body not in who)
            if who and (to or (condition and "承诺" in clause)) and _HAND_IN.search(clause):
                yield Obligation(
                    who=who, what=task_of(clause[length:], []), deliver_to=to, start=None, due=None, due_text=None, recurrence=None,
                    condition=condition, trigger=None, channel=channel_of(text), form=form_of(clause), stage=stage,
                    repeats_per_unit=repeats(who) or bool(condition), quote=self.paragraph.line.folded.quote(self.begin, self.end).strip(),
                    line=self.paragraph.line.number,
                )  # fmt: skip
                return

    def remember(self) -> None:
        """Carry the bearer of this sentence on to the next."""
        for part in reversed(self.parts):
            who = self._own_subject(part)
            if who and (part != self.parts[-1] or not is_listed(self.text[part[0] : part[1]])):
                self.bearers.paragraph = who
                return


def timed(built: Obligation, thing: Mention | Rhythm | Trigger, years: Years, text: str) -> Obligation:
    """The obligation with its time: due date, rhythm or trigger."""
    if isinstance(thing, Trigger):
        return replace(built, trigger=text, due_text=text)
    if isinstance(thing, Rhythm):
        return replace(built, recurrence=thing.recurrence, due_text=text)
    span = years.resolve(thing)
    start = span.first if thing.is_range or (thing.bound == "on" and span.first != span.last) else None
    return replace(built, start=start, due=span.last, due_text=text)


def _same_rhythm(one: object, other: object) -> bool:
    return isinstance(one, Rhythm) and isinstance(other, Rhythm) and one.recurrence.every == other.recurrence.every


def _meets(begin: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(begin < other_end and other_begin < end for other_begin, other_end in spans)


def _in_brackets(text: str, place: int, begin: int, end: int) -> tuple[int, int] | None:
    """The brackets around a place, if there are any."""
    left = text.rfind("（", begin, place)
    if left < 0 or "）" in text[left:place]:
        return None
    right = text.find("）", place, end)
    return left, right + 1 if right >= 0 else end


def _without_repeats(found: list[Obligation]) -> list[Obligation]:
    """Named rhythms give way to those that a sentence of the same line or bearer spells out."""
    kept: list[Obligation] = []
    for item in found:
        if item.recurrence and _is_bare(item) and any(_spells_out(other, item) for other in found if other is not item):
            continue
        if any(_same_duty(other, item) for other in kept):
            continue
        kept.append(item)
    return kept


def _is_bare(item: Obligation) -> bool:
    rhythm = item.recurrence
    if rhythm is None or rhythm.day is not None or rhythm.weekday is not None:
        return False
    return bool(item.due_text) and not re.search(r"每|按|逐|次|下", str(item.due_text))


def _spells_out(other: Obligation, item: Obligation) -> bool:
    if not other.recurrence or not item.recurrence or other.recurrence.every != item.recurrence.every or _is_bare(other):
        return False
    same_who = other.who == item.who or not item.who
    return other.line == item.line and same_who and _stem(item).lstrip("双周半月旬季年") in other.quote


def _same_duty(other: Obligation, item: Obligation) -> bool:
    if (other.who, other.due, other.trigger, other.recurrence) != (item.who, item.due, item.trigger, item.recurrence):
        return False
    if item.recurrence and _is_bare(item) and _is_bare(other) and other.stage == item.stage:
        return _stem(item) == _stem(other)
    return other.what == item.what and other.condition == item.condition


def _stem(item: Obligation) -> str:
    return re.sub(r"制度|机制|会议|度|会|制", "", str(item.due_text))


def rhythm_key(recurrence: Recurrence) -> tuple[object, ...]:
    """What makes two rhythms the same."""
    return recurrence.every, recurrence.day, recurrence.weekday, recurrence.month_of_period
