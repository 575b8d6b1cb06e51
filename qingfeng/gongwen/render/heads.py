"""What stands above the text: copy number, secrecy, urgency, red mark, number, signatory, red rule, title, addressees."""

from __future__ import annotations

from qingfeng.gongwen.fonts import FIRST, MARK, SECOND, TITLE
from qingfeng.gongwen.model import Document
from qingfeng.gongwen.render.ooxml import TAB, Align, blank, border, cell, paragraph, row, run, table
from qingfeng.gongwen.standard import (
    CHARACTERS_A_LINE,
    LINE_TWIPS,
    MARK_BELOW_TYPE_AREA,
    MM_A_POINT,
    RED,
    RULE_BELOW_NUMBER,
    SIZE_TITLE,
    TWIPS_A_POINT,
    TYPE_WIDTH,
    UPWARD,
    cells,
    twips,
)
from qingfeng.gongwen.titles import break_title
from qingfeng.gongwen.widths import line_count, width

TITLE_LINE = round(SIZE_TITLE * TWIPS_A_POINT * 1.55)
"""Height of a title line, twips: 34 points."""
MARK_LARGEST, MARK_SMALLEST, MARK_BROKEN = 62.0, 24.0, (34.0, 32.0, 30.0, 28.0, 26.0, 24.0)
"""Sizes between which the mark fits its line (7.2.4: as the office sees fit, plain and large)."""
MARK_ROOM = 0.94
"""Part of the type area's width that a mark may take."""
SUFFIX = 2.6
"""Letters of room that 文件 takes beside the names of several offices."""
RULE_POINTS = 1.5
SIGNATORY = "签发人："


def head(document: Document) -> str:
    """Everything above the body of a document with a red head; of a plain sheet its title and addressees."""
    if document.form == "plain":
        return title(document, blanks=1) + addressees(document)
    before = _corner(document)
    room = twips(MARK_BELOW_TYPE_AREA) - len(before) * LINE_TWIPS
    return (
        "".join(before) + _mark(document, room) + _number(document) + title(document) + addressees(document)
    )


def _corner(document: Document) -> list[str]:
    """Copy number, secrecy and urgency, from the first line on, each on its own (7.2.1 to 7.2.3)."""
    made = []
    if document.copy_no:
        made.append(paragraph(run(document.copy_no), align="left"))
    if document.secrecy:
        made.append(paragraph(run(_spaced(document.secrecy), FIRST), align="left"))
    if document.urgency:
        made.append(paragraph(run(_spaced(document.urgency), FIRST), align="left"))
    return made


def _spaced(words: str) -> str:
    """Two letters are written with a blank between, so that the lines are of one width: 特　急."""
    return "　".join(words) if len(words) == 2 else words


def _mark(document: Document, room: int) -> str:
    """The red name of the issuing office, 35 mm below the upper edge of the type area (7.2.4)."""
    words = mark_words(document)
    if len(words) > 1:
        return _joint_mark(words, room)
    size, lines = mark_lines(words[0])
    line = round(size * TWIPS_A_POINT * 1.25)
    # The letters stand in the middle of their line: the room above them belongs to the 35 mm.
    above = max(0, room - round((line - size * TWIPS_A_POINT) / 2))
    return "".join(
        paragraph(
            run(part, MARK, size=size, squeeze=0, colour=RED),
            align="center",
            line=line,
            before=0 if at else above,
        )
        for at, part in enumerate(lines)
    )


def mark_words(document: Document) -> tuple[str, ...]:
    """The lines of the mark: as given, else the issuers' names, with 文件 unless it is a letter or minutes."""
    if document.mark:
        return (document.mark,)
    if document.form == "letter":
        return document.issuers[:1]
    if document.form == "minutes":
        return (
            f"{document.issuers[0]}纪要" if not document.issuers[0].endswith("纪要") else document.issuers[0],
        )
    return (f"{document.issuers[0]}文件",) if len(document.issuers) == 1 else document.issuers


def mark_lines(words: str) -> tuple[float, list[str]]:
    """Points and lines of a mark: one line as large as fits; a mark too long for that takes two, hardly ever more."""
    points = TYPE_WIDTH * MARK_ROOM / MM_A_POINT
    if (fitting := points / max(1.0, width(words))) >= MARK_SMALLEST:
        return min(MARK_LARGEST, int(fitting * 2) / 2), [words]
    tried = [(size, break_title(words, points / size)) for size in MARK_BROKEN]
    return next((found for found in tried if len(found[1]) <= 2), tried[-1])


