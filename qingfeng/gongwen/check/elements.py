"""Finds the elements of an official document among its paragraphs, by what they say and how they look."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qingfeng.gongwen.check.facts import Facts, Para, is_red
from qingfeng.gongwen.numbering import level_of

LOOSE_NUMBER = re.compile(
    r"^[\s\u3000]*(?P<word>[\u4e00-\u9fff]{1,12}?)\s*(?P<open>[〔\[［(（【﹝])\s*(?P<year>\d{2,4})\s*(?P<close>[〕\]］)）】﹞])"
    r"\s*(?P<rest>第?\s*\d+\s*号)"
)
"""A document number as people also write it."""
ISSUE = re.compile(r"^[（(〔\[]?(?:\d{4}[〕\])）]?\s*)?第?\s*[\d一二三四五六七八九十]+\s*[期号次][）)]?$")
"""Number of minutes: 〔2026〕3期, 第5期."""
OPEN_NUMBER = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,12}\s*〔\d{4}〕[\s\u3000_＿×xX]*[号期]|第[\s\u3000_＿×xX]+期)$"
)
"""The place of a number that is still to be given: 〔2026〕　号."""
ASIDE = re.compile(r"^(?:[表图]\s*\d+\s*\S|(?:出席|请假|列席|主持|参加|记录)(?:人员?)?[：:])")
"""Lines with a look of their own: captions, attendance of a meeting."""
DATE = re.compile(
    r"^(?:\d{2,4}|[〇○零一二三四五六七八九]{4})\s*(?:年.{1,8}|[./-]\s*\d{1,2}\s*[./-]\s*\d{1,2})[日号]?$"
)
OPEN_DATE = re.compile(r"^年[\s\u3000]+月[\s\u3000]+日$")
"""Where whoever signs by hand writes the day."""
LOOSE_LEVEL = re.compile(
    r"^(?:(?P<one>[一二三四五六七八九十]+[、．.,，])|(?P<two>[（(][一二三四五六七八九十]+[)）]、?)"
    r"|(?P<three>\d{1,2}[、.．](?!\d))|(?P<four>[（(]\d{1,2}[)）]、?))"
)
ATTACHMENT_HEAD = re.compile(r"^附\s*件\s*[\d一二三四五六七八九十]*\s*[：:]?$")
ATTACHMENT_NOTE = re.compile(r"^附\s*件\s*[：:]?\s*\S")
IMPRINT = re.compile(r"^(?:抄\s*送|抄\s*报|分\s*送|主\s*送)\s*[：:]?")
ISSUED = re.compile(r"\d{1,4}年\d{1,2}月\d{1,2}日\s*印发|印发$|^印发")
UPWARD_TITLE = re.compile(r"的(?:报告|请示)$")


@dataclass
class Elements:
    """The elements that were found; those that were not are None or empty."""

    facts: Facts
    mark: list[Para] = field(default_factory=list)
    number: Para | None = None
    title: list[Para] = field(default_factory=list)
    addressee: Para | None = None
    body: list[Para] = field(default_factory=list)
    attachment_note: list[Para] = field(default_factory=list)
    signers: list[Para] = field(default_factory=list)
    date: Para | None = None
    attachments: list[Para] = field(default_factory=list)
    imprint: list[Para] = field(default_factory=list)
    letter: bool = False
    minutes: bool = False
    """Minutes, and bulletins set like them: nobody signs."""

    @property
    def title_text(self) -> str:
        """The title on one line."""
        return "".join(para.words for para in self.title).replace("\n", "")


def find_elements(facts: Facts) -> Elements:
    """Walks the document from top to bottom once."""
    found = Elements(facts)
    filled = [para for para in facts.paragraphs if para.words]
    _imprint(found, filled)
    rest = [para for para in filled if para not in found.imprint]
    start = _head(found, rest)
    start = _title(found, rest, start)
    _text(found, [para for para in rest[start:] if para.where == "body"])
    headers = [para for sheet in facts.sheets for para in sheet.headers["first"] if para.words]
    found.letter = any(para.main and is_red(para.main.colour) for para in headers) or (
        found.title_text.endswith("函") and not any("文件" in para.words for para in found.mark)
    )
    found.minutes = any(para.words.endswith(("纪要", "简报")) for para in found.mark)
    return found


def _imprint(found: Elements, filled: list[Para]) -> None:
    tail = filled[-8:]
    for at, para in enumerate(tail):
        if IMPRINT.match(para.words) or (ISSUED.search(para.words) and at >= len(tail) - 4):
            found.imprint = [
                other
                for other in tail[at:]
                if other.where != "body" or other is not tail[-1] or at < len(tail)
            ]
            return


def _head(found: Elements, rest: list[Para]) -> int:
    """Mark and number; the index after them."""
    start = 0
    for at, para in enumerate(rest[:14]):
        look = para.main
        if found.number is None and not found.title and look and is_red(look.colour) and look.size >= 20:
            found.mark.append(para)
            start = at + 1
        elif (LOOSE_NUMBER.match(para.words) and len(para.words) < 60) or (
            found.mark and (ISSUE.match(para.words) or OPEN_NUMBER.match(para.words))
        ):
            found.number = para
            start = at + 1
            break
    return start


def _title(found: Elements, rest: list[Para], start: int) -> int:
    at = start
    while at < len(rest) and at < start + 8:
        para = rest[at]
        look = para.main
        if look is None or para.where != "body":
            at += 1
            continue
        ends = para.words.endswith(("：", ":"))
        if not ends and _like_title(para, found.title):
            found.title.append(para)
            at += 1
            continue
        if found.title:
            break
        at += 1
    if not found.title:
        return start
    at = rest.index(found.title[-1]) + 1
    if at < len(rest) and _like_addressee(rest[at]):
        found.addressee = rest[at]
        at += 1
    return at


def _like_addressee(para: Para) -> bool:
    """A line that ends with a colon; or a short one flush left without any stop, whose colon was forgotten."""
    if para.words.endswith(("：", ":")) and len(para.words) < 400:
        return True
    plain = not re.search(r"[。；！？：:]", para.words) and len(para.words) < 40
    flush = (
        para.first + para.left < 0.6 and not para.text.startswith("\u3000") and para.align in {"left", "both"}
    )
    return (
        plain
        and flush
        and para.where == "body"
        and not LOOSE_LEVEL.match(para.words)
        and not DATE.match(para.words)
    )


def _like_title(para: Para, before: list[Para]) -> bool:
    look = para.main
    if look is None or is_red(look.colour) or len(para.words) > 80 or para.words.endswith("；"):
        return False
    if para.words.endswith("。") and not (para.align == "center" or look.size >= 18):
        return False
    if LOOSE_LEVEL.match(para.words) or para.words.startswith(("签发人", "附件")):
        return False
    if before:
        first = before[0].main
        alike = first is not None and abs(first.size - look.size) < 1 and (para.align == before[0].align)
        return alike and (look.size > 17 or para.align == "center") and not _ended(before)
    return para.align == "center" or look.size >= 18 or "小标宋" in look.face


def _ended(lines: list[Para]) -> bool:
    return bool(re.search(r"(?:通知|通报|报告|函|纪要|决定|意见|请示|批复|公告|通告)$", lines[-1].words))


def _text(found: Elements, paragraphs: list[Para]) -> None:
    begun = next(
        (at for at, para in enumerate(paragraphs) if ATTACHMENT_HEAD.match(para.words)), len(paragraphs)
    )
    found.attachments = [para for para in paragraphs[begun:] if ATTACHMENT_HEAD.match(para.words)]
    text = paragraphs[:begun]
    dates = [at for at, para in enumerate(text) if len(para.words) <= 16 and _is_date(para.words)]
    closing = len(text)
    if not dates:
        found.date = next((para for para in found.facts.paragraphs if _table_date(para)), None)
    if dates:
        at = dates[-1]
        found.date = text[at]
        closing = at
        while closing > 0 and at - closing < 6 and _like_signer(text[closing - 1]):
            closing -= 1
        if closing == at and at and _flush_name(text[at - 1]):
            closing -= 1
        found.signers = text[closing:at]
        if not found.signers and at + 1 < len(text) and _like_signer(text[at + 1]):
            found.signers = [text[at + 1]]
    note = next((at for at, para in enumerate(text[:closing]) if ATTACHMENT_NOTE.match(para.words)), None)
    if note is not None:
        found.attachment_note = text[note:closing]
        closing = note
    found.body = [para for para in text[:closing] if not ASIDE.match(para.words)]


def _is_date(words: str) -> bool:
    return bool(DATE.match(words) or OPEN_DATE.match(words))


def _like_signer(para: Para) -> bool:
    short = len(para.words) <= 30 and not para.words.endswith(("。", "；", "，", "：", "、"))
    aside = (
        para.align in {"right", "center"}
        or para.left > 8
        or para.tabbed
        or (para.first == 0 and (para.left > 2.4 or len(para.words) > 20))
        or para.text.startswith("\u3000" * 6)
        or para.text.startswith(" " * 12)
    )
    return short and aside and not level_of(para.words) and not para.words.startswith("附件")


def _flush_name(para: Para) -> bool:
    """A name that was left at the left margin, where no text begins."""
    flush = para.align in {"left", "both"} and para.first + para.left < 0.5 and not para.text[:1].isspace()
    return flush and len(para.words) <= 24 and not re.search(r"[。；，：、！？:]", para.words)


def _table_date(para: Para) -> bool:
    """A date that stands alone in a cell below a name: offices signing together are set in a table."""
    return (
        para.where == "table"
        and len(para.words) <= 12
        and DATE.match(para.words) is not None
        and "年" in para.words
        and not para.ruled
    )
