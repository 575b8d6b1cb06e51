"""What stands below the text: attachment note, signature and date, note, attendance, attachments, imprint."""

from __future__ import annotations

from qingfeng.gongwen.fonts import BODY, FIRST, TITLE
from qingfeng.gongwen.model import Attachment, Document
from qingfeng.gongwen.numbering import written_date
from qingfeng.gongwen.render.bodies import DrawPicture, is_wide, lay_out
from qingfeng.gongwen.render.heads import TITLE_LINE
from qingfeng.gongwen.render.ooxml import (
    LINE_BREAK,
    TAB,
    blank,
    border,
    cell,
    foot_box,
    paragraph,
    row,
    run,
    table,
)
from qingfeng.gongwen.render.pages import THINNEST, Paper
from qingfeng.gongwen.standard import (
    CHARACTERS_A_LINE,
    LINE_TWIPS,
    MM_A_POINT,
    RULE_THICK_POINTS,
    RULE_THIN_POINTS,
    SIZE_IMPRINT,
    SIZE_TITLE,
    TYPE_WIDTH,
    cells,
    twips,
)
from qingfeng.gongwen.titles import break_title
from qingfeng.gongwen.widths import WIDER, line_count, width

IMPRINT_LINE = 500
"""Height of a line of the imprint, twips: 25 points for letters of 14."""
IMPRINT_EDGE = 60
"""Twips that its rules add."""
FEW = 3
"""Lines up to which the count is exact; one more is kept free beyond."""
SEALS_A_ROW = 3  # 7.3.5.1
SEAL_ROW = 4.5
"""Lines of the grid from one row of seals to the next: 46 mm for a seal of 42."""


def attachment_note(document: Document) -> str:
    """附件：1.… one blank line below the text, two characters in, wrapped lines below the name (7.3.4)."""
    names = [attachment.title for attachment in document.attachments]
    if not names:
        return ""
    if len(names) == 1:
        return blank(keep_next=True) + paragraph(
            run(f"附件：{names[0]}"), left=cells(5), hanging=cells(3), align="left", keep_next=True
        )
    made = []
    for number, name in enumerate(names, start=1):
        mark = f"{number}."
        label = "附件：" if number == 1 else ""
        hang = cells((3 if number == 1 else 0) + width(mark))
        made.append(
            paragraph(
                run(label + mark + name),
                left=cells(5 + width(mark)),
                hanging=hang,
                align="left",
                keep_next=True,
            )
        )
    return blank(keep_next=True) + "".join(made)


def signature(document: Document) -> str:
    """Names of the issuing offices and the date, with room for the seal or without; a note below stays with them
    (7.3.5)."""
    if document.form == "minutes" or document.date is None:
        return ""
    day, noted = written_date(document.date), bool(document.note)
    if not document.seal:
        return _unsealed(document.issuers, day, noted)
    if len(document.issuers) == 1:
        return _sealed(document.issuers[0], day, noted)
    return _sealed_together(document.issuers, day, noted)