def mark_size(words: str) -> float:
    """Points of a mark."""
    return mark_lines(words)[0]


def joint_size(words: tuple[str, ...]) -> float:
    """Points of a mark of several offices."""
    return min(mark_size("字" * round(max(width(name) for name in words) + SUFFIX)), 40.0)


def _joint_mark(words: tuple[str, ...], room: int) -> str:
    """Several offices: their names one below the other, spread to one width, 文件 at the right in the middle."""
    size = joint_size(words)
    line = round(size * TWIPS_A_POINT * 1.3)
    names = twips(TYPE_WIDTH) - round(SUFFIX * size * TWIPS_A_POINT)
    rows = []
    for number, name in enumerate(words):
        spread: Align = "distribute"
        left = cell(
            paragraph(run(name, MARK, size=size, squeeze=0, colour=RED), align=spread, line=line), names
        )
        text = run("文件", MARK, size=size, squeeze=0, colour=RED) if not number else ""
        right = cell(
            paragraph(text, align="center", line=line),
            twips(TYPE_WIDTH) - names,
            merged="continue" if number else "restart",
        )
        rows.append(row([left, right]))
    return paragraph(line=max(20, room), align="left") + table(rows, [names, twips(TYPE_WIDTH) - names])


def _number(document: Document) -> str:
    """Two blank lines, the document number, and the red rule 4 mm below it (7.2.5, 7.2.7)."""
    rule = border("bottom", RULE_POINTS, colour=RED, space=RULE_BELOW_NUMBER / MM_A_POINT)
    if document.form == "minutes" and not document.number:
        return blank() + paragraph(align="center", borders=rule, line=LINE_TWIPS)
    if document.kind in UPWARD and document.signatories:
        return blank(2) + _upward_number(document, rule)
    return blank(2) + paragraph(run(document.number), align="center", borders=rule)


def _upward_number(document: Document, rule: str) -> str:
    """Number one character in from the left, signatories ending one in from the right, names in KaiTi, two a line,
    further lines below the first name (7.2.5, 7.2.6)."""
    names = document.signatories
    lines = ["　".join(names[at : at + 2]) for at in range(0, len(names), 2)]
    begin = CHARACTERS_A_LINE - 1 - max(width(line) for line in lines)
    stop = f'<w:tab w:val="left" w:pos="{cells(begin - len(SIGNATORY))}"/><w:tab w:val="left" w:pos="{cells(begin)}"/>'
    made = []
    for at, line in enumerate(lines):
        last = at == len(lines) - 1
        before = run(f"　{document.number}" if last else "") + TAB
        label = run(SIGNATORY) if not at else TAB
        made.append(
            paragraph(before, label, run(line, SECOND), align="left", tabs=stop, borders=rule if last else "")
        )
    return "".join(made)


def title(document: Document, *, blanks: int = 2) -> str:
    """The title, two blank lines below the rule, broken by meaning (7.3.1)."""
    lines = break_title(document.title)
    made = [
        paragraph(
            run(line, TITLE, size=SIZE_TITLE, squeeze=0), align="center", line=TITLE_LINE, keep_next=True
        )
        for line in lines
    ]
    return blank(blanks) + "".join(made)


def addressees(document: Document) -> str:
    """One blank line below the title, flush left, a full-width colon at the end (7.3.2)."""
    if not document.addressees:
        return blank()
    names = _joined(document.addressees)
    return blank() + paragraph(run(f"{names}："), align="left", keep_next=True)


def addressee_lines(document: Document) -> int:
    """Lines that the addressees take."""
    return line_count(f"{_joined(document.addressees)}：", CHARACTERS_A_LINE) if document.addressees else 0


def _joined(names: tuple[str, ...]) -> str:
    """Offices of one sort are parted by 、; names that hold 、 themselves, by ，."""
    mark = "，" if any("、" in name for name in names) else "、"
    return mark.join(name.rstrip("：:，,、") for name in names)


def letter_number(document: Document) -> str:
    """A letter's number: flush right on the first line, copy number and secrecy left of it (10.1)."""
    corner = _corner(document)
    tab = f'<w:tab w:val="right" w:pos="{twips(TYPE_WIDTH)}"/>'
    first = run(document.copy_no) if document.copy_no else ""
    line = paragraph(first, TAB, run(document.number), align="left", tabs=tab)
    return line + "".join(corner[1 if document.copy_no else 0 :])
