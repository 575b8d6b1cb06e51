"""The sheet: margins, grid and page numbers of a section, upright or turned."""

from __future__ import annotations

from qingfeng.gongwen.fonts import FIGURES
from qingfeng.gongwen.render.ooxml import field, paragraph, run, turned_box
from qingfeng.gongwen.standard import (
    BOTTOM,
    LEFT,
    LINE_TWIPS,
    MM_A_POINT,
    NUMBER_BELOW_TYPE_AREA,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SIZE_IMPRINT,
    TOP,
    TWIPS_A_POINT,
    cells,
    twips,
)

FOOTER_LINE = round(SIZE_IMPRINT * TWIPS_A_POINT * 1.3)
"""Height of the page number's line, twips."""
FOOTER_FROM_EDGE = twips(BOTTOM - NUMBER_BELOW_TYPE_AREA) - FOOTER_LINE // 2
"""From the foot of the page, so that the dashes of the number lie 7 mm below the type area (7.5)."""


def section(
    references: str = "", *, turned: bool = False, kind: str = "nextPage", title_page: bool = False
) -> str:
    """The properties of a section. A turned page keeps its head at the binding side on odd pages (7.3.6).

    Its margins are the upright ones turned along: what was left (binding) is at the top.
    """
    if turned:
        size = f'<w:pgSz w:w="{twips(PAGE_HEIGHT)}" w:h="{twips(PAGE_WIDTH)}" w:orient="landscape"/>'
        top, right, bottom, left = LEFT, TOP, RIGHT, BOTTOM
    else:
        size = f'<w:pgSz w:w="{twips(PAGE_WIDTH)}" w:h="{twips(PAGE_HEIGHT)}"/>'
        top, right, bottom, left = TOP, RIGHT, BOTTOM, LEFT
    footer = FOOTER_FROM_EDGE if not turned else twips(8)
    return (
        f'<w:sectPr><w:type w:val="nextPage"/>{size}'
        f'<w:pgMar w:top="{twips(top)}" w:right="{twips(right)}" w:bottom="{twips(bottom)}" w:left="{twips(left)}" '
        f'w:header="{twips(15)}" w:footer="{footer}" w:gutter="0"/>'
        + ("<w:titlePg/>" if title_page else "")
        + f'<w:docGrid w:type="lines" w:linePitch="{LINE_TWIPS}"/></w:sectPr>'
    )


def page_number(*, even: bool) -> str:
    """— 1 —, odd pages at the right and even ones at the left, one character in (7.5)."""
    inset = cells(1, SIZE_IMPRINT)
    return paragraph(
        _number(),
        align="left" if even else "right",
        left=inset if even else 0,
        right=0 if even else inset,
        line=FOOTER_LINE,
    )


def turned_page_number(*, even: bool) -> str:
    """The same on a turned page: where it stands on all others once the sheet is bound (8), so beside the table.

    The head of the table lies at the left of the bound sheet; what is below on it is at the left of the turned page.
    """
    inset, long = cells(1, SIZE_IMPRINT), twips(40)
    top = twips(LEFT) + inset if even else twips(PAGE_WIDTH - RIGHT) - inset - long
    words = paragraph(_number(), align="left" if even else "right", line=FOOTER_LINE)
    box = turned_box(words, FOOTER_LINE, long, left=FOOTER_FROM_EDGE, top=top, name="页码")
    return paragraph(box, line=THINNEST)


def _number() -> str:
    return (
        run("— ", FIGURES, size=SIZE_IMPRINT, squeeze=0)
        + field("PAGE", FIGURES, SIZE_IMPRINT)
        + run(" —", FIGURES, size=SIZE_IMPRINT, squeeze=0)
    )


LINE_MM = LINE_TWIPS / TWIPS_A_POINT * MM_A_POINT
"""Height of a line of the grid."""


THINNEST = 2
"""Height in twips of the paragraph that ends a section: no page is too full for it."""


class Paper:
    """The sheets of a document in order, each upright or turned; what is added goes on the last one."""

    def __init__(self) -> None:
        self._sheets: list[tuple[bool, list[str]]] = [(False, [])]

    def add(self, content: str) -> None:
        """Adds to the sheet at hand."""
        self._sheets[-1][1].append(content)

    def turn(self, turned: bool) -> None:
        """Goes on with sheets of the other way, on a new page; nothing happens when they lie that way already."""
        if turned != self.turned:
            self._sheets.append((turned, []))

    def cut(self) -> None:
        """Goes on with a section of its own, on a new page."""
        self._sheets.append((self.turned, []))

    @property
    def turned(self) -> bool:
        """How the last sheet lies."""
        return self._sheets[-1][0]

    def begin_page(self) -> bool:
        """Whether what is added next begins a page by itself, as after a turn."""
        return len(self._sheets) > 1 and not self._sheets[-1][1]

    def body(self, *, title_page: bool = False) -> str:
        """All of it, with the properties of each section."""
        made = []
        for number, (turned, content) in enumerate(self._sheets):
            properties = section(turned=turned, title_page=title_page and not number)
            last = number == len(self._sheets) - 1
            made.append(
                "".join(content) + (properties if last else paragraph(line=THINNEST, section=properties))
            )
        return "".join(made)
