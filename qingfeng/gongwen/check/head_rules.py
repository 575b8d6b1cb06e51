"""Mark, number, red rule, signatory, title, addressees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qingfeng.gongwen.check.departures import Departure
from qingfeng.gongwen.check.elements import LOOSE_NUMBER, OPEN_NUMBER, UPWARD_TITLE, Elements
from qingfeng.gongwen.check.facts import Para, is_red
from qingfeng.gongwen.check.page_rules import place
from qingfeng.gongwen.numbering import NUMBER
from qingfeng.gongwen.standard import SIZE_BODY, SIZE_TITLE
from qingfeng.gongwen.widths import width

MARK_FACES = ("小标宋", "XiaoBiaoSong", "标宋", "中宋", "Zhongsong", "STZhongsong")
BODY_FACES = ("仿宋", "FangSong", "Fangsong")


def face_is(face: str, names: tuple[str, ...]) -> bool:
    """Whether a face is one of a family, by any of its names."""
    return any(name.lower() in face.lower() for name in names)


def mark(found: Elements) -> Iterator[Departure]:
    """7.2.4: red, XiaoBiaoSong, centred."""
    if not found.mark:
        named = _black_mark(found)
        if named is not None:
            yield Departure(
                "mark-red", "7.2.4", f"发文机关标志“{named.words[:16]}”", "不是红色", "发文机关标志用红色"
            )
        elif found.number is not None and not found.letter:
            yield Departure(
                "mark", "7.2.4", "版头", "没有红色的发文机关标志", "在发文字号上方居中编排红色发文机关标志"
            )
        return
    first = found.mark[0]
    look = first.main
    if look and look.face and not face_is(look.face, MARK_FACES):
        yield Departure("mark-face", "7.2.4", "发文机关标志", f"字体为{look.face}", "小标宋体字")
    if first.where == "body" and first.align not in {"center", "distribute"}:
        yield Departure("mark-centred", "7.2.4", "发文机关标志", "没有居中", "居中排布")


def _black_mark(found: Elements) -> Para | None:
    if found.number is None:
        return None
    before = [para for para in found.facts.paragraphs if para.at < found.number.at and para.words]
    return next((para for para in before if para.main and para.main.size >= 26), None)


def number(found: Elements) -> Iterator[Departure]:
    """7.2.5: word of the office, year in 〔〕, serial without 第 or leading nought; size 3 FangSong."""
    para = found.number
    if para is None:
        if found.mark and not found.minutes:
            yield Departure("number", "7.2.5", "版头", "没有发文字号", "在发文机关标志下空二行编排发文字号")
        return
    match = LOOSE_NUMBER.match(para.words)
    if match is None:
        return
    written = match.group().strip()
    for wrong, why, mend in _number_faults(match):
        if wrong:
            yield Departure("number-form", "7.2.5", f"发文字号“{written}”", why, mend)
            break
    else:
        if not NUMBER.match(re.sub(r"\s", "", written)):
            yield Departure(
                "number-form", "7.2.5", f"发文字号“{written}”", "写法不合规定", "写作“代字〔2026〕6号”"
            )
    look = para.main
    if look and look.size and abs(look.size - SIZE_BODY) > 0.6:
        yield Departure("number-size", "7.2.5", "发文字号", f"字号为{look.size:g}磅", "三号（16磅）仿宋体")
    if look and look.face and not face_is(look.face, BODY_FACES) and "签发人" not in para.text:
        yield Departure("number-face", "7.2.5", "发文字号", f"字体为{look.face}", "三号仿宋体")
    upward = "签发人" in para.text
    if (
        not upward
        and not found.letter
        and para.where == "body"
        and para.align != "center"
        and not para.tabbed
    ):
        yield Departure("number-centred", "7.2.5", "发文字号", "没有居中", "居中排布；上行文才居左空一字")


def number_to_come(found: Elements) -> Iterator[Departure]:
    """7.2.5: the place of the number is there, the number is not."""
    para = found.number
    if para is not None and OPEN_NUMBER.match(para.words):
        yield Departure(
            "number-open", "7.2.5", f"发文字号“{para.words}”", "还没有编号", "印发前编上机关代字和序号"
        )


def _number_faults(match: re.Match[str]) -> list[tuple[bool, str, str]]:
    rest = match["rest"]
    return [
        (
            match["open"] != "〔" or match["close"] != "〕",
            f"年份用了“{match['open']}{match['close']}”",
            "年份用六角括号〔〕括入",
        ),
        (len(match["year"]) != 4, "年份没有写全", "年份用四位阿拉伯数字"),
        ("第" in rest, "序号前加了“第”", "序号前不加“第”字"),
        (bool(re.search(r"\b0|第\s*0", rest)), "序号编了虚位", "序号不编虚位（1不编为01）"),
    ]


def red_rule(found: Elements) -> Iterator[Departure]:
    """7.2.7, 10.1: a red rule parts head and body."""
    if not (found.mark or found.number) or found.letter:
        return
    if found.facts.red_lines or any(para.red_rule for para in found.facts.paragraphs):
        return
    top = found.title[0].at if found.title else 12
    black = [para for para in found.facts.paragraphs if para.ruled and para.at <= top]
    if black:
        yield Departure("rule-red", "7.2.7", "版头分隔线", "不是红色", "与版心等宽的红色分隔线")
    else:
        yield Departure(
            "rule", "7.2.7", "版头", "没有红色分隔线", "发文字号之下4毫米处印一条与版心等宽的红色分隔线"
        )


def signatory(found: Elements) -> Iterator[Departure]:
    """7.2.6: an upward document names who signs it."""
    if not found.mark or not UPWARD_TITLE.search(found.title_text) or found.letter:
        return
    top = found.title[0].at if found.title else 0
    if not any("签发人" in para.text for para in found.facts.paragraphs if para.at < top):
        yield Departure(
            "signatory", "7.2.6", "版头", "上行文没有签发人", "发文字号同一行居右空一字编排“签发人：姓名”"
        )


def title(found: Elements) -> Iterator[Departure]:
    """7.3.1: size 2 XiaoBiaoSong, centred, broken by meaning, two blank lines below the rule."""
    if not found.title:
        yield Departure(
            "title", "7.3.1", "标题", "没有找到标题", "红色分隔线下空二行，二号小标宋体字居中编排标题"
        )
        return
    look = found.title[0].main
    assert look is not None
    name = f"标题“{found.title_text[:16]}”"
    if look.face and not face_is(look.face, MARK_FACES):
        yield Departure("title-face", "7.3.1", name, f"字体为{look.face}", "小标宋体字")
    if look.size and abs(look.size - SIZE_TITLE) > 0.6:
        yield Departure("title-size", "7.3.1", name, f"字号为{look.size:g}磅", "二号（22磅）")
    if any(para.align != "center" for para in found.title):
        yield Departure("title-centred", "7.3.1", name, "没有居中", "居中排布")
    if is_red(look.colour):
        yield Departure("title-black", "5.2.4", name, "不是黑色", "文字为黑色")
    yield from _title_lines(found, name)
    if re.search(r"[，；。！？,;!?]$", found.title_text):
        yield Departure("title-stop", "7.3.1", name, "末尾有标点", "标题末尾不加标点")
    yield from _blank_above(found, name)


def _title_lines(found: Elements, name: str) -> Iterator[Departure]:
    lines = [line for para in found.title for line in para.words.split("\n") if line]
    if len(lines) < 2:
        return
    widths = [width(line) for line in lines]
    if len(lines) >= 3 and len(set(widths)) == 1:
        yield Departure("title-shape", "7.3.1", name, "各行一样长", "排成梯形或菱形")
    if len(lines) >= 3 and all(widths[0] > one < widths[-1] for one in widths[1:-1]):
        yield Departure("title-shape", "7.3.1", name, "中间短、两头长", "排成梯形或菱形")
    if any(line.startswith(("的", "了", "、", "，", "》", "）")) for line in lines[1:]):
        yield Departure("title-break", "7.3.1", name, "回行拆开了词意", "回行时词意完整、排列对称")


def _blank_above(found: Elements, name: str) -> Iterator[Departure]:
    """Blank lines between number (with its rule) and title; only told where nothing else can make the room."""
    if found.number is None or found.number.where != "body" or found.title[0].where != "body":
        return
    between = [
        p for p in found.facts.paragraphs if found.number.at < p.at < found.title[0].at and p.where == "body"
    ]
    blanks = sum(not para.words for para in between)
    room = sum(para.before for para in (*between, found.title[0]))
    if blanks == 0 and room < 20 and all(not para.words for para in between):
        yield Departure("title-room", "7.3.1", name, "紧接版头", "红色分隔线下空二行")


def addressee(found: Elements) -> Iterator[Departure]:
    """7.3.2: flush left, a full-width colon at the end."""
    para = found.addressee
    if para is None:
        return
    name = f"主送机关“{para.words[:12]}”"
    if not para.words.endswith(("：", ":")):
        yield Departure("addressee-colon", "7.3.2", name, "末尾没有冒号", "最后一个机关名称后标全角冒号")
    elif para.words.endswith(":"):
        yield Departure("addressee-colon", "7.3.2", name, "末尾是半角冒号", "最后一个机关名称后标全角冒号")
    indented = para.first > 0.6 or para.left > 0.6 or para.text.startswith(("\u3000", "  "))
    if indented or para.align in {"center", "right"}:
        yield Departure("addressee-flush", "7.3.2", name, "没有居左顶格", "居左顶格，回行时仍顶格")
    if found.title_text.endswith("请示") and re.search(r"[、，,\s]", para.words.rstrip("：:")):
        yield Departure(
            "addressee-one", "条例15", name, "请示主送了多个机关", "请示只主送一个上级机关，其他用抄送"
        )


def corner(found: Elements) -> Iterator[Departure]:
    """7.2.1 to 7.2.3: copy number, secrecy and urgency in the upper left corner."""
    top = found.mark[0].at if found.mark else (found.number.at if found.number else 0)
    for para in found.facts.paragraphs:
        if para.at >= top or not para.words:
            continue
        words = re.sub(r"\s", "", para.words)
        if re.fullmatch(r"(?:№|No\.?)?\d{1,8}", words) and not re.fullmatch(r"\d{6}", words):
            yield Departure("copy-number", "7.2.1", place(para), "份号不是6位", "份号一般用6位3号阿拉伯数字")
        if re.match(r"^(?:绝密|机密|秘密|特急|加急|平急)", words):
            look = para.main
            urgent = words.startswith(("特", "加", "平"))
            name, clause = ("紧急程度", "7.2.3") if urgent else ("密级和保密期限", "7.2.2")
            if look and look.face and not face_is(look.face, ("黑体", "SimHei", "Hei")):
                yield Departure("corner-face", clause, f"{name}“{words}”", f"字体为{look.face}", "3号黑体字")
