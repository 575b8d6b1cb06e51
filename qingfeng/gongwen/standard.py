"""The numbers of GB/T 9704-2012, 党政机关公文格式, each with the clause it comes from.

Lengths are millimetres unless a name says points (1 point = 25.4/72 mm) or twips (a twentieth of a point).
"""

from __future__ import annotations

MM_A_POINT = 25.4 / 72
TWIPS_A_POINT = 20

PAGE_WIDTH, PAGE_HEIGHT = 210, 297  # 5.1
TOP, LEFT = 37, 28  # 5.2.1: sky margin and binding margin, each ± 1
TYPE_WIDTH, TYPE_HEIGHT = 156, 225  # 5.2.1
RIGHT = PAGE_WIDTH - LEFT - TYPE_WIDTH
BOTTOM = PAGE_HEIGHT - TOP - TYPE_HEIGHT

LINES_A_PAGE, CHARACTERS_A_LINE = 22, 28  # 5.2.3
LINE_TWIPS = 579
"""28.95 points: 22 of them fill 225 mm."""
SQUEEZE_TWIPS = -5
"""A quarter of a point less after each letter of 16 points: 28 of them fill 156 mm. (27 do, unsqueezed.)"""

SIZE_BODY = 16.0  # 三号, 5.2.2
SIZE_TITLE = 22.0  # 二号, 7.3.1
SIZE_IMPRINT = 14.0  # 四号, 7.4.1
CELL = SIZE_BODY + SQUEEZE_TWIPS / TWIPS_A_POINT
"""Points of one character cell of the body."""

MARK_BELOW_TYPE_AREA = 35  # 7.2.4: upper edge of the mark to upper edge of the type area
RULE_BELOW_NUMBER = 4  # 7.2.7
RED = "FF0000"
LETTER_MARK_FROM_PAGE_TOP = 30  # 10.1
LETTER_RULE_LENGTH = 170  # 10.1
LETTER_RULE_FROM_PAGE_BOTTOM = 20  # 10.1
RULE_THICK_POINTS, RULE_THIN_POINTS = 1.0, 0.75  # 7.4.1: 0.35 mm and 0.25 mm
NUMBER_BELOW_TYPE_AREA = 7  # 7.5: the dash of the page number
SEAL_DIAMETER = 42
"""Of a seal of this rank; the space kept for one."""

KINDS = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知",
    "通报", "报告", "请示", "批复", "议案", "函", "纪要",
)  # 党政机关公文处理工作条例 art. 8  # fmt: skip
UPWARD = frozenset({"报告", "请示"})
"""Kinds that go to a superior: signed by a person, and to one addressee. 条例 art. 15."""


def twips(millimetres: float) -> int:
    """Millimetres as twips."""
    return round(millimetres / MM_A_POINT * TWIPS_A_POINT)


def cells(count: float, size: float = CELL) -> int:
    """Twips of so many characters of a size; body cells unless said."""
    return round(count * size * TWIPS_A_POINT)
