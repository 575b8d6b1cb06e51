"""How much room a text takes. Excel does not let a merged box grow with its text, so the height is counted here."""

from __future__ import annotations

import math
import unicodedata

MM_A_POINT = 25.4 / 72
_LINE_SPACING = 1.35
_PADDING = 3.0


def text_width(text: str, font_size: float) -> float:
    """Millimetres of one line: a Chinese letter is as wide as the font is high, others half of that."""
    halves = sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
    return halves * font_size * MM_A_POINT / 2


def lines_needed(text: str, width: float, font_size: float) -> int:
    """Lines that the text takes in a box of this width.

    Where it is broken, a letter of each line is left empty: no line begins with “。”, and numbers are not divided.
    """
    letter = font_size * MM_A_POINT
    room = max(width - _PADDING, letter)
    broken = max(room - letter, letter)
    wide = [text_width(line, font_size) for line in text.split("\n")]
    return sum(1 if one <= room else math.ceil(one / broken) for one in wide)


def height_needed(text: str, width: float, font_size: float) -> float:
    """Millimetres that the text takes in a box of this width."""
    line = font_size * MM_A_POINT * _LINE_SPACING
    return lines_needed(text, width, font_size) * line + _PADDING / 2
