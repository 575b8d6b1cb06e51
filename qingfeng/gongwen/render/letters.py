"""The letter form: mark and double rules lie outside the type area, in the head and foot of the first page (10.1)."""

from __future__ import annotations

from qingfeng.gongwen.fonts import MARK
from qingfeng.gongwen.model import Document
from qingfeng.gongwen.render.heads import mark_size, mark_words
from qingfeng.gongwen.render.ooxml import border, paragraph, run
from qingfeng.gongwen.standard import (
    LETTER_MARK_FROM_PAGE_TOP,
    LETTER_RULE_FROM_PAGE_BOTTOM,
    LETTER_RULE_LENGTH,
    MM_A_POINT,
    RED,
    RULE_BELOW_NUMBER,
    TWIPS_A_POINT,
    TYPE_WIDTH,
    twips,
)

OUTSIDE = -twips((LETTER_RULE_LENGTH - TYPE_WIDTH) / 2)
"""Twips by which the rules reach over the type area at each side."""
DOUBLE_RULE_POINTS = 3.0
HEADER_FROM_EDGE = twips(LETTER_MARK_FROM_PAGE_TOP)
FOOTER_FROM_EDGE = twips(LETTER_RULE_FROM_PAGE_BOTTOM)


def head(document: Document) -> str:
    """The mark, its upper edge 30 mm below the page's, and the rule 4 mm below it, thick over thin."""
    words = mark_words(document)[0]
    size = min(mark_size(words), 36.0)
    rule = border(
        "bottom",
        DOUBLE_RULE_POINTS,
        colour=RED,
        space=RULE_BELOW_NUMBER / MM_A_POINT,
        kind="thickThinSmallGap",
    )
    return paragraph(
        run(words, MARK, size=size, squeeze=0, colour=RED),
        align="center",
        left=OUTSIDE,
        right=OUTSIDE,
        line=round(size * TWIPS_A_POINT * 1.1),
        borders=rule,
    )


def foot() -> str:
    """The rule 20 mm above the page's lower edge, thin over thick."""
    rule = border("bottom", DOUBLE_RULE_POINTS, colour=RED, kind="thinThickSmallGap")
    return paragraph(left=OUTSIDE, right=OUTSIDE, line=60, borders=rule)
