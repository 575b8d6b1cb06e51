"""Title, issuer, status, basis, day of signing: what stands around the text of a plan."""

import re
from collections.abc import Sequence
from datetime import date

from qingfeng.planreader.bodies import is_body
from qingfeng.planreader.dates import find_dates
from qingfeng.planreader.lines import Line
from qingfeng.planreader.model import Basis
from qingfeng.planreader.ordinals import read_ordinal
from qingfeng.planreader.outline import SIGNED, Outline
from qingfeng.planreader.years import Years

_PLAN = r"(?:方案|行动计划|工作计划|治理计划|整治计划|实施计划|实施意见|工作安排|安排意见|工作安排意见|实施办法|工作要点|工作意见|任务书)"
_TITLE = re.compile(
    rf"^(?:之[一二三四五六七八九十]、|[（(]?附件\d?[)）：]?)?(?P<title>[^。；？！]{{0,90}}?{_PLAN})(?P<draft>（[^）]{{2,12}}）)?$"
)
_ISSUED = re.compile(rf"印发(?:《|“)?(?P<title>[^》]{{4,80}}?{_PLAN})(?:（[^）]*）)?(?:》|“)?的?通知")
DRAFT = re.compile(
    r"审议稿|送审稿|征求意见稿|讨论稿|草案|草稿|初稿|修改稿|上会稿|报审稿|代拟稿|审阅稿|送审|（稿）"
)
_CHROME = re.compile(
    r"[>|】/]|首页|正文|来源|浏览|发布|字体|打印|收藏|点击|作者|时间：|日期|位置|文件$|通知$|^\d+$|：$|编辑|分享"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}〔\d{4}〕(?:第)?\d{1,4}号")
_BASIS = re.compile(r"《(?P<title>[^》]{4,80})》(?:（?(?P<no>[\u4e00-\u9fff]{2,12}〔\d{4}〕\d{1,4}号)）?)?")
_BASIS_CUE = re.compile(r"根据|按照|依据|依照|遵照|贯彻|落实|参照|对照")