def signature_lines(document: Document) -> float:
    """Lines of the grid that names and date take, with the room for seals."""
    names = len(document.issuers)
    if not document.seal:
        return 2 + names
    columns = _seal_columns(document.issuers, written_date(document.date) if document.date else "")
    return 4 if names == 1 else 4 + SEAL_ROW * (-(-names // columns) - 1)


def _seal_columns(names: tuple[str, ...], day: str) -> int:
    longest = max(width(name) for name in (*names, day))
    return max(1, min(SEALS_A_ROW, len(names), int(CHARACTERS_A_LINE // longest)))


def _sealed(name: str, day: str, noted: bool) -> str:
    """The date ends four characters from the right, the name stands centred above it; two blank lines leave the seal
    room whose upper edge then lies within one line of the text."""
    edge = max(4.0, (width(name) - width(day)) / 2)
    beside = edge + (width(day) - width(name)) / 2
    return (
        blank(2, keep_next=True)
        + paragraph(run(name), align="right", right=cells(beside), keep_next=True)
        + paragraph(run(day), align="right", right=cells(edge), keep_next=noted)
    )


def _unsealed(names: tuple[str, ...], day: str, noted: bool) -> str:
    """The name ends two characters from the right, the date begins two characters right of the name's first; a longer
    date ends two characters from the right itself (7.3.5.2)."""
    longest = max(width(name) for name in names)
    begin = CHARACTERS_A_LINE - 2 - longest
    if width(day) + 2 > longest:
        begin = CHARACTERS_A_LINE - 2 - width(day) - 2
    lines = [
        paragraph(run(name), align="left", left=cells(max(0.0, begin)), keep_next=True) for name in names
    ]
    return (
        blank(1, keep_next=True)
        + "".join(lines)
        + paragraph(run(day), align="left", left=cells(max(0, begin) + 2), keep_next=noted)
    )


def _sealed_together(names: tuple[str, ...], day: str, noted: bool) -> str:
    """Up to three seals a row, in order, none touching another; the date below the last name (7.3.5.1)."""
    columns = _seal_columns(names, day)
    rows = [names[at : at + columns] for at in range(0, len(names), columns)]
    wide = twips(TYPE_WIDTH) // columns
    made = []
    for at, part in enumerate(rows):
        last = at == len(rows) - 1
        drawn = []
        for number, name in enumerate(part):
            lines = [paragraph(run(name), align="center", keep_next=True)]
            if last and number == len(part) - 1:
                lines.append(paragraph(run(day), align="center", keep_next=noted))
            drawn.append(cell("".join(lines), wide, middle=False))
        drawn = [cell(paragraph(), wide, middle=False) for _ in range(columns - len(part))] + drawn
        made.append(row(drawn, height=round(LINE_TWIPS * (2 if last else SEAL_ROW))))
    return blank(2, keep_next=True) + table(made, [wide] * columns)


def note(document: Document) -> str:
    """附注 in brackets, two characters in, below the date (7.3.7)."""
    if not document.note:
        return ""
    words = document.note.strip("（）()")
    return paragraph(run(f"（{words}）"), first=cells(2))


def attendance(document: Document) -> str:
    """出席、请假、列席 of minutes: label in HeiTi, names after it, wrapped lines below the first name (10.3)."""
    made: list[str] = []
    people = document.attendance
    for label, names in (("出席", people.present), ("请假", people.excused), ("列席", people.observing)):
        if names:
            made.append(
                ("" if made else blank())
                + paragraph(
                    run(f"{label}：", FIRST),
                    LINE_BREAK.join(run(line, BODY) for line in name_lines(names)),
                    left=cells(5),
                    hanging=cells(3),
                    align="left",
                )
            )
    return "".join(made)


def name_lines(names: tuple[str, ...]) -> list[str]:
    """Names side by side, none of them torn apart at the end of a line."""
    lines: list[str] = []
    for name in names:
        if lines and width(f"{lines[-1]}　{name}") <= CHARACTERS_A_LINE - 5:
            lines[-1] += f"　{name}"
        else:
            lines.append(name)
    return lines


def attachments(document: Document, paper: Paper, draw_picture: DrawPicture) -> None:
    """Each on a new page: 附件1 flush left on the first line, its title centred on the third (7.3.5)."""
    for number, attachment in enumerate(document.attachments, start=1):
        if attachment.blocks:
            _attachment(attachment, number if len(document.attachments) > 1 else 0, paper, draw_picture)


def _attachment(attachment: Attachment, number: int, paper: Paper, draw_picture: DrawPicture) -> None:
    # An attachment that is one wide table stands on its turned page with its title.
    paper.turn(all(is_wide(block) for block in attachment.blocks))
    lines = [
        paragraph(
            run(line, TITLE, size=SIZE_TITLE, squeeze=0), align="center", line=TITLE_LINE, keep_next=True
        )
        for line in break_title(attachment.title)
    ]
    label = run(f"附件{number or ''}", FIRST)
    paper.add(
        paragraph(label, align="left", new_page=not paper.begin_page(), keep_next=True)
        + blank(1, keep_next=True)
        + "".join(lines)
        + blank(1, keep_next=True)
    )
    lay_out(attachment.blocks, paper, draw_picture)


def imprint_lines(document: Document) -> int:
    """Lines that the imprint may take, in faces whose figures are wider than half a letter too."""
    return sum(_listed_lines(words) for words in _listed(document)) + _has_issue_line(document)


def _listed_lines(words: str) -> int:
    room = TYPE_WIDTH / MM_A_POINT / SIZE_IMPRINT - 5
    lines = line_count(words[3:], room, wider=WIDER)
    return lines + (lines > FEW)


def _listed(document: Document) -> list[str]:
    """主送 and 抄送 of the imprint, in this order, no rule between them (7.4.2)."""
    made = []
    for label, names in (("主送", document.addressees_below), ("抄送", document.copied_to)):
        if names:
            made.append(f"{label}：" + "，".join(name.rstrip("。：:") for name in names) + "。")
    return made


def imprint(document: Document) -> str:
    """抄送 and the line of issue between rules, at the foot of the page on which it is anchored (7.4).

    First and last rule 0.35 mm, the one between them 0.25 mm; a letter has none and no line of issue (10.1). The box
    is high enough for all lines in any face, its contents stand at its foot.
    """
    parts = [part for part in (_listed_cell(document), _issue_cell(document)) if part]
    if not parts:
        return ""
    wide = twips(TYPE_WIDTH)
    drawn = []
    for at, inner in enumerate(parts):
        upper = border("top", RULE_THICK_POINTS if not at else RULE_THIN_POINTS)
        lower = border("bottom", RULE_THICK_POINTS) if at == len(parts) - 1 else ""
        edges = "" if document.form == "letter" else upper + lower
        drawn.append(row([cell(inner, wide, borders=edges)], height=IMPRINT_LINE))
    ended = table(drawn, [wide], align="left") + paragraph(line=THINNEST)
    return foot_box(ended, wide, imprint_lines(document) * IMPRINT_LINE + IMPRINT_EDGE, name="版记")


def _listed_cell(document: Document) -> str:
    one = cells(1, SIZE_IMPRINT)
    return "".join(
        paragraph(
            run(words, size=SIZE_IMPRINT, squeeze=0),
            left=one * 4,
            right=one,
            hanging=one * 3,
            line=IMPRINT_LINE,
            align="left",
        )
        for words in _listed(document)
    )


def _issue_cell(document: Document) -> str:
    if not _has_issue_line(document):
        return ""
    one = cells(1, SIZE_IMPRINT)
    tab = f'<w:tab w:val="right" w:pos="{twips(TYPE_WIDTH) - one}"/>'
    day = f"{written_date(document.issue_date)}印发" if document.issue_date else ""
    return paragraph(
        run(document.issued_by, size=SIZE_IMPRINT, squeeze=0),
        TAB,
        run(day, size=SIZE_IMPRINT, squeeze=0),
        align="left",
        left=one,
        tabs=tab,
        line=IMPRINT_LINE,
    )


def _has_issue_line(document: Document) -> bool:
    return bool(document.issued_by or document.issue_date) and document.form != "letter"
