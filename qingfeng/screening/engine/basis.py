"""The ground of a rule for readers: the marks of how far it was checked, in words."""

from __future__ import annotations

import re

MARKS = {
    "T": "（核对过条文）",
    "S": "（据公开转载）",
    "K": "（引用前请核对条文）",
    "L": "（以当地规定为准）",
}
MARK = re.compile(rf"\s*\[([{''.join(MARKS)}])\]")


def in_words(basis: str) -> str:
    """The basis of a rule file with its marks, [T] [S] [K] [L], written out."""
    return MARK.sub(lambda mark: MARKS[mark[1]], basis)
