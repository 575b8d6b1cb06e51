"""The text: face, size, colour, indent, headings, attachment note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qingfeng.gongwen.check.departures import Departure
from qingfeng.gongwen.check.elements import LOOSE_LEVEL, Elements
from qingfeng.gongwen.check.facts import Para
from qingfeng.gongwen.check.head_rules import BODY_FACES, MARK_FACES, face_is
from qingfeng.gongwen.check.page_rules import place
from qingfeng.gongwen.numbering import MARKS, chinese
from qingfeng.gongwen.standard import SIZE_BODY, SIZE_TITLE

HEI = ("黑体", "SimHei", "Heiti", "FandolHei")
KAI = ("楷体", "KaiTi", "Kaiti", "楷")
LEVEL_FACES = {1: ("黑体", HEI), 2: ("楷体", KAI)}
ASIDE_BLANKS, ASIDE_LETTERS = 6, 20
"""A short line behind so many blanks is set aside on purpose."""
LEVELS = {"one": 1, "two": 2, "three": 3, "four": 4}


def look_of_text(found: Elements) -> Iterator[Departure]:
    """5.2.2, 7.3.3: size 3 FangSong, black."""
    for para in _text(found):
        runs = [run for run in para.runs if run.text.strip()]
        size = next((run.size for run in runs if abs(run.size - SIZE_BODY) > 0.6), None)
        if size is not None:
            yield Departure("body-size", "5.2.2", place(para), f"有{size:g}磅的字", "三号（16磅）")
        colour = next((run.colour for run in runs if run.colour not in {"AUTO", "000000", ""}), None)
        if colour is not None:
            yield Departure("body-colour", "5.2.4", place(para), f"有颜色为 {colour} 的字", "文字为黑色")
        if para in _headings(found):
            continue
        face = next((run.face for run in _after_lead(para) if run.face and not _body_face(run.face)), None)
        if face is not None:
            yield Departure("body-face", "5.2.2", place(para), f"有字体为{face}的字", "仿宋体")


def _body_face(face: str) -> bool:
    return face_is(face, BODY_FACES) or face == "SimSun-ExtB"


def _after_lead(para: Para) -> Iterator:  # type: ignore[type-arg]
    """Runs after a run-in heading; short stretches (a number, a stray mark) do not count."""
    lead = (
        LOOSE_LEVEL.match(para.words) is not None or re.match(r"^[^，。；]{2,24}。", para.words) is not None
    )
    seen = False
    for run in para.runs:
        if lead and not seen:
            seen = "。" in run.text or face_is(run.face, BODY_FACES)
            continue
        if len(run.text.strip()) > 1 and re.search(r"[\u4e00-\u9fff]", run.text):
            yield run


def _text(found: Elements) -> list[Para]:
    return [para for para in found.body if para.words and not para.ruled]


def _headings(found: Elements) -> list[Para]:
    return [para for para in found.body if _level(para) and _is_heading(para)]


def _level(para: Para) -> int:
    match = LOOSE_LEVEL.match(para.words)
    return LEVELS[match.lastgroup] if match and match.lastgroup else 0


def _is_heading(para: Para) -> bool:
    return (
        len(para.words) <= 34 and not para.words.endswith(("；", "，", "：")) and "。" not in para.words[:-1]
    )


def indents(found: Elements) -> Iterator[Departure]:
    """7.3.3: each paragraph begins two characters in, wrapped lines flush."""
    for para in _text(found):
        written = (
            len(para.text)
            - len(para.text.lstrip("\u3000"))
            + (len(para.text) - len(para.text.lstrip(" "))) / 2
        )
        if written >= ASIDE_BLANKS and len(para.words) < ASIDE_LETTERS:
            continue  # set to the right by hand: where somebody signs
        begin = para.left + para.first + written
        if para.align in {"center", "right"}:
            if len(para.words) > 20 and para.words.endswith("。"):
                yield Departure(
                    "body-align", "7.3.3", place(para), "没有左起排列", "每个自然段左空二字，回行顶格"
                )
            continue
        if abs(begin - 2) > 0.35:
            yield Departure(
                "indent", "7.3.3", place(para), f"首行空{begin:.1f}字", "每个自然段左空二字，回行顶格"
            )


def headings(found: Elements) -> Iterator[Departure]:
    """7.3.3: 一、（一）1.（1） in HeiTi, KaiTi, FangSong, in order."""
    counts = [0, 0, 0, 0, 0]
    reversed_at = _reversed(found)
    if reversed_at is not None:
        yield Departure(
            "heading-levels",
            "7.3.3",
            place(reversed_at),
            "层次序数颠倒，下一层的序数先于它出现",
            "依次用“一、”“（一）”“1.”“（1）”",
        )
    for para in found.body:
        level = _level(para)
        if not level:
            continue
        mark = LOOSE_LEVEL.match(para.words)
        assert mark is not None
        if not MARKS[level].match(para.words) or mark.group().endswith((")、", "）、")):
            yield Departure(
                "heading-mark",
                "7.3.3",
                place(para),
                f"序号写作“{mark.group()}”",
                f"写作“{_right_mark(level)}”",
            )
        yield from _heading_face(para, level)
        if level <= 2 and reversed_at is None:
            yield from _heading_order(para, level, counts, mark.group())


def _reversed(found: Elements) -> Para | None:
    """The first heading below which its own upper level stands: “一、” after “（一）” within the same part."""
    seen: set[int] = set()
    for para in _headings(found):
        level = _level(para)
        if level not in seen and any(other > level for other in seen):
            return para
        seen = {other for other in seen if other < level} | {level}
    return None


def _right_mark(level: int) -> str:
    return {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}[level]


def _heading_face(para: Para, level: int) -> Iterator[Departure]:
    if level not in LEVEL_FACES or not (_is_heading(para) or level == 1):
        return
    name, family = LEVEL_FACES[level]
    if _is_heading(para) is False and len(para.words) > 60:
        return
    face = para.face_of(1)
    if face and not face_is(face, family):
        ordinal = "一二三四"[level - 1]
        yield Departure("heading-face", "7.3.3", place(para), f"第{ordinal}层标题字体为{face}", f"用{name}字")


def _heading_order(para: Para, level: int, counts: list[int], mark: str) -> Iterator[Departure]:
    said = re.sub(r"[^一二三四五六七八九十]", "", mark)
    if level == 2 and said == "一":
        counts[2] = 0
    if level == 1:
        counts[2] = 0
    counts[level] += 1
    expected = chinese(counts[level])
    if said != expected:
        number = next((n for n in range(1, 60) if chinese(n) == said), counts[level])
        yield Departure(
            "heading-order",
            "7.3.3",
            place(para),
            f"序号是“{said}”，前面应接“{expected}”",
            "同一层序号连续，不跳号、不重号",
        )
        counts[level] = number


def attachment_note(found: Elements) -> Iterator[Departure]:
    """7.3.4: one blank line below the text, two characters in, “附件：1.名称” without a stop."""
    for number, para in enumerate(found.attachment_note):
        words = para.words
        if number == 0:
            if not re.match(r"^附件：", words):
                yield Departure("note-form", "7.3.4", place(para), f"写作“{words[:4]}”", "“附件”后标全角冒号")
            begin = para.left + para.first + (len(para.text) - len(para.text.lstrip("\u3000 ")))
            if begin < 1.5 or begin > 2.6:
                yield Departure(
                    "note-indent", "7.3.4", place(para), f"左空{begin:.1f}字", "在正文下空一行左空二字"
                )
        if re.search(r"(?:^附件[：:]|^)\s*\d+[、．]", words) or re.search(
            r"(?:^附件[：:]|^)\s*\d+\.\s", words
        ):
            yield Departure("note-number", "7.3.4", place(para), "序号后的标点不对", "序号用“1.”，其后不空格")
        if words.endswith(("。", "；", "，", ".")):
            yield Departure("note-stop", "7.3.4", place(para), "名称后有标点", "附件名称后不加标点")


def attachments(found: Elements) -> Iterator[Departure]:
    """7.3.5: on a new page, 附件1 in HeiTi flush left without colon, its title centred."""
    paragraphs = found.facts.paragraphs
    for para in found.attachments:
        look = para.main
        if para.words.endswith(("：", ":")):
            yield Departure("attachment-colon", "7.3.5", place(para), "后有冒号", "“附件”及顺序号后不加标点")
        if look and look.face and not face_is(look.face, HEI):
            yield Departure("attachment-face", "7.3.5", place(para), f"字体为{look.face}", "3号黑体字")
        if para.first > 0.6 or para.left > 0.6 or para.align in {"center", "right"}:
            yield Departure("attachment-flush", "7.3.5", place(para), "没有顶格", "版心左上角第一行顶格编排")
        if not _begins_page(para, paragraphs):
            yield Departure("attachment-page", "7.3.5", place(para), "没有另面编排", "附件另面编排")
        heading = next((other for other in paragraphs[para.at + 1 : para.at + 5] if other.words), None)
        if heading is not None and heading.main and len(heading.words) < 60 and heading.where == "body":
            yield from _attachment_title(heading)


def _attachment_title(heading: Para) -> Iterator[Departure]:
    look = heading.main
    like_title = look is not None and (face_is(look.face, MARK_FACES) or look.size > SIZE_BODY + 1)
    if like_title and heading.align != "center":
        yield Departure(
            "attachment-title", "7.3.5", place(heading), "附件标题没有居中", "附件标题居中编排在版心第三行"
        )
    if heading.align == "center" and look and look.size and abs(look.size - SIZE_TITLE) > 0.6:
        yield Departure(
            "attachment-title", "7.3.5", place(heading), f"附件标题为{look.size:g}磅", "二号小标宋体字"
        )


def _begins_page(para: Para, paragraphs: tuple[Para, ...]) -> bool:
    if para.breaks_page:
        return True
    before = paragraphs[para.at - 1] if para.at else None
    if before is None or before.section != para.section:
        return True
    return before.breaks_page and not before.words
