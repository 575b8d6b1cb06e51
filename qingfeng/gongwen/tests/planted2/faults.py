"""Five faultless papers, and twenty with one fault each: what to look for in the words of whoever made them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from qingfeng.gongwen.tests.planted2.desk import Desk, Faces, Habits
from qingfeng.gongwen.tests.planted2.papers import (
    SENTENCES,
    LetterPieces,
    Pieces,
    letter,
    minutes,
    red_header,
    tables,
    usual_body,
)

WINDOWS = Faces(body="仿宋", title="方正小标宋_GBK", kai="楷体", latin="Times New Roman")
WORD = Habits()
WPS = Habits(faces=WINDOWS, grid=False, squeeze=True, style=True, split=True)
GRID = Habits(faces=Faces(latin="Times New Roman"), exact=None)
CIRCULAR = Pieces(WORD, bound=tables, fill=13)
JOINT = Pieces(
    WPS,
    mark="云坪区联席会议文件",
    issuers=("云坪区第一局　　云坪区第二局　　云坪区第三局",),
    name_right=4,
    attachments=(),
)
UPWARD = Pieces(
    GRID,
    head=("000012", "秘密★1年", "特急"),
    number="云坪纪发〔2026〕7号",
    signatory="陈一",
    title=("关于物资采购专项检查", "工作情况的报告"),
    addressee="市纪律检查委员会：",
    attachments=(),
)


@dataclass(frozen=True)
class Planted:
    """One paper with one fault: what was done to it, and how it is made."""

    name: str
    fault: str
    make: Callable[[], bytes]


def clean() -> dict[str, Callable[[], bytes]]:
    """Faultless papers, in five ways of typing them."""
    return {
        "Word通知带附件": lambda: red_header(CIRCULAR),
        "WPS联合发文": lambda: red_header(JOINT),
        "网格排版的报告": lambda: red_header(UPWARD),
        "信函": lambda: letter(LetterPieces()),
        "纪要": lambda: minutes(WPS),
    }


def planted() -> tuple[Planted, ...]:
    """Twenty papers, each spoilt once."""
    return (*_head(), *_text(), *_closing(), *_page())


def _spoilt(name: str, fault: str, pieces: Pieces, **changes: object) -> Planted:
    return Planted(name, fault, lambda: red_header(replace(pieces, **changes)))  # type: ignore[arg-type]


def _head() -> tuple[Planted, ...]:
    return (
        _spoilt("方括号", "发文字号用方括号 [2026]", CIRCULAR, number="云坪纪发[2026]6号"),
        _spoilt("第几号", "发文字号加了“第”", JOINT, number="云坪纪发〔2026〕第6号"),
        _spoilt("虚位", "发文字号编了虚位 006", UPWARD, number="云坪纪发〔2026〕006号"),
        _spoilt("无签发人", "上行文没有签发人", UPWARD, signatory=""),
        _spoilt("标题黑体", "标题用黑体而不是小标宋体", JOINT, title_face="黑体"),
        _spoilt("主送缩进", "主送机关缩进了两字", CIRCULAR, addressee_indent=2),
    )


def _text() -> tuple[Planted, ...]:
    return (
        _spoilt("制表符缩进", "正文用制表符代替左空二字", JOINT, body=_tabs, habits=replace(WPS, style=False)),
        _spoilt("半角空格缩进", "正文用两个半角空格，只空一字", CIRCULAR, body=_blanks),
        _spoilt("层次颠倒", "先用（一），其下才用一、", CIRCULAR, body=_reversed),
        _spoilt("序号后加顿号", "“（一）”后又加顿号", UPWARD, body=_comma),
        _spoilt("小四宋体", "正文为小四宋体", CIRCULAR, body=_song),
        Planted("单倍行距", "正文单倍行距，没有网格", lambda: red_header(
            replace(CIRCULAR, habits=replace(WORD, exact=None, grid=False, squeeze=True)))),
    )  # fmt: skip


def _closing() -> tuple[Planted, ...]:
    return (
        _spoilt("日期补零", "成文日期月、日补零", CIRCULAR, date="2026年03月05日"),
        _spoilt("日期靠左", "署名和日期靠左", UPWARD, sign_align="left", name_right=0, date_right=0),
        _spoilt("附件半角冒号", "附件说明用半角冒号", CIRCULAR, attachments=("附件:1.物资采购自查台账", "2.整改情况统计表")),
        _spoilt("附件名后分号", "附件名称后有标点", CIRCULAR, attachments=("附件：1.物资采购自查台账；", "2.整改情况统计表。")),
        _spoilt("抄送无句号", "抄送机关末尾没有句号", JOINT, copied="抄送：区委办公室，区政府办公室"),
    )  # fmt: skip


def _page() -> tuple[Planted, ...]:
    narrow = (25.4, 25.4, 31.8, 31.8)
    return (
        Planted("页码无一字线", "页码两侧没有一字线", lambda: red_header(
            replace(CIRCULAR, habits=replace(WORD, dashes=False)))),
        Planted("默认页边距", "页边距是软件的默认值", lambda: red_header(
            replace(JOINT, habits=replace(WPS, margins=narrow)))),
        Planted("信函首页页码", "信函首页显示页码", lambda: letter(LetterPieces(first_number=True))),
    )  # fmt: skip


def _tabs(desk: Desk) -> None:
    for sentence in SENTENCES:
        desk.line(f"\t{sentence}", align="both")


def _blanks(desk: Desk) -> None:
    for sentence in SENTENCES:
        desk.line(f"  {sentence}", align="both")


def _reversed(desk: Desk) -> None:
    desk.text(SENTENCES[0])
    desk.heading("（一）总体要求", 2)
    desk.text(SENTENCES[1])
    desk.heading("一、开展自查", 1)
    desk.text(SENTENCES[2])
    desk.heading("二、组织抽查", 1)
    desk.text(SENTENCES[3])
    desk.heading("（二）工作要求", 2)
    desk.text(SENTENCES[4])


def _comma(desk: Desk) -> None:
    desk.text(SENTENCES[0])
    desk.heading("一、总体要求", 1)
    desk.heading("（一）、开展自查", 2)
    desk.text(SENTENCES[2])
    desk.heading("（二）、组织抽查", 2)
    desk.text(SENTENCES[3])


def _song(desk: Desk) -> None:
    for sentence in SENTENCES:
        desk.line(sentence, indent=2, align="both", face="宋体", size=12)


__all__ = ["Planted", "clean", "planted", "usual_body"]
