"""Numbers that do not agree: a count and what is listed, a series with a hole."""

import re
from collections.abc import Iterator

from qingfeng.planreader.faults.counts import stated_and_given
from qingfeng.planreader.faults.facts import Facts
from qingfeng.planreader.group_lists import composed, shared_lists
from qingfeng.planreader.groups import is_listed_here
from qingfeng.planreader.model import Fault
from qingfeng.planreader.ordinals import SPOKEN, chinese_number
from qingfeng.planreader.stages import stated_count

_N = r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})"
_GROUPS = re.compile(
    rf"(?<![第\d]){_N}(?:个|支)[\u4e00-\u9fff“]{{0,10}}?(?:专班|组|小组|工作队)(?=[：:，。；（]|$)"
)
_CONTENTS = re.compile(
    rf"(?<![第\d]){_N}(?:个|项|类|大|方面)(?:方面)?(?:的)?(?:突出|整治|治理|重点|主要){{1,3}}(?:内容|问题|任务|领域)?(?![\u4e00-\u9fff]{{0,4}}(?:工程|项目|案|工作|举措|措施|机制|制度|环节))"
    rf"|(?:重点|集中)(?:整治|治理|纠治|解决)(?:以下|下列)?(?P<m>\d{{1,2}}|[一二两三四五六七八九十]{{1,2}})(?:个|项|类)(?:方面)?(?:的)?(?:突出)?问题"
)
_NAME = r"[\u4e00-\u9fff“]{2,14}?(?:工作专班|专班|小组|组|工作队)(?:（[^）]*）)?"


def check_counts(facts: Facts) -> Iterator[Fault]:
    """A stated number of stages, groups or contents that is not the number given."""
    told: set[int] = set()
    for fault in _counts(facts):
        if fault.lines[0] not in told:
            told.add(fault.lines[0])
            yield fault


def _counts(facts: Facts) -> Iterator[Fault]:
    for index, paragraph in enumerate(facts.outline.paragraphs):
        stated = stated_count(paragraph.text)
        if stated and facts.draft.stages and stated != len(facts.draft.stages):
            yield _fault(paragraph.line.number, f"说分{stated}个阶段", f"实际写了{len(facts.draft.stages)}个")
        yield from _groups(paragraph.line.number, paragraph.text)
        yield from _contents(facts, paragraph.line.number, paragraph.text)
        for words, _, given in stated_and_given(facts.outline.paragraphs, index):
            yield _fault(paragraph.line.number, f"说“{words}”", f"实际列出{given}项")
        for shared in shared_lists(paragraph.text):
            if shared.complete and shared.stated and shared.stated != len(shared.names):
                yield _fault(
                    paragraph.line.number, f"说有{shared.stated}个组", f"实际列出{len(shared.names)}个"
                )


def _groups(line: int, text: str) -> Iterator[Fault]:
    for match in _GROUPS.finditer(text):
        stated = chinese_number(match["n"].replace("两", "二"))
        if not stated or not is_listed_here(text, match):
            continue
        after = re.split(r"[。；]", text[match.end() :])[0]
        before = re.split(r"[。；]", text[: match.start()])[-1]
        told = len(composed(text[max(0, match.start() - 8) :]))
        listed = (
            told or _listed(after) or _listed(re.split(r"下设|设立|成立|组建|分设|内设|设置|设", before)[-1])
        )
        if listed and listed != stated:
            yield _fault(line, f"说有{stated}个{match[0][len(match['n']) + 1 :]}", f"实际列出{listed}个")


def _listed(text: str) -> int:
    """How many groups a list names, from its head on."""
    body = re.sub(r"^[：:，（]|^(?:分别[为是]|即)", "", text)
    names = re.split(r"、|，|和(?!谐)|及", re.sub(r"（[^）]*）", "", body))
    count = 0
    for name in names:
        if not re.fullmatch(_NAME, name.strip("”“）")):
            break
        count += 1
    return count if count > 1 else 0


def _contents(facts: Facts, line: int, text: str) -> Iterator[Fault]:
    given = len(facts.draft.contents)
    for match in _CONTENTS.finditer(text):
        stated = chinese_number((match["n"] or match["m"]).replace("两", "二"))
        if stated and given and stated > 1 and stated != given:
            yield _fault(line, f"说“{match[0]}”", f"实际列出{given}项治理内容")


def _fault(line: int, stated: str, given: str) -> Fault:
    return Fault("count_mismatch", f"第{line}行{stated}，{given}；请核对是漏写还是数字有误。", (line,))


def check_series(facts: Facts) -> Iterator[Fault]:
    """A number left out or used twice among headings, in 一是…二是…, or in the note of attachments."""
    last: dict[tuple[str, tuple[str, ...]], tuple[int, int]] = {}
    for paragraph in facts.outline.paragraphs:
        if paragraph.ordinal is None or paragraph.ordinal.style in {"spoken", "spoken_first", "bullet"}:
            continue
        style = paragraph.ordinal.style
        key = (style, () if style == "article" else paragraph.path[:-1])
        number, line = paragraph.ordinal.number, paragraph.line.number
        before = last.get(key, (0, 0))
        if number != before[0] + 1 and number != 1:
            yield _broken(line, before[0], number)
        last[key] = (number, line)
    for paragraph in facts.outline.paragraphs:
        yield from _spoken(paragraph.line.number, paragraph.text)
    numbers = [(item.number, item.line) for item in facts.outline.listed if item.number]
    for place, (number, line) in enumerate(numbers, start=1):
        if number != place:
            yield _broken(line, place - 1, number)
            return


def _spoken(line: int, text: str) -> Iterator[Fault]:
    before = 0
    for match in SPOKEN.finditer(text):
        number = chinese_number(match["n"]) or 0
        if number not in {before + 1, 1} and before:
            yield _broken(line, before, number)
        before = number


def _broken(line: int, before: int, number: int) -> Fault:
    told = f"序号从{before}跳到{number}" if number > before else f"序号{number}重复或倒退"
    return Fault("numbering_broken", f"第{line}行{told}；请核对是否漏了一段或编号有误。", (line,))
