"""A typist at a word processor: papers put together by hand with python-docx, as the users of Word and WPS do it.

Written from GB/T 9704-2012 and RULES §8 alone, before the checker was opened. Nothing here comes from our renderer.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import docx
from docx.document import Document as Word
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

RED = RGBColor(0xFF, 0, 0)
CELL = 15.79
"""Points of one of 28 characters on a line of 156 mm."""


@dataclass(frozen=True)
class Faces:
    """The names a machine has for the four faces."""

    body: str = "仿宋_GB2312"
    title: str = "方正小标宋简体"
    hei: str = "黑体"
    kai: str = "楷体_GB2312"
    latin: str = ""
    """Of letters and digits; empty: the face of the text itself."""


@dataclass(frozen=True)
class Habits:
    """How this typist sets up a page."""

    faces: Faces = Faces()
    margins: tuple[float, float, float, float] = (37, 35, 28, 26)
    """Top, bottom, left, right: millimetres."""
    exact: float | None = 28.95
    """Exact line height in points; None leaves single lines, which a grid may stretch."""
    grid: bool = True
    squeeze: bool = False
    """Letters narrower by a quarter of a point, where no grid makes 28 of a line."""
    style: bool = False
    """The text in a style of its own (公文正文), instead of direct formatting."""
    split: bool = False
    """WPS cuts a sentence into many runs while one types."""
    dashes: bool = True
    size: float = 16
    footers: tuple[str, str] = ("right", "left")
    """Where the number of odd and of even pages stands."""


def empty(element: str, **attributes: object) -> object:
    """One element of WordprocessingML."""
    made = OxmlElement(element)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


class Desk:
    """One paper in the making."""

    def __init__(self, habits: Habits) -> None:
        self.habits = habits
        self.word: Word = docx.Document()
        self._page()
        if habits.style:
            self._style()

    def bytes(self) -> bytes:
        stream = io.BytesIO()
        self.word.save(stream)
        return stream.getvalue()

    # — the page —

    def _page(self) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        top, bottom, left, right = (Mm(length) for length in self.habits.margins)
        section.top_margin, section.bottom_margin = top, bottom
        section.left_margin, section.right_margin = left, right
        section.footer_distance = Mm(24.9)
        section.header_distance = Mm(15)
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        if self.habits.grid:
            section._sectPr.append(empty("w:docGrid", type="linesAndChars", linePitch=579, charSpace=-849))
        normal = self.word.styles["Normal"]
        normal.font.size = Pt(self.habits.size)
        self._face(normal, self.habits.faces.body)
        normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = 1.0

    def _style(self) -> None:
        made = self.word.styles.add_style("公文正文", 1)
        made.base_style = self.word.styles["Normal"]
        made.paragraph_format.line_spacing = Pt(self.habits.exact or 28.95)
        made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        made.element.get_or_add_pPr().append(empty("w:ind", firstLineChars=200, firstLine=632))

    def _face(self, of: object, face: str) -> None:
        latin = self.habits.faces.latin or face
        of.font.name = latin  # type: ignore[attr-defined]
        fonts = of.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
        for slot in ("w:eastAsia", "w:hAnsi", "w:ascii"):
            fonts.set(qn(slot), face if slot == "w:eastAsia" else latin)

    def page_numbers(self, *, first: bool = True) -> None:
        """Dashes and a PAGE field, outside left and right; `first` false leaves page 1 without."""
        self.word.settings.odd_and_even_pages_header_footer = True
        section = self.word.sections[0]
        section.different_first_page_header_footer = not first
        for footer, side in zip((section.footer, section.even_page_footer), self.habits.footers, strict=True):
            footer.is_linked_to_previous = False
            self._number(footer.paragraphs[0], side)

    def _number(self, line: Paragraph, side: str) -> None:
        line.paragraph_format.alignment = {"left": 0, "center": 1, "right": 2}[side]
        if side == "right":
            line.paragraph_format.right_indent = Pt(14)
        if side == "left":
            line.paragraph_format.left_indent = Pt(14)
        before, after = ("— ", " —") if self.habits.dashes else ("", "")
        self._run(line, before, face="宋体", size=14)
        for kind in ("begin", None, "separate", "text", "end"):
            run = self._run(line, "1" if kind == "text" else "", face="宋体", size=14)
            if kind is None:
                code = empty("w:instrText")
                code.text = " PAGE "  # type: ignore[attr-defined]
                run._r.append(code)
            elif kind != "text":
                run._r.append(empty("w:fldChar", fldCharType=kind))
        self._run(line, after, face="宋体", size=14)

    # — lines —

    def _run(
        self, line: Paragraph, text: str, *, face: str = "", size: float = 0, colour: RGBColor | None = None
    ):  # type: ignore[no-untyped-def]
        run = line.add_run(text)
        self._face(run, face or self.habits.faces.body)
        run.font.size = Pt(size or self.habits.size)
        if self.habits.squeeze:
            spacing = empty("w:spacing", val=-5)
            run._r.get_or_add_rPr().insert_element_before(spacing, "w:sz", "w:szCs")
        if colour is not None:
            run.font.color.rgb = colour
        return run

    def line(
        self, text: str = "", *, face: str = "", size: float = 0, align: str = "left", indent: float = 0,
        left: float = 0, right: float = 0, before: float = 0, height: float | None = None,
        colour: RGBColor | None = None,
    ) -> Paragraph:  # fmt: skip
        """One paragraph with direct formatting; indents are in characters."""
        paragraph = self.word.add_paragraph()
        form = paragraph.paragraph_format
        form.alignment = {"left": 0, "center": 1, "right": 2, "both": 3}[align]
        form.space_before = Pt(before)
        if left:
            form.left_indent = Pt(left * CELL)
        if right:
            form.right_indent = Pt(right * CELL)
        if indent:
            form.first_line_indent = Pt(indent * CELL)
        high = height if height is not None else self.habits.exact
        if high:
            form.line_spacing, form.line_spacing_rule = Pt(high), WD_LINE_SPACING.EXACTLY
        for piece in self._pieces(text):
            self._run(paragraph, piece, face=face, size=size, colour=colour)
        return paragraph

    def _pieces(self, text: str) -> list[str]:
        if not self.habits.split:
            return [text] if text else []
        return [text[at : at + 7] for at in range(0, len(text), 7)]

    def blank(self, count: int = 1, height: float | None = None) -> None:
        for _ in range(count):
            self.line(height=height)

    def text(self, *sentences: str) -> None:
        """Paragraphs of the body, indented by two characters."""
        for sentence in sentences:
            if self.habits.style:
                paragraph = self.word.add_paragraph(style="公文正文")
                for piece in self._pieces(sentence):
                    self._run(paragraph, piece)
            else:
                self.line(sentence, indent=2, align="both")

    def heading(self, text: str, level: int) -> None:
        faces = self.habits.faces
        face = {1: faces.hei, 2: faces.kai}.get(level, faces.body)
        self.line(text, face=face, indent=2)

    # — rules and pages —

    def rule(
        self,
        line: Paragraph,
        side: str,
        *,
        points: float,
        colour: str = "000000",
        away: int = 1,
        kind: str = "single",
    ) -> None:
        """A border of a paragraph, the usual way to draw a rule."""
        borders = line._p.get_or_add_pPr().find(qn("w:pBdr"))
        if borders is None:
            borders = empty("w:pBdr")
            line._p.get_or_add_pPr().insert_element_before(
                borders, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
            )  # fmt: skip
        borders.append(empty(f"w:{side}", val=kind, sz=round(points * 8), space=away, color=colour))

    def new_page(self) -> None:
        self.word.add_page_break()

    def table(self, rows: list[list[str]], widths: list[float]) -> None:
        """A table with all rules, small text in FangSong."""
        table = self.word.add_table(len(rows), len(rows[0]), style="Table Grid")
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text, width in zip(row.cells, cells, widths, strict=True):
                cell.width = Mm(width)
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.alignment = 1
                self._run(paragraph, text, size=12)

    def imprint(
        self, copied_to: str, issued: str, printed: str, *, ruled: bool = True, at_foot: bool = True
    ) -> None:
        """The imprint as offices make it: a table of one column with three rules."""
        table = self.word.add_table(2 if copied_to else 1, 1)
        if at_foot:
            place = empty(
                "w:tblpPr",
                leftFromText=180,
                rightFromText=180,
                vertAnchor="margin",
                horzAnchor="margin",
                tblpXSpec="center",
                tblpYSpec="bottom",
            )
            table._tbl.tblPr.append(place)
        rows = [copied_to, f"{issued}\t{printed}"] if copied_to else [f"{issued}\t{printed}"]
        for at, (row, text) in enumerate(zip(table.rows, rows, strict=True)):
            cell = row.cells[0]
            cell.width = Mm(156)
            line = cell.paragraphs[0]
            line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
            if "\t" in text:
                line.paragraph_format.tab_stops.add_tab_stop(Pt(442 - 28 - 14 + 14), 2)
            self._run(line, text, size=14)
            if ruled:
                borders = empty("w:tcBorders")
                borders.append(empty("w:top", val="single", sz=8 if at == 0 else 6, space=0, color="000000"))  # type: ignore[attr-defined]
                borders.append(
                    empty(
                        "w:bottom", val="single", sz=8 if at == len(rows) - 1 else 6, space=0, color="000000"
                    )
                )  # type: ignore[attr-defined]
                cell._tc.get_or_add_tcPr().append(borders)
