"""Duties that are named once and never defined (周报告 in a list of arrangements)."""

import re
from collections.abc import Iterator

from qingfeng.planreader.faults.facts import Facts
from qingfeng.planreader.model import Fault
from qingfeng.planreader.outline import Paragraph
from qingfeng.planreader.recurrence import Rhythm, find_rhythms
from qingfeng.planreader.wording import is_arrangement, is_reference

_PRESSED = re.compile(r"(?:加强|强化|压实|抓实|用好|严格|落实|执行|坚持|通过|依托)“?$")
_EVERY_TWO_MONTHS = re.compile(r"每(?:两|二|2)个月|每双月|逢双月")
_QUOTED = re.compile(r"“双月(?:报|调度|通报|例会|会商)”")
_UNITS = {
    "日": None, "周": "week", "旬": "ten_days", "双周": "two_weeks", "半月": "two_weeks", "月": "month",
    "季": "quarter", "季度": "quarter", "半年": "half_year",
}  # fmt: skip
_MEMBER = re.compile(
    r"(?P<unit>双周|半月|半年|季度|日(?![常间后程益用光本])|周(?![末边密转期到全])|旬|月(?![嫂子光薪租供])|季(?!节))度?(?P<noun>[\u4e00-\u9fff]{2,4})"
)
_ARRANGED = re.compile(
    r"(?:建立|落实|实行|执行|健全|完善|推行|坚持|实施)(?P<list>“?(?:双周|半月|半年|季度|[日周旬月季])[^，。；：（]{2,40}?)(?:等)?(?:工作)?(?:制度|机制)"
)
_DAILY = re.compile(r"每[日天]|逐日|每个?工作日|日均")
# As named in passing → the word by which a duty would name it.
_PASSING = (
    (re.compile(r"“?(?P<name>双月(?:报告?|调度|通报|例会|会商))”?"), re.compile(r"双月|每[两二2]个月")),
    (
        re.compile(r"(?:形成|编发|编报|报送|上报|提交|以|用|“)(?P<name>(?:情况|工作|问题)?专报)"),
        re.compile(r"专报"),
    ),
    (
        re.compile(r"(?P<name>(?:工作|问题|整改)?台账)（(?:详?见|参照|按)(?![^）]*附[件表])[^）]{2,16}）"),
        re.compile(r"台账"),
    ),
)


def check_undefined(facts: Facts) -> Iterator[Fault]:
    """An arrangement named in a list, for which no sentence says who does what and when."""
    told: set[str] = set()
    for index, paragraph in enumerate(facts.outline.paragraphs):
        for rhythm in find_rhythms(paragraph.text):
            name = rhythm.named
            if name is None or name in told or not _is_listed(paragraph.text, rhythm):
                continue
            if not _is_defined(facts, index, paragraph, rhythm):
                told.add(name)
                yield _fault(name, paragraph.line.number)

    yield from _in_lists(facts, told)
    yield from _in_passing(facts)


def _in_lists(facts: Facts, told: set[str]) -> Iterator[Fault]:
    """健全日清点、周碰头、季述学等机制: each member of the list by its unit and its word."""
    for index, paragraph in enumerate(facts.outline.paragraphs):
        for listed in _ARRANGED.finditer(paragraph.text):
            members = [_MEMBER.fullmatch(part.strip("“”")) for part in re.split(r"、|和|及", listed["list"])]
            for member in members:
                if member is None or sum(m is not None for m in members) < 2 or find_rhythms(member[0]):
                    continue
                if member[0] not in told and not _is_spelt_out(facts, index, member):
                    told.add(member[0])
                    yield _fault(member[0], paragraph.line.number)


def _is_spelt_out(facts: Facts, index: int, member: re.Match[str]) -> bool:
    """Does another sentence say its word, or set its rhythm close by?"""
    every = _UNITS[member["unit"]]
    word = member["noun"]
    if every and any(
        item.recurrence
        and item.recurrence.every == every
        and (word in item.quote or item.line == facts.outline.paragraphs[index].line.number)
        for item in facts.draft.obligations
    ):
        return True
    for other, paragraph in enumerate(facts.outline.paragraphs):
        rest = _ARRANGED.sub("", paragraph.text) if other == index else paragraph.text
        if word in rest and (every is None or find_rhythms(rest)):
            return True
        if every is None and 0 <= other - index <= 2 and _DAILY.search(rest):
            return True
    return False


def _in_passing(facts: Facts) -> Iterator[Fault]:
    """双月报, 专报, 工作台账（见…）: nowhere handed in by anybody."""
    for pattern, word in _PASSING:
        said = [
            (match["name"], p.line.number)
            for p in facts.outline.paragraphs
            for match in pattern.finditer(p.text)
            if not p.line.is_row
        ]
        if said and not _is_handed_in(facts, word):
            yield _fault(*said[0])


def _is_handed_in(facts: Facts, word: re.Pattern[str]) -> bool:
    """Does a duty, or a sentence with its own rhythm, speak of it?"""
    if any(word.search(item.quote) or word.search(item.what) for item in facts.draft.obligations):
        return True
    return any(
        _EVERY_TWO_MONTHS.search(p.text) and word.search(p.text) and not _QUOTED.search(p.text)
        for p in facts.outline.paragraphs
    )


def _fault(name: str, line: int) -> Fault:
    message = f"第{line}行提到“{name}”，但全文没有写明由谁做、做什么、何时做；请补充规定，或删去这一提法。"
    return Fault("duty_undefined", message, (line,))


def _is_listed(text: str, rhythm: Rhythm) -> bool:
    quoted = text[rhythm.begin - 1 : rhythm.begin] == "“" and text[rhythm.end : rhythm.end + 1] == "”"
    if quoted or _PRESSED.search(text[: rhythm.begin]):
        return True
    return is_reference(text, rhythm.begin, rhythm.end) or is_arrangement(text, rhythm.begin, rhythm.end)


def _is_defined(facts: Facts, index: int, paragraph: Paragraph, rhythm: Rhythm) -> bool:
    """Another sentence spells it out: by its word, or by its rhythm close by."""
    stem = re.sub(r"^(?:双周|半月|半年|周|旬|月|季度?)度?|会议$|会$", "", rhythm.named or "")
    for item in facts.draft.obligations:
        same = item.recurrence is not None and item.recurrence.every == rhythm.recurrence.every
        if same and ((stem and stem in item.quote) or item.line == paragraph.line.number):
            return True
    for other_index, other in enumerate(facts.outline.paragraphs):
        for found in find_rhythms(other.text):
            same_place = other_index == index and found.begin == rhythm.begin
            if same_place or found.recurrence.every != rhythm.recurrence.every:
                continue
            if found.named == rhythm.named and not _is_listed(other.text, found):
                return True
            arranged = is_arrangement(paragraph.text, rhythm.begin, rhythm.end)
            if (
                arranged
                and found.named is None
                and 0 <= other_index - index <= 2
                and other.path[:1] == paragraph.path[:1]
            ):
                return True
    return False
