"""Attachments cited but absent, and attachments that nobody cites."""

import re
from collections.abc import Iterator

from qingfeng.planreader.faults.facts import Facts, places
from qingfeng.planreader.model import Fault
from qingfeng.planreader.ordinals import chinese_number
from qingfeng.planreader.outline import Listed

_CITED = re.compile(
    r"附(?:件|表)(?P<numbers>(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:(?:、|和|及|-|至|，(?=附?件?\d{1,2}[）、]))(?:附件)?(?:\d{1,2}|[一二三四五六七八九十]{1,2}))*)"
)
_ANY = re.compile(
    r"(?:见|按|依|用|填写?|如)附(?:件|表)(?![\d一二三四五六七八九十])|（附(?:件|表)）|附后|（附(?:件|表)[：:]"
)


def check_missing(facts: Facts) -> Iterator[Fault]:
    """A citation leads to no attachment, or a listed attachment is not bound in with the others."""
    cited, loose = citations(facts)
    present = {a.number for a in facts.outline.attachments}
    listed = {item.number if item.number is not None else 1 for item in facts.outline.listed}
    single = len(facts.outline.attachments) == 1 and present == {None}
    for number, lines in sorted(cited.items()):
        if number in listed or number in present or (single and number == 1):
            continue
        message = f"{places(lines)}引用了附件{number}，但附件说明和文后都没有它；请补上附件{number}，或改正引用的编号。"
        yield Fault("attachment_missing", message, tuple(lines))
    if loose and not listed and not facts.outline.attachments:
        yield Fault(
            "attachment_missing",
            f"{places(loose)}要求看附件，但文中没有附件；请补上附件或删去引用。",
            tuple(loose),
        )
    if facts.outline.attachments and not single:
        for item in facts.outline.listed:
            omitted = "（略）" in next(
                (line.plain for line in facts.outline.lines if line.number == item.line), ""
            )
            if (item.number or 1) not in present and not omitted and not _bound_by_title(facts, item.title):
                message = f"第{item.line}行的附件说明列有“{item.title}”，但文后没有这个附件；请补上，或从附件说明中删去。"
                yield Fault("attachment_missing", message, (item.line,))


def check_uncited(facts: Facts) -> Iterator[Fault]:
    """A listed attachment that the text never names."""
    cited, loose = citations(facts)
    text = _flat("".join(p.text for p in facts.outline.paragraphs))
    listed = list(facts.outline.listed)
    numbers = {item.number or 1 for item in listed}
    listed += [
        Listed(a.number, a.title, a.line.number)
        for a in facts.outline.attachments
        if (a.number or 1) not in numbers
    ]
    for item in listed:
        number = item.number or 1
        by_title = len(item.title) >= 4 and _flat(item.title) in text
        if number in cited or loose or by_title:
            continue
        message = f"第{item.line}行列出的附件{item.number or ''}“{item.title}”在正文中没有被引用；请在用到它的地方写明“见附件{item.number or ''}”，或删去。"
        yield Fault("attachment_uncited", message, (item.line,))


def citations(facts: Facts) -> tuple[dict[int, list[int]], list[int]]:
    """number → lines that cite it, and the lines that cite “the attachment” without a number."""
    cited: dict[int, list[int]] = {}
    loose: list[int] = []
    for paragraph in facts.outline.paragraphs:
        for match in _CITED.finditer(paragraph.text):
            for number in _numbers(match["numbers"]):
                cited.setdefault(number, []).append(paragraph.line.number)
        if _ANY.search(paragraph.text):
            loose.append(paragraph.line.number)
    return cited, loose


def _numbers(text: str) -> list[int]:
    ends = re.fullmatch(r"(\d{1,2})(?:-|至)(\d{1,2})", text)
    if ends:
        return list(range(int(ends[1]), int(ends[2]) + 1))
    return [
        n
        for n in (chinese_number(part) for part in re.findall(r"\d{1,2}|[一二三四五六七八九十]{1,2}", text))
        if n
    ]


def _bound_by_title(facts: Facts, title: str) -> bool:
    return any(_flat(a.title) == _flat(title) for a in facts.outline.attachments)


def _flat(text: str) -> str:
    return re.sub(r"[“”‘’\"《》（）()\s]", "", text)
