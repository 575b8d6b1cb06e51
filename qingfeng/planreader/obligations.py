"""Obligations in running text: who must do or hand in what, to whom, by when or how often."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qingfeng.planreader.bodies import is_listed, recipients, repeats, split_bodies, subject_of
from qingfeng.planreader.dates import Mention
from qingfeng.planreader.loose_times import Loose
from qingfeng.planreader.model import Obligation
from qingfeng.planreader.outline import Outline, Paragraph
from qingfeng.planreader.preamble import founds_the_campaign, is_before_headings, sets_a_duty
from qingfeng.planreader.recurrence import Rhythm
from qingfeng.planreader.sentences import Anchor, Sentence, Time
from qingfeng.planreader.stages import StagePlace, stage_at
from qingfeng.planreader.triggers import Trigger
from qingfeng.planreader.wording import (
    META,
    bearers_in_meta,
    channel_of,
    condition_of,
    form_of,
    is_arrangement,
    task_of,
)
from qingfeng.planreader.years import Years

_OUTSIDE = re.compile(
    r"指导思想|总体要求|工作目标|治理目标|整治目标|目标任务$|(?:治理|整治|重点|检查)(?:重点|内容|对象|范围)|适用范围|依据"
)
_HAND_IN = re.compile(r"报送|上报|提交|移交|移送|报告|汇报|作出书面承诺|书面承诺|报备|备案|抄送|抄报")
# Bearers, and the spans in which they are named.
Named = tuple[tuple[str, ...], list[tuple[int, int]]]
_HELPS = re.compile(r"(?:负责)?(?:配合|协助|参与|协同|参加)$")
_PREPOSITION = re.compile(r"(?:应当?|须|要|必须|务必)?(?:于|在|自|从|截至|截止|不迟于|最迟)?$")


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
    outline: Outline,
    index: int,
    paragraph: Paragraph,
    years: Years,
    stages: list[StagePlace],
    bearers: Bearers,
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
        sentence = _Duties(outline, index, (begin, end), stages, bearers)
        words = paragraph.text[begin:end]
        early = is_before_headings(outline, index) and not sets_a_duty(words)
        if not (early or founds_the_campaign(words) or told and not sentence.orders()):
            yield from sentence.obligations(years)
        sentence.remember()


def _heading_end(stage: StagePlace, index: int) -> int:
    return stage.heading_end if stage.begin[0] == index else 0


class _Duties(Sentence):
    """The duties that one sentence sets, with bearers carried on from the sentences before it."""

    def __init__(
        self, outline: Outline, index: int, span: tuple[int, int], stages: list[StagePlace], bearers: Bearers
    ) -> None:
        super().__init__(outline.paragraphs[index], index, span, stages)
        self.outline, self.bearers = outline, bearers

    def _stage_at(self, place: int, years: Years) -> tuple[int | None, Years]:
        """The stage in which a place of the sentence lies, and the years as seen from there."""
        stage = stage_at(self.stages, self.index, place)
        return (stage.stage.number, years.within(stage.window)) if stage else (None, years)

    def obligations(self, all_years: Years) -> Iterator[Obligation]:
        """What the sentence obliges to."""
        if not self.anchors:
            yield from self._undated(self._stage_at(self.begin, all_years)[0])
            return
        for order, anchor in enumerate(self.anchors):
            if isinstance(anchor.thing, Mention) and self._only_bounds(order):
                continue
            stage, years = self._stage_at(anchor.begin, all_years)
            built = self._obligation(order, anchor, years, stage)
            yield self._bounded(built, years) if isinstance(anchor.thing, Rhythm) else built

    def _bounded(self, built: Obligation, years: Years) -> Obligation:
        """A rhythm within the span that the sentence sets before it."""
        for order, anchor in enumerate(self.anchors):
            if isinstance(anchor.thing, Mention) and self._only_bounds(order):
                span = years.resolve(anchor.thing)
                return replace(built, start=span.first, due=span.last if anchor.thing.is_range else None)
        return built

    def _obligation(self, order: int, anchor: Anchor, years: Years, stage: int | None) -> Obligation:
        begin, end = self._territory(order)
        who, spans = self._bearers(begin, end, anchor, self.anchors[self._listed_with(order)[1]].end)
        meta = _in_brackets(self.text, anchor.begin, self.begin, self.end)
        note = self.text[meta[0] : meta[1]] if meta else ""
        if re.search(META, self.text[self.begin : self.end]) and (
            note
            or self.text[self.begin : self.begin + 6].endswith("：")
            or re.match(META, self.text[self.begin :])
        ):
            return self._noted(anchor, years, stage, meta)
        begin, begin_all = self._task_begin(begin, spans, anchor), begin
        end = self._shared_end(order, end)
        first, last = self._listed_with(order)
        taken = [*spans, (self._with_preposition(self.anchors[first]), self.anchors[last].end)]
        if self._is_shared(order):
            begin = self._shared_from(order)
        task = task_of(
            self.text[begin:end], [(b - begin, e - begin) for b, e in taken if b >= begin and e <= end]
        )
        if meta and len(task) < 2:
            task = self.text[self.begin : meta[0]]
        quote = self.paragraph.line.folded.quote(self.begin, self.end).strip()
        if isinstance(anchor.thing, Rhythm) and anchor.thing.named:
            listed = (
                is_arrangement(self.text, anchor.begin, anchor.end) or anchor.thing.named == anchor.thing.text
            )
            task = anchor.thing.named if listed or len(task) < 4 else task
        scope = self.text[begin_all:end]
        built = Obligation(
            who=who, what=task, deliver_to=tuple(to for to in recipients(scope) if to not in who), start=None, due=None,
            due_text=None, recurrence=None, condition=condition_of(self.text[self.begin : end]), trigger=None,
            channel=channel_of(self.text[self.begin : self.end]), form=form_of(scope), stage=stage,
            repeats_per_unit=repeats(who), quote=quote, line=self.paragraph.line.number,
        )  # fmt: skip
        return timed(built, anchor.thing, years, self.paragraph.line.folded.quote(anchor.begin, anchor.end))

    def _is_shared(self, order: int) -> bool:
        """Is the task told only behind a later time (甲科每季度、乙科每月报告)?"""
        return order + 1 < len(self.anchors) and self._names_next(order)

    def _shared_end(self, order: int, end: int) -> int:
        """Where the task ends that several times share."""
        while self._is_shared(order):
            order += 1
            end = self._territory(order)[1]
        return end

    def _shared_from(self, order: int) -> int:
        """Where the task begins that several times share: behind the last of them."""
        while self._is_shared(order):
            order += 1
        return self.anchors[order].end

    def _task_begin(self, begin: int, spans: list[tuple[int, int]], anchor: Anchor) -> int:
        """The task begins with its bearer; what stands before another bearer is another matter."""
        if not spans or spans[0][0] >= anchor.begin:
            return begin
        return max(begin, self._clause_at(spans[0][0])[0])

    def _with_preposition(self, anchor: Anchor) -> int:
        """Where the adverbial begins: 应于 in 应于5月25日前."""
        match = _PREPOSITION.search(self.text[self.begin : anchor.begin])
        return self.begin + match.start() if match else anchor.begin

    def _noted(
        self, anchor: Anchor, years: Years, stage: int | None, meta: tuple[int, int] | None
    ) -> Obligation:
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

    def _bearers(self, begin: int, end: int, anchor: Anchor, listed_to: int) -> Named:
        """The bearers of an anchor and where they stand: named before it, right behind it, or carried on."""
        own = self._clause_at(anchor.begin)
        before = [part for part in self.parts if begin <= part[0] <= own[0]] or [own]
        for part in reversed(before):
            head = (max(part[0], begin), part[1])
            named = self._beside(head, anchor) if head[0] <= anchor.begin < head[1] else self._ahead(head)
            if named[0]:
                return named
        following = next((part for part in self.parts if own[1] <= part[0] < end), None)
        if following and listed_to >= own[1] - 4:
            who, length = subject_of(self.text[following[0] : following[1]])
            if who:
                return who, [(following[0], following[0] + length)]
        return self._carried_on(begin, end), []

    def _beside(self, head: tuple[int, int], anchor: Anchor) -> Named:
        """A bearer in the clause of the anchor itself."""
        who, length = subject_of(self.text[head[0] : head[1]])
        if who and head[0] + length <= anchor.begin:
            return who, [(head[0], head[0] + length)]
        return self._behind(anchor, head[1])

    def _ahead(self, head: tuple[int, int]) -> Named:
        """A bearer in a clause before; one who only helps is none."""
        who, length = subject_of(self.text[head[0] : head[1]])
        if who and not _HELPS.match(self.text[head[0] + length : head[1]]):
            return who, [(head[0], head[0] + length)]
        return (), []

    def _carried_on(self, begin: int, end: int) -> tuple[str, ...]:
        """由…负责 further on, else who was last named in the sentence, the paragraph, the section."""
        handled = re.search(
            r"由(?P<who>[^，。；]{2,40}?)(?:负责|牵头|组织|会同|统一|进行|验收)", self.text[begin:end]
        )
        if handled and is_listed(handled["who"]):
            return split_bodies(handled["who"])
        for part in reversed([part for part in self.parts if part[0] < begin]):
            who = self._own_subject(part)
            if who:
                return who
        return self.bearers.paragraph or self.bearers.section

    def _behind(self, anchor: Anchor, end: int) -> Named:
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


def timed(built: Obligation, thing: Time, years: Years, text: str) -> Obligation:
    """The obligation with its time: due date, rhythm or trigger."""
    if isinstance(thing, Loose):
        return replace(built, due_text=text)
    if isinstance(thing, Trigger):
        return replace(built, trigger=text, due_text=text)
    if isinstance(thing, Rhythm):
        return replace(built, recurrence=thing.recurrence, due_text=text)
    span = years.resolve(thing)
    start = span.first if thing.is_range or (thing.bound == "on" and span.first != span.last) else None
    return replace(built, start=start, due=span.last, due_text=text)


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
        if (
            item.recurrence
            and _is_bare(item)
            and any(_spells_out(other, item) for other in found if other is not item)
        ):
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
    if (
        not other.recurrence
        or not item.recurrence
        or other.recurrence.every != item.recurrence.every
        or _is_bare(other)
    ):
        return False
    same_who = other.who == item.who or not item.who
    return other.line == item.line and same_who and _stem(item).lstrip("双周半月旬季年") in other.quote


def _same_duty(other: Obligation, item: Obligation) -> bool:
    if (other.who, other.due, other.trigger, other.recurrence) != (
        item.who,
        item.due,
        item.trigger,
        item.recurrence,
    ):
        return False
    if item.recurrence and _is_bare(item) and _is_bare(other) and other.stage == item.stage:
        return _stem(item) == _stem(other)
    return other.what == item.what and other.condition == item.condition


def _stem(item: Obligation) -> str:
    return re.sub(r"制度|机制|会议|度|会|制", "", str(item.due_text))
