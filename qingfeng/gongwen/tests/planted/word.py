"""Builds a paper as a clerk does in Word or WPS, with python-docx and without our renderer."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from qingfeng.gongwen.tests.planted import pieces
from qingfeng.gongwen.tests.planted.look import PITCH, Draft, Role, width

STYLE_NAMES = {
    "copy": "份号", "secrecy": "密级", "urgency": "紧急程度", "mark": "发文机关标志", "number": "发文字号",
    "title": "公文标题", "addressee": "主送机关", "body": "公文正文", "h1": "公文一级标题",
    "h2": "公文二级标题", "h3": "公文三级标题", "note": "附件说明", "sign": "落款", "remark": "附注",
    "annex": "附件序号", "annex_title": "附件标题", "present": "出席人员", "imprint": "版记",
    "imprint_last": "版记末行", "plain": "正文顶格",
}  # fmt: skip
ALIGNMENTS = {
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY, "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
}  # fmt: skip
TEXT_WIDTH = 442.2
WIDE = "\u3000"


def build(draft: Draft) -> bytes:
    """The draft as the bytes of a .docx file."""
    return _Clerk(draft).file()


class _Clerk:
    """Types one paper from the top of the page to its foot."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.paper, self.manner = draft, draft.paper, draft.manner
        self.word = docx.Document()
        self.word.core_properties.author, self.word.core_properties.comments = "文秘", ""
        self.made: dict[str, Any] = {}
        self._page()
        self._normal()

    def file(self) -> bytes:
        self._head()
        self._title()
        self._body()
        self._attachment_note()
        self._signature()
        self._annexes()
        self._imprint()
        self._footers()
        out = BytesIO()
        self.word.save(out)
        return out.getvalue()

    # -- the page and the ground ------------------------------------------------------------------

    def _page(self) -> None:
        page, section = self.draft.page, self.word.sections[0]
        section.page_width, section.page_height = Mm(page.width), Mm(page.height)
        section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
        section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
        section.header_distance, section.footer_distance = Mm(15), Mm(25)
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        chars = page.narrowed and not self.manner.by_runs
        kind = 'w:type="linesAndChars"' if chars else 'w:type="lines"'
        space = ' w:charSpace="-848"' if chars else ""
        pitch = round(page.line * 20)
        section._sectPr.append(pieces.element(f'<w:docGrid {kind} w:linePitch="{pitch}"{space}/>'))

    def _normal(self) -> None:
        style = self.word.styles["Normal"]
        self._font(style, Role())
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.widow_control = False
        self._line(form, Role())

    def _line(self, form: Any, role: Role) -> None:
        if role.line or self.manner.exact:
            form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            form.line_spacing = Pt(role.line or self.draft.page.line)
        else:
            form.line_spacing = 1.0
        form.space_before = Pt(role.before)

    def _face(self, key: str) -> str:
        return self.manner.faces.get(key, key)

    def _font(self, where: Any, role: Role) -> None:
        where.font.size = Pt(role.size)
        where.font.name = self._face(role.face)
        fonts = where.element.get_or_add_rPr().get_or_add_rFonts()
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for name in ("w:ascii", "w:eastAsia", "w:hAnsi", "w:cs"):
            fonts.set(qn(name), self._face(role.face))
        if role.colour:
            where.font.color.rgb = RGBColor.from_string(role.colour)

    # -- paragraphs and runs ----------------------------------------------------------------------

    def para(self, key: str, text: str = "", where: Any = None) -> WordParagraph:
        """A paragraph in the looks of an element, at the end of the body or of a cell."""
        paragraph = (where or self.word).add_paragraph()
        role = self.draft.roles[key]
        if self.manner.styles:
            paragraph.style = self._style(key, role)
        else:
            self._form(paragraph, role)
        if text:
            self.run(paragraph, text, key, by_style=self.manner.styles)
        elif not self.manner.styles:
            mark = pieces.element(f'<w:rPr><w:sz w:val="{round(role.size * 2)}"/></w:rPr>')
            paragraph._p.get_or_add_pPr().append(mark)
        return paragraph

    def run(self, paragraph: WordParagraph, text: str, key: str, by_style: bool = False) -> None:
        run, role = paragraph.add_run(text), self.draft.roles[key]
        if not by_style:
            self._font(run, role)
        if self.draft.page.narrowed and self.manner.by_runs and role.size == 16:
            run._r.get_or_add_rPr().insert_element_before(
                pieces.element('<w:spacing w:val="-5"/>'), "w:w", "w:kern", "w:position", "w:sz", "w:szCs"
            )

    def blank(self, lines: int = 1) -> None:
        for _line in range(lines):
            self.para("addressee")

    def _style(self, key: str, role: Role) -> Any:
        if key in self.made:
            return self.made[key]
        style = self.made[key] = self.word.styles.add_style(STYLE_NAMES[key], WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self.word.styles["Normal"]
        self._font(style, role)
        self._form(style, role)
        return style

    def _form(self, where: Any, role: Role) -> None:
        form = where.paragraph_format
        form.alignment = ALIGNMENTS[role.align]
        self._line(form, role)
        self._indent(where, role.first, role.left, role.right, role.size)

    def _indent(self, where: Any, first: float, left: float, right: float, size: float = 16) -> None:
        form, pitch = where.paragraph_format, PITCH if size == 16 else size
        sides = {"firstLine": first, "left": left, "right": right}
        if first:
            form.first_line_indent = Pt(first * pitch)
        if left:
            form.left_indent = Pt(left * pitch)
        if right:
            form.right_indent = Pt(right * pitch)
        indent = where._element.get_or_add_pPr().find(qn("w:ind"))
        for name, chars in sides.items():
            if chars and self.manner.in_chars and size == 16:
                indent.set(qn(f"w:{name}Chars"), str(round(chars * 100)))

    # -- the head ---------------------------------------------------------------------------------

    def _head(self) -> None:
        if self.paper.letter:
            self._letter_head()
            return
        self._corner()
        if len(self.paper.issuers) > 1:
            self._joint_mark()
        else:
            self.para("mark", self.paper.mark)
        self.blank(2)
        self._number()

    def _corner(self) -> None:
        said = [
            (key, text)
            for key in ("copy", "secrecy", "urgency")
            if (text := getattr(self.paper, "copy_no" if key == "copy" else key))
        ]
        if self.manner.head == "box" and said:
            self._corner_box(said)
            return
        for key, text in said:
            self.para(key, text)
        self.blank(3 - len(said))

    def _corner_box(self, said: list[tuple[str, str]]) -> None:
        anchor = self.para("addressee")
        picture, inside = pieces.box(150, 90)
        for key, text in said:
            inside.append(self.para(key, text)._p)
        anchor.add_run()._r.append(picture)
        self.blank(2)

    def _joint_mark(self) -> None:
        table = self._plain_table(len(self.paper.issuers), [340, 102])
        for at, name in enumerate(self.paper.issuers):
            line = self._cell(table, at, 0, "mark", name)
            if at:
                line.paragraph_format.space_before = Pt(0)
        whole = table.cell(0, 1).merge(table.cell(len(self.paper.issuers) - 1, 1))
        whole.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        self._fill(whole, "mark", self.paper.mark).paragraph_format.space_before = Pt(0)

    def _plain_table(self, rows: int, widths: list[float]) -> Table:
        table = self.word.add_table(rows, len(widths))
        table.autofit = False
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = Pt(wide)
        for row in table.rows:
            for cell, wide in zip(row.cells, widths, strict=True):
                cell.width = Pt(wide)
        sides = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        table._tbl.tblPr.insert_element_before(pieces.element(sides), "w:tblLook")
        return table

    def _cell(self, table: Table, row: int, column: int, key: str, text: str) -> WordParagraph:
        return self._fill(table.cell(row, column), key, text)

    def _fill(self, cell: Any, key: str, text: str) -> WordParagraph:
        for old in list(cell.paragraphs):
            cell._tc.remove(old._p)
        return self.para(key, text, where=cell)

    def _number(self) -> None:
        signatory = self.paper.signatory
        if signatory and self.manner.number_table:
            self._number_in_table(signatory)
            last = self._thin_line()
        elif self.paper.kind in ("报告", "请示"):
            last = self._number_with_tab(signatory)
        else:
            last = self.para("number", self.paper.number)
        if not self.draft.red_rule:
            return
        if self.manner.rule == "border":
            pieces.paragraph_rules(last, pieces.border("bottom", 18, "FF0000", 11))
            return
        last.add_run()._r.append(pieces.line(0, 34, TEXT_WIDTH, 2.25, inside=True))

    def _thin_line(self) -> WordParagraph:
        line = self.para("addressee")
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        line.paragraph_format.line_spacing = Pt(1)
        return line

    def _number_with_tab(self, signatory: str) -> WordParagraph:
        paragraph = self.para("addressee")
        self._indent(paragraph, 0, 1, 1)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(TEXT_WIDTH - PITCH), WD_TAB_ALIGNMENT.RIGHT)
        if signatory:
            self.run(paragraph, f"{self.paper.number}\t签发人：", "number")
            self.run(paragraph, signatory, "signer")
        else:
            self.run(paragraph, self.paper.number, "number")
        return paragraph

    def _number_in_table(self, signatory: str) -> None:
        table = self._plain_table(1, [221.1, 221.1])
        self._indent(self._cell(table, 0, 0, "addressee", self.paper.number), 0, 1, 0)
        right = self._cell(table, 0, 1, "addressee", "签发人：")
        right.paragraph_format.alignment = ALIGNMENTS["right"]
        self._indent(right, 0, 0, 1)
        self.run(right, signatory, "signer")

    def _letter_head(self) -> None:
        mark = self.para("mark", self.paper.mark)
        mark.paragraph_format.space_before = Pt(0)
        pieces.frame(
            mark,
            'w:w="9640" w:h="800" w:hRule="exact" w:hSpace="0" w:wrap="notBeside" w:vAnchor="page" '
            'w:hAnchor="page" w:xAlign="center" w:y="1701"',
        )
        number = self.para("addressee")
        number.paragraph_format.alignment = ALIGNMENTS["right"]
        number.paragraph_format.space_before = Pt(18)
        self.run(number, self.paper.number, "number")
        anchor = number.add_run()._r
        anchor.append(pieces.line(56.7, 133, 481.9, 4.5, "thickThin"))
        anchor.append(pieces.line(56.7, 785.2, 481.9, 4.5, "thinThick"))

    # -- the text ---------------------------------------------------------------------------------

    def _title(self) -> None:
        self.blank(2)
        for text in self.paper.title:
            self.para("title", text)
        self.blank()
        if self.paper.addressee:
            self.para("addressee", self.paper.addressee)

    def _body(self) -> None:
        for key, lead, rest in self.paper.body:
            if not rest:
                self.para(key, lead)
                continue
            paragraph = self.para("body")
            self.run(paragraph, lead, key)
            self.run(paragraph, rest, "body", by_style=self.manner.styles)
        for at, (label, names) in enumerate(self.paper.present):
            if not at:
                self.blank()
            paragraph = self.para("present", label)
            self.run(paragraph, f"：{names}", "body")

    def _attachment_note(self) -> None:
        names = self.paper.attachments
        if not names:
            return
        self.blank()
        if len(names) == 1:
            self.para("note", f"附件：{names[0]}")
            return
        self.para("note", f"附件：1.{names[0]}")
        for at, name in enumerate(names[1:], start=2):
            self.para("note", f"{WIDE * 3}{at}.{name}")

    def _signature(self) -> None:
        if self.paper.kind == "纪要":
            return
        self.blank(2 if self.paper.seal else 1)
        names, date = WIDE.join(self.paper.issuers), self.paper.date
        if self.paper.seal:
            centre = 28 - 4 - width(date) / 2
            lines = [(names, centre - width(names) / 2), (date, centre - width(date) / 2)]
        else:
            start = 28 - 2 - width(names)
            lines = [(names, start), (date, start + 2)]
        if self.draft.date_at_left:
            lines[1] = (date, 2)
        if self.draft.date_first:
            lines.reverse()
        for text, start in lines:
            self._signature_line(text, start)
        if self.paper.note:
            self.para("remark", self.paper.note)

    def _signature_line(self, text: str, start: float) -> None:
        if self.manner.sign == "spaces":
            self.para("sign", WIDE * int(start) + (" " if start % 1 else "") + text)
        elif self.manner.sign == "indent":
            self._indent(self.para("sign", text), 0, start, 0)
        else:
            paragraph = self.para("sign", f"\t{text}")
            middle = Pt((start + width(text) / 2) * PITCH)
            paragraph.paragraph_format.tab_stops.add_tab_stop(middle, WD_TAB_ALIGNMENT.CENTER)

    def _annexes(self) -> None:
        for annex in self.paper.annexes:
            label = self.para("annex", annex.label)
            if self.draft.annex_on_new_page:
                label.paragraph_format.page_break_before = True
            self.blank()
            self.para("annex_title", annex.title)
            self.blank()
            for text in annex.text:
                self.para("body", text)

    # -- the foot ---------------------------------------------------------------------------------

    def _imprint(self) -> None:
        paper = self.paper
        if not paper.printed_by:
            return
        lines = [paper.copied] if paper.copied else []
        issued = f"{paper.printed_by}\t{paper.printed_on}"
        if self.manner.imprint == "table":
            self._imprint_table([*lines, issued])
        else:
            self._imprint_frame([*lines, issued])

    def _imprint_table(self, lines: list[str]) -> None:
        table = self._plain_table(len(lines), [TEXT_WIDTH])
        for at, text in enumerate(lines):
            self._issued_tab(self._cell(table, at, 0, "imprint", text))
        pieces.table_rules(table, 8, 6)
        pieces.table_at_foot(table)
        self._thin_line()

    def _imprint_frame(self, lines: list[str]) -> None:
        for at, text in enumerate(lines):
            last = at == len(lines) - 1
            paragraph = self.para("imprint_last" if last else "imprint", text)
            self._issued_tab(paragraph)
            edges = pieces.border("top", 6 if at else 8, "000000")
            pieces.paragraph_rules(paragraph, edges + (pieces.border("bottom", 8, "000000") if last else ""))
            pieces.frame(
                paragraph,
                'w:w="8844" w:hSpace="0" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" '
                'w:xAlign="center" w:yAlign="bottom"',
            )
        self._thin_line()

    def _issued_tab(self, paragraph: WordParagraph) -> None:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(TEXT_WIDTH - 14), WD_TAB_ALIGNMENT.RIGHT)

    def _footers(self) -> None:
        numbering, section = self.draft.numbering, self.word.sections[0]
        if not numbering.shown:
            return
        self.word.settings.odd_and_even_pages_header_footer = True
        section.different_first_page_header_footer = self.paper.letter
        self._page_number(section.footer, numbering.odd)
        self._page_number(section.even_page_footer, numbering.even)

    def _page_number(self, footer: Any, side: str) -> None:
        footer.is_linked_to_previous = False
        paragraph, numbering = footer.paragraphs[0], self.draft.numbering
        paragraph.paragraph_format.alignment = ALIGNMENTS[side]
        if side == "right":
            self._indent(paragraph, 0, 0, 1, 14)
        elif side == "left":
            self._indent(paragraph, 0, 1, 0, 14)
        if numbering.dashes:
            paragraph.add_run("— ")
        pieces.page_field(paragraph, self.manner.simple_field)
        if numbering.dashes:
            paragraph.add_run(" —")
        for run in paragraph._p.iter(qn("w:r")):
            self._font(Run(run, paragraph), Role(face="sim", size=numbering.size))
