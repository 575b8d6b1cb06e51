"""Papers that this typist makes: a red-header paper and a letter, each piece as it should be unless said otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from docx.oxml.ns import qn

from qingfeng.gongwen.tests.planted2.desk import RED, Desk, Habits, empty

SENTENCES = (
    "为进一步规范基层单位物资采购和收支管理，及时发现并整改日常工作中的薄弱环节，现将有关事项通知如下。",
    "各单位要对照任务清单，逐项核对物资采购、验收入库和费用报销等环节，做到手续齐全、账实相符。",
    "检查发现的问题要登记造册，明确整改措施、责任人和完成时限，整改一项、核实一项、销号一项。",
    "领导小组办公室将适时组织抽查，对工作推进缓慢、敷衍应付的单位，在全区范围内予以提醒。",
    "请各单位确定一名联络员，于每月月底前报送当月工作进展情况，遇有重要情况随时报告。",
)
Act = Callable[[Desk], None]


@dataclass(frozen=True)
class Pieces:
    """What stands on a red-header paper, from top to bottom."""

    habits: Habits = field(default_factory=Habits)
    head: tuple[str, ...] = ()
    """Copy number, secrecy and urgency, a line each."""
    mark: str = "云坪区纪律检查委员会文件"
    mark_face: str = ""
    number: str = "云坪纪发〔2026〕6号"
    signatory: str = ""
    signatory_face: str = ""
    rule: bool = True
    title: tuple[str, ...] = ("关于进一步规范基层单位", "物资采购管理的通知")
    title_face: str = ""
    title_size: float = 22
    title_align: str = "center"
    before_title: int = 2
    addressee: str = "各镇、街道，区直各部门："
    addressee_indent: float = 0
    body: Act | None = None
    attachments: tuple[str, ...] = ("附件：1.物资采购自查台账", "2.整改情况统计表")
    attachment_hang: float = 5
    issuers: tuple[str, ...] = ("云坪区纪律检查委员会",)
    date: str = "2026年3月5日"
    name_right: float = 2
    date_right: float = 4
    sign_align: str = "right"
    bound: Act | None = None
    copied: str = "抄送：区委办公室，区人大常委会办公室，区政府办公室。"
    issued: tuple[str, str] = ("云坪区纪律检查委员会办公室", "2026年3月6日印发")
    imprint_ruled: bool = True
    fill: int = 4
    """Blank lines that push the imprint to the foot of the second page."""


def usual_body(desk: Desk) -> None:
    """Two levels of headings over the sentences."""
    desk.text(SENTENCES[0])
    desk.heading("一、总体要求", 1)
    desk.text(SENTENCES[1], SENTENCES[2])
    desk.heading("二、工作安排", 1)
    desk.heading("（一）开展自查", 2)
    desk.text(SENTENCES[1], SENTENCES[2])
    desk.heading("（二）组织抽查", 2)
    desk.text(SENTENCES[3], SENTENCES[4])


def tables(desk: Desk, *, apart: bool = True) -> None:
    """Two attachments, each on a page of its own."""
    for at, name in enumerate(("物资采购自查台账", "整改情况统计表"), start=1):
        if apart:
            desk.new_page()
        desk.line(f"附件{at}", face=desk.habits.faces.hei)
        desk.blank()
        desk.line(name, face=desk.habits.faces.title, size=22, align="center", height=32)
        desk.blank()
        rows = [
            ["序号", "单位", "数量", "备注"],
            ["1", "第一中队", "3", "已办结"],
            ["2", "第二中队", "2", "整改中"],
        ]
        desk.table(rows, [20, 56, 40, 40])


def red_header(pieces: Pieces) -> bytes:
    """A paper with a red mark, as Word users type it."""
    desk = Desk(pieces.habits)
    faces = desk.habits.faces
    desk.page_numbers()
    _head(desk, pieces)
    desk.blank(pieces.before_title)
    for line in pieces.title:
        desk.line(
            line,
            face=pieces.title_face or faces.title,
            size=pieces.title_size,
            align=pieces.title_align,
            height=33,
        )
    desk.blank()
    if pieces.addressee:
        desk.line(pieces.addressee, indent=pieces.addressee_indent)
    (pieces.body or usual_body)(desk)
    _closing(desk, pieces)
    if pieces.bound:
        pieces.bound(desk)
    if pieces.issued[0]:
        desk.blank(pieces.fill)
        desk.imprint(pieces.copied, *pieces.issued, ruled=pieces.imprint_ruled, at_foot=False)
    return desk.bytes()


def _head(desk: Desk, pieces: Pieces) -> None:
    faces = desk.habits.faces
    for at in range(3):
        text = pieces.head[at] if at < len(pieces.head) else ""
        desk.line(text, face=faces.hei if text and not text.isdigit() else "")
    desk.line(
        pieces.mark,
        face=pieces.mark_face or faces.title,
        size=36,
        align="center",
        height=56,
        before=6,
        colour=RED,
    )
    desk.blank(2)
    number = (
        desk.line(pieces.number, align="center") if not pieces.signatory else _with_signatory(desk, pieces)
    )
    if pieces.rule:
        desk.rule(number, "bottom", points=1.5, colour="FF0000", away=5)


def _with_signatory(desk: Desk, pieces: Pieces):  # type: ignore[no-untyped-def]
    line = desk.line(pieces.number, indent=1)
    line.paragraph_format.tab_stops.add_tab_stop(442 * 12700 - 16 * 12700, 2)
    desk._run(line, "\t签发人：")
    desk._run(line, pieces.signatory, face=pieces.signatory_face or desk.habits.faces.kai)
    return line


def _closing(desk: Desk, pieces: Pieces) -> None:
    if pieces.attachments:
        desk.blank()
        first, *others = pieces.attachments
        desk.line(first, indent=2)
        for name in others:
            desk.line(name, indent=pieces.attachment_hang)
    desk.blank(2)
    for name in pieces.issuers:
        desk.line(name, align=pieces.sign_align, right=pieces.name_right)
    desk.line(pieces.date, align=pieces.sign_align, right=pieces.date_right)


@dataclass(frozen=True)
class LetterPieces:
    """What stands on a letter."""

    habits: Habits = field(default_factory=Habits)
    number: str = "云坪办函〔2026〕12号"
    double: bool = True
    foot: bool = True
    first_number: bool = False
    date: str = "2026年3月5日"


def letter(pieces: LetterPieces) -> bytes:
    """A letter: mark and double rule in the header of page 1, the other rule in its footer."""
    desk = Desk(pieces.habits)
    desk.page_numbers(first=pieces.first_number)
    section = desk.word.sections[0]
    section.different_first_page_header_footer = True
    _letter_head(desk, pieces)
    desk.line(pieces.number, align="right")
    desk.blank(2)
    desk.line(
        "关于商请提供物资采购台账的函", face=desk.habits.faces.title, size=22, align="center", height=33
    )
    desk.blank()
    desk.line("云坪区第三工作局：")
    desk.text(SENTENCES[1], SENTENCES[2], "特此函达，请予支持。")
    desk.blank(2)
    desk.line("云坪区工作办公室", align="right", right=3)
    desk.line(pieces.date, align="right", right=4)
    desk.line("（联系人：陈一；电话：00000001）", indent=2)
    return desk.bytes()


def _letter_head(desk: Desk, pieces: LetterPieces) -> None:
    section = desk.word.sections[0]
    section.header_distance = section.footer_distance
    header = section.first_page_header.paragraphs[0]
    from_top = 30
    section._sectPr.find(qn("w:pgMar")).set(qn("w:header"), str(round((from_top - 2) / 25.4 * 1440)))
    section._sectPr.find(qn("w:pgMar")).set(qn("w:footer"), str(round(20 / 25.4 * 1440)))
    desk._run(header, "云坪区工作办公室", face=desk.habits.faces.title, size=36, colour=RED)
    header.paragraph_format.alignment = 1
    for side, indent in (("left", -7), ("right", -7)):
        _indent(header, side, indent)
    kind = "thickThinSmallGap" if pieces.double else "single"
    desk.rule(header, "bottom", points=3, colour="FF0000", away=8, kind=kind)
    footer = section.first_page_footer.paragraphs[0]
    if pieces.first_number:
        desk._number(footer, "right")
    if pieces.foot:
        for side, indent in (("left", -7), ("right", -7)):
            _indent(footer, side, indent)
        desk.rule(footer, "bottom", points=3, colour="FF0000", away=1, kind="thinThickSmallGap")


def _indent(line, side: str, millimetres: float) -> None:  # type: ignore[no-untyped-def]
    form = line._p.get_or_add_pPr()
    ind = form.find(qn("w:ind"))
    if ind is None:
        ind = empty("w:ind")
        form.insert_element_before(ind, "w:jc", "w:rPr")
    ind.set(qn(f"w:{side}"), str(round(millimetres / 25.4 * 1440)))


def minutes(habits: Habits, *, present: str = "出席：") -> bytes:
    """Minutes of a meeting."""
    desk = Desk(habits)
    faces = habits.faces
    desk.page_numbers()
    desk.blank(3)
    desk.line(
        "云坪区专项工作会议纪要", face=faces.title, size=40, align="center", height=56, before=6, colour=RED
    )
    desk.blank(2)
    number = desk.line("〔2026〕3号", align="center")
    desk.rule(number, "bottom", points=1.5, colour="FF0000", away=5)
    desk.blank(2)
    desk.line("第三次调度会议纪要", face=faces.title, size=22, align="center", height=33)
    desk.blank()
    desk.text(SENTENCES[1])
    desk.heading("一、关于自查工作", 1)
    desk.text(SENTENCES[2], SENTENCES[3])
    desk.heading("二、关于报送工作", 1)
    desk.text(SENTENCES[4])
    desk.blank()
    for label, names in ((present, "张一　李二　王三"), ("列席：", "赵四　周五")):
        line = desk.line("", left=5, indent=-3)
        desk._run(line, label, face=faces.hei)
        desk._run(line, names)
    desk.blank(15)
    desk.imprint("抄送：区委办公室，区政府办公室。", "云坪区工作办公室", "2026年3月6日印发", at_foot=False)
    return desk.bytes()