def find_title(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines on which the title of the plan stands; the last candidate before the text begins."""
    visible = [line for line in lines if line.text.strip()]
    chosen: tuple[Line, ...] = ()
    for index, line in enumerate(visible[:60]):
        ordinal = read_ordinal(line.plain)
        long = len(line.plain) > 60 and "。" in line.plain and not _later_title(visible[index : index + 14])
        if chosen and (ordinal or long) and not _notice(line):
            break
        if not line.is_row and _TITLE.match(line.plain) and ordinal is None:
            found = _with_lines_above(visible, index)
            chosen = found if sum(len(part.plain) for part in found) >= 7 else chosen
        elif _notice(line) and not chosen:
            chosen = _with_lines_above(visible, index)
    return chosen or _notice_title(visible)


def _notice_title(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A notice may be the plan itself: 关于开展…专项整治的通知."""
    for line in lines[:20]:
        if re.search(r"关于.{0,40}(?:专项|整治|治理|清理|行动).{0,24}通知$", line.plain) and not re.search(
            r"会议|报送|召开|培训|转发", line.plain
        ):
            return (line,)
    return ()


def _notice(line: Line) -> bool:
    return bool(_ISSUED.search(line.plain)) and len(line.plain) < 120 and "。" not in line.plain


def _later_title(lines: Sequence[Line]) -> bool:
    """After the notice that carries a plan, the plan itself follows under its own title."""
    return any(
        _TITLE.match(line.plain) and not line.is_row and read_ordinal(line.plain) is None for line in lines
    )


def _with_lines_above(lines: Sequence[Line], index: int) -> tuple[Line, ...]:
    start = index
    while start > 0 and index - start < 3:
        above = lines[start - 1].plain
        blank_between = lines[start].number - lines[start - 1].number > 3
        if blank_between or not 2 < len(above) <= 36 or _CHROME.search(above) or _NUMBER.search(above):
            break
        if (
            re.search(r"[。；：，！]", above)
            or SIGNED.match(above)
            or _TITLE.match(above)
            or DRAFT.search(above)
        ):
            break
        if read_ordinal(above) and read_ordinal(above).style in {"one", "arabic"}:  # type: ignore[union-attr]
            break
        start -= 1
    return tuple(lines[start : index + 1])


def title_text(titles: Sequence[Line]) -> str | None:
    """The title in one piece, without ordinal and draft mark; quotation marks as written."""
    if not titles:
        return None
    joined = "".join("".join(line.text.split()) for line in titles)
    folded = "".join(line.plain for line in titles)
    issued = _ISSUED.search(folded)
    if issued:
        return joined[issued.start("title") : issued.end("title")]
    match = _TITLE.match(folded)
    return joined[match.start("title") : match.end("title")] if match else joined


def status_of(outline: Outline) -> str:
    """issued, or draft while the head still says 审议稿, 征求意见稿 and the like."""
    return "draft" if draft_lines(outline) else "issued"


def draft_lines(outline: Outline) -> list[Line]:
    """The head lines that call the document a draft."""
    head = [*outline.head[-14:], *(p.line for p in outline.paragraphs[:2] if len(p.text) < 20)]
    return [line for line in head if DRAFT.search(line.plain) and len(line.plain) < 100]


def signed_on(outline: Outline) -> date | None:
    """The day of signing: below the text, else in the notice above it."""
    for line in [*reversed(outline.tail), *reversed(outline.head)]:
        match = SIGNED.match(line.plain)
        if match:
            mention = find_dates(match["date"])
            return Years(None).resolve(mention[0]).first if mention else None
    for line in [*outline.tail, *outline.lines[-25:]]:
        match = re.search(r"(20\d{2}年\d{1,2}月\d{1,2}日)印发", line.plain)
        if match:
            return Years(None).resolve(find_dates(match[1])[0]).first
    return None


def document_year(outline: Outline) -> int | None:
    """The year in the document number, if the head carries one."""
    for line in outline.head:
        if _NUMBER.search(line.plain) and len(line.plain) < 40:
            return int(re.findall(r"〔(\d{4})〕", line.plain)[-1])
    return None


def issuer_of(outline: Outline, title: str | None) -> str | None:
    """Who issues the plan: the signer, the first title line, the red head, or the head of the title."""
    for block in (outline.tail, outline.head):
        signer = _signer(block)
        if signer:
            return signer
    if len(outline.titles) > 1 and is_body(outline.titles[0].plain):
        return outline.titles[0].text.strip()
    for line in outline.head:
        red = re.match(r"^(?P<name>[\u4e00-\u9fff“（）]{4,40})文件$", line.plain)
        if red and is_body(red["name"]):
            return red["name"]
    return _issuer_in_title(title)


def _signer(block: Sequence[Line]) -> str | None:
    for index, line in enumerate(block):
        if not SIGNED.match(line.plain):
            continue
        names: list[str] = []
        for above in reversed(block[max(0, index - 3) : index]):
            if not 2 < len(above.plain) <= 40 or re.search(r"[。；：，》]|通知$|^（", above.plain):
                break
            names.insert(0, "".join(above.text.split()))
        for start in range(len(names)):
            if is_body("".join(names[start:]).replace("“", "").replace("”", "")):
                return (
                    "".join(names[start:])
                    if not all(is_body(n) for n in names[start:])
                    else "、".join(names[start:])
                )
    return None


def _issuer_in_title(title: str | None) -> str | None:
    if not title:
        return None
    match = re.match(
        r"(?P<name>[\u4e00-\u9fff（）]{2,30}?)(?:关于|开展|深入开展|20\d{2}年|“|医疗|行业|专项)", title
    )
    if match and (is_body(match["name"]) or re.search(r"[市县区镇乡旗州]$", match["name"])):
        return match["name"]
    place = re.match(r"[\u4e00-\u9fff]{2,12}?(?:有限公司|集团|医院|学校|局|委|街道|镇|乡|县|区|市)", title)
    return place[0] if place else None


def find_basis(outline: Outline) -> tuple[Basis, ...]:
    """The documents from above that the opening paragraphs or a section on the basis name."""
    found: dict[str, Basis] = {}
    opening = [p for p in outline.paragraphs if not p.path][:6]
    section = [p for p in outline.paragraphs if any("依据" in heading for heading in p.path)]
    for paragraph in [*opening, *section]:
        folded = paragraph.line.folded
        for match in _BASIS.finditer(folded.text):
            before = folded.text[max(0, match.start() - 90) : match.start()].split("。")[-1]
            if _BASIS_CUE.search(before) or paragraph in section:
                title = folded.quote(match.start("title"), match.end("title"))
                number = folded.quote(match.start("no"), match.end("no")) if match["no"] else None
                found.setdefault(title, Basis(title, number, paragraph.line.number))
    return tuple(found.values())
